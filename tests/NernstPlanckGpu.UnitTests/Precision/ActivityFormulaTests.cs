using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

/// <summary>ln gamma of the activity models and its slopes against extended precision, where a difference over 1e-20 loses nothing.</summary>
public class ActivityFormulaTests
{
    private static readonly BigFloat Shift = 1e-22;

    private static BigFloat FourthRoot(BigFloat x) => BigFloat.Pow(x, 0.25);

    // I_0 = 1e-7 mol/L; its square is rounded to a double first.
    private static BigFloat Root(BigFloat strength) => strength / FourthRoot(strength * strength + 1e-14);

    private static BigFloat Cloud(double amplitude, double closeness, double linear, BigFloat strength)
    {
        BigFloat root = Root(strength);
        return amplitude * (linear * strength - root / (1 + closeness * root));
    }

    // 1e-25 is far below what a concentration can mean, 20 mol/L above what dissolves; a negative strength is rounding.
    private static double[] Strengths => [.. Points.Logarithmic(1500, 1e-25, 20, 3).Select(Math.Abs), .. Points.Logarithmic(50, 1e-20, 1e-9, 4).Select(x => -Math.Abs(x))];

    [Theory]
    [InlineData(1.1735, 0.986, 0)] // potassium in water, extended Debye–Hückel
    [InlineData(4.694, 1.97, 0)] // calcium
    [InlineData(1.1735, 1, 0.3)] // Davies
    [InlineData(1.1735, 0, 0)] // the limiting law
    public void A_cloud_of_ions(double amplitude, double closeness, double linear)
    {
        foreach (double strength in Strengths)
        {
            ScalarLane at = new(strength), root = ActivityIonCloud.Root(at), rootSlope = ActivityIonCloud.RootSlope(at);
            double value = ActivityIonCloud.LogGamma(new(amplitude), new(closeness), new(linear), at, root).Value;
            double slope = ActivityIonCloud.Slope(new(amplitude), new(closeness), new(linear), root, rootSlope).Value;
            BigFloat exact = Cloud(amplitude, closeness, linear, strength), step = Shift * Math.Abs(strength);
            BigFloat exactSlope = (Cloud(amplitude, closeness, linear, strength + step) - Cloud(amplitude, closeness, linear, strength - step)) / (step + step);
            // Two square roots, two quotients and the square; Davies' two terms are of one size where they cancel.
            double size = amplitude * (root.Value / (1 + closeness * root.Value)), slopeSize = amplitude * (rootSlope.Value + linear);
            Assert.True(Math.Abs((value - exact).ToDouble()) <= 2e-15 * Math.Abs(size), $"ln gamma at {strength:R}: {value:R}");
            Assert.True(Math.Abs((slope - exactSlope).ToDouble()) <= 4e-15 * slopeSize, $"slope at {strength:R}: {slope:R} for {exactSlope.ToDouble():R}");
        }
    }

    [Fact]
    public void The_root_is_that_of_the_ionic_strength_and_smooth_through_0()
    {
        foreach (double strength in Points.Logarithmic(500, 1e-3, 20, 5).Select(Math.Abs))
            Assert.Equal(Math.Sqrt(strength), ActivityIonCloud.Root(new ScalarLane(strength)).Value, 2.6e-9 * Math.Sqrt(strength)); // I_0²/(4 I²)
        Assert.Equal(0, ActivityIonCloud.Root(new ScalarLane(0)).Value);
        double steepest = Math.Sqrt(1e7);
        Assert.Equal(steepest, ActivityIonCloud.RootSlope(new ScalarLane(0)).Value, 1e-12 * steepest);
        foreach (double strength in Strengths)
        {
            double there = ActivityIonCloud.Root(new ScalarLane(strength)).Value;
            Assert.Equal(-there, ActivityIonCloud.Root(new ScalarLane(-strength)).Value);
            Assert.InRange(ActivityIonCloud.RootSlope(new ScalarLane(strength)).Value, 0, 1.07 * steepest); // largest at I² = 2/3 I_0²
        }
    }

    [Fact]
    public void Steric_ions()
    {
        double[] fractions = [.. Points.Linear(1000, 0, 1, 6), .. Points.Logarithmic(200, 1e-15, 0.1, 7).Select(x => 1 - Math.Abs(x)), 0, -1e-12];
        foreach (double fraction in fractions)
        {
            double value = BikermanLaw<ScalarLane>.LogGamma(new(1.7), default, new(fraction), ActivitySteric.Crowding(new ScalarLane(fraction))).Value;
            double slope = BikermanLaw<ScalarLane>.Slope(new(1.7), default, default, ActivitySteric.CrowdingSlope(new ScalarLane(fraction))).Value;
            // 1 − x is rounded: by 1e-16 of 1 beside what is left of it.
            BigFloat room = (BigFloat)1 - fraction, exact = -(1.7 * BigFloat.Log(room));
            double rounding = 1.2e-16 / room.ToDouble();
            Assert.True(Math.Abs((value - exact).ToDouble()) <= 1e-15 * Math.Abs(exact.ToDouble()) + 1.7 * rounding, $"ln gamma at {fraction:R}: {value:R}");
            Assert.True(Math.Abs(BigFloat.RelativeError(slope, 1.7 / room)) <= 5e-16 + rounding, $"slope at {fraction:R}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(1e9)]
    public void An_overfull_state_is_pushed_back_without_infinity(double fraction)
    {
        double value = ActivitySteric.Crowding(new ScalarLane(fraction)).Value, slope = ActivitySteric.CrowdingSlope(new ScalarLane(fraction)).Value;
        Assert.Equal(Math.Log(1e18), value, 1e-14);
        Assert.Equal(1e18, slope, 1e3);
    }
}
