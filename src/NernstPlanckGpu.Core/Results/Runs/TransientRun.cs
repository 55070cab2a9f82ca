using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

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
        choice = IntegratorChoice.For(plain, configuration.Time, configuration.Output.TraceTimes);
        Time = configuration.Time with { Integrator = choice.Kind };
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
        using IBatch batch = ready.Engine.Start([ready.Discrete], Time);
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

    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        if (Begin(sink, cancellation, out RunSummary? failed) is not { } run) return failed!;
        using IBatch batch = context.Engine.Start([run.Discrete], Time);
        double nextReport = 0;
        void AfterStep(ProblemStatus status)
        {
            double elapsed = context.Watch.Elapsed.TotalSeconds;
            if (elapsed < nextReport) return;
            nextReport = elapsed + 0.1;
            progress!(new(status.Time, Time.End, status.AcceptedSteps, status.StepSize, elapsed));
        }

        while (run.Target is { } target)
        {
            batch.Advance([target], progress is null ? null : AfterStep, cancellation);
            run.Observe(batch, 0);
        }
        return run.Complete(batch, 0, context.Watch.Elapsed.TotalSeconds);
    }

    /// <summary>Finds the initial state; the run is then at its start, to be stepped by a batch of the caller's.</summary>
    /// <param name="sink">Receiver of the outputs.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <param name="failed">How it failed, the sink being told, when null is returned.</param>
    public TransientProgress? Begin(IRunSink sink, CancellationToken cancellation, out RunSummary? failed)
    {
        InitialSteadyState.Resolved initial = InitialSteadyState.Resolve(context, cancellation);
        failed = initial.Context is null ? NeverStarted(sink, initial) : null;
        return failed is null ? new(initial, Time, sink) : null;
    }

    private RunSummary NeverStarted(IRunSink sink, InitialSteadyState.Resolved initial)
    {
        SteadyResult failure = initial.Failure!;
        var summary = new RunSummary
        {
            Outcome = failure.Outcome,
            Time = 0,
            AcceptedSteps = 0,
            RejectedSteps = 0,
            Evaluations = failure.Iterations,
            WallTime = context.Watch.Elapsed.TotalSeconds,
            Certificate = [],
            Theory = [],
            MembranePotential = double.NaN,
            CurrentDensity = double.NaN,
            Results = [.. initial.Results(), .. context.GridResults()],
            Detail = failure.Detail is null ? null : $"the initial steady state: {failure.Detail}",
        };
        sink.Complete(summary);
        return summary;
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
        using IBatch batch = ready.Engine.Start([ready.Discrete], probe);
        batch.Advance([Instant], null, CancellationToken.None);
        return batch.Status(0).SpectralBound;
    }

    private RunLayout MakeLayout()
    {
        return context.Layout(
            new CertificateBuilder(plain, context.Field).Build(default, Time),
            InitialSteadyState.Unknown(context).Results().Select(r => new ResultColumn(r.Name, r.Unit, r.Meaning))) with
        {
            Traces = new TraceRecorder(context.Configuration, context.Discrete, context.Field).Columns,
            Integrator = choice.Text,
        };
    }
}
