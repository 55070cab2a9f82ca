using NernstPlanckGpu.Core.Model;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// Order in space of steady states with space charge, four grids and one more for the differences: across every kind of jump. Time error
/// vanishes at rest. Averaged faces would show order 1 here.
/// </summary>
public class SpatialOrderTests
{
    private static readonly TimeSettings Settings = new() { End = 1.5e-6, Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-6 };

    public enum Jump
    {
        None,
        Permittivity,
        Diffusivity,
        Barrier,
        BarrierOfOneIon,
        All,
    }

    // Two layers of 4 nm, 300 | 60 mM of a salt with unequal diffusivities, 40 mV across.
    private static PnpProblem Problem(Jump jump, int cells)
    {
        Region left = Layer("left", 4e-9, cells, [300, 300]), right = Layer("right", 4e-9, cells, [60, 60]);
        right = jump switch
        {
            Jump.Permittivity => right with { Permittivity = 20 },
            Jump.Diffusivity => right with { DiffusivityFactor = [0.1, 0.3] },
            Jump.Barrier => right with { Barrier = [6e3, 6e3] },
            Jump.BarrierOfOneIon => right with { Barrier = [5e3, -1e3] },
            Jump.All => right with { Permittivity = 20, DiffusivityFactor = [0.1, 0.3], Barrier = [6e3, 3e3] },
            _ => right,
        };
        double[] outside = jump switch
        {
            // The right bath is the layer's own equilibrium with 60 mM of water, still neutral where the barriers allow it.
            Jump.Barrier => [60 * Math.Exp(-6e3 / 2478.957), 60 * Math.Exp(-6e3 / 2478.957)],
            _ => [60, 60],
        };
        return Stack(
            [new("P", 1, 1.334e-9), new("M", -1, 2.032e-9)], Baths(Potential(0.04), 300, 300), Baths(Potential(0), outside),
            left, right with { Concentration = outside });
    }

    [Theory]
    [InlineData(Jump.None)]
    [InlineData(Jump.Permittivity)]
    [InlineData(Jump.Diffusivity)]
    [InlineData(Jump.Barrier)]
    [InlineData(Jump.BarrierOfOneIon)]
    [InlineData(Jump.All)]
    public void Currents_and_potential_are_second_order(Jump jump)
    {
        int[] cells = [20, 40, 80, 160, 320];
        RunResult[] runs = [.. cells.Select(n => Runner.Run(Problem(jump, n), Settings))];
        var measures = new (string Name, Func<RunResult, double> Value)[]
        {
            ("flux of P", run => run.Last.Flux[0][0]),
            ("flux of M", run => run.Last.Flux[1][0]),
            ("displacement at the jump", run => run.Last.Displacement[run.X.Count / 2]),
        };
        foreach ((string name, Func<RunResult, double> value) in measures)
        {
            double[] values = [.. runs.Select(value)];
            double order = Order.OfDoubling(values);
            Assert.True(order >= 1.9, $"{jump}, {name}: order {order:F3} of {Order.Show(values.Select(v => v - values[^1]))} at {values[^1]:E4}");
        }

        // At rest: the same flux through every face. Adaptive steps hover about rest by a small part of their tolerance of 1e-6.
        double[] flux = runs[^1].Last.Flux[0];
        Assert.True(flux.Max() - flux.Min() < 3e-7 * Math.Abs(flux[0]), $"{flux.Max() - flux.Min():E2} of {flux[0]:E2}");
    }
}
