#if WITH_ILGPU
using NernstPlanckGpu.Gpu.Explicit;
using NernstPlanckGpu.Kernels.Explicit;
#endif
using Xunit;

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>Problems that have cost most are begun first, and each that has to step is begun once.</summary>
public sealed class CostOrderTests
{
#if WITH_ILGPU
    [Fact]
    public void Each_that_must_step_once_and_the_dear_ones_first()
    {
        var random = new Random(5);
        ProblemClock[] clocks = [.. Enumerable.Range(0, 1000).Select(i => new ProblemClock
        {
            Outcome = i % 7 == 3 ? ClockOutcome.Done : ClockOutcome.Running,
            Target = 1,
            Evaluations = i % 5 == 0 ? 0 : (long)Math.Exp(random.NextDouble() * 40),
        })];
        int[] order = CostOrder.Of(clocks);
        Assert.Equal([.. Enumerable.Range(0, 1000).Where(i => i % 7 != 3)], order.Order().ToArray());
        for (int i = 1; i < order.Length; i++)
            Assert.True(clocks[order[i]].Evaluations <= 1.25 * clocks[order[i - 1]].Evaluations + 1, $"place {i}: {clocks[order[i - 1]].Evaluations}, {clocks[order[i]].Evaluations}");
    }

    [Fact]
    public void The_largest_cost_has_a_place() =>
        Assert.Equal([1, 0], CostOrder.Of([new() { Outcome = ClockOutcome.Running, Target = 1, Evaluations = 3 }, new() { Outcome = ClockOutcome.Running, Target = 1, Evaluations = 1L << 60 }]));
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void Each_that_must_step_once_and_the_dear_ones_first()
    {
    }
#endif
}
