using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

/// <summary>Coefficients and slopes of both fluxes against derivatives in extended precision, where a difference over 1e-18 loses nothing.</summary>
public class LinearisedFluxTests
{
    private static readonly BigFloat Shift = 1e-18;

    private static double Between(Random random, double low, double high) => low + (high - low) * random.NextDouble();

    private static double Concentration(Random random) => random.Next(5) == 0 ? 0 : random.Next(5) == 0 ? Math.Exp(Between(random, -400, 7)) : Math.Exp(Between(random, -12, 7));

    // J = K [B(−z d) c_L − B(z d) c_R]
    private static BigFloat Plain(double k, double z, BigFloat drop, double left, double right) =>
        k * (BigFloat.Bernoulli(-(z * drop)) * left - BigFloat.Bernoulli(z * drop) * right);

    [Fact]
    public void The_plain_flux()
    {
        var random = new Random(11);
        double[] valences = [1, -1, 2, -2, 0, -0.85];
        for (int i = 0; i < 3000; i++)
        {
            double z = valences[i % valences.Length], k = Math.Exp(Between(random, -20, 3)), left = Concentration(random), right = Concentration(random);
            double drop = (i % 3 == 0 ? 0.02 : i % 3 == 1 ? 2 : 300) * Between(random, -1, 1);
            if (i % 50 == 0) drop = 0;
            ScalarLane drive = ScharfetterGummel.Drive<ScalarLane>(new(z), new(drop)), bernoulli = Bernoulli.OfMagnitude(drive);
            ScharfetterGummel.Linear<ScalarLane> linear = ScharfetterGummel.Linearise(new(k), bernoulli, drive, new(z), new(left), new(right));
            BigFloat exact = (Plain(k, z, drop + Shift, left, right) - Plain(k, z, drop - Shift, left, right)) / (Shift + Shift);

            // z d is rounded before it goes into B: by 1e-16 |z d| of B. Both terms of the slope have one sign: it is good to its own last digits,
            // also where one concentration is e^300 times the other.
            double rounding = 2e-15 * (25 + Math.Abs(z * drop));
            Assert.True(Math.Abs((linear.Slope.Value - exact).ToDouble()) <= rounding * Math.Abs(exact.ToDouble()), $"{i}: {linear.Slope.Value:R} for {exact.ToDouble():R}");
            Assert.True(Math.Abs(BigFloat.RelativeError(linear.Left.Value, k * BigFloat.Bernoulli(-(z * (BigFloat)drop)))) <= rounding, $"{i}: left");
            Assert.True(Math.Abs(BigFloat.RelativeError(linear.Right.Value, k * BigFloat.Bernoulli(z * (BigFloat)drop))) <= rounding, $"{i}: right");
        }
    }

    private static BigFloat Series(double kl, double kr, double sl, double sr, BigFloat drop, double partition, double left, double right)
    {
        BigFloat ul = sl * drop, ur = sr * drop, jump = (BigFloat)partition * partition;
        BigFloat forwardLeft = kl * BigFloat.Bernoulli(ul), backwardLeft = kl * BigFloat.Bernoulli(-ul);
        BigFloat forwardRight = kr * jump * BigFloat.Bernoulli(ur), backwardRight = kr * BigFloat.Bernoulli(-ur);
        return (forwardLeft * forwardRight * left - backwardLeft * backwardRight * right) / (backwardLeft + forwardRight);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3.3)]
    [InlineData(17.5)]
    [InlineData(60)]
    [InlineData(-60)]
    public void The_flux_through_an_interface(double w)
    {
        var random = new Random(12);
        for (int i = 0; i < 600; i++)
        {
            double z = new[] { 1, -1, 2, -0.85, 0 }[i % 5], share = Between(random, 0.01, 0.99), sl = -z * share, sr = -z * (1 - share);
            double kl = Math.Exp(Between(random, -15, 3)), kr = Math.Exp(Between(random, -15, 3)), drop = (i % 2 == 0 ? 1 : 60) * Between(random, -1, 1);
            double partition = Math.Exp(-w / 2), left = Concentration(random), right = Concentration(random);
            ScharfetterGummel.Linear<ScalarLane> linear = InterfaceFlux.Linearise<ScalarLane>(
                new(kl), new(kr), new(sl), new(sr), new(drop), new(partition), new(Math.Exp(w / 2)), new(left), new(right));
            BigFloat exact = (Series(kl, kr, sl, sr, drop + Shift, partition, left, right) - Series(kl, kr, sl, sr, drop - Shift, partition, left, right)) / (Shift + Shift);

            // No coefficient changes by more than |z| of itself per unit of drop; what is left of both after they cancel may be less.
            double scale = Math.Abs(z) * (linear.Left.Value * left + linear.Right.Value * right);
            Assert.True(
                Math.Abs((linear.Slope.Value - exact).ToDouble()) <= 3e-14 * (1 + Math.Abs(z * drop)) * scale,
                $"{i}: {linear.Slope.Value:R} for {exact.ToDouble():R}, of {scale:E2}");
            InterfaceFlux.Coefficients<ScalarLane> at = InterfaceFlux.AtFace<ScalarLane>(
                new(kl), new(kr), new(sl * drop), new(sr * drop), new(partition), new(Math.Exp(w / 2)));
            Assert.Equal((at.Left.Value, at.Right.Value), (linear.Left.Value, linear.Right.Value));
        }
    }

    // −dJ/dw: e^(−w) is the square of the partition. Both terms have one sign: it is good to its own last digits.
    [Theory]
    [InlineData(0)]
    [InlineData(-3.3)]
    [InlineData(60)]
    [InlineData(-60)]
    public void The_slope_by_a_jump_of_the_excess_potential(double w)
    {
        var random = new Random(13);
        for (int i = 0; i < 600; i++)
        {
            double sign = random.Next(2) == 0 ? 1 : -1, ul = sign * Math.Exp(Between(random, -8, 4)), ur = sign * Math.Exp(Between(random, -8, 4));
            double kl = Math.Exp(Between(random, -15, 3)), kr = Math.Exp(Between(random, -15, 3)), left = Concentration(random), right = Concentration(random);
            ScalarLane partition = new(Math.Exp(-w / 2)), inverse = new(Math.Exp(w / 2));
            InterfaceFlux.Coefficients<ScalarLane> at = InterfaceFlux.AtFace(new(kl), new(kr), new(ul), new(ur), partition, inverse);
            double slope = InterfaceFlux.ExcessSlope(at, new(kl), new(kr), new(ul), new(ur), partition, inverse, new(left), new(right)).Value;
            BigFloat jump = (BigFloat)partition.Value * partition.Value;
            BigFloat Flux(BigFloat shift)
            {
                BigFloat forwardRight = kr * jump * BigFloat.Exp(-shift) * BigFloat.Bernoulli(ur), backwardLeft = kl * BigFloat.Bernoulli(-(BigFloat)ul);
                return (kl * BigFloat.Bernoulli(ul) * forwardRight * left - backwardLeft * kr * BigFloat.Bernoulli(-(BigFloat)ur) * right) / (backwardLeft + forwardRight);
            }
            // The difference errs by its shift squared, and has 47 digits of the flux, of which the slope may be a far smaller part.
            BigFloat shift = 1e-10;
            double exact = ((Flux(-shift) - Flux(shift)) / (shift + shift)).ToDouble(), flux = at.Left.Value * left + at.Right.Value * right;
            Assert.True(Math.Abs(slope - exact) <= 2e-14 * Math.Abs(exact) + 1e-44 * flux, $"{i}: {slope:R} for {exact:R}");
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    public void A_shut_side_has_no_slope(double kl, double kr)
    {
        foreach (double w in new[] { 0, 60, -60 })
        {
            foreach (double drop in new[] { 0.0, 5, -700 })
            {
                ScharfetterGummel.Linear<ScalarLane> linear = InterfaceFlux.Linearise<ScalarLane>(
                    new(kl), new(kr), new(-0.5), new(-0.5), new(drop), new(Math.Exp(-w / 2)), new(Math.Exp(w / 2)), new(100), new(3));
                Assert.Equal((0, 0, 0), (linear.Left.Value, linear.Right.Value, linear.Slope.Value));
                Assert.Equal(0, InterfaceFlux.ExcessSlope<ScalarLane>(
                    new(new(0), new(0)), new(kl), new(kr), new(-0.5 * drop), new(-0.5 * drop), new(Math.Exp(-w / 2)), new(Math.Exp(w / 2)), new(100), new(3)).Value);
            }
        }
    }
}
