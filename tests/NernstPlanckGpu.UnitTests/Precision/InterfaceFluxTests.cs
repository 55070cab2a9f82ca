using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

public class InterfaceFluxTests
{
    private static (double Left, double Right) Coefficients(double kl, double kr, double ul, double ur, double w)
    {
        InterfaceFlux.Coefficients<ScalarLane> c = InterfaceFlux.AtFace<ScalarLane>(
            new(kl), new(kr), new(ul), new(ur), new(Math.Exp(-w / 2)), new(Math.Exp(w / 2)));
        return (c.Left.Value, c.Right.Value);
    }

    // The two half-cell fluxes with the partition between them, c' eliminated without rearrangement.
    private static (BigFloat Left, BigFloat Right) Exact(double kl, double kr, double ul, double ur, double w)
    {
        BigFloat partition = Squared(Math.Exp(-w / 2)); // of the rounded e^(−w/2) that the formula is given
        BigFloat forwardLeft = kl * BigFloat.Bernoulli(ul), backwardLeft = kl * BigFloat.Bernoulli(-(BigFloat)ul);
        BigFloat forwardRight = kr * partition * BigFloat.Bernoulli(ur), backwardRight = kr * BigFloat.Bernoulli(-(BigFloat)ur);
        BigFloat sum = backwardLeft + forwardRight;
        return (forwardLeft * forwardRight / sum, backwardLeft * backwardRight / sum);
    }

    private static BigFloat Squared(BigFloat x) => x * x;

    // Both drops come from one displacement, so they have one sign. e^(w/2) is rounded apart from e^(−w/2): 1 ulp each; the four
    // Bernoullis give 5e-16 each, products and the division half an ulp each.
    [Theory]
    [InlineData(0)]
    [InlineData(4.7)]
    [InlineData(-4.7)]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(120)]
    [InlineData(-120)]
    public void Coefficients_agree_with_extended_precision(double w)
    {
        var random = new Random(5);
        for (int i = 0; i < 1000; i++)
        {
            double sign = random.Next(2) == 0 ? 1 : -1;
            double ul = sign * Math.Exp(12 * random.NextDouble() - 8), ur = sign * Math.Exp(12 * random.NextDouble() - 8);
            double kl = Math.Exp(20 * random.NextDouble() - 15), kr = Math.Exp(20 * random.NextDouble() - 15);
            (double left, double right) = Coefficients(kl, kr, ul, ur, w);
            (BigFloat exactLeft, BigFloat exactRight) = Exact(kl, kr, ul, ur, w);
            Assert.True(Math.Abs(BigFloat.RelativeError(left, exactLeft)) < 4e-15, $"left at u {ul} {ur}, K {kl} {kr}");
            Assert.True(Math.Abs(BigFloat.RelativeError(right, exactRight)) < 4e-15, $"right at u {ul} {ur}, K {kl} {kr}");
        }
    }

    [Theory]
    [InlineData(0, 0, 60)]
    [InlineData(0, 0, -60)]
    [InlineData(0.3, 11, 17.48)]
    [InlineData(-0.01, -3, -20.3)]
    [InlineData(2, 25, -60)]
    public void A_boltzmann_equilibrium_has_no_flux(double ul, double ur, double w)
    {
        const double kl = 3.1, kr = 7e-5, left = 140;
        double right = left * Math.Exp(-(ul + ur + w));
        (double cl, double cr) = Coefficients(kl, kr, ul, ur, w);
        double flux = InterfaceFlux.Flux<ScalarLane>(new(new(cl), new(cr)), new(left), new(right)).Value;

        // exp of an argument of size s is off by s ulp/2; the coefficients by 4e-15.
        Assert.True(Math.Abs(flux) <= (8e-15 + 2e-16 * Math.Abs(ul + ur + w)) * cl * left, $"{flux:E3} of {cl * left:E3}");
    }

    [Fact]
    public void Without_a_jump_it_is_the_plain_flux()
    {
        foreach (double u in new[] { 0, 1e-9, 0.4, -3, 50, -200 })
        {
            const double k = 2.5; // of the whole face; each half has twice the conductance
            (double left, double right) = Coefficients(2 * k, 2 * k, u / 2, u / 2, 0);
            Assert.True(Math.Abs(BigFloat.RelativeError(left, k * BigFloat.Bernoulli(u))) < 4e-15);
            Assert.True(Math.Abs(BigFloat.RelativeError(right, k * BigFloat.Bernoulli(-(BigFloat)u))) < 4e-15);
        }
    }

    [Fact]
    public void Without_a_field_the_halves_are_resistances_in_series()
    {
        const double kl = 3, kr = 0.02, w = 2.5;
        (double left, double right) = Coefficients(kl, kr, 0, 0, w);
        Close.To(1 / (1 / kl + Math.Exp(w) / kr), left, 1e-14);
        Close.To(1 / (Math.Exp(-w) / kl + 1 / kr), right, 1e-14);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    public void An_impermeable_side_lets_none_through(double kl, double kr)
    {
        foreach (double w in new[] { 0, 60, -60 })
            foreach (double u in new[] { 0, 5, -5, 700, -700 })
                Assert.Equal((0, 0), Coefficients(kl, kr, u, u / 2, w));
    }
}
