using System.Diagnostics;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>How far a sweep, or a shard of it, is.</summary>
/// <param name="Done">Points computed in this session, failed ones among them.</param>
/// <param name="Failed">Points of this session that are not good.</param>
/// <param name="Present">Points that were there before.</param>
/// <param name="Total">Points of the sweep or shard.</param>
/// <param name="Elapsed">Wall time of this session, s.</param>
public readonly record struct SweepProgress(int Done, int Failed, int Present, int Total, double Elapsed)
{
    /// <summary>What is there of the whole, from 0 to 1.</summary>
    public double Fraction => Total > 0 ? (double)(Present + Done) / Total : 1;

    /// <summary>Points per second.</summary>
    public double Rate => Elapsed > 0 ? Done / Elapsed : 0;

    /// <summary>Wall time that is left at this rate, s; not a number before the first point.</summary>
    public double Remaining => Done > 0 ? (Total - Present - Done) / Rate : double.NaN;
}

/// <summary>How a sweep ended.</summary>
/// <param name="Progress">Counts.</param>
/// <param name="IsInterrupted">Stopped from outside before all points were computed.</param>
/// <param name="StoppedAt">The first failed point, after which no other was begun; null when none was to stop it.</param>
public sealed record SweepSummary(SweepProgress Progress, bool IsInterrupted, PointResult? StoppedAt)
{
    /// <summary>Why the device ended the sweep; null where it did not. The sink has been given every point that was finished.</summary>
    public DeviceException? DeviceFailure { get; init; }
}

/// <summary>How a sweep runs.</summary>
public sealed record SweepOptions
{
    /// <summary>Options of the CPU engine. Its threads share the points out, or prepare and look through those of a <see cref="Device"/>.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>An engine that computes all points, many at once, driven by two threads; the caller's, who keeps it. Null: the CPU engine.</summary>
    public IEngine? Device { get; init; }

    /// <summary>Begin no other point after one that failed.</summary>
    public bool StopOnFailure { get; init; }

    /// <summary>Solve each point again on a finer grid, and certify the difference.</summary>
    public bool CertifiesGrid { get; init; }

    /// <summary>Puts an initial state that lies in a file into memory; null where there is none.</summary>
    public Func<RunConfiguration, RunConfiguration>? Resolve { get; init; }
}

/// <summary>Computes the points of a sweep on all threads and hands them to a sink as they come.</summary>
public sealed class SweepRunner
{
    // Small enough that a kill costs little and threads end together, large enough to fill a vector.
    private const int LargestBlock = 16;

    private readonly PointSetup setup;
    private readonly SweepOptions options;
    private readonly int threads;

    /// <summary>Prepares the engines.</summary>
    /// <param name="plan">Points.</param>
    /// <param name="layout">What they have in common.</param>
    /// <param name="options">How.</param>
    public SweepRunner(SweepPlan plan, SweepLayout layout, SweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(options);
        (setup, this.options) = (new(plan, layout, options), options);
        threads = options.Engine.ThreadCount;
        Description = options.Device?.Description ?? new CpuEngine(options.Engine).Description;
    }

    /// <summary>What computes, for people.</summary>
    public string Description { get; }

    /// <summary>Computes points.</summary>
    /// <param name="points">Indices of the points to compute.</param>
    /// <param name="present">Points of the same shard that are there already, for the progress.</param>
    /// <param name="sink">Receiver; called on this thread, flushed at the end.</param>
    /// <param name="progress">Called a few times per second, or null.</param>
    /// <param name="cancellation">Finishes the steps under way and stops; points that were not finished are not handed on.</param>
    public SweepSummary Run(IReadOnlyList<int> points, int present, ISweepSink sink, Action<SweepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(sink);
        var session = new SweepSession(points, present, sink, progress);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var queue = new PointQueue<IReadOnlyList<PointResult>>(4 * threads);
        Task[] workers = [.. Work(session, queue, stop.Token).Select(work => Task.Factory.StartNew(work,
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task all = Task.WhenAll(workers).ContinueWith(_ => queue.Complete(), TaskScheduler.Default);
        try
        {
            while (queue.Take() is { } results)
            {
                session.Take(results);
                // What is under way is still computed and kept.
                if (options.StopOnFailure && session.FirstFailure is not null) session.Stop();
            }
            sink.Flush();
        }
        finally
        {
            // A sink that fails ends the computing, too.
            stop.Cancel();
            while (queue.Take() is not null) { }
            all.Wait(CancellationToken.None);
        }
        DeviceException? lost = DeviceFailure(workers);
        if (lost is null) Task.WaitAll(workers, CancellationToken.None);
        SweepProgress end = session.Progress;
        bool stopped = options.StopOnFailure && session.FirstFailure is not null;
        return new(end, cancellation.IsCancellationRequested && end.Done < points.Count, stopped ? session.FirstFailure : null) { DeviceFailure = lost };
    }

    // Other errors of the same sweep count for more: they are the program's.
    private static DeviceException? DeviceFailure(Task[] workers)
    {
        Exception[] errors = [.. workers.SelectMany(worker => worker.Exception?.InnerExceptions ?? [])];
        return errors.All(error => error is DeviceException) ? errors.FirstOrDefault() as DeviceException : null;
    }

    private IEnumerable<Action> Work(SweepSession session, PointQueue<IReadOnlyList<PointResult>> queue, CancellationToken cancellation)
    {
        if (options.Device is { } device) return new DeviceSweep(setup, device, session, queue, threads, cancellation).Work;
        return Enumerable.Range(0, threads).Select(_ => new CpuEngine(options.Engine with { Threads = 1 }))
            .Select(engine => (Action)(() => Work(engine, session, queue, cancellation)));
    }

    private void Work(CpuEngine engine, SweepSession session, PointQueue<IReadOnlyList<PointResult>> queue, CancellationToken cancellation)
    {
        var block = new PointBlock(setup, engine, queue.Add, cancellation);
        int each = (session.Points.Count + threads - 1) / threads;
        // A sixteenth of a thread's share, so that threads end together; but no vector half empty.
        int size = Math.Max(Math.Min(each / 16, LargestBlock), Math.Clamp(each, 1, engine.Width));
        try
        {
            while (!cancellation.IsCancellationRequested && session.Next(size) is { Length: > 0 } points)
                block.Compute(points, () => session.IsStopped);
        }
        catch
        {
            // Told when the others have ended, which is soon.
            session.Stop();
            throw;
        }
    }
}
