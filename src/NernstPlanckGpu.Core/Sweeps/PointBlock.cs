using System.Diagnostics;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// Computes a few points of a sweep on one thread: those in time that are alike share a batch, the others run one by one. No point depends on
/// its company, so results do not depend on how points are dealt out.
/// </summary>
internal sealed class PointBlock(PointSetup setup, CpuEngine engine, Action<IReadOnlyList<PointResult>> receiver, CancellationToken cancellation)
{
    /// <summary>Longest that a result waits for others of its block, s.</summary>
    private const double Patience = 0.2;

    private readonly PointPreparation preparation = new(setup, engine, cancellation);
    private List<PointResult> results = [];
    private long handedOver = Stopwatch.GetTimestamp();

    /// <summary>Computes points and hands them on; those that were interrupted are left out.</summary>
    /// <param name="points">Points.</param>
    /// <param name="isStopped">No further point is begun.</param>
    /// <exception cref="DeviceException">The engine's device failed.</exception>
    public void Compute(IEnumerable<int> points, Func<bool> isStopped)
    {
        var inTime = new List<TransientMember>();
        foreach (int point in points)
        {
            if (cancellation.IsCancellationRequested || isStopped()) break;
            if (Begin(point) is { } member) inTime.Add(member);
            if (Stopwatch.GetElapsedTime(handedOver).TotalSeconds > Patience) HandOver();
        }
        foreach (var alike in inTime.GroupBy(member => member.Kind))
        {
            TransientMember[] members = [.. alike];
            try
            {
                results.AddRange(Step(members));
            }
            catch (Exception exception) when (members.Length > 1 && PointFailure.IsOfPoint(exception))
            {
                // Whose fault it was is seen alone.
                foreach (TransientMember member in members) Restart(member.Point);
            }
            catch (Exception exception) when (PointFailure.IsOfPoint(exception))
            {
                results.Add(PointFailure.WhileStepping(members[0].Point, exception));
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

    // Steady states are found at once by an engine that has them of its own.
    private TransientMember? Begin(int point)
    {
        (PointMember? member, PointResult? result) = preparation.Begin(point);
        if (result is not null) results.Add(result);
        return member as TransientMember;
    }

    private void Restart(int point)
    {
        if (Begin(point) is not { } alone) return;
        try
        {
            results.AddRange(Step([alone]));
        }
        catch (Exception exception) when (PointFailure.IsOfPoint(exception))
        {
            results.Add(PointFailure.WhileStepping(point, exception));
        }
    }

    private List<PointResult> Step(TransientMember[] members)
    {
        long start = Stopwatch.GetTimestamp();
        using IBatch batch = engine.Start([.. members.Select(member => member.Progress.Discrete)], members[0].Time);
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
        foreach (TransientMember member in members)
            if (member.Progress.Target is null && member.Complete(wallTime) is { } result) done.Add(result);
        return done;
    }
}
