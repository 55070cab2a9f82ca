using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class LiquidJunctionTests
{
    [Theory]
    [InlineData("0", 1.334e-9)]
    [InlineData("1", 1.957e-9)]
    public void One_salt_gives_the_value_of_reference_05_by_either_formula(string index, double cation)
    {
        ReferenceCase expected = ReferenceCase.Load("05")["reference", "cases", index, "phiR_minus_phiL_V"];
        JunctionIon[] ions = [new(1, cation, 100, 10), new(-1, 2.032e-9, 100, 10)];
        Close.To(expected.At("Henderson"), LiquidJunction.Henderson(ions, 298.15), 1e-11);
        Close.To(expected.At("Planck"), LiquidJunction.Planck(ions, 298.15), 1e-11);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Henderson_is_that_of_the_junctions_it_does_not_describe(string index)
    {
        ReferenceCase one = ReferenceCase.Load("junctions")["reference", "cases", index];
        JunctionIon[] ions = [.. Enumerable.Range(0, one["species"].Count).Select(i => one["species", $"{i}"]).Select(
            ion => new JunctionIon(ion.At("z"), ion.At("D_m2_s"), ion.At("c_left"), ion.At("c_right")))];
        Close.To(one.At("phiR_minus_phiL_V", "Henderson"), LiquidJunction.Henderson(ions, 298.15), 1e-11);
    }

    [Fact]
    public void Two_salts_of_one_strength_and_a_common_ion_give_lewis_and_sargent()
    {
        // HCl | KCl at equal strength: both formulas reduce to (RT/F) ln of the conductivities (Lewis and Sargent 1909).
        JunctionIon[] ions = [new(1, 9.311e-9, 10, 0), new(1, 1.957e-9, 0, 10), new(-1, 2.032e-9, 10, 10)];
        double expected = Core.Units.PhysicalConstants.ThermalVoltage(298.15) * Math.Log((9.311 + 2.032) / (1.957 + 2.032));
        Close.To(expected, LiquidJunction.Henderson(ions, 298.15), 1e-13);
        Close.To(expected, LiquidJunction.Planck(ions, 298.15), 1e-13);
    }

    [Fact]
    public void Planck_agrees_with_the_implicit_form_of_his_paper()
    {
        // (xi U2 − U1)/(V2 − xi V1) = [ln(c2/c1) − ln xi]/[ln(c2/c1) + ln xi] (xi c2 − c1)/(c2 − xi c1), xi = e^v (MacInnes 1939, ch. 13).
        JunctionIon[] ions = [new(1, 1.334e-9, 100, 3), new(1, 9.311e-9, 0, 30), new(-1, 2.032e-9, 100, 33)];
        double v = LiquidJunction.Planck(ions, 298.15) / Core.Units.PhysicalConstants.ThermalVoltage(298.15), xi = Math.Exp(v);
        double u1 = 1.334 * 100, u2 = 1.334 * 3 + 9.311 * 30, v1 = 2.032 * 100, v2 = 2.032 * 33, logarithm = Math.Log(0.33);
        Close.To((xi * u2 - u1) / (v2 - xi * v1), (logarithm - v) / (logarithm + v) * (xi * 33 - 100) / (33 - xi * 100), 1e-11);
    }

    [Fact]
    public void Planck_refuses_divalent_ions() =>
        Assert.Throws<ArgumentException>(() => LiquidJunction.Planck([new(2, 1e-9, 1, 2), new(-1, 1e-9, 2, 4)], 298.15));
}
