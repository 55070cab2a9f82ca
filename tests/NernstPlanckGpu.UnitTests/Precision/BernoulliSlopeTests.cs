using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

/// <summary>B'(x) = [1 − x e^x/(e^x − 1)]/(e^x − 1) in 28 decimal digits against the double formula, on both sides of its series.</summary>
public class BernoulliSlopeTests
{
    [Fact]
    public void It_is_right_near_zero_and_far_from_it()
    {
        var random = new Random(5);
        for (int i = 0; i < 4000; i++)
        {
            double x = (random.Next(2) * 2 - 1) * Math.Pow(10, -4 + 5.4 * random.NextDouble());
            double slope = Bernoulli.Slope(new ScalarLane(x), Bernoulli.OfMagnitude(new ScalarLane(x))).Value;
            Assert.True(Math.Abs(slope - Exact(x)) <= 1e-13, $"x = {x:R}: {slope:R} instead of {Exact(x):R}");
        }
        Assert.Equal(-0.5, Bernoulli.Slope(new ScalarLane(0), Bernoulli.OfMagnitude(new ScalarLane(0))).Value);
        Assert.Equal(-1, Bernoulli.Slope(new ScalarLane(-650), Bernoulli.OfMagnitude(new ScalarLane(-650))).Value, 15);
        Assert.True(Math.Abs(Bernoulli.Slope(new ScalarLane(650), Bernoulli.OfMagnitude(new ScalarLane(650))).Value) < 1e-270);
    }

    private static double Exact(double argument)
    {
        // B'(−x) = −1 − B'(x) keeps the exponential small enough for a decimal's range.
        if (argument > 0) return (double)(-1 - (decimal)Exact(-argument));
        decimal x = (decimal)argument, power = Exp(x);
        return (double)((1 - x * power / (power - 1)) / (power - 1));
    }

    // e^x = (e^(x/2^8))^(2^8).
    private static decimal Exp(decimal x)
    {
        decimal small = x / 256, term = 1, sum = 1;
        for (int n = 1; n < 40; n++) sum += term *= small / n;
        for (int i = 0; i < 8; i++) sum *= sum;
        return sum;
    }
}
