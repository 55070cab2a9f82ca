using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>The steady state of the boundary values at time 0: one snapshot.</summary>
internal sealed class SteadyRun : ISteadyPlan
{
    private readonly RunContext context;
    private readonly bool imposed;
    private readonly string potentialName;

    public SteadyRun(RunContext context)
    {
        this.context = context;
        context.NeedSteadyStates(context.Discrete);
        PnpProblem problem = context.Configuration.Problem;
        imposed = problem is { Left.Electric.Electrode: not null, Right.Electric.Electrode: not null };
        potentialName = SteadyOutput.IsOpenCircuit(problem) ? "restingPotential" : "electrodePotential";
    }

    public RunLayout Layout => field ??= MakeLayout();

    public RunEstimate Estimate() => context.EstimateWithoutSteps(Layout.Integrator);

    public SteadyCourse Begin(IRunSink sink, Action<RunProgress>? progress) => new Course(this, sink);

    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress, CancellationToken cancellation) =>
        SteadySearch.Run(Begin(sink, progress), context.Engine, cancellation);

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

    private sealed class Course : SteadyCourse
    {
        private readonly SteadyRun run;
        private double voltage = double.NaN, conductance = double.NaN;

        public Course(SteadyRun run, IRunSink sink)
            : base(run.context, sink)
        {
            this.run = run;
            Want([null]);
        }

        protected override void Take(double? at, SteadyResult result, ISteadySolution solution)
        {
            Output.Take(solution, result);
            if (!result.IsFound)
            {
                Stop(result.Outcome, result.Detail);
                return;
            }
            Output.Show(Sink, 0);
            Sink.Trace(new TraceSample(0, (double[])[TraceRecorder.MembranePotential(run.context.Field, Output.State, 0), .. Output.Currents()]));
            voltage = solution.Voltage;
            if (run.imposed) conductance = Output.Density(solution.Conductance());
        }

        protected override RunSummary Summarise()
        {
            double? resting = Outcome == Outcome.Done && SteadyOutput.IsOpenCircuit(run.context.Configuration.Problem) ? voltage : null;
            return Output.Summarise(Sink, Outcome, Detail, run.Results(voltage, conductance), null, resting);
        }
    }
}
