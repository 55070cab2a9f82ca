using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class DiffuseLayerTests
{
    private const double Temperature = 298.15, Water = 78.5;

    private static readonly Electrolyte Salt = Electrolyte.OneToOne(Temperature, Water, 100);

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Charge_capacitance_and_excess_are_those_of_reference_01(string index)
    {
        ReferenceCase one = ReferenceCase.Load("01")["reference", "one_to_one", index];
        double wall = one.At("phi_wall_V"), sigma = one.At("surface_charge_C_m2"), capacitance = one.At("diff_capacitance_F_m2");
        Close.To(sigma, Grahame.ChargeOneToOne(Temperature, Water, 100, wall), 1e-11);
        Close.To(sigma, Grahame.Charge(Salt, wall), 1e-11);
        Close.To(capacitance, Grahame.CapacitanceOneToOne(Temperature, Water, 100, wall), 1e-11);
        Close.To(capacitance, Grahame.Capacitance(Salt, wall), 1e-11);
        Close.To(one.At("surface_excess_cation_mol_m2"), GouyChapman.SurfaceExcess(Salt, 0, wall), 1e-11);
        Close.To(one.At("surface_excess_anion_mol_m2"), GouyChapman.SurfaceExcess(Salt, 1, wall), 1e-11);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Profile_is_that_of_reference_01_by_closed_form_and_by_quadrature(string index)
    {
        ReferenceCase one = ReferenceCase.Load("01")["reference", "one_to_one", index];
        double wall = one.At("phi_wall_V");
        double[] x = one["profile", "x_m"].Numbers, phi = one["profile", "phi_V"].Numbers;
        double[] plus = one["profile", "c_plus_mol_m3"].Numbers, minus = one["profile", "c_minus_mol_m3"].Numbers;
        for (int i = 0; i < x.Length; i++)
        {
            double closed = GouyChapman.Potential(Temperature, Water, 100, wall, x[i]);
            Close.To(phi[i], closed, 2e-11);
            Close.To(phi[i], GouyChapman.Potential(Salt, wall, x[i]), 2e-11);
            Close.To(plus[i], GouyChapman.Concentration(Temperature, 1, 100, closed), 2e-11);
            Close.To(minus[i], GouyChapman.Concentration(Temperature, -1, 100, closed), 2e-11);
        }
    }

    [Fact]
    public void Profile_of_an_asymmetric_salt_satisfies_the_first_integral()
    {
        var calcium = new Electrolyte(Temperature, Water, [2, -1], [50, 100]);
        foreach (double wall in new[] { -0.15, -0.02, 0.02, 0.15 })
        {
            // Central difference of step h: error h² phi'''/6phi' ~ 1e-8 of the slope; the profile's own error divided by h adds 1e-9.
            double at = 0.4 * calcium.DebyeLength, h = 1e-4 * calcium.DebyeLength;
            double slope = (GouyChapman.Potential(calcium, wall, at + h) - GouyChapman.Potential(calcium, wall, at - h)) / (2 * h);
            Close.To(-Grahame.FieldFromBulk(calcium, GouyChapman.Potential(calcium, wall, at)), slope, 1e-7);
        }
    }

    [Fact]
    public void Excesses_of_any_salt_carry_the_wall_charge()
    {
        var calcium = new Electrolyte(Temperature, Water, [2, -1], [50, 100]);
        foreach (double wall in new[] { -0.15, 0.001, 0.15 })
        {
            double charge = Core.Units.PhysicalConstants.Faraday
                * (2 * GouyChapman.SurfaceExcess(calcium, 0, wall) - GouyChapman.SurfaceExcess(calcium, 1, wall));
            Close.To(-Grahame.Charge(calcium, wall), charge, 1e-12);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Wall_potential_is_that_of_reference_01(string index)
    {
        ReferenceCase one = ReferenceCase.Load("01")["reference", "one_to_one", index];
        Close.To(one.At("phi_wall_V"), Grahame.Potential(Salt, one.At("surface_charge_C_m2")), 1e-11);
    }

    [Fact]
    public void Wall_potential_is_the_inverse_of_the_charge_for_any_salt()
    {
        var calcium = new Electrolyte(Temperature, Water, [2, -1], [50, 100]);
        foreach (double wall in new[] { -0.4, -0.15, -1e-9, 1e-6, 0.02, 0.15, 0.4 })
            Close.To(wall, Grahame.Potential(calcium, Grahame.Charge(calcium, wall)), 1e-12);
        Assert.Equal(0, Grahame.Potential(calcium, 0));
    }

    [Fact]
    public void Small_potentials_keep_their_digits()
    {
        double linear = Salt.AbsolutePermittivity / Salt.DebyeLength;
        foreach (double wall in new[] { 1e-12, 1e-9, 1e-6 })
        {
            // The next term of sinh is psi²/24 < 1e-10.
            Close.To(linear * wall, Grahame.Charge(Salt, wall), 1e-9);
            Close.To(linear, Grahame.Capacitance(Salt, wall), 1e-9);
        }
    }

    [Fact]
    public void Far_from_a_highly_charged_wall_the_potential_saturates()
    {
        // 4RT/F artanh(e^-x/lambda) is the limit of any wall potential.
        double thermal = Core.Units.PhysicalConstants.ThermalVoltage(Temperature);
        double at = GouyChapman.Potential(Temperature, Water, 100, 2, Salt.DebyeLength);
        Close.To(4 * thermal * Math.Atanh(Math.Exp(-1)), at, 1e-14);
        Close.To(2, GouyChapman.Potential(Temperature, Water, 100, 2, 0), 1e-14);
        Close.To(-at, GouyChapman.Potential(Temperature, Water, 100, -2, Salt.DebyeLength), 1e-15);
    }
}
