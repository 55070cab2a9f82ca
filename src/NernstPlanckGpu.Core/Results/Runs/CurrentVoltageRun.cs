using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>A current–voltage curve: at each voltage the steady state, or the state at a time after a step from the holding potential.</summary>
internal sealed class CurrentVoltageRun : IRunPlan
{
    private readonly RunContext context;
    private readonly CurrentVoltageSettings settings;
    private readonly bool isStep;
    private readonly string integrator;

    public CurrentVoltageRun(RunContext context)
    {
        this.context = context;
        context.NeedSteadyStates();
        settings = context.Configuration.CurrentVoltage!;
        isStep = settings.Protocol == CurrentVoltageProtocol.Step;
        IntegratorChoice? choice = isStep ? StepProtocol.Integrator(context) : null;
        if (choice is not null) context.NeedSteps(context.Discrete, context.Configuration.Time with { Integrator = choice.Kind });
        integrator = choice?.Text ?? $"{SteadyMethod.Describe(context.Configuration.Problem)} for the steady state at each voltage";
    }

    public RunLayout Layout => field ??= MakeLayout();

    private IEnumerable<ResultCurve> Curves(CurveAnalysis analysis) => isStep ? [analysis.Chord, analysis.SlopeCurve] : [analysis.Chord];

    public RunEstimate Estimate() => context.EstimateWithoutSteps(integrator);

    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        var output = new SteadyOutput(context);
        var points = new List<(double Voltage, double Current, double Slope)>();
        using ISteadyState steady = context.Engine.Steady(context.Discrete);
        (Outcome outcome, string? detail) = isStep
            ? new StepProtocol(context, settings, output).Run(steady, Record, cancellation)
            : SteadyPoints();
        CurveAnalysis analysis = Analyse();
        // The analysis seeks states, too: one that was cut short is not what the whole run finds.
        if (outcome == Outcome.Done && cancellation.IsCancellationRequested) outcome = Outcome.Interrupted;
        double? reversal = double.IsNaN(analysis.Reversal) ? null : analysis.Reversal;
        return output.Summarise(sink, outcome, detail, analysis.Results, Curves(analysis), reversal);

        void Record(double voltage, double slope)
        {
            output.Show(sink, voltage);
            double[] currents = [.. output.Currents()];
            sink.Trace(new TraceSample(voltage, isStep ? currents : [.. currents, slope]));
            points.Add((voltage, currents[0], slope));
            progress?.Invoke(new(points.Count, settings.Voltages.Count, points.Count, 0, context.Watch.Elapsed.TotalSeconds, "voltages"));
        }

        (Outcome Outcome, string? Detail) SteadyPoints()
        {
            foreach (double voltage in settings.Voltages)
            {
                if (cancellation.IsCancellationRequested) return (Outcome.Interrupted, null);
                SteadyResult result = steady.SolveAt(voltage, cancellation);
                output.Take(steady, result, voltage);
                if (!result.IsFound)
                    return (result.Outcome, FormattableString.Invariant($"at {voltage * 1e3:g6} mV, point {points.Count + 1} of {settings.Voltages.Count}: {result.Detail}"));
                Record(voltage, output.Density(steady.Conductance()));
            }
            return (Outcome.Done, null);
        }

        CurveAnalysis Analyse()
        {
            double[] voltages = [.. points.Select(p => p.Voltage)], currents = [.. points.Select(p => p.Current)];
            double[] slopes = isStep ? CurveAnalysis.Differences(voltages, currents) : [.. points.Select(p => p.Slope)];
            if (isStep || outcome != Outcome.Done) return new(voltages, currents, slopes);
            return new(voltages, currents, slopes, voltage =>
            {
                SteadyResult result = steady.SolveAt(voltage, cancellation);
                if (!result.IsFound) return null;
                var state = new StateView(context.Discrete);
                steady.Read(state);
                return (TraceRecorder.CurrentDensity(context.Field, state), output.Density(steady.Conductance()));
            });
        }
    }

    private RunLayout MakeLayout()
    {
        var empty = new CurveAnalysis([], [], []);
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
}
