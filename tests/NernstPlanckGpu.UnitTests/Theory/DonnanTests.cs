using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class DonnanTests
{
    [Fact]
    public void Potential_is_that_of_reference_06()
    {
        ReferenceCase one = ReferenceCase.Load("06")["reference", "cases", "0"];
        Close.To(one.At("Donnan_potential_V"), Donnan.Potential(298.15, [1, 1, -1], [100, 5, 105], -100), 1e-11);
    }

    [Fact]
    public void Symmetric_salt_gives_the_inverse_hyperbolic_sine()
    {
        double thermal = Core.Units.PhysicalConstants.ThermalVoltage(298.15);
        foreach (double fixedCharge in new[] { -1e4, -3, 1e-6, 70 })
            Close.To(thermal * Math.Asinh(fixedCharge / 20), Donnan.Potential(298.15, [1, -1], [10, 10], fixedCharge), 1e-9);
        Close.Within(0, Donnan.Potential(298.15, [1, -1], [10, 10], 0), 1e-16);
    }
}
