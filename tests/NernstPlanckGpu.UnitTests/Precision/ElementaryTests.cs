using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

// The bounds are those of the docstrings.
public class ElementaryTests
{
    private static double Exp(double x) => Elementary.Exp(new ScalarLane(x)).Value;

    private static double Log(double x) => Elementary.Log(new ScalarLane(x)).Value;

    [Fact]
    public void Exp_is_within_6e_16()
    {
        foreach (double x in (double[])[.. Points.Linear(10_000, -708, 709, 1), .. Points.Logarithmic(5_000, 1e-20, 700, 2), .. Points.AroundHalfLn2(708), .. Points.Special])
        {
            double error = BigFloat.RelativeError(Exp(x), BigFloat.Exp(x));
            Assert.True(Math.Abs(error) <= 6e-16, $"{error:E3} at {x:R}");
        }
    }

    [Fact]
    public void Exp_is_held_at_its_ends()
    {
        Assert.Equal(Exp(709), Exp(1e5));
        Assert.Equal(Exp(709), Exp(double.PositiveInfinity));
        Assert.Equal(Exp(-708), Exp(double.NegativeInfinity));
        Assert.Equal(1, Exp(0));
    }

    [Fact]
    public void Log_is_within_6e_16_near_1_too()
    {
        double[] points =
        [
            .. Points.Logarithmic(6_000, 1e-307, 1e308, 1).Select(Math.Abs), .. Points.Logarithmic(4_000, 1e-16, 0.5, 2).Select(x => 1 + x),
            .. Points.Linear(4_000, 0.6, 1.6, 3), 0.70710678118654746, 0.70710678118654757, 1.4142135623730949, 1.4142135623730954, 2.2250738585072014e-308, double.MaxValue,
        ];
        foreach (double x in points)
        {
            if (x == 1) continue;
            double error = BigFloat.RelativeError(Log(x), BigFloat.Log(x));
            Assert.True(Math.Abs(error) <= 6e-16, $"{error:E3} at {x:R}");
        }

        Assert.Equal(0, Log(1));
    }

    [Fact]
    public void Pow_is_within_its_bound()
    {
        double[] bases = [.. Points.Logarithmic(3_000, 1e-30, 1e30, 1).Select(Math.Abs)], exponents = [.. Points.Linear(3_000, -8, 8, 2)];
        for (int i = 0; i < bases.Length; i++)
        {
            double value = Elementary.Pow(new ScalarLane(bases[i]), new ScalarLane(exponents[i])).Value;
            double error = BigFloat.RelativeError(value, BigFloat.Pow(bases[i], exponents[i]));
            double bound = 1e-15 * (1 + Math.Abs(exponents[i] * Math.Log(bases[i])));
            Assert.True(Math.Abs(error) <= bound, $"{error:E3} > {bound:E3} at {bases[i]:R}^{exponents[i]:R}");
        }
    }

    [Fact]
    public void Sin_and_cos_are_within_their_bounds()
    {
        double[] points =
        [
            .. Points.Linear(4_000, -10, 10, 1), .. Points.Linear(4_000, -1e6, 1e6, 2), .. Points.Logarithmic(2_000, 1e-20, 1e6, 3), .. Points.Special,
            .. Enumerable.Range(-50, 101).Select(k => k * Math.PI / 4), .. Enumerable.Range(-50, 101).Select(k => Math.BitIncrement(k * Math.PI / 2)),
        ];
        foreach (double x in points)
        {
            double sine = (Elementary.Sin(new ScalarLane(x)).Value - BigFloat.Sin(x)).ToDouble();
            double cosine = (Elementary.Cos(new ScalarLane(x)).Value - BigFloat.Cos(x)).ToDouble();
            Assert.True(Math.Abs(sine) <= 3e-16 + 1e-16 * Math.Abs(x), $"sin {sine:E3} at {x:R}");
            Assert.True(Math.Abs(cosine) <= 3e-16 + 2e-16 * Math.Abs(x), $"cos {cosine:E3} at {x:R}");
        }
    }
}
