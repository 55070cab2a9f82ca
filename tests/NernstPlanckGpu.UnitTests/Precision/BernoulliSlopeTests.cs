using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

/// <summary>B'(x) against extended precision; <see cref="LaneAgreementTests"/> has the other lanes.</summary>
public class BernoulliSlopeTests
{
    private static (double Slope, double Opposite) Both(double x)
    {
        Bernoulli.Slopes(new ScalarLane(x), Bernoulli.OfMagnitude(new ScalarLane(x)), out ScalarLane slope, out ScalarLane opposite);
        return (slope.Value, opposite.Value);
    }

    private static double Of(double x) => Both(x).Slope;

    private static BigFloat Exact(BigFloat x) =>
        x.Sign == 0 ? -0.5 : BigFloat.Bernoulli(x) * (1 - BigFloat.Bernoulli(-x)) / x;

    // 1 − B(−x) is a difference of numbers near 1, over x of at least 0.02: some 1e-16/0.02.
    [Fact]
    public void They_are_within_4e_14_of_themselves_also_where_they_vanish()
    {
        int number = LongFactAttribute.IsAsked ? 10_000 : 2_000;
        double[] points =
        [
            .. Points.Linear(2 * number, -700, 700, 1), .. Points.Linear(2 * number, -1, 1, 2),
            .. Points.Logarithmic(number, 1e-12, 700, 3), .. Points.Special.Where(x => Math.Abs(x) is 0 or > 1e-50),
            0.02, -0.02, Math.BitDecrement(0.02), Math.BitIncrement(0.02), 700, -700,
        ];
        foreach (double x in points)
        {
            (double slope, double opposite) = Both(x);
            double error = Math.Abs(BigFloat.RelativeError(slope, Exact(x))), other = Math.Abs(BigFloat.RelativeError(opposite, Exact(-x)));
            Assert.True(error <= 4e-14 && other <= 4e-14, $"{x:R}: {slope:R}, relative error {error:E2}; opposite {opposite:R}, {other:E2}");
        }
    }

    [Fact]
    public void Far_out_and_at_nothing_it_is_what_it_tends_to()
    {
        foreach (double x in new[] { 0.0, -0.0, double.Epsilon, -1e-310, 1e-300, -1e-60 }) Assert.Equal(-0.5, Of(x));
        foreach (double x in new[] { 709, 1e4, 1e100 }) Assert.InRange(Of(x), -1e-300, 0);
        foreach (double x in new[] { -709, -1e4, -1e100 }) Assert.Equal(-1, Of(x), 1e-12);
    }

    // B'(x) + B'(−x) = −1; and the other one is what the argument turned round gives.
    [Fact]
    public void Slopes_of_either_sign_add_up_to_minus_one()
    {
        foreach (double x in Points.Logarithmic(5000, 1e-9, 700, 4))
        {
            (double slope, double opposite) = Both(x);
            Assert.Equal(-1, slope + opposite, 2e-14);
            Assert.Equal(Of(-x), opposite, 4e-14 * Math.Abs(opposite));
        }
    }
}
