using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>From the steady state at the holding potentials to every voltage at once, integrated as one batch.</summary>
internal sealed class StepProtocol(RunContext context, CurrentVoltageSettings settings, SteadyOutput output)
{
    /// <summary>Problems that are integrated at once, or more where the engine wants more.</summary>
    private const int Batch = 64;

    /// <summary>Which integrator runs.</summary>
    public static IntegratorChoice Integrator(RunContext context)
    {
        TimeSettings time = context.Configuration.Time;
        return IntegratorChoice.For(context.Discrete, time, [time.End], context.Engine);
    }

    public (Outcome Outcome, string? Detail) Run(ISteadyState holding, Action<double> record, CancellationToken cancellation)
    {
        SteadyResult held = holding.Solve(cancellation);
        output.Take(holding, held);
        if (!held.IsFound) return (held.Outcome, $"at the holding potential: {held.Detail}");
        PnpProblem problem = context.Configuration.Problem;
        CellsInitialState initial = output.State.ToInitialState(holding.Voltage);
        TimeSettings time = context.Configuration.Time;
        time = time with { Integrator = Integrator(context).Kind };
        foreach (double[] voltages in settings.Voltages.Chunk(Math.Max(Batch, context.Engine.Width)))
        {
            DiscreteProblem[] problems = [.. voltages.Select(v => Discretiser.Discretise(problem.AtVoltage(v) with { Initial = initial }, context.Discrete.Grid))];
            using IBatch batch = context.Engine.Start(problems, time);
            batch.Advance([.. voltages.Select(_ => time.End)], null, cancellation);
            for (int i = 0; i < voltages.Length; i++)
            {
                ProblemStatus status = batch.Status(i);
                if (status.Outcome != Outcome.Done)
                    return (status.Outcome, Where(voltages[i], status));
                output.Take(batch, i, voltages[i]);
                record(voltages[i]);
            }
        }
        return (Outcome.Done, null);
    }

    private static string Where(double voltage, ProblemStatus status)
    {
        string why = status.Detail is { } detail ? $": {detail}" : "";
        return FormattableString.Invariant($"after the step to {voltage * 1e3:g6} mV, at t = {status.Time:g4} s{why}");
    }
}
