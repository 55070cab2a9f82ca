using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Runs;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>A point on its way to its end, among others that an engine takes over together.</summary>
/// <param name="point">Point.</param>
/// <param name="simulation">Its run.</param>
/// <param name="setup">What it shares with others.</param>
/// <param name="sink">Its outputs.</param>
internal abstract class PointMember(int point, Simulation simulation, PointSetup setup, PointSink sink)
{
    public int Point => point;

    /// <summary>Points of one kind share a batch.</summary>
    public abstract object Kind { get; }

    /// <summary>Points like it that the engine wants at once.</summary>
    public abstract int Width { get; }

    /// <summary>Bytes that it holds until its result is written, roughly.</summary>
    public abstract long Bytes { get; }

    /// <summary>Its run.</summary>
    protected Simulation Simulation => simulation;

    /// <summary>Numbers of a snapshot that it keeps.</summary>
    protected long PerSnapshot => setup.Fields.Count == 0 ? 0 : (2L * simulation.Discrete.Species + 4) * simulation.Discrete.Cells;

    /// <summary>What its outputs came to; null where it was interrupted.</summary>
    protected PointResult? Result() => sink.ToResult(point, setup.LayoutOf(simulation));
}

/// <summary>A point in time on its way through its outputs.</summary>
/// <param name="point">Point.</param>
/// <param name="simulation">Its run.</param>
/// <param name="setup">What it shares with others.</param>
/// <param name="sink">Its outputs.</param>
/// <param name="engine">Engine.</param>
/// <param name="progress">Where it is.</param>
/// <param name="preparation">Wall time that it took to set up, s.</param>
internal sealed class TransientMember(
    int point, Simulation simulation, PointSetup setup, PointSink sink, IEngine engine, TransientProgress progress, double preparation)
    : PointMember(point, simulation, setup, sink)
{
    public TransientProgress Progress => progress;

    /// <summary>Settings of the batch that it is in.</summary>
    public TimeSettings Time => Simulation.Transient!.Time;

    /// <summary>One shape, one way to step. Each has output times of its own.</summary>
    public override object Kind => (PackShape.Of(progress.Discrete).Key, Time with { End = 0 });

    public override int Width => engine.Width;

    /// <summary>Arrays over the cells (49 kB at its start for 256 cells and 3 species, measured), and what it puts out.</summary>
    public override long Bytes
    {
        get
        {
            OutputSettings output = Simulation.Configuration.Output;
            int cells = progress.Discrete.Cells, species = progress.Discrete.Species;
            long perSample = output.Traces.Count + 2L;
            return sizeof(double) * ((5L * species + 10) * cells + output.SnapshotTimes.Count * PerSnapshot + output.TraceTimes.Count * perSample);
        }
    }

    /// <summary>What it came to, by what was read last; null where it was interrupted.</summary>
    /// <param name="wallTime">Its part of the wall time of its batch, s.</param>
    public PointResult? Complete(double wallTime)
    {
        _ = progress.Complete(preparation + wallTime);
        return Result();
    }
}

/// <summary>A point about steady states on its way through those that it wants.</summary>
/// <param name="point">Point.</param>
/// <param name="simulation">Its run.</param>
/// <param name="setup">What it shares with others.</param>
/// <param name="sink">Its outputs.</param>
/// <param name="engine">Engine.</param>
/// <param name="course">Where it is.</param>
/// <param name="preparation">Wall time that it took to set up, s.</param>
internal sealed class SteadyMember(
    int point, Simulation simulation, PointSetup setup, PointSink sink, IEngine engine, SteadyCourse course, double preparation)
    : PointMember(point, simulation, setup, sink)
{
    /// <summary>Words of a point beside its arrays, and of a problem beside its profile: configuration, conditions at the ends, what a batch knows of it.</summary>
    private const int PerPoint = 1000, PerProblem = 150;

    private readonly int states = course.Wanted.Count;

    public SteadyCourse Course => course;

    /// <summary>Problems whose steady states it wants next; made when it was prepared, or looked through.</summary>
    public DiscreteProblem[] Wanted { get; private set; } = course.Problems();

    /// <summary>One shape. How many states each wants is its own matter.</summary>
    public override object Kind => PackShape.Of(course.Discrete).Key;

    public override int Width => Math.Max(1, engine.SteadyWidth / states);

    /// <summary>
    /// What was prepared (11 kB for 256 cells and 3 species, measured), as much on its way to the device, and per state its problem and its
    /// potentials; a curve keeps states and outputs while its analysis seeks others.
    /// </summary>
    public override long Bytes
    {
        get
        {
            int cells = course.Discrete.Cells, species = course.Discrete.Species;
            long kept = states > 1 ? (6L * species + 12) * cells + states * PerSnapshot : 0;
            return sizeof(double) * (8L * cells + PerPoint + kept + (long)states * (cells + species + PerProblem));
        }
    }

    /// <summary>Takes what a round found for it.</summary>
    /// <param name="round">Round.</param>
    /// <param name="index">Its index there.</param>
    public void Take(SteadyRound round, int index)
    {
        round.Answer(index, course);
        Wanted = course.Problems();
    }

    /// <summary>What it came to; null where it was interrupted.</summary>
    /// <param name="wallTime">Its part of the wall time of its batches, s.</param>
    public PointResult? Complete(double wallTime)
    {
        _ = course.Complete(preparation + wallTime);
        return Result();
    }
}
