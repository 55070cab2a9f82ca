using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>
/// A run about steady states on its way. It says which states it needs next, and takes them as they are found: one after another on an engine
/// that goes from one to the next, or together on one that finds many at once.
/// </summary>
/// <param name="context">Run.</param>
/// <param name="sink">Receiver of the results.</param>
internal abstract class SteadyCourse(RunContext context, IRunSink sink)
{
    private readonly Queue<double?> wanted = new();

    /// <summary>The finite volumes.</summary>
    public DiscreteProblem Discrete => context.Discrete;

    /// <summary>Voltages of the states that it needs next, V, in their order; null: that of the boundaries. Empty when it needs none any more.</summary>
    public IReadOnlyCollection<double?> Wanted => wanted;

    /// <summary>How it ends, if nothing more comes.</summary>
    protected Outcome Outcome { get; private set; } = Outcome.Done;

    /// <summary>Where and why it failed.</summary>
    protected string? Detail { get; private set; }

    /// <summary>What becomes of the states; made with the first, since thousands of points wait for theirs.</summary>
    protected SteadyOutput Output => field ??= new(context);

    /// <summary>Receiver of the results.</summary>
    protected IRunSink Sink => sink;

    /// <summary>The problems whose steady states are wanted, in their order.</summary>
    public DiscreteProblem[] Problems() => [.. wanted.Select(voltage => voltage is { } v ? Discrete.AtVoltage(v) : Discrete)];

    /// <summary>Takes the first of the states that are wanted.</summary>
    /// <param name="result">How it was found, or not.</param>
    /// <param name="solution">Where it stands; good for this call.</param>
    public void Take(SteadyResult result, ISteadySolution solution)
    {
        double? voltage = wanted.Dequeue();
        if (result.Outcome == Outcome.Interrupted) Stop(Outcome.Interrupted, null);
        else Take(voltage, result, solution);
    }

    /// <summary>Ends it before it has all states.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="detail">Where and why; null where there is nothing to say.</param>
    public void Stop(Outcome outcome, string? detail)
    {
        wanted.Clear();
        (Outcome, Detail) = (outcome, detail);
    }

    /// <summary>Hands the summary to the sink.</summary>
    /// <param name="wallTime">Its part of the wall time that it had with others, s; null: all since it was set up.</param>
    public RunSummary Complete(double? wallTime = null)
    {
        Output.WallTime = wallTime;
        return Summarise();
    }

    /// <summary>Asks for states.</summary>
    /// <param name="voltages">Voltages.</param>
    protected void Want(IEnumerable<double?> voltages)
    {
        foreach (double? voltage in voltages) wanted.Enqueue(voltage);
    }

    /// <summary>Takes a state, found or not.</summary>
    protected abstract void Take(double? voltage, SteadyResult result, ISteadySolution solution);

    /// <summary>The end.</summary>
    protected abstract RunSummary Summarise();
}

/// <summary>A mode that is about steady states and nothing in time.</summary>
internal interface ISteadyPlan : IRunPlan
{
    /// <summary>Begins the run.</summary>
    /// <param name="sink">Receiver of the results.</param>
    /// <param name="progress">Called as states come, or null.</param>
    SteadyCourse Begin(IRunSink sink, Action<RunProgress>? progress);
}
