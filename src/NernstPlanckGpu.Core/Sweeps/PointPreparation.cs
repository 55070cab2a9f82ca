using System.Diagnostics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Runs;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Brings points to where an engine can step them. Safe for threads.</summary>
internal sealed class PointPreparation(PointSetup setup, IEngine engine, CancellationToken cancellation)
{
    /// <summary>Sets a point up.</summary>
    /// <param name="point">Point.</param>
    /// <returns>A point in time at its start, for the caller to step; or what came of another at once, null where it was interrupted.</returns>
    /// <exception cref="DeviceException">The engine's device failed.</exception>
    public (PointMember? Member, PointResult? Result) Begin(int point)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            Simulation simulation = setup.Simulate(point, engine);
            var sink = new PointSink(setup.Fields);
            if (simulation.Transient is not { } run) _ = simulation.Run(sink, null, cancellation);
            else if (run.Begin(sink, cancellation, out _) is { } progress)
                return (new(point, simulation, setup, sink, progress, Stopwatch.GetElapsedTime(start).TotalSeconds), null);
            return (null, sink.ToResult(point, setup.LayoutOf(simulation)));
        }
        catch (Exception exception) when (PointFailure.IsOfPoint(exception))
        {
            return (null, PointFailure.WhilePreparing(point, exception));
        }
    }
}

/// <summary>A point in time on its way through its outputs.</summary>
/// <param name="point">Point.</param>
/// <param name="simulation">Its run.</param>
/// <param name="setup">What it shares with others.</param>
/// <param name="sink">Its outputs.</param>
/// <param name="progress">Where it is.</param>
/// <param name="preparation">Wall time that it took to set up, s.</param>
internal sealed class PointMember(
    int point, Simulation simulation, PointSetup setup, PointSink sink, TransientProgress progress, double preparation)
{
    public int Point => point;

    public TransientProgress Progress => progress;

    /// <summary>Settings of the batch that it is in.</summary>
    public TimeSettings Time => simulation.Transient!.Time;

    /// <summary>Points of one kind share a batch: one shape, one way to step. Each has output times of its own.</summary>
    public object Kind => (PackShape.Of(progress.Discrete).Key, Time with { End = 0 });

    /// <summary>
    /// Bytes that it holds until its result is written, roughly: arrays over the cells (49 kB at its start for 256 cells and 3 species, measured),
    /// and what it puts out.
    /// </summary>
    public long Bytes
    {
        get
        {
            OutputSettings output = simulation.Configuration.Output;
            int cells = progress.Discrete.Cells, species = progress.Discrete.Species;
            long perSnapshot = setup.Fields.Count == 0 ? 0 : (2L * species + 4) * cells;
            long perSample = output.Traces.Count + 2L;
            return sizeof(double) * ((5L * species + 10) * cells + output.SnapshotTimes.Count * perSnapshot + output.TraceTimes.Count * perSample);
        }
    }

    /// <summary>What it came to, by what was read last; null where it was interrupted.</summary>
    /// <param name="wallTime">Its part of the wall time of its batch, s.</param>
    public PointResult? Complete(double wallTime)
    {
        _ = progress.Complete(preparation + wallTime);
        return sink.ToResult(point, setup.LayoutOf(simulation));
    }
}
