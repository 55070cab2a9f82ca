using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class ChargedMembraneTests
{
    private const double T = 298.15, Na = 1.334e-9, Cl = 2.032e-9;

    private static readonly double Thermal = PhysicalConstants.ThermalVoltage(T);

    private static double Potential(double charge, double left = 100, double right = 10) =>
        ChargedMembrane.ZeroCurrentPotential(T, charge, Na, Cl, left, right);

    [Fact]
    public void Without_charge_it_is_the_liquid_junction_of_the_salt() =>
        Close.To(-LiquidJunction.Henderson([new(1, Na, 100, 10), new(-1, Cl, 100, 10)], T), Potential(0), 1e-14);

    // The co-ions that are left are (c/X)² of the counter-ions.
    [Fact]
    public void With_much_charge_it_is_the_nernst_potential_of_the_counter_ion()
    {
        Close.To(NernstPotential.Of(T, 1, 100, 10), Potential(-1e6), 1e-6);
        Close.To(NernstPotential.Of(T, -1, 100, 10), Potential(1e6), 1e-6);
    }

    [Fact]
    public void Sides_may_be_exchanged_and_ions_turned_round()
    {
        foreach (double charge in new[] { -300.0, -7, 20, 1e4 })
        {
            Close.To(-Potential(charge), Potential(charge, 10, 100), 1e-14);
            Close.To(-Potential(charge), ChargedMembrane.ZeroCurrentPotential(T, -charge, Cl, Na, 100, 10), 1e-14);
        }
        Assert.Equal(0, Potential(-50, 30, 30));
    }

    // Between the Donnan steps: D₊(c₊' + c₊ u') = D₋(c₋' − c₋ u') with c₊ − c₋ = −X, stepped along c₊ by Simpson's rule.
    [Theory]
    [InlineData(-100)]
    [InlineData(-3)]
    [InlineData(40)]
    public void The_fluxes_integrated_numerically_give_the_same(double charge)
    {
        double Cation(double salt) => 0.5 * (Math.Sqrt(charge * charge + 4 * salt * salt) - charge);
        double Slope(double cation) => -(Na - Cl) / (Na * cation + Cl * (cation + charge));
        const int Steps = 4000;
        double from = Cation(100), h = (Cation(10) - from) / Steps, inside = 0;
        for (int i = 0; i < Steps; i++)
            inside += h / 6 * (Slope(from + i * h) + 4 * Slope(from + (i + 0.5) * h) + Slope(from + (i + 1) * h));
        double left = Donnan.Potential(T, [1, -1], [100, 100], charge), right = Donnan.Potential(T, [1, -1], [10, 10], charge);
        Close.Within(-(left + Thermal * inside - right), Potential(charge), 1e-12);
    }
}
