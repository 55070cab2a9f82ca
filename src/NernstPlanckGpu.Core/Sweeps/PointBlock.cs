using System.Diagnostics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Runs;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// Computes a few points of a sweep on one thread: those in time that are alike share a batch, the others run one by one. No point depends on
/// its company, so results do not depend on how points are dealt out.
/// </summary>
internal sealed class PointBlock(PointSetup setup, CpuEngine engine, Action<IReadOnlyList<PointResult>> receiver, CancellationToken cancellation)
{
    /// <summary>Longest that a result waits for others of its block, s.</summary>
    private const double Patience = 0.2;

    private sealed record Member(int Point, Simulation Simulation, PointSink Sink, TransientProgress Progress, double Preparation);

    private List<PointResult> results = [];
    private long handedOver = Stopwatch.GetTimestamp();

    /// <summary>Computes points and hands them on; those that were interrupted are left out.</summary>
    /// <param name="points">Points.</param>
    /// <param name="isStopped">No further point is begun.</param>
    public void Compute(IEnumerable<int> points, Func<bool> isStopped)
    {
        var inTime = new List<Member>();
        foreach (int point in points)
        {
            if (cancellation.IsCancellationRequested || isStopped()) break;
            Guard(point, () => Begin(point, inTime));
            if (Stopwatch.GetElapsedTime(handedOver).TotalSeconds > Patience) HandOver();
        }
        foreach (var alike in inTime.GroupBy(member => (PackShape.Of(member.Progress.Discrete).Key, SettingsOf(member))))
        {
            Member[] members = [.. alike];
            try
            {
                results.AddRange(Step(members));
            }
            catch (Exception exception) when (members.Length > 1 && exception is not OutOfMemoryException)
            {
                // Whose fault it was is seen alone.
                foreach (Member member in members) Guard(member.Point, () => Restart(member.Point));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                results.Add(Faulted(members[0].Point, exception));
            }
        }
        HandOver();
    }

    private void HandOver()
    {
        if (results.Count > 0) receiver(results);
        results = [];
        handedOver = Stopwatch.GetTimestamp();
    }

    // What a batch shares; each member has output times of its own.
    private static TimeSettings SettingsOf(Member member) => member.Simulation.Transient!.Time with { End = 0 };

    private void Begin(int point, List<Member> inTime)
    {
        long start = Stopwatch.GetTimestamp();
        Simulation simulation = setup.Simulate(point, engine);
        var sink = new PointSink(setup.Fields);
        if (simulation.Transient is { } run)
        {
            if (run.Begin(sink, cancellation, out _) is { } progress) inTime.Add(new(point, simulation, sink, progress, Stopwatch.GetElapsedTime(start).TotalSeconds));
            else Take(sink.ToResult(point, setup.LayoutOf(simulation)));
            return;
        }
        simulation.Run(sink, null, cancellation);
        Take(sink.ToResult(point, setup.LayoutOf(simulation)));
    }

    private void Restart(int point)
    {
        var alone = new List<Member>();
        Begin(point, alone);
        if (alone.Count > 0) results.AddRange(Step([.. alone]));
    }

    private List<PointResult> Step(Member[] members)
    {
        long start = Stopwatch.GetTimestamp();
        using IBatch batch = engine.Start([.. members.Select(member => member.Progress.Discrete)], members[0].Simulation.Transient!.Time);
        double[] targets = new double[members.Length];
        while (members.Any(member => member.Progress.Target is not null))
        {
            for (int i = 0; i < members.Length; i++) targets[i] = members[i].Progress.Target ?? batch.Status(i).Time;
            batch.Advance(targets, null, cancellation);
            for (int i = 0; i < members.Length; i++)
                if (members[i].Progress.Target is not null) members[i].Progress.Observe(batch, i);
            // Another call, for the sake of those that still have outputs to come, would make interrupted ones look done.
            if (cancellation.IsCancellationRequested) break;
        }
        double wallTime = Stopwatch.GetElapsedTime(start).TotalSeconds / members.Length;
        // Handed on together: where one throws, all are computed again alone.
        var done = new List<PointResult>();
        for (int i = 0; i < members.Length; i++)
        {
            if (members[i].Progress.Target is not null) continue;
            members[i].Progress.Complete(batch, i, members[i].Preparation + wallTime);
            if (members[i].Sink.ToResult(members[i].Point, setup.LayoutOf(members[i].Simulation)) is { } result) done.Add(result);
        }
        return done;
    }

    private void Take(PointResult? result)
    {
        if (result is not null) results.Add(result);
    }

    // A bad point costs only itself.
    private void Guard(int point, Action compute)
    {
        try
        {
            compute();
        }
        catch (GridRefinementException exception)
        {
            results.Add(Refused(point, $"grid refinement: {exception.Message}"));
        }
        catch (ArgumentException exception)
        {
            results.Add(Refused(point, exception.Message));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            results.Add(Faulted(point, exception));
        }
    }

    private static PointResult Refused(int point, string message) => new() { Index = point, Status = PointStatus.Refused, Message = message };

    private static PointResult Faulted(int point, Exception exception) => new()
    {
        Index = point,
        Status = PointStatus.Faulted,
        Message = $"internal error, please report it: {exception.GetType().Name}: {exception.Message}",
    };
}
