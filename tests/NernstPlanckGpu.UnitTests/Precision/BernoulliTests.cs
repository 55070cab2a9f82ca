using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

public class BernoulliTests
{
    private static double OfMagnitude(double x) => Bernoulli.OfMagnitude(new ScalarLane(x)).Value;

    private static double Of(double x) => Bernoulli.FromMagnitude(new ScalarLane(x), Bernoulli.OfMagnitude(new ScalarLane(x))).Value;

    [LongFact]
    public void A_million_points_where_it_errs_most() =>
        Judge([.. Points.Linear(500_000, -3, 3, 11), .. Points.Logarithmic(500_000, 0.1, 3, 3)]);

    // 1e-15 is asked for; the docstring promises 5e-16: a handful of roundings, of which the last is half an ulp.
    [SkippableTheory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public void All_points_are_within_the_stated_error(int count)
    {
        if (count > 10_000) LongTest.Need();
        double[] points =
        [
            .. Points.Linear(count / 5 * 2, -700, 700, 1), .. Points.Logarithmic(count / 4, 1e-300, 700, 2), .. Points.Logarithmic(count / 4, 1e-3, 10, 3),
            .. Points.AroundHalfLn2(Math.Min(count / 140, 700)), .. Points.Special, 700, -700,
        ];
        Assert.True(points.Length >= count);
        Judge(points);
    }

    private static void Judge(double[] points)
    {
        double worst = 0, worstAt = 0;
        foreach (double x in points)
        {
            BigFloat exact = BigFloat.Bernoulli(Math.Abs(x));
            double error = Math.Max(
                Math.Abs(BigFloat.RelativeError(OfMagnitude(x), exact)),
                Math.Abs(BigFloat.RelativeError(Of(x), x < 0 ? exact - x : exact)));
            if (error > worst) (worst, worstAt) = (error, x);
        }

        Assert.True(worst <= 5e-16, $"relative error {worst:E3} at {worstAt:R}");
    }

    [Fact]
    public void Zero_and_denormals_give_one()
    {
        foreach (double x in new[] { 0.0, -0.0, double.Epsilon, -double.Epsilon, 1e-310, -1e-300, 1e-17 }) Assert.Equal(1.0, Of(x));
    }

    [Fact]
    public void Far_out_it_neither_overflows_nor_becomes_nan()
    {
        foreach (double x in new[] { 708.0, 709, 750, 1e6, 1e300, double.PositiveInfinity })
        {
            Assert.InRange(OfMagnitude(x), 0, 1e-304);
            Assert.Equal(x, Of(-x));
            Assert.InRange(Of(x), 0, 1e-304);
        }
    }

    [Fact]
    public void It_falls_with_its_argument()
    {
        double previous = double.PositiveInfinity;
        foreach (double x in Points.Linear(20_000, -30, 30, 4).Order())
        {
            // Neighbouring points differ by 3e-3: far more than rounding.
            double value = Of(x);
            Assert.True(value < previous);
            previous = value;
        }
    }
}
