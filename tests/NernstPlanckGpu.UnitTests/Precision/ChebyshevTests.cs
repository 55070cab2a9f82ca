using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

/// <summary>The Runge–Kutta–Chebyshev coefficients, by what the method made of them does to y' = lambda y and y' = t^k.</summary>
public class ChebyshevTests
{
    // One step h = 1 of y' = rate(y, t) from y = 1 at t = 0.
    private static double Step(int stages, Func<double, double, double> rate)
    {
        var c = Chebyshev<ScalarLane>.Begin(new(stages));
        double start = 1, startRate = rate(1, 0), beforePrevious = start, previous = start + c.MuTilde.Value * startRate;
        for (int j = 2; j <= stages; j++)
        {
            double time = c.Time.Value;
            c.Next();
            double increment = c.MuTilde.Value * rate(previous, time) + c.GammaTilde.Value * startRate;
            double rest = 1 - c.Mu.Value - c.Nu.Value;
            double next = Chebyshev<ScalarLane>.Combine(
                new(rest), new(c.Mu.Value), new(c.Nu.Value), new(start), new(previous), new(beforePrevious), new(increment)).Value;
            (beforePrevious, previous) = (previous, next);
        }
        return previous;
    }

    public static TheoryData<int> Stages => [2, 3, 4, 5, 10, 33, 100, 401, 1000];

    // A method of second order integrates 1, t and (near 0) e^(lambda t) to lambda³; rounding grows with s².
    [Theory]
    [MemberData(nameof(Stages))]
    public void A_step_is_consistent_and_of_second_order(int stages)
    {
        double rounding = 1e-15 * stages * stages;
        Assert.Equal(2, Step(stages, (_, _) => 1), 1e-14 + rounding);
        Assert.Equal(1.5, Step(stages, (_, t) => t), 1e-14 + rounding);
        foreach (double lambda in new[] { 1e-2, -1e-2 })
            Assert.True(Math.Abs(Step(stages, (y, _) => lambda * y) - Math.Exp(lambda)) < 0.2 * 1e-6 + rounding, $"{stages} stages, {lambda}");
    }

    // |R| < 1 on the whole interval but its two ends, and the interval is that of the docstring.
    [Theory]
    [MemberData(nameof(Stages))]
    public void The_step_damps_on_the_whole_stability_interval_and_grows_beyond(int stages)
    {
        double beta = Rkc2.StabilityInterval(stages);
        for (int i = 1; i < 400; i++)
        {
            double z = -beta * i / 400;
            Assert.True(Math.Abs(Step(stages, (y, _) => z * y)) <= 1 - 0.2 * Math.Min(1, Math.Min(-z, beta + z)) + 1e-9 * stages, $"{stages} stages, z {z}");
        }
        Assert.InRange(Math.Abs(Step(stages, (y, _) => -beta * y)), 0, 1 + 1e-9);
        double beyond = beta * (1 + Math.Min(0.3, 20.0 / stages));
        Assert.True(Math.Abs(Step(stages, (y, _) => -beyond * y)) > 1.1, $"{stages} stages");
    }

    // The closed form by cosh against T'' and T' by their recurrences.
    [Theory]
    [MemberData(nameof(Stages))]
    public void The_stability_interval_is_that_of_the_chebyshev_polynomials(int stages)
    {
        double w = 1 + 2.0 / ((double)stages * stages);
        (double t0, double t1, double d0, double d1, double c0, double c1) = (1, w, 0, 1, 0, 0);
        for (int j = 2; j <= stages; j++)
        {
            (t0, t1, d0, d1, c0, c1) = (t1, 2 * w * t1 - t0, d1, 2 * (w * d1 + t1) - d0, c1, 2 * (w * c1 + 2 * d1) - c0);
        }
        Assert.Equal(1, (w + 1) * c1 / d1 / Rkc2.StabilityInterval(stages), 1e-11 * stages);
        if (stages >= 100) Assert.InRange(Rkc2.StabilityInterval(stages) / ((double)stages * stages), 0.5365, 0.5375);
    }

    [Fact]
    public void The_fewest_stages_that_are_stable_are_taken()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            double need = Math.Pow(10, 5.7 * random.NextDouble());
            int stages = Rkc2.StagesFor(need);
            Assert.True(Rkc2.StabilityInterval(stages) >= need, $"{stages} for {need}");
            Assert.True(stages == 2 || Rkc2.StabilityInterval(stages - 1) < need, $"{stages} for {need}, one less would do");
        }
    }
}
