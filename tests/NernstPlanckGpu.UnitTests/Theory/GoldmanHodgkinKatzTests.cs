using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

// Reference values carry 12 digits: 1e-11 is their rounding.
public class GoldmanHodgkinKatzTests
{
    private const double Body = 310.15;

    [Fact]
    public void Voltage_of_the_resting_membrane_is_that_of_reference_04()
    {
        ReferenceCase reference = ReferenceCase.Load("04");
        for (int k = 0; k < 2; k++)
        {
            ReferenceCase one = reference["reference", "cases", k.ToString()];
            double[] permeability = one["P_m_s"].Numbers, inside = one["c_in"].Numbers, outside = one["c_out"].Numbers;
            PermeantIon[] ions = [.. permeability.Select((p, i) => new PermeantIon(i < 2 ? 1 : -1, p, inside[i], outside[i]))];
            Close.To(one.At("V_GHK"), GoldmanHodgkinKatz.Voltage(ions, one.At("T_K")), 1e-11);
        }
    }

    [Fact]
    public void Fluxes_and_currents_are_those_of_reference_03()
    {
        ReferenceCase rows = ReferenceCase.Load("03")["reference", "B_multi_ion", "rows"];
        (string Name, PermeantIon Ion)[] ions =
        [
            ("K", new(1, 1e-8, 140, 5)), ("Na", new(1, 4e-10, 12, 145)), ("Cl", new(-1, 4.5e-9, 10, 150)),
        ];
        for (int k = 0; k < rows.Count; k++)
        {
            ReferenceCase row = rows[k.ToString()];
            double potential = row.At("V");
            foreach ((string name, PermeantIon ion) in ions)
                Close.To(row.At("J_GHK_mol_m2_s", name), GoldmanHodgkinKatz.Flux(ion, potential, Body), 1e-11, name);
            Close.To(row.At("I_GHK_A_m2"), ions.Sum(entry => GoldmanHodgkinKatz.CurrentDensity(entry.Ion, potential, Body)), 1e-11);
        }
    }

    [Fact]
    public void Voltage_of_the_exact_pnp_case_is_minus_26_098838982_mV()
    {
        PermeantIon[] ions = [new(1, 1, 140, 5), new(1, 0.04, 10, 145), new(-1, 0.45, 150, 150)];
        Close.Within(-26.098838982e-3, GoldmanHodgkinKatz.Voltage(ions, Body), 1e-12);
    }

    [Fact]
    public void General_root_agrees_with_the_univalent_formula()
    {
        // A trace of calcium forces the root; as its permeability goes to 0 the formula returns.
        PermeantIon[] univalent = [new(1, 1, 140, 5), new(1, 0.04, 12, 145), new(-1, 0.45, 10, 150)];
        double expected = GoldmanHodgkinKatz.Voltage(univalent, Body);
        double actual = GoldmanHodgkinKatz.Voltage([.. univalent, new(2, 1e-18, 1e-4, 2)], Body);
        Close.To(expected, actual, 1e-13);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(-0.85)]
    public void One_permeant_ion_gives_its_nernst_potential(double valence) =>
        Close.To(NernstPotential.Of(Body, valence, 1e-4, 2), GoldmanHodgkinKatz.Voltage([new(valence, 3e-9, 1e-4, 2)], Body), 1e-13);

    [Fact]
    public void Current_vanishes_at_the_voltage_of_a_mixture_with_divalent_ions()
    {
        PermeantIon[] ions = [new(1, 1e-8, 140, 5), new(2, 4e-9, 1e-4, 2), new(-1, 4.5e-9, 10, 150), new(-2, 1e-9, 3, 1), new(0, 1, 5, 1)];
        double voltage = GoldmanHodgkinKatz.Voltage(ions, Body);
        double scale = ions.Sum(ion => Math.Abs(GoldmanHodgkinKatz.CurrentDensity(ion, voltage, Body)));
        Assert.True(Math.Abs(ions.Sum(ion => GoldmanHodgkinKatz.CurrentDensity(ion, voltage, Body))) < 1e-14 * scale);
    }

    [Fact]
    public void Flux_without_potential_is_diffusion() =>
        Assert.Equal(1e-8 * (140 - 5), GoldmanHodgkinKatz.Flux(new(1, 1e-8, 140, 5), 0, Body), 1e-20);

    [Fact]
    public void Flux_at_large_potentials_is_drift_of_the_upstream_side()
    {
        double u = 100, potential = u * Core.Units.PhysicalConstants.ThermalVoltage(Body);
        Close.To(1e-8 * u * 140, GoldmanHodgkinKatz.Flux(new(1, 1e-8, 140, 5), potential, Body), 1e-14);
        Close.To(-1e-8 * u * 5, GoldmanHodgkinKatz.Flux(new(1, 1e-8, 140, 5), -potential, Body), 1e-14);
    }

    [Fact]
    public void No_balance_no_number()
    {
        Assert.True(double.IsNaN(GoldmanHodgkinKatz.Voltage([], Body)));
        Assert.True(double.IsNaN(GoldmanHodgkinKatz.Voltage([new(1, 1e-8, 140, 0)], Body)));
    }
}
