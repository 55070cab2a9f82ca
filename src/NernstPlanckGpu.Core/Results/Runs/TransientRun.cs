using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Theory;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>Integrates in time to each output time.</summary>
internal sealed class TransientRun : IRunPlan
{
    private readonly RunContext context;
    private readonly TimeSettings time;
    private readonly bool hasInitialSteadyState;

    public TransientRun(RunContext context)
    {
        this.context = context;
        RunConfiguration configuration = context.Configuration;
        hasInitialSteadyState = configuration.Problem.Initial is SteadyInitialState;
        DiscreteProblem plain = WithPlainInitialState();
        IntegratorChoice choice = IntegratorChoice.For(plain, configuration.Time, configuration.Output.TraceTimes);
        time = configuration.Time with { Integrator = choice.Kind };
        Layout = context.Layout(
            new CertificateBuilder(plain, context.Field).Build(default, time),
            InitialResults(double.NaN, IsOpen()).Select(r => new ResultColumn(r.Name, r.Unit, r.Meaning))) with
        {
            Traces = new TraceRecorder(configuration, context.Discrete, context.Field).Columns,
            Integrator = choice.Text,
        };
    }

    public RunLayout Layout { get; }

    /// <summary>Integrates for a few tenths of a second at most, and extrapolates.</summary>
    public RunEstimate Estimate()
    {
        InitialSteadyState.Resolved initial = InitialSteadyState.Resolve(context, CancellationToken.None);
        if (initial.Context is not { } ready)
            return context.EstimateWithoutSteps($"{Layout.Integrator}; but the initial steady state was not found: {initial.Failure!.Detail}");
        using IBatch batch = ready.Engine.Start([ready.Discrete], time);
        (double steps, double evaluations, double wallTime) = new CostProbe(batch, context.Configuration, time.Integrator).Run();
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
        InitialSteadyState.Resolved initial = InitialSteadyState.Resolve(context, cancellation);
        if (initial.Context is null) return NeverStarted(sink, initial.Failure!);
        RunContext ready = initial.Context;
        using IBatch batch = ready.Engine.Start([ready.Discrete], time);
        var state = new StateView(ready.Discrete);
        var certificate = new CertificateBuilder(ready.Discrete, ready.Field);
        var traces = new TraceRecorder(ready.Configuration, ready.Discrete, ready.Field);
        Snapshot snapshot = ready.Field.NewSnapshot();
        double nextReport = 0;
        void AfterStep(ProblemStatus status)
        {
            double elapsed = context.Watch.Elapsed.TotalSeconds;
            if (elapsed < nextReport) return;
            nextReport = elapsed + 0.1;
            progress!(new(status.Time, time.End, status.AcceptedSteps, status.StepSize, elapsed));
        }

        int nextSnapshot = 0;
        var snapshotTimes = context.Configuration.Output.SnapshotTimes;
        foreach (double target in context.Configuration.Output.TraceTimes)
        {
            batch.Advance([target], progress is null ? null : AfterStep, cancellation);
            ProblemStatus status = batch.Status(0);
            if (!status.Outcome.IsComplete()) break;
            batch.Read(0, state);
            certificate.Observe(state, status.Time);
            sink.Trace(traces.Sample(state, status.Time));
            // The state of an end before its time is shown as well.
            bool isEnd = status.Outcome != Outcome.Done;
            if (isEnd || (nextSnapshot < snapshotTimes.Count && snapshotTimes[nextSnapshot] == target))
            {
                nextSnapshot++;
                ready.Field.Fill(snapshot, state, status.Time);
                sink.Snapshot(snapshot);
            }
            if (isEnd) break;
        }
        RunSummary summary = Summarise(ready, batch, state, certificate, initial);
        sink.Complete(summary);
        return summary;
    }

    private RunSummary Summarise(
        RunContext ready, IBatch batch, StateView state, CertificateBuilder certificate, InitialSteadyState.Resolved initial)
    {
        ProblemStatus status = batch.Status(0);
        batch.Read(0, state);
        certificate.Observe(state, status.Time);
        RunMeasurement measurement = ready.Measure(state, status.Time, RestStillComparable(ready.Configuration.Problem, initial) ? initial.Voltage : null);
        return new()
        {
            Outcome = status.Outcome,
            Time = status.Time,
            AcceptedSteps = status.AcceptedSteps,
            RejectedSteps = status.RejectedSteps,
            Evaluations = status.Evaluations,
            WallTime = context.Watch.Elapsed.TotalSeconds,
            Certificate = certificate.Build(status, time),
            Theory = TheoryComparison.Of(ready.Configuration.Problem, measurement),
            MembranePotential = measurement.MembranePotential!.Value,
            CurrentDensity = TraceRecorder.CurrentDensity(ready.Field, state),
            Results = [.. InitialResults(initial.Voltage ?? double.NaN, initial.IsOpenCircuit), .. context.GridResults()],
            Membrane = MembraneSummaryBuilder.Of(ready.Discrete, ready.Field, state, status.Time, certificate.Budget?.Latest),
            Detail = status.Detail,
        };
    }

    // Theory speaks of what the ends hold at the end of the run: the rest before it is another where they have changed, and a run that is an
    // open circuit itself has its own potential at its end.
    private static bool RestStillComparable(PnpProblem problem, InitialSteadyState.Resolved initial) =>
        initial.IsOpenCircuit && !SteadyOutput.IsOpenCircuit(problem)
        && !problem.Left.Ions.Concat(problem.Right.Ions).Any(ion => ion is ReservoirBoundary);

    private RunSummary NeverStarted(IRunSink sink, SteadyResult failure)
    {
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
            Results = [.. InitialResults(double.NaN, IsOpen()), .. context.GridResults()],
            Detail = failure.Detail is null ? null : $"the initial steady state: {failure.Detail}",
        };
        sink.Complete(summary);
        return summary;
    }

    private IEnumerable<ResultEntry> InitialResults(double voltage, bool isOpenCircuit)
    {
        if (!hasInitialSteadyState) yield break;
        yield return isOpenCircuit
            ? new("restingPotential", voltage, "V", "potential difference of the initial steady state, at which no current flows")
            : new("initialPotential", voltage, "V", "potential difference of the initial steady state");
    }

    private bool IsOpen() => context.Configuration.Problem.Initial is SteadyInitialState initial && SteadyOutput.IsOpenCircuit(initial.Problem);

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
}
