using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

public class ScharfetterGummelTests
{
    private static double Flux(double conductance, double u, double left, double right) => ScharfetterGummel.Flux<ScalarLane>(
        new(conductance), Bernoulli.OfMagnitude(new ScalarLane(u)), new(-u), new(left), new(right)).Value;

    // B to 5e-16, the difference and two products half an ulp each, against the larger of the two terms of the sum.
    [Fact]
    public void Flux_agrees_with_extended_precision()
    {
        double[] us = [.. Points.Linear(1500, -60, 60, 1), .. Points.Logarithmic(1500, 1e-12, 600, 2), .. Points.Special];
        var random = new Random(3);
        foreach (double u in us)
        {
            double left = Math.Exp(20 * random.NextDouble() - 10), right = Math.Exp(20 * random.NextDouble() - 10);
            BigFloat exact = 2.5 * (BigFloat.Bernoulli(u) * left - BigFloat.Bernoulli(-(BigFloat)u) * right);
            double magnitude = Math.Abs(u), scale = 2.5 * (BigFloat.Bernoulli(magnitude).ToDouble() * Math.Abs(left - right) + magnitude * (u > 0 ? right : left));
            Assert.True(Math.Abs((Flux(2.5, u, left, right) - exact).ToDouble()) <= 1.2e-15 * scale, $"u {u}, c {left} {right}");
        }
    }

    [Fact]
    public void Equal_concentrations_without_a_field_move_nothing() => Assert.Equal(0, Flux(3, 0, 140, 140));

    [Fact]
    public void A_boltzmann_equilibrium_has_no_flux()
    {
        foreach (double u in Points.Linear(1000, -40, 40, 4))
        {
            double left = 140, right = left * Math.Exp(-u);
            double scale = left * (BigFloat.Bernoulli(u).ToDouble() + 1e-300);

            // e^-u is off by |u| ulp/2 in relative terms at worst, the flux by its own rounding.
            Assert.True(Math.Abs(Flux(1, u, left, right)) <= (1.5e-15 + 2e-16 * Math.Abs(u)) * scale, $"u {u}");
        }
    }

    [Fact]
    public void No_conductance_no_flux() => Assert.Equal(0, Flux(0, 700, 1, 2));

    // Reference 09 D: the fitted flux is exact for a constant field, whatever the grid.
    [Theory]
    [InlineData(1, -0.06)]
    [InlineData(-1, -0.06)]
    [InlineData(2, 0.3)]
    [InlineData(1, 0)]
    [InlineData(0, 0.1)]
    public void Steady_drift_diffusion_is_exact_on_any_grid(double valence, double potential)
    {
        const double diffusivity = 1.334e-9, length = 1e-8, left = 140, right = 5;
        double drop = valence * potential / Core.Units.PhysicalConstants.ThermalVoltage(298.15);
        foreach (int faces in new[] { 1, 2, 7, 61 })
        {
            double[] x = [.. Enumerable.Range(0, faces + 1).Select(i => length * Math.Pow((double)i / faces, 1.7))];
            double[] c = Steady(x, -drop / length, diffusivity, left, right);
            for (int i = 0; i <= faces; i++) Close.To(Diffusion.SteadyConcentration(length, drop, left, right, x[i]), c[i], 1e-13);
            double expected = Diffusion.SteadyFlux(diffusivity, length, drop, left, right);
            for (int f = 0; f < faces; f++)
                Close.Within(expected, Flux(diffusivity / (x[f + 1] - x[f]), -drop * (x[f + 1] - x[f]) / length, c[f], c[f + 1]),
                    2e-13 * Math.Max(Math.Abs(expected), diffusivity / (x[f + 1] - x[f]) * c[f]));
        }
    }

    // J = K [B(u) c_i − B(−u) c_(i+1)] equal through all faces: a tridiagonal system.
    private static double[] Steady(double[] x, double slope, double diffusivity, double left, double right)
    {
        int n = x.Length - 1;
        double[] forward = new double[n], backward = new double[n], c = new double[n + 1], ratio = new double[n + 1];
        for (int f = 0; f < n; f++)
        {
            double h = x[f + 1] - x[f], u = slope * h, b = Bernoulli.OfMagnitude(new ScalarLane(u)).Value;
            forward[f] = diffusivity / h * (b + Math.Max(-u, 0));
            backward[f] = diffusivity / h * (b + Math.Max(u, 0));
        }

        c[0] = left;
        c[n] = right;
        for (int i = 1; i < n; i++)
        {
            double pivot = backward[i - 1] + forward[i] - forward[i - 1] * ratio[i - 1];
            ratio[i] = backward[i] / pivot;
            c[i] = forward[i - 1] * c[i - 1] / pivot;
        }

        for (int i = n - 1; i > 0; i--) c[i] += ratio[i] * c[i + 1];
        return c;
    }
}
