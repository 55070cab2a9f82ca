using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

// The reference's own e, k and N_A multiply to F and R only to 1e-10.
public class ActivityTests
{
    private const double T = 298.15, Water = 78.5;

    private static ReferenceCase Table => ReferenceCase.Load("10")["reference", "gamma_tables", "0"];

    [Fact]
    public void Constants_are_those_of_reference_10()
    {
        Close.To(Table.At("A_sqrt_L_per_mol"), Activity.ConstantA(T, Water), 1e-9);
        Close.To(Table.At("B_per_m_sqrt_L_per_mol"), Activity.ConstantB(T, Water), 1e-9);
    }

    [Fact]
    public void Constants_follow_from_the_charge_and_the_energy_of_one_ion()
    {
        const double E = 1.602176634e-19, K = 1.380649e-23, N = 6.02214076e23;
        foreach ((double temperature, double permittivity) in new[] { (273.15, 87.74), (310.15, 74.0), (373.15, 20) })
        {
            double energy = PhysicalConstants.VacuumPermittivity * permittivity * K * temperature;
            double a = E * E * E * Math.Sqrt(2000 * N) / (Math.Log(10) * 8 * Math.PI * Math.Pow(energy, 1.5));
            Close.To(a, Activity.ConstantA(temperature, permittivity), 1e-9);
            Close.To(Math.Sqrt(2000 * N * E * E / energy), Activity.ConstantB(temperature, permittivity), 1e-9);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("4")]
    public void Coefficients_are_those_of_reference_10(string index)
    {
        ReferenceCase one = Table["gamma", index], sizes = ReferenceCase.Load("10")["problem", "ion_size_m"];
        double strength = 1000 * one.At("I_mol_L");
        Close.To(one.At("limiting_z1"), Activity.Limiting(T, Water, -1, strength), 1e-9);
        Close.To(one.At("davies_z1"), Activity.Davies(T, Water, 1, strength), 1e-9);
        Close.To(one.At("davies_z2"), Activity.Davies(T, Water, 2, strength), 1e-9);
        Close.To(one.At("davies_b0p2_z1"), Activity.Davies(T, Water, 1, strength, 0.2), 1e-9);
        Close.To(one.At("edh_Na_a4p5A"), Activity.Extended(T, Water, 1, 4.5e-10, strength), 1e-9);
        foreach ((string name, double valence) in new[] { ("Na", 1.0), ("K", 1), ("Cl", -1), ("Ca", 2) })
        {
            Close.To(one.At("edh", name), Activity.Extended(T, Water, valence, sizes.At(name), strength), 1e-9);
            Assert.True(KnownIons.TryFind(name, out KnownIon? ion));
            Close.To(sizes.At(name), ion.Size!.Value, 1e-12);
        }
    }

    [Fact]
    public void All_laws_meet_at_no_ionic_strength_and_neutral_species_are_ideal()
    {
        Assert.Equal(1, Activity.Extended(T, Water, 2, 6e-10, 0));
        Assert.Equal(1, Activity.Davies(T, Water, 0, 100));
        Assert.Equal(Activity.Limiting(T, Water, 1, 30), Activity.Extended(T, Water, 1, 0, 30));

        // What the others add to the limiting law's exponent is of the order of sqrt(I) of it: 1e-4 at 1e-5 mol/m³.
        double limiting = Activity.Limiting(T, Water, 1, 1e-5) - 1;
        Close.To(limiting, Activity.Extended(T, Water, 1, 4e-10, 1e-5) - 1, 3e-4);
        Close.To(limiting, Activity.Davies(T, Water, 1, 1e-5) - 1, 3e-4);
    }

    [Fact]
    public void Ionic_strength_counts_the_square_of_the_charge() =>
        Close.To(0.5 * (4 * 30 + 60 + 0.25 * 8), Activity.IonicStrength([2, -1, 0.5, 0], [30, 60, 8, 1e6]), 1e-15);

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Corrected_nernst_potentials_are_those_of_reference_10(string index)
    {
        ReferenceCase one = ReferenceCase.Load("10")["reference", "nernst", index];
        double inside = one.At("c_in"), outside = one.At("c_out");
        double inner = 1000 * one.At("I_in_mol_L"), outer = 1000 * one.At("I_out_mol_L");
        double Of(Func<double, double> coefficient) => Activity.Nernst(T, 1, (inside, coefficient(inner)), (outside, coefficient(outer)));
        Close.To(one.At("E_ideal_V"), Of(_ => 1), 1e-10);
        Close.To(one.At("E_davies_V"), Of(strength => Activity.Davies(T, Water, 1, strength)), 1e-9);
        Close.To(one.At("E_edh_V"), Of(strength => Activity.Extended(T, Water, 1, 3e-10, strength)), 1e-9);
    }

    [Fact]
    public void Equal_ionic_strength_gives_exactly_the_ideal_potential()
    {
        double gamma = Activity.Davies(310.15, 74, 1, 150);
        Assert.Equal(NernstPotential.Of(310.15, 1, 140, 5), Activity.Nernst(310.15, 1, (140, gamma), (5, gamma)));
    }

    [Fact]
    public void Steric_coefficients_with_one_size_are_the_free_room_inverted()
    {
        const double A = 5e-10, N = 6.02214076e23;
        double gamma = Activity.Bikerman(A, A, [A, A], [300, 700]);
        Close.To(1 / (1 - N * A * A * A * 1000), gamma, 1e-13);
        Close.To(gamma * gamma * gamma * gamma * gamma * gamma * gamma * gamma, Activity.Bikerman(2 * A, A, [A, A], [300, 700]), 1e-12); // (a_i/a_0)³ = 8
        Assert.Equal(1, Activity.Bikerman(A, A, [A], [0]));
        Assert.True(Activity.Bikerman(A, A, [A], [20000]) > 1e15); // more than all room
    }
}
