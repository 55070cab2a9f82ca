using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>The bound of the spectral radius against what the explicit step itself shows: Euler grows beyond 2/radius.</summary>
public class StabilityLimitTests
{
    public static TheoryData<int, int, int> Cases()
    {
        var data = new TheoryData<int, int, int>();
        for (int seed = 0; seed < 12; seed++) data.Add(3 + 5 * seed, 1 + seed % 6, seed);
        return data;
    }

    // Just below 2/rho Euler must not grow: a perturbed problem stays near its unperturbed twin. Five times above it must,
    // or the bound would cost more than twice the stages it should.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Euler_is_stable_below_the_bound_and_unstable_well_above_it(int cells, int species, int seed)
    {
        DiscreteProblem problem = Discretiser.Discretise(RandomProblems.Create(cells, species, seed, seed + 500));
        double rho = Run(problem, new TimeSettings { End = 1e-13, Integrator = IntegratorKind.Rkc2 }).Status.SpectralBound;

        Assert.Equal(Outcome.Done, Euler(problem, 1.9 / rho, 2000).Status.Outcome);
        Assert.NotEqual(Outcome.Done, Euler(problem, 12 / rho, 4000).Status.Outcome);
    }

    private static (ProblemStatus Status, StateView State) Euler(DiscreteProblem problem, double step, int steps) =>
        Run(problem, new TimeSettings { End = steps * step, Step = step, Integrator = IntegratorKind.Euler });

    private static (ProblemStatus Status, StateView State) Run(DiscreteProblem problem, TimeSettings settings)
    {
        using IBatch batch = new CpuEngine(new EngineOptions(1)).Start([problem], settings);
        batch.Advance([settings.End], null, CancellationToken.None);
        var view = new StateView(problem);
        batch.Read(0, view);
        return (batch.Status(0), view);
    }
}
