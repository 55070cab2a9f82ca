using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// The exact nonlinear transient of one charged species (reference/README): full coupling, time-dependent values at both ends. In units of
/// c0 = 100 mol/m³, lambda0 = sqrt(eps R T/(F² c0)), lambda0²/D and RT/F the equations are the dimensionless ones.
/// </summary>
public class ExactTransientTests
{
    private const double Unit = 100, Diffusivity = 1e-9, Eps = 78.5, Temperature = 298.15;

    private static readonly double Length = Math.Sqrt(
        PhysicalConstants.VacuumPermittivity * Eps * PhysicalConstants.GasConstant * Temperature / Unit) / PhysicalConstants.Faraday;

    private static readonly double Time = Length * Length / Diffusivity, Volt = PhysicalConstants.ThermalVoltage(Temperature);

    // Piecewise linear in 1000 pieces: its error h²/8 max f'' is 1e-7, a tenth of what the finest grid errs.
    private static TableWaveform Table(Func<double, double> value)
    {
        double[] times = [.. Enumerable.Range(0, 1101).Select(i => i * 1e-3)];
        return new TableWaveform([.. times.Select(t => t * Time)], [.. times.Select(value)]);
    }

    private static double[] Errors(int cells, TimeSettings settings)
    {
        double x0 = ExactTransient.Left, span = ExactTransient.Right - ExactTransient.Left;
        Boundary End(double x) => new(
            new PotentialBoundary(Table(t => Volt * ExactTransient.Potential(x, t))), [new BathBoundary(Table(t => Unit * ExactTransient.Concentration(x, t)))]);
        double[] points = [.. Enumerable.Range(0, cells).Select(i => (i + 0.5) * span / cells)];
        PnpProblem problem = Problems.Stack(
            [new("P", 1, Diffusivity)], End(x0), End(ExactTransient.Right), Problems.Layer("box", span * Length, cells, [1], Eps)) with
        {
            Initial = new ProfilesInitialState(
                [new TableProfile([.. points.Select(x => x * Length)], [.. points.Select(x => Unit * ExactTransient.Concentration(x0 + x, 0))])]),
        };
        RunResult run = Runner.Run(problem, settings);
        double concentration = 0, potential = 0;
        for (int i = 0; i < cells; i++)
        {
            double x = x0 + run.X[i] / Length;
            concentration = Math.Max(concentration, Math.Abs(run.Last.Concentration[0][i] / Unit - ExactTransient.Concentration(x, 1)));
            potential = Math.Max(potential, Math.Abs(run.Last.Potential[i] / Volt - ExactTransient.Potential(x, 1)));
        }

        return [concentration, potential];
    }

    [Fact]
    public void Second_order_in_space_on_four_grids()
    {
        var settings = new TimeSettings { End = Time, Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-8, AbsoluteTolerance = 1 };
        int[] cells = [25, 50, 100, 200];
        double[][] errors = [.. cells.Select(n => Errors(n, settings))];
        for (int k = 0; k < 2; k++)
        {
            double order = Order.Fit([.. cells.Select(n => 1.0 / n)], [.. errors.Select(e => e[k])]);
            Assert.True(order >= 1.9, $"order {order:F3} of {Order.Show(errors.Select(e => e[k]))}");
        }

        // In the end half cells the drop is taken with the end's displacement: c h²/8 of potential at either end, 1.3e-3 on 25 cells with
        // c = 0.25 (a code with nodes at the ends has 9.7e-5 in c there, against 6e-4). It falls by four with every grid.
        for (int i = 0; i < 4; i++)
        {
            double scale = Math.Pow(25.0 / cells[i], 2);
            Assert.True(errors[i][0] <= 7e-4 * scale && errors[i][1] <= 1.7e-3 * scale, $"{cells[i]} cells: {Order.Show(errors[i])}");
        }
    }

    [Fact]
    public void Euler_gives_the_same()
    {
        double[] errors = Errors(50, new TimeSettings { End = Time, Integrator = IntegratorKind.Euler });

        // The grid's error is 1.6e-4; steps of 0.9 h²/2 add their own, a third of it.
        Assert.True(errors[0] < 2.5e-4, errors[0].ToString("E2"));
    }
}
