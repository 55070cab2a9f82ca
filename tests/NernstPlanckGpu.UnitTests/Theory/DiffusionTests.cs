using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class DiffusionTests
{
    [Theory]
    [InlineData("A_diffusion")]
    [InlineData("B_drift_z+1")]
    public void Gaussian_is_that_of_reference_09(string name)
    {
        ReferenceCase one = ReferenceCase.Load("09")["reference", name];
        double[] x = one["x_m"].Numbers, t = one["t_s"].Numbers;
        for (int k = 0; k < t.Length; k++)
        {
            double[] expected = one["c_mol_m3", k.ToString()].Numbers;
            for (int i = 0; i < x.Length; i++)
                Close.To(expected[i], Diffusion.Gaussian(one.At("M_mol_m2"), one.At("D"), one.At("x0_m"), one.At("t0_s"), one.At("velocity_m_s"), x[i], t[k]),
                    1e-9, $"x {x[i]} t {t[k]}"); // far in the tail 12 digits of the velocity become 1e-10 of the value
        }
    }

    [Fact]
    public void Cosine_is_that_of_reference_09()
    {
        ReferenceCase one = ReferenceCase.Load("09")["reference", "C_cosine_decay"];
        double[] x = one["x_m"].Numbers, t = one["t_s"].Numbers;
        for (int k = 0; k < t.Length; k++)
        {
            double[] expected = one["c_mol_m3", k.ToString()].Numbers;
            for (int i = 0; i < x.Length; i++)
                Close.To(expected[i], Diffusion.Cosine(one.At("c0"), one.At("a"), 1, one.At("L_m"), one.At("D"), x[i], t[k]), 1e-11);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    [InlineData(-3)]
    [InlineData(40)]
    [InlineData(-300)]
    public void Steady_drift_diffusion_has_one_flux_everywhere(double drop)
    {
        // J = −D c' + D (b/L) c; the central difference errs by (b h/L)²/6.
        const double length = 3e-8, diffusivity = 1.3e-9, step = 1e-5 * length;
        double flux = Diffusion.SteadyFlux(diffusivity, length, drop, 140, 5);
        foreach (double x in new[] { 0.2 * length, 0.5 * length, 0.9 * length })
        {
            double At(double position) => Diffusion.SteadyConcentration(length, drop, 140, 5, position);
            double local = -diffusivity * (At(x + step) - At(x - step)) / (2 * step) + diffusivity * drop / length * At(x);
            Close.To(flux, local, 2e-6);
        }

        Close.To(140, Diffusion.SteadyConcentration(length, drop, 140, 5, 0), 1e-14);
        Close.To(5, Diffusion.SteadyConcentration(length, drop, 140, 5, length), 1e-12);
    }
}
