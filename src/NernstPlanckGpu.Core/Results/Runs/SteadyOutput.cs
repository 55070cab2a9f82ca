using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using static System.FormattableString;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>Columns, certificate and summary that the modes about steady states share.</summary>
internal sealed class SteadyOutput(RunContext context)
{
    private readonly CertificateBuilder certificate = new(context.Discrete, context.Field, isInTime: false);
    private readonly (TraceColumn Column, Func<StateView, double, double> Value)[] membrane = [.. Membrane(context)];
    private readonly Snapshot snapshot = context.Field.NewSnapshot();
    private int iterations, byHost;
    private string? firstByHost;
    private (long Accepted, long Rejected, long Evaluations) steps;
    private double continuity;
    private bool hasState;

    /// <summary>Wall time of the run, s; null: since it was set up.</summary>
    public double? WallTime { get; set; }

    /// <summary>Latest state.</summary>
    public StateView State { get; } = new(context.Discrete);

    public static TimeSettings NoTime { get; } = new() { End = 0 };

    /// <summary>Names of the certificate.</summary>
    public static IEnumerable<CertificateEntry> Certificate(RunContext context) => new SteadyOutput(context).Entries(isOver: false);

    /// <summary>currentDensity, then one per species; with mechanisms what they do besides.</summary>
    public static IEnumerable<TraceColumn> CurrentColumns(RunContext context)
    {
        yield return new("currentDensity", "A m-2", "total current per reference area, positive from left to right");
        foreach (Species species in context.Configuration.Problem.Species)
            yield return new($"currentDensity_{species.Name}", "A m-2", $"current of {species.Name} per reference area, positive from left to right");
        foreach ((TraceColumn column, _) in Membrane(context)) yield return column;
    }

    /// <summary>Values of <see cref="CurrentColumns"/>.</summary>
    public IEnumerable<double> Currents()
    {
        yield return TraceRecorder.CurrentDensity(context.Field, State);
        for (int s = 0; s < context.Discrete.Species; s++) yield return context.Field.IonicCurrent(State, s);
        foreach ((_, Func<StateView, double, double> value) in membrane) yield return value(State, 0);
    }

    /// <summary>Takes a solution into the latest state and the certificate.</summary>
    /// <param name="solution">Where it stands.</param>
    /// <param name="result">How it was found.</param>
    /// <param name="voltage">Voltage that was set, V; null where it is that of the boundaries.</param>
    public void Take(ISteadySolution solution, SteadyResult result, double? voltage = null)
    {
        iterations += result.Iterations;
        if (!result.IsFound) return;
        solution.Read(State);
        hasState = true;
        if (result.IsByHost && byHost++ == 0) firstByHost = voltage is { } at ? Invariant($"at {at * 1e3:g6} mV: {result.Route}") : result.Route;
        continuity = Math.Max(continuity, solution.ContinuityResidual);
        certificate.Observe(State, 0, voltage);
        certificate.ObserveSteady(State);
    }

    /// <summary>Takes a state that was integrated in time into the latest state and the certificate.</summary>
    /// <param name="batch">Where it stands.</param>
    /// <param name="problem">Its index.</param>
    /// <param name="voltage">Voltage that was set, V.</param>
    public void Take(IBatch batch, int problem, double voltage)
    {
        batch.Read(problem, State);
        ProblemStatus status = batch.Status(problem);
        steps = (steps.Accepted + status.AcceptedSteps, steps.Rejected + status.RejectedSteps, steps.Evaluations + status.Evaluations);
        certificate.Observe(State, 0, voltage);
        certificate.ObserveFluxes(State);
    }

    /// <summary>Hands the latest state on, at a place on the snapshots' axis.</summary>
    public void Show(IRunSink sink, double place)
    {
        context.Field.Fill(snapshot, State, 0);
        snapshot.Time = place;
        sink.Snapshot(snapshot);
    }

    /// <summary>The end of a run.</summary>
    public RunSummary Summarise(
        IRunSink sink, Outcome outcome, string? detail, IEnumerable<ResultEntry> results, IEnumerable<ResultCurve>? curves = null, double? resting = null)
    {
        var summary = new RunSummary
        {
            Outcome = outcome,
            Time = 0,
            AcceptedSteps = steps.Accepted > 0 ? steps.Accepted : iterations,
            RejectedSteps = steps.Rejected,
            Evaluations = steps.Evaluations > 0 ? steps.Evaluations : iterations,
            WallTime = WallTime ?? context.Watch.Elapsed.TotalSeconds,
            // Where no state was found there is nothing to check or to compare.
            Certificate = hasState ? [.. Entries(isOver: outcome == Outcome.Done)] : [],
            Theory = TheoryComparison.Of(context.Configuration.Problem, hasState ? context.Measure(State, 0, resting) : null),
            MembranePotential = hasState ? TraceRecorder.MembranePotential(context.Field, State, 0) : double.NaN,
            CurrentDensity = hasState ? TraceRecorder.CurrentDensity(context.Field, State) : double.NaN,
            Results = [.. results, .. context.GridResults()],
            Membrane = hasState ? MembraneSummaryBuilder.Of(context.Discrete, context.Field, State, 0, null) : null,
            Curves = [.. curves ?? []],
            Detail = detail ?? ByHost(),
        };
        sink.Complete(summary);
        return summary;
    }

    /// <summary>Total dI/dV per reference area, S/m².</summary>
    public double Density(double conductance) => conductance / context.Field.ReferenceArea;

    /// <summary>The potential difference is sought, for no current.</summary>
    public static bool IsOpenCircuit(PnpProblem problem) =>
        IsOpen(problem.Left.Electric) || IsOpen(problem.Right.Electric);

    // A number of the CPU is not told as the device's.
    private string? ByHost() => byHost > 1 ? $"{firstByHost}; likewise at {byHost - 1} other voltages" : firstByHost;

    private static bool IsOpen(ElectricBoundary boundary) => boundary is CurrentBoundary current && current.CurrentDensity.At(0) == 0;

    private static IEnumerable<(TraceColumn Column, Func<StateView, double, double> Value)> Membrane(RunContext context) =>
        context.Configuration.Problem.Mechanisms.Count == 0 ? []
            : MembraneTraces.OfStates.SelectMany(trace => MembraneTraces.Columns(trace, context.Discrete, context.Field));

    private IEnumerable<CertificateEntry> Entries(bool isOver) => [.. certificate.BuildSteady(continuity), .. context.GridEntries(isOver)];
}
