using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests;

/// <summary>configs/donnan.json against reference case 06 and configs/liquid-junction-hcl-kcl.json against junctions.json.</summary>
public class EquilibriumConfigTests
{
    [Fact]
    public void A_gel_lies_at_the_donnan_potential()
    {
        ReferenceCase one = ReferenceCase.Load("06")["reference", "cases", "0"];
        RunResult run = Config.Run("donnan");
        double donnan = one.At("Donnan_potential_V"), half = one.At("half_domain_m");
        Close.Within(-donnan, run.Results["electrodePotential"], 1e-7); // 0.01 mV is asked for
        double[] inside = one["c_inside_mol_m3"].Numbers, x = one["profile", "x_m"].Numbers, phi = one["profile", "phi_V"].Numbers;
        for (int s = 0; s < 3; s++) Close.To(inside[s], run.Last.Concentration[s][^1], 1e-5, $"species {s}");
        Close.Within(one.At("interface_potential_V"), State.Interpolate(run.X, run.Last.Potential, half), 2e-5, "interface");
        for (int i = 0; i < x.Length; i++)
            Close.Within(phi[i], State.Interpolate(run.X, run.Last.Potential, half + x[i]), 2e-5, $"{x[i]} m");
        Close.Within(0, run.CurrentDensity, 1e-12);
        Assert.Single(run.States);
    }

    [Fact]
    public void Acid_against_salt_has_not_hendersons_potential()
    {
        ReferenceCase one = ReferenceCase.Load("junctions")["reference", "cases", "0"];
        double[] times = one["PNP_transient", "t_s"].Numbers, expected = one["PNP_transient", "phiR_minus_phiL_V"].Numbers;
        RunResult run = Config.Run("liquid-junction-hcl-kcl");
        for (int i = 0; i < times.Length; i++)
            Close.Within(expected[i], -run.Trace("membranePotential", times[i]), times[i] < 5e-8 ? 1e-4 : 2e-5, $"{times[i]} s");
        double henderson = LiquidJunction.Henderson([new(1, 9.311e-9, 100, 0), new(1, 1.957e-9, 0, 100), new(-1, 2.032e-9, 100, 100)], 298.15);
        Close.Within(26.850e-3, henderson, 1e-6);
        Close.Within(henderson - 0.157e-3, -run.MembranePotential, 2e-5);

        // The ends are out of reach: nothing has come there.
        Assert.True(run.Last.Concentration[0][^1] < 1e-9 && run.Last.Concentration[1][0] < 1e-9, "the ends have noticed");
    }
}
