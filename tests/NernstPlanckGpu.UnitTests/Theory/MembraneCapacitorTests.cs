using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class MembraneCapacitorTests
{
    private static readonly Electrolyte Bath = Electrolyte.OneToOne(298.15, 78.5, 150);

    [Fact]
    public void Static_charge_and_capacitances_are_those_of_reference_07()
    {
        ReferenceCase one = ReferenceCase.Load("07")["reference", "static", "0"];
        Close.To(one.At("C_membrane_F_m2"), MembraneCapacitor.Plate(2, 4e-9), 1e-11);
        Close.To(one.At("C_series_linear_F_m2"), MembraneCapacitor.WithDebyeLayers(2, 4e-9, Bath, Bath), 1e-11);
        double potential = one.At("V_left_minus_right");
        (double charge, double left, double right) = MembraneCapacitor.StaticCharge(potential, 2, 4e-9, Bath, Bath);
        Close.To(one.At("charge_left_bath_C_m2"), charge, 1e-11);
        Close.To(one.At("C_effective_F_m2"), charge / potential, 1e-11);
        Close.To(-one.At("drop_each_debye_layer_V"), -left, 1e-11);
        Assert.Equal(left, right);
    }

    [Fact]
    public void Drop_inverts_grahame_for_either_sign_and_an_asymmetric_salt()
    {
        var calcium = new Electrolyte(298.15, 78.5, [2, -1], [50, 100]);
        foreach (double charge in new[] { -0.3, -1e-3, -1e-9, 1e-9, 1e-3, 0.3 })
            Close.To(charge, -Grahame.Charge(calcium, -MembraneCapacitor.Drop(calcium, charge)), 1e-13);
        Assert.Equal(0, MembraneCapacitor.Drop(calcium, 0));
    }

    [Fact]
    public void Static_charge_tends_to_the_linear_capacitance_at_small_potentials()
    {
        Electrolyte dilute = Electrolyte.OneToOne(298.15, 78.5, 1);
        double linear = MembraneCapacitor.WithDebyeLayers(2, 4e-9, Bath, dilute);
        Close.To(linear, MembraneCapacitor.StaticCharge(1e-6, 2, 4e-9, Bath, dilute).Charge / 1e-6, 1e-11);
        Assert.Equal((0.0, 0.0, 0.0), MembraneCapacitor.StaticCharge(0, 2, 4e-9, Bath, dilute));
    }
}
