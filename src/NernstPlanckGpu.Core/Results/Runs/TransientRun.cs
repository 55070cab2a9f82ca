using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Checkpoints;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>Integrates in time to each output time.</summary>
internal sealed class TransientRun : IRunPlan
{
    private readonly RunContext context;
    private readonly DiscreteProblem plain;
    private readonly IntegratorChoice choice;

    public TransientRun(RunContext context)
    {
        this.context = context;
        RunConfiguration configuration = context.Configuration;
        plain = WithPlainInitialState();
        choice = IntegratorChoice.For(plain, configuration.Time, configuration.Output.TraceTimes, context.Engine);
        Time = configuration.Time with { Integrator = choice.Kind };
        context.NeedSteps(plain, Time);
    }

    public RunLayout Layout => field ??= MakeLayout();

    /// <summary>Settings, their integrator resolved.</summary>
    public TimeSettings Time { get; }

    /// <summary>Integrates for a few tenths of a second at most, and extrapolates.</summary>
    public RunEstimate Estimate()
    {
        InitialSteadyState.Resolved initial = InitialSteadyState.Resolve(context, CancellationToken.None);
        if (initial.Context is not { } ready)
            return context.EstimateWithoutSteps($"{Layout.Integrator}; but the initial steady state was not found: {initial.Failure!.Detail}");
        using IBatch batch = ready.Host.Start([ready.Discrete], Time);
        (double steps, double evaluations, double wallTime) = new CostProbe(batch, context.Configuration, Time.Integrator).Run();
        return new()
        {
            Cells = context.Discrete.Cells,
            CellSize = context.CellSize(),
            DebyeLength = context.DebyeLengths(),
            EulerStep = 2 / SpectralBound(ready),
            Integrator = Layout.Integrator,
            Steps = steps,
            Evaluations = evaluations,
            WallTime = wallTime,
        };
    }

    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress, CancellationToken cancellation) =>
        Run(sink, progress, null, cancellation);

    /// <summary>Runs and saves checkpoints on the way.</summary>
    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress, Checkpointing? checkpoints, CancellationToken cancellation)
    {
        if (Begin(sink, cancellation, out RunSummary? failed) is not { } run) return failed!;
        using IBatch batch = context.Engine.Start([run.Discrete], Time);
        var loop = new TransientLoop(run, batch, () => Elapsed) { ProblemHash = checkpoints is null ? "" : run.Hash() };
        return loop.Run(Time.End, progress, checkpoints, cancellation);
    }

    /// <summary>Goes on from a checkpoint; the sink is opened once the checkpoint is known to fit.</summary>
    public RunSummary GoOn(
        RunCheckpoint from, Func<IRunSink> open, Action<RunProgress>? progress, Checkpointing? checkpoints, CancellationToken cancellation)
    {
        InitialSteadyState.Resolved initial = InitialSteadyState.Resolve(context, cancellation);
        if (initial.Context is not { } ready) return Unstarted(initial, from.WallTime);
        context.NeedSteps(ready.Discrete, Time);
        var sink = new LateSink(open);
        var run = new TransientProgress(initial, Time, sink);
        if (run.Hash() != from.ProblemHash)
            throw new EngineRecordException("the problem is not the one that the checkpoint was taken of, bit by bit: "
                + "the file of its initial state has changed, or this machine rounds otherwise");
        using IBatch batch = context.Engine.Start([run.Discrete], Time);
        batch.Restore(0, from.Engine);
        run.Restore(from.Observations);
        if (run.Samples != from.Samples || run.Snapshots != from.Snapshots)
            throw new EngineRecordException("the numbers of its outputs contradict each other");
        sink.Open();
        var loop = new TransientLoop(run, batch, () => from.WallTime + Elapsed)
        {
            ProblemHash = from.ProblemHash,
            Resumptions = [.. from.Resumptions, DateTimeOffset.UtcNow],
        };
        return loop.Run(Time.End, progress, checkpoints, cancellation);
    }

    /// <summary>Finds the initial state; the run is then at its start, to be stepped by a batch of the caller's.</summary>
    /// <param name="sink">Receiver of the outputs.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <param name="failed">How it failed, the sink being told, when null is returned.</param>
    /// <exception cref="EngineRefusalException">The engine cannot step it.</exception>
    public TransientProgress? Begin(IRunSink sink, CancellationToken cancellation, out RunSummary? failed)
    {
        InitialSteadyState.Resolved initial = InitialSteadyState.Resolve(context, cancellation);
        failed = initial.Context is null ? Unstarted(initial, 0) : null;
        // Its boundaries may count from the potential that was found: that is another problem.
        if (initial.Context is { } ready) context.NeedSteps(ready.Discrete, Time);
        if (failed is null) return new(initial, Time, sink);
        sink.Complete(failed);
        return null;
    }

    private double Elapsed => context.Watch.Elapsed.TotalSeconds;

    private RunSummary Unstarted(InitialSteadyState.Resolved initial, double earlier)
    {
        SteadyResult failure = initial.Failure!;
        return new()
        {
            Outcome = failure.Outcome,
            Time = 0,
            AcceptedSteps = 0,
            RejectedSteps = 0,
            Evaluations = failure.Iterations,
            WallTime = earlier + Elapsed,
            Certificate = [],
            Theory = [],
            MembranePotential = double.NaN,
            CurrentDensity = double.NaN,
            Results = [.. initial.Results(), .. context.GridResults()],
            Detail = failure.Detail is null ? null : $"the initial steady state: {failure.Detail}",
        };
    }

    // Amounts and rates before the initial state is known: those of the regions.
    private DiscreteProblem WithPlainInitialState()
    {
        PnpProblem problem = context.Configuration.Problem;
        if (problem.Initial is not SteadyInitialState initial) return context.Discrete;
        return Discretiser.Discretise(problem with { Initial = initial.Problem.Initial }, context.Discrete.Grid);
    }

    // That of the explicit integrators; found by one tiny step.
    private static double SpectralBound(RunContext ready)
    {
        const double Instant = 1e-20;
        var probe = new TimeSettings { End = Instant, Integrator = IntegratorKind.Rkc2 };
        using IBatch batch = ready.Host.Start([ready.Discrete], probe);
        batch.Advance([Instant], null, CancellationToken.None);
        return batch.Status(0).SpectralBound;
    }

    private RunLayout MakeLayout()
    {
        return context.Layout(
            [.. new CertificateBuilder(plain, context.Field).Build(default, Time), .. context.GridEntries(isOver: false)],
            InitialSteadyState.Unknown(context).Results().Select(r => new ResultColumn(r.Name, r.Unit, r.Meaning))) with
        {
            Traces = new TraceRecorder(context.Configuration, context.Discrete, context.Field).Columns,
            Integrator = choice.Text,
        };
    }
}
