using System.Numerics;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>The small-signal admittance about the steady state, frequency by frequency.</summary>
internal sealed class ImpedanceRun : IRunPlan
{
    private readonly RunContext context;

    public ImpedanceRun(RunContext context)
    {
        this.context = context;
        context.NeedOwnSteadyStates("it finds no admittances");
    }

    public RunLayout Layout => field ??= MakeLayout();

    public RunEstimate Estimate() => context.EstimateWithoutSteps(Layout.Integrator);

    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        var output = new SteadyOutput(context);
        var frequencies = context.Configuration.Impedance!.Frequencies;
        using ISteadyState steady = context.Engine.Steady(context.Discrete);
        SteadyResult found = steady.Solve(cancellation);
        output.Take(steady, found);
        if (!found.IsFound) return output.Summarise(sink, found.Outcome, found.Detail, Results(double.NaN, double.NaN));
        output.Show(sink, 0);
        var outcome = Outcome.Done;
        for (int i = 0; i < frequencies.Count; i++)
        {
            if (cancellation.IsCancellationRequested)
            {
                outcome = Outcome.Interrupted;
                break;
            }
            Complex admittance = steady.Admittance(frequencies[i]) / context.Field.ReferenceArea, impedance = 1 / admittance;
            double phase = impedance.Phase * 180 / Math.PI;
            sink.Trace(new TraceSample(
                frequencies[i], (double[])[impedance.Real, impedance.Imaginary, admittance.Real, admittance.Imaginary, phase]));
            progress?.Invoke(new(i + 1, frequencies.Count, i + 1, 0, context.Watch.Elapsed.TotalSeconds, "frequencies"));
        }
        return output.Summarise(sink, outcome, null, Results(steady.Voltage, output.Density(steady.Conductance())));
    }

    private static IEnumerable<ResultEntry> Results(double voltage, double conductance)
    {
        yield return new("electrodePotential", voltage, "V", "potential of the left electrode minus that of the right one");
        yield return new("slopeConductance", conductance, "S m-2", "derivative of the steady current by the voltage: the admittance at no frequency");
    }

    private RunLayout MakeLayout()
    {
        return context.Layout(SteadyOutput.Certificate(context), Results(double.NaN, double.NaN).Select(r => new ResultColumn(r.Name, r.Unit, r.Meaning))) with
        {
            TraceAxis = ResultAxis.Frequency,
            TraceGroup = "impedance",
            Traces =
            [
                new("impedanceReal", "ohm m2", "real part of the impedance, times the reference area"),
                new("impedanceImaginary", "ohm m2", "imaginary part of the impedance, times the reference area"),
                new("admittanceReal", "S m-2", "real part of the admittance, per reference area"),
                new("admittanceImaginary", "S m-2", "imaginary part of the admittance, per reference area"),
                new("phase", "degree", "phase of the impedance"),
            ],
            Integrator = $"{SteadyMethod.Describe(context.Configuration.Problem)} for the steady state; linear response at each frequency",
        };
    }
}
