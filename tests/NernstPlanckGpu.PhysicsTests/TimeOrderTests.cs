using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Order in time of fixed steps, and what the explicit integrators need on MEMB.</summary>
public class TimeOrderTests
{
    private const double End = 20e-9;

    // A salt of unequal ions relaxing in a box of five Debye lengths: diffusion and charge relaxation of like speed, fully coupled.
    private static PnpProblem Relaxing(int cells)
    {
        var profile = new CosineProfile(20, 12, 1);
        return Stack(
            [new("P", 1, 1.334e-9), new("M", -1, 2.032e-9)], Closed(Potential(0.01), 2), Closed(Potential(-0.01), 2), Layer("box", 10e-9, cells, [20, 20])) with
        {
            Initial = new ProfilesInitialState([profile, profile]),
        };
    }

    private static RunResult Run(IntegratorKind integrator, int steps) =>
        Runner.Run(Relaxing(40), new TimeSettings { End = End, Integrator = integrator, Step = End / steps });

    private static double Distance(RunResult a, RunResult b)
    {
        double worst = 0;
        for (int s = 0; s < a.Last.Concentration.Length; s++)
            for (int i = 0; i < a.X.Count; i++) worst = Math.Max(worst, Math.Abs(a.Last.Concentration[s][i] - b.Last.Concentration[s][i]));
        return worst;
    }

    [Fact]
    public void Rkc2_is_second_order()
    {
        RunResult exact = Run(IntegratorKind.Rkc2, 8192);

        // Shorter steps take fewer stages, whose error constant is a little larger: below ten stages the fit would mix the two.
        int[] steps = [8, 16, 32, 64, 128];
        double[] errors = [.. steps.Select(n => Distance(Run(IntegratorKind.Rkc2, n), exact))];
        double order = Order.Fit([.. steps.Select(n => 1.0 / n)], errors);
        Assert.True(order is >= 1.9 and < 2.3, $"order {order:F3} of {Order.Show(errors)}");
    }

    [Fact]
    public void Euler_is_first_order_and_tends_to_the_same()
    {
        RunResult exact = Run(IntegratorKind.Rkc2, 8192);
        int[] steps = [2000, 4000, 8000, 16000];
        double[] errors = [.. steps.Select(n => Distance(Run(IntegratorKind.Euler, n), exact))];
        double order = Order.Fit([.. steps.Select(n => 1.0 / n)], errors);
        Assert.True(order is > 0.97 and < 1.03, $"order {order:F3} of {Order.Show(errors)}");
    }

    [Fact]
    public void Adaptive_steps_keep_their_tolerance_of_the_whole_run()
    {
        RunResult exact = Run(IntegratorKind.Rkc2, 8192);
        foreach (double tolerance in new[] { 1e-3, 1e-4, 1e-5, 1e-6 })
        {
            RunResult run = Runner.Run(Relaxing(40), new TimeSettings { End = End, Integrator = IntegratorKind.Rkc2, RelativeTolerance = tolerance });

            // A step errs by the tolerance, and there are about tolerance^(-1/3) of them: the whole run errs by tolerance^(2/3).
            Assert.True(Distance(run, exact) < Math.Pow(tolerance, 2.0 / 3) * 20, $"{tolerance}: {Distance(run, exact):E2}");
        }
    }

    /// <summary>
    /// MEMB to 1 µs: rkc2 within 1e-4 (|c| + 0.1 mM) of the truth in every cell, with at least 60 times fewer evaluations than Euler with the
    /// largest step that is stable, found by trying. Errors of the steps add up to 5 tolerances, so the tolerance is 1e-5. Truth: 1e-8.
    /// </summary>
    [Fact]
    public void Rkc2_needs_sixty_times_fewer_evaluations_than_euler_on_memb()
    {
        RunResult Rkc(double tolerance) => Runner.Run(
            Memb(), new TimeSettings { End = 1e-6, Integrator = IntegratorKind.Rkc2, RelativeTolerance = tolerance });
        RunResult exact = Rkc(1e-8), run = Rkc(1e-5);
        double worst = 0;
        for (int s = 0; s < 3; s++)
            for (int i = 0; i < run.X.Count; i++)
            {
                double c = exact.Last.Concentration[s][i];
                worst = Math.Max(worst, Math.Abs(run.Last.Concentration[s][i] - c) / (Math.Abs(c) + 0.1));
            }

        double euler = 1e-6 / LargestStableStep();
        Assert.True(worst <= 1e-4, $"error {worst:E2}");
        Assert.True(euler / run.Evaluations >= 60, $"{euler:F0} steps of Euler, {run.Evaluations} evaluations of rkc2: {euler / run.Evaluations:F1}; error {worst:E2}");
    }

    [LongFact]
    public void Euler_and_rkc2_agree_on_memb_after_a_microsecond()
    {
        TimeSettings settings = new() { End = 1e-6, Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-7 };
        RunResult rkc = Runner.Run(Memb(), settings), euler = Runner.Run(Memb(), settings with { Integrator = IntegratorKind.Euler });

        // Steps of 2 ps err by 1 ps in time: of 300 mM, whose fronts still move by 3e-6 a picosecond.
        Assert.True(Distance(rkc, euler) < 1e-3, $"{Distance(rkc, euler):E2}");
    }

    // An unstable mode grows by at least 1 % a step at 1 % above the limit: 20 000 steps show it as a negative or infinite concentration.
    private static double LargestStableStep()
    {
        double stable = 1e-12, unstable = 1e-11;
        while (unstable / stable > 1.01)
        {
            double step = Math.Sqrt(stable * unstable);
            RunResult run = Runner.Try(Memb(), new TimeSettings { End = 20_000 * step, Integrator = IntegratorKind.Euler, Step = step });
            if (run.Outcome == Outcome.Done) stable = step;
            else unstable = step;
        }

        return stable;
    }
}
