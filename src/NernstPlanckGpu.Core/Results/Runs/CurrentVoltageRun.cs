using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>A current–voltage curve: at each voltage the steady state, or the state at a time after a step from the holding potential.</summary>
internal sealed class CurrentVoltageRun : ISteadyPlan
{
    private readonly RunContext context;
    private readonly CurrentVoltageSettings settings;
    private readonly bool isStep;
    private readonly string integrator;

    public CurrentVoltageRun(RunContext context)
    {
        this.context = context;
        settings = context.Configuration.CurrentVoltage!;
        isStep = settings.Protocol == CurrentVoltageProtocol.Step;
        if (isStep) context.NeedOwnSteadyStates("it starts no steps from a holding state");
        else context.NeedSteadyStates(context.Discrete.AtVoltage(settings.Voltages[0]));
        IntegratorChoice? choice = isStep ? StepProtocol.Integrator(context) : null;
        if (choice is not null) context.NeedSteps(context.Discrete, context.Configuration.Time with { Integrator = choice.Kind });
        integrator = choice?.Text ?? $"{SteadyMethod.Describe(context.Configuration.Problem)} for the steady state at each voltage";
    }

    /// <summary>False where it steps in time from the holding potential to each voltage.</summary>
    public bool IsSteady => !isStep;

    public RunLayout Layout => field ??= MakeLayout();

    private IEnumerable<ResultCurve> Curves(CurveAnalysis analysis) => isStep ? [analysis.Chord, analysis.SlopeCurve] : [analysis.Chord];

    public RunEstimate Estimate() => context.EstimateWithoutSteps(integrator);

    public SteadyCourse Begin(IRunSink sink, Action<RunProgress>? progress) => new Course(this, sink, progress);

    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress, CancellationToken cancellation) =>
        isStep ? Step(sink, progress, cancellation) : SteadySearch.Run(Begin(sink, progress), context.Engine, cancellation);

    private RunSummary Step(IRunSink sink, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        var output = new SteadyOutput(context);
        var points = new Points(this, output, sink, progress);
        using ISteadyState steady = context.Engine.Steady(context.Discrete);
        (Outcome outcome, string? detail) = new StepProtocol(context, settings, output).Run(steady, voltage => points.Add(voltage, null), cancellation);
        return Summarise(output, sink, outcome, detail, points.Analyse());
    }

    private RunSummary Summarise(SteadyOutput output, IRunSink sink, Outcome outcome, string? detail, CurveAnalysis analysis)
    {
        double? reversal = double.IsNaN(analysis.Reversal) ? null : analysis.Reversal;
        return output.Summarise(sink, outcome, detail, analysis.Results, Curves(analysis), reversal);
    }

    private RunLayout MakeLayout()
    {
        var empty = CurveAnalysis.BetweenPoints([], [], []);
        return context.Layout(SteadyOutput.Certificate(context), empty.Results.Select(r => new ResultColumn(r.Name, r.Unit, r.Meaning))) with
        {
            SnapshotAxis = ResultAxis.Voltage,
            TraceAxis = ResultAxis.Voltage,
            TraceGroup = "iv",
            // A steady point has its own slope; after a step it comes from the neighbours, once they are there.
            Traces = isStep ? [.. SteadyOutput.CurrentColumns(context)] : [.. SteadyOutput.CurrentColumns(context), CurveAnalysis.Slope],
            CurveColumns = [.. Curves(empty).Select(c => new ResultColumn(c.Name, c.Unit, c.Meaning))],
            Integrator = integrator,
        };
    }

    // The points of the curve as they come.
    private sealed class Points(CurrentVoltageRun run, SteadyOutput output, IRunSink sink, Action<RunProgress>? progress)
    {
        private readonly List<double> voltages = [], currents = [], slopes = [];

        public int Count => voltages.Count;

        // The latest state; its slope, S/m², where it has one of its own.
        public void Add(double voltage, double? slope)
        {
            output.Show(sink, voltage);
            double[] row = [.. output.Currents()];
            sink.Trace(new TraceSample(voltage, slope is { } own ? [.. row, own] : row));
            voltages.Add(voltage);
            currents.Add(row[0]);
            if (slope is { } known) slopes.Add(known);
            progress?.Invoke(new(Count, run.settings.Voltages.Count, Count, 0, run.context.Watch.Elapsed.TotalSeconds, "voltages"));
        }

        public CurveAnalysis Analyse(bool measures = false)
        {
            double[] x = [.. voltages], y = [.. currents], slope = slopes.Count > 0 ? [.. slopes] : CurveAnalysis.Differences(x, y);
            return measures ? new(x, y, slope) : CurveAnalysis.BetweenPoints(x, y, slope);
        }
    }

    // The states at the voltages, then those that the analysis of the curve seeks.
    private sealed class Course : SteadyCourse
    {
        private readonly CurrentVoltageRun run;
        private readonly Action<RunProgress>? progress;
        private readonly List<(double Current, double Slope)?> measured = [];
        private CurveAnalysis? analysis;

        public Course(CurrentVoltageRun run, IRunSink sink, Action<RunProgress>? progress)
            : base(run.context, sink)
        {
            (this.run, this.progress) = (run, progress);
            Want(run.settings.Voltages.Select(voltage => (double?)voltage));
        }

        private Points Curve => field ??= new(run, Output, Sink, progress);

        private StateView State => field ??= new(run.context.Discrete);

        protected override void Take(double? at, SteadyResult result, ISteadySolution solution)
        {
            if (analysis is null) TakePoint(at!.Value, result, solution);
            else measured.Add(result.IsFound ? Measure(solution) : null);
            if (Wanted.Count > 0 || Outcome != Outcome.Done) return;
            analysis ??= Curve.Analyse(measures: true);
            Want(analysis.Next(measured).Select(voltage => (double?)voltage));
            measured.Clear();
        }

        // One that was cut short is not what the whole run finds.
        protected override RunSummary Summarise() =>
            run.Summarise(Output, Sink, Outcome, Detail, Outcome == Outcome.Done ? analysis! : Curve.Analyse());

        private void TakePoint(double voltage, SteadyResult result, ISteadySolution solution)
        {
            Output.Take(solution, result, voltage);
            if (result.IsFound) Curve.Add(voltage, Output.Density(solution.Conductance()));
            else
                Stop(result.Outcome, FormattableString.Invariant($"at {voltage * 1e3:g6} mV, point {Curve.Count + 1} of {run.settings.Voltages.Count}: {result.Detail}"));
        }

        private (double Current, double Slope) Measure(ISteadySolution solution)
        {
            solution.Read(State);
            return (TraceRecorder.CurrentDensity(run.context.Field, State), Output.Density(solution.Conductance()));
        }
    }
}
