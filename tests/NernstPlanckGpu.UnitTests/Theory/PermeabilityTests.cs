using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class PermeabilityTests
{
    private static PnpProblem Stack(Geometry geometry, params Region[] regions) => new()
    {
        Temperature = 310.15,
        Geometry = geometry,
        Species = [new("K", 1, 2e-9)],
        Regions = regions,
        Left = new Boundary(new PotentialBoundary(new ConstantWaveform(0)), [new BlockedBoundary()]),
        Right = new Boundary(new PotentialBoundary(new ConstantWaveform(0)), [new BlockedBoundary()]),
        Initial = new ProfilesInitialState([new RegionsProfile()]),
    };

    private static Region Layer(double length, double factor = 1, double barrier = 0, bool impermeable = false, bool membrane = false) => new()
    {
        Name = "layer",
        Length = length,
        Permittivity = 80,
        IsMembrane = membrane,
        Impermeable = [impermeable],
        DiffusivityFactor = [factor],
        Barrier = [barrier],
    };

    [Theory]
    [InlineData(310.15, 104.95)]
    [InlineData(298.15, 126.56)]
    public void Twelve_kJ_per_mol_is_a_known_factor(double temperature, double factor) =>
        Close.Within(factor, Permeability.OfLayer(1, 0, 1, temperature) / Permeability.OfLayer(1, 12e3, 1, temperature), 0.005);

    [Fact]
    public void Layers_are_resistances_in_series()
    {
        PnpProblem problem = Stack(new PlanarGeometry(), Layer(1e-8), Layer(4e-9, 0.01, 5e3, membrane: true), Layer(3e-8, 0.5));
        double membrane = 4e-9 * Math.Exp(5e3 / (8.314462618 * 310.15)) / 2e-11;
        Close.To(1 / membrane, Permeability.OfMembrane(problem, 0), 1e-14);
        Close.To(1 / (5 + membrane + 30), Permeability.OfRegions(problem, 0, _ => true), 1e-14);
    }

    [Fact]
    public void An_impermeable_or_immobile_layer_closes_the_stack()
    {
        Assert.Equal(0, Permeability.OfRegions(Stack(new PlanarGeometry(), Layer(1e-8), Layer(1e-8, impermeable: true)), 0, _ => true));
        Assert.Equal(0, Permeability.OfRegions(Stack(new PlanarGeometry(), Layer(1e-8, 0)), 0, _ => true));
        Assert.Equal(double.PositiveInfinity, Permeability.OfMembrane(Stack(new PlanarGeometry(), Layer(1e-8)), 0));
    }

    [Fact]
    public void Curved_layers_have_the_textbook_resistances()
    {
        Close.To(Math.Log(3) / (2 * Math.PI), Permeability.InverseArea(new CylindricalGeometry(1e-6), 0, 2e-6), 1e-14);
        Close.To((1 / 1e-6 - 1 / 3e-6) / (4 * Math.PI), Permeability.InverseArea(new SphericalGeometry(1e-6), 0, 2e-6), 1e-14);
        var funnel = new TableGeometry([0, 1e-6, 2e-6], [1, 3, 3]);
        Close.To(1e-6 * (Math.Log(3) / 2 + 1.0 / 3 + 1.0 / 3), Permeability.InverseArea(funnel, 0, 3e-6), 1e-14);
        Close.To(1e-6 * Math.Log(2.5 / 2) / 2, Permeability.InverseArea(funnel, 0.5e-6, 0.75e-6), 1e-14);
    }
}
