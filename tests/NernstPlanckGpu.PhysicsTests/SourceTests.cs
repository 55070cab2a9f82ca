using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Prescribed sources: balances, and a manufactured solution of the full equations.</summary>
public class SourceTests
{
    [Fact]
    public void A_source_makes_what_its_table_says()
    {
        // Bilinear in x and t: integral over 10 nm and 1 µs of (1 + x/L)(2 + t/T) 1e6 mol/(m³ s), both ions alike. Rkc2 is exact for it.
        var table = new SourceTable([0, 10e-9], [0, 1e-6], [[2e6, 4e6], [3e6, 6e6]]);
        PnpProblem problem = Stack([Cation, Anion], Closed(Potential(0), 2), Closed(Potential(0), 2), Layer("box", 10e-9, 20, [1, 1])) with { Sources = [table, table] };
        RunResult run = Runner.Run(problem, new TimeSettings { End = 1e-6, Integrator = IntegratorKind.Rkc2 });
        for (int s = 0; s < 2; s++) Close.To(1e-8 + 1e6 * 1.5 * 10e-9 * 2.5 * 1e-6, run.Amount(run.Last, s), 1e-12);
    }

    [Fact]
    public void A_source_of_charge_keeps_gauss_law_with_every_circuit()
    {
        var table = new SourceTable([0], [0], [[1e5]]);
        foreach (ElectricBoundary left in new[] { Potential(0.01), Surface(0), Current(0) })
        {
            PnpProblem problem = Stack([Cation, Anion], Closed(left, 2), Closed(Potential(0), 2), Layer("box", 10e-9, 30, [20, 20])) with { Sources = [table, null] };
            RunResult run = Runner.Run(problem, new TimeSettings { End = 1e-7, Integrator = IntegratorKind.Rkc2 });
            double charge = PhysicalConstants.Faraday * 1e5 * 1e-7 * 10e-9;
            Close.To(charge, PhysicalConstants.Faraday * (run.Amount(run.Last, 0) - run.Amount(run.Last, 1)), 1e-10);
            Close.To(charge, run.Last.Displacement[^1] - run.Last.Displacement[0], 1e-10);
        }
    }

    private const double C0 = 100, Length = 6e-9, Plus = 0.5, Minus = 0.3;

    private static readonly double Wave = Math.PI / Length, Decay = 1e-9 * Wave * Wave, End = 1 / Decay;

    private static readonly double Coupling = PhysicalConstants.Faraday * PhysicalConstants.Faraday * C0 * (Plus - Minus)
        / (PhysicalConstants.VacuumPermittivity * 78.5 * PhysicalConstants.GasConstant * 298.15 * Wave * Wave);

    private static double Concentration(double amplitude, double x, double t) => C0 * (1 + amplitude * Math.Cos(Wave * x) * Math.Exp(-Decay * t));

    // s = c_t + J_x with c = c0 (1 + a cos kx e^(−αt)), F phi/RT = P (cos kx + 1) e^(−αt), J = −D (c_x + z c psi_x).
    private static double Source(double amplitude, double z, double diffusivity, double x, double t)
    {
        double e = Math.Exp(-Decay * t), cos = Math.Cos(Wave * x) * e, sin = Math.Sin(Wave * x) * e, k2 = Wave * Wave;
        double c = C0 * (1 + amplitude * cos), slopes = C0 * amplitude * sin * Coupling * sin * k2;
        double divergence = -diffusivity * (-C0 * amplitude * k2 * cos + z * (slopes - c * Coupling * k2 * cos));
        return -Decay * C0 * amplitude * cos + divergence;
    }

    private static (double Concentration, double Potential) Errors(int cells)
    {
        double[] x = [.. Enumerable.Range(0, cells).Select(i => (i + 0.5) * Length / cells)];

        // Linear pieces in time: (1/400)²/8 of the source, 1e-6; nodes in x are the cell centres.
        double[] t = [.. Enumerable.Range(0, 401).Select(i => i * End / 400)];
        SourceTable Table(double amplitude, double z, double d) => new(x, t, [.. t.Select(time => x.Select(at => Source(amplitude, z, d, at, time)).ToArray())]);
        PnpProblem problem = Stack(
            [new("P", 1, 1.3e-9), new("M", -1, 0.8e-9)], Closed(Surface(0), 2), Closed(Surface(0), 2), Layer("box", Length, cells, [C0, C0])) with
        {
            Initial = new ProfilesInitialState([new CosineProfile(C0, C0 * Plus, 1), new CosineProfile(C0, C0 * Minus, 1)]),
            Sources = [Table(Plus, 1, 1.3e-9), Table(Minus, -1, 0.8e-9)],
        };
        RunResult run = Runner.Run(problem, new TimeSettings { End = End, Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-6 });
        double c = 0, phi = 0, volt = PhysicalConstants.ThermalVoltage(298.15);
        for (int i = 0; i < cells; i++)
        {
            c = Math.Max(c, Math.Abs(run.Last.Concentration[0][i] - Concentration(Plus, x[i], End)) / C0);
            c = Math.Max(c, Math.Abs(run.Last.Concentration[1][i] - Concentration(Minus, x[i], End)) / C0);
            phi = Math.Max(phi, Math.Abs(run.Last.Potential[i] / volt - Coupling * (Math.Cos(Wave * x[i]) + 1) * Math.Exp(-1)));
        }

        return (c, phi);
    }

    [Fact]
    public void A_manufactured_solution_is_met_to_second_order()
    {
        int[] cells = [10, 20, 40, 80];
        (double Concentration, double Potential)[] errors = [.. cells.Select(Errors)];
        double[] size = [.. cells.Select(n => 1.0 / n)];
        Assert.True(Order.Fit(size, [.. errors.Select(e => e.Concentration)]) >= 1.9, Order.Show(errors.Select(e => e.Concentration)));
        Assert.True(Order.Fit(size, [.. errors.Select(e => e.Potential)]) >= 1.9, Order.Show(errors.Select(e => e.Potential)));
        Assert.True(errors[^1].Concentration < 1e-4 && errors[^1].Potential < 1e-4, $"{errors[^1]}");
    }
}
