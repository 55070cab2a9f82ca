using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>The steady state of the boundary values at time 0: one snapshot.</summary>
internal sealed class SteadyRun : IRunPlan
{
    private readonly RunContext context;
    private readonly bool imposed;
    private readonly string potentialName;

    public SteadyRun(RunContext context)
    {
        this.context = context;
        context.NeedSteadyStates();
        PnpProblem problem = context.Configuration.Problem;
        imposed = problem is { Left.Electric.Electrode: not null, Right.Electric.Electrode: not null };
        potentialName = SteadyOutput.IsOpenCircuit(problem) ? "restingPotential" : "electrodePotential";
    }

    public RunLayout Layout => field ??= MakeLayout();

    public RunEstimate Estimate() => context.EstimateWithoutSteps(Layout.Integrator);

    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        var output = new SteadyOutput(context);
        using ISteadyState steady = context.Engine.Steady(context.Discrete);
        SteadyResult found = steady.Solve(cancellation);
        output.Take(steady, found);
        if (!found.IsFound) return output.Summarise(sink, found.Outcome, found.Detail, Results(double.NaN, double.NaN));
        output.Show(sink, 0);
        sink.Trace(new TraceSample(0, (double[])[TraceRecorder.MembranePotential(context.Field, output.State, 0), .. output.Currents()]));
        double conductance = imposed ? output.Density(steady.Conductance()) : double.NaN;
        double? resting = SteadyOutput.IsOpenCircuit(context.Configuration.Problem) ? steady.Voltage : null;
        return output.Summarise(sink, Outcome.Done, null, Results(steady.Voltage, conductance), null, resting);
    }

    private IEnumerable<ResultEntry> Results(double voltage, double conductance)
    {
        yield return new(potentialName, voltage, "V", potentialName == "restingPotential"
            ? "potential of the left electrode minus that of the right one at which no current flows"
            : "potential of the left electrode minus that of the right one");
        if (imposed) yield return new("slopeConductance", conductance, "S m-2", "derivative of the steady current by the voltage, per reference area");
    }

    private RunLayout MakeLayout()
    {
        return context.Layout(SteadyOutput.Certificate(context), Results(double.NaN, double.NaN).Select(r => new ResultColumn(r.Name, r.Unit, r.Meaning))) with
        {
            Traces = [new("membranePotential", "V", "potential of the left end minus that of the right end"), .. SteadyOutput.CurrentColumns(context)],
            Integrator = $"{SteadyMethod.Describe(context.Configuration.Problem)} for the steady state",
        };
    }
}
