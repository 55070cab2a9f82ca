using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

/// <summary>Theory's curves agree with its values, and are there where those are.</summary>
public class TheoryCurvesTests
{
    [Fact]
    public void Goldman_currents_vanish_together_at_the_goldman_potential()
    {
        PnpProblem problem = Problem("resting-membrane.json");
        double ghk = TheoryComparison.Of(problem).Single(entry => entry.Name == "ghk").Value;
        IReadOnlyList<GoldmanCurve> curves = TheoryCurves.GoldmanCurrents(problem, [ghk - 0.01, ghk, ghk + 0.01]);
        Assert.Equal(["K", "Na", "Cl"], curves.Select(curve => curve.Species));
        double[] total = [.. Enumerable.Range(0, 3).Select(i => curves.Sum(curve => curve.CurrentDensity[i]))];
        Assert.True(total[0] < 0 && total[2] > 0);
        Assert.InRange(total[1], -1e-12 * total[2], 1e-12 * total[2]);
    }

    [Fact]
    public void Goldman_currents_are_the_entries_of_the_comparison()
    {
        PnpProblem problem = Problem("iv-potassium.json");
        double current = TheoryComparison.Of(problem, new RunMeasurement { MembranePotential = 0.02 }).Single(entry => entry.Name == "ghkCurrent_K").Value;
        Close.To(current, Assert.Single(TheoryCurves.GoldmanCurrents(problem, [0.02])).CurrentDensity[0], 1e-14);
    }

    [Fact]
    public void Layer_falls_from_the_walls_potential_by_the_closed_form()
    {
        PnpProblem problem = Problem("debye-layer.json");
        DiffuseLayerCurve layer = Assert.Single(TheoryCurves.DiffuseLayers(problem, problem.Temperature));
        Assert.True(layer.IsLeft);
        Close.To(0.025, layer.Potential[0], 1e-6);
        double concentration = problem.Regions[0].Concentration![0];
        for (int i = 0; i < layer.Position.Count; i++)
        {
            double expected = GouyChapman.Potential(problem.Temperature, problem.Regions[0].Permittivity, concentration, layer.Potential[0], layer.Position[i]);
            Close.To(expected, layer.Potential[i], 1e-6);
        }
    }

    [Fact]
    public void Where_theory_does_not_apply_there_is_no_curve()
    {
        PnpProblem problem = Problem("liquid-junction.json");
        Assert.Empty(TheoryCurves.GoldmanCurrents(problem, [0]));
        Assert.Empty(TheoryCurves.DiffuseLayers(problem, 0));
    }

    private static PnpProblem Problem(string name) => ConfigurationReader.Read(Path.Combine(Repository.Root, "configs", name), []).Configuration!.Problem;
}
