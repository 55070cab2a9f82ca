using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

public class ChebyshevTests
{
    public static TheoryData<int> Stages => [2, 3, 4, 7, 20, 63, 200, 1000];

    // The stability polynomial: one step of y' = z y from y = 1, and the time that the last stage claims.
    private static (double Value, double Time) Step(int stages, double z)
    {
        Chebyshev<ScalarLane> c = Chebyshev<ScalarLane>.Begin(new(stages));
        double before = 1, value = 1 + c.MuTilde.Value * z;
        for (int j = 2; j <= stages; j++)
        {
            c.Next();
            double increment = c.MuTilde.Value * z * value + c.GammaTilde.Value * z;
            (before, value) = (value, Chebyshev<ScalarLane>.Combine(
                new(1 - c.Mu.Value - c.Nu.Value), c.Mu, c.Nu, new(1), new(value), new(before), new(increment)).Value);
        }

        return (value, c.Time.Value);
    }

    // P(z) = a + b T_s(w0 + w1 z) with b = T''/T'² and a = 1 − b T_s(w0); T_s by its trigonometric form.
    private static double Polynomial(int stages, double z)
    {
        double w0 = 1 + Chebyshev<ScalarLane>.Damping / ((double)stages * stages), t = Math.Acosh(w0), sinh = Math.Sinh(t);
        double slope = stages * Math.Sinh(stages * t) / sinh;
        double curvature = (stages * (double)stages * Math.Cosh(stages * t) - w0 * slope) / (sinh * sinh), w1 = slope / curvature;
        double x = w0 + w1 * z;
        double value = x > 1 ? Math.Cosh(stages * Math.Acosh(x)) : Math.Cos(stages * Math.Acos(x));
        double b = curvature / (slope * slope);
        return 1 - b * Math.Cosh(stages * t) + b * value;
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void The_recurrence_makes_the_stability_polynomial(int stages)
    {
        double interval = Rkc2.StabilityInterval(stages);

        // Rounding of the recurrence grows with the square of the stages.
        for (double part = 0; part < 0.999; part += 0.037)
            Close.Within(Polynomial(stages, -part * interval), Step(stages, -part * interval).Value, 3e-15 * (10 + stages * stages), $"z = −{part} beta");
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void It_is_consistent_of_second_order(int stages)
    {
        // 1 + z + z²/2 + O(z³): the third derivative of the polynomial is below 1.
        Close.Within(1, Step(stages, 0).Time, 1e-15 * (10 + stages * stages), "time of the last stage");
        foreach (double z in new[] { -0.1, -0.01, 0.01 })
            Close.Within(1 + z + z * z / 2, Step(stages, z).Value, Math.Abs(z * z * z) / 6 + 1e-15 * (10 + stages * stages), $"z = {z}");
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void It_is_stable_and_damped_over_its_interval(int stages)
    {
        double interval = Rkc2.StabilityInterval(stages);
        for (double part = 1e-3; part <= 1; part += 1e-3) Assert.InRange(Math.Abs(Polynomial(stages, -part * interval)), 0, 1);

        // Damping 2: stiff modes are left with a third. Two and three stages have too few for that.
        double worst = Enumerable.Range(0, 900).Max(i => Math.Abs(Polynomial(stages, -(0.1 + i * 1e-3) * interval)));
        Assert.True(worst < (stages < 4 ? 0.9 : 0.65), $"{worst}");
        if (stages >= 20) Close.To(0.537 * stages * stages, interval, 0.01, "0.537 s²");
    }

    [Fact]
    public void Stages_are_the_fewest_that_are_stable()
    {
        foreach (double product in new[] { 0, 1, 2, 10, 100, 1e3, 12345, 5e5 })
        {
            int stages = Rkc2.StagesFor(product);
            Assert.True(stages == Rkc2.MaximumStages || Rkc2.StabilityInterval(stages) >= product);
            Assert.True(stages == 2 || Rkc2.StabilityInterval(stages - 1) < product, $"{stages} for {product}");
        }
    }
}
