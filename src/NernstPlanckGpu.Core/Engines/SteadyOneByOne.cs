using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Engines;

/// <summary>Steady states of a batch one by one, each by an engine's full search, several at a time.</summary>
/// <param name="engine">Engine.</param>
/// <param name="problems">Problems.</param>
/// <param name="threads">How many at a time.</param>
internal sealed class SteadyOneByOne(IEngine engine, IReadOnlyList<DiscreteProblem> problems, int threads) : ISteadyBatch
{
    private static readonly SteadyResult NotYet = new(Outcome.Running, 0, "none", null);
    private readonly Solution?[] solutions = new Solution?[problems.Count];

    // What is kept of a problem: not its solver, which is larger.
    private sealed record Solution(SteadyResult Result, double Voltage, double Conductance, double ContinuityResidual, StateView? State);

    public int Count => solutions.Length;

    public void Solve(CancellationToken cancellation) =>
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => solutions[i] = Find(problems[i], cancellation));

    public SteadyResult Result(int problem) => solutions[problem]?.Result ?? NotYet;

    public double Voltage(int problem) => solutions[problem]?.Voltage ?? double.NaN;

    public double TotalCurrent(int problem) => solutions[problem]?.State?.TotalCurrent ?? double.NaN;

    public double Conductance(int problem) => solutions[problem]?.Conductance ?? double.NaN;

    public double Read(int problem, StateView state)
    {
        if (solutions[problem] is not { State: { } found } solution) throw new InvalidOperationException($"no steady state of problem {problem} was found");
        found.CopyTo(state);
        return solution.ContinuityResidual;
    }

    public void Dispose()
    {
    }

    private Solution Find(DiscreteProblem problem, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return NotFound(new(Outcome.Interrupted, 0, "none", null));
        using ISteadyState steady = engine.Steady(problem);
        SteadyResult result = steady.Solve(cancellation);
        if (!result.IsFound) return NotFound(result);
        var state = new StateView(problem);
        steady.Read(state);
        (double voltage, double residual) = (steady.Voltage, steady.ContinuityResidual);
        bool imposed = problem.Problem is { Left.Electric.Electrode: not null, Right.Electric.Electrode: not null };
        double conductance = imposed && !SteadyMethod.Settles(problem.Problem) ? steady.Conductance() : double.NaN;
        return new(result, voltage, conductance, residual, state);
    }

    private static Solution NotFound(SteadyResult result) => new(result, double.NaN, double.NaN, double.NaN, null);
}
