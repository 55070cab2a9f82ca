using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

public class KnownIonTests
{
    [Theory]
    [InlineData("K", 1, 1.957e-9, 3e-10)]
    [InlineData("Na", 1, 1.334e-9, 4e-10)]
    [InlineData("Cl", -1, 2.032e-9, 3e-10)]
    [InlineData("Ca", 2, 0.792e-9, 6e-10)]
    [InlineData("H", 1, 9.311e-9, 9e-10)]
    public void Numbers_are_those_of_the_design(string name, double valence, double diffusivity, double size)
    {
        Assert.True(KnownIons.TryFind(name, out var ion));
        Assert.Equal((valence, diffusivity), (ion.Valence, ion.Diffusivity));
        Assert.Equal(size, ion.Size!.Value, 1e-24);
    }

    [Fact]
    public void Every_ion_has_a_unique_name_a_source_and_sensible_numbers()
    {
        Assert.Equal(KnownIons.All.Count, KnownIons.All.Select(ion => ion.Name).Distinct().Count());
        Assert.All(KnownIons.All, ion =>
        {
            Assert.NotEmpty(ion.Source);
            Assert.InRange(ion.Diffusivity, 0.4e-9, 10e-9);
            Assert.InRange(Math.Abs(ion.Valence), 1, 2);
        });
        Assert.False(KnownIons.TryFind("k", out _));
    }

    // Handbook values: CRC Handbook, permittivity and viscosity of water. The formulas claim 0.2 and 1 %.
    [Theory]
    [InlineData(0, 87.9, 1.792e-3)]
    [InlineData(25, 78.3, 0.890e-3)]
    [InlineData(37, 74.2, 0.692e-3)]
    [InlineData(60, 66.7, 0.466e-3)]
    [InlineData(100, 55.6, 0.282e-3)]
    public void Water_is_as_in_the_handbook(double celsius, double permittivity, double viscosity)
    {
        Assert.Equal(permittivity, WaterProperties.Permittivity(celsius + 273.15), permittivity * 3e-3);
        Assert.Equal(viscosity, WaterProperties.Viscosity(celsius + 273.15), viscosity * 5e-3);
    }
}
