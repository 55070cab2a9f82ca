using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Cylinders, spheres and channels of varying width against analytic steady states.</summary>
public class GeometryTests
{
    private const double Inner = 3e-9, Thickness = 9e-9;

    private static readonly TimeSettings Settings = new() { End = 3e-6, Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-7 };

    public static TheoryData<string> Shapes => ["planar", "cylinder", "sphere", "table"];

    private static Geometry Named(string name) => name switch
    {
        "cylinder" => new CylindricalGeometry(Inner),
        "sphere" => new SphericalGeometry(Inner),
        "table" => new TableGeometry([0, 3e-9, 9e-9], [2e-18, 2e-18, 5e-18]),
        _ => new PlanarGeometry(),
    };

    private static double Area(Geometry geometry, double x) => geometry switch
    {
        CylindricalGeometry g => 2 * Math.PI * (g.InnerRadius + x),
        SphericalGeometry g => 4 * Math.PI * (g.InnerRadius + x) * (g.InnerRadius + x),
        TableGeometry => x < 3e-9 ? 2e-18 : 2e-18 + 3e-18 * (x - 3e-9) / 6e-9,
        _ => 1,
    };

    // In the coordinate ∫dx/A every shape is a plane: fluxes and profiles are exact on any grid, to a part of the steps' tolerance.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Diffusion_through_a_shell_is_exact(string shape)
    {
        Geometry geometry = Named(shape);
        RunResult run = Runner.Run(
            Stack([new("T", 0, 1e-9)], Baths(Potential(0), 10), Baths(Potential(0), 2),
                Layer("inner", 3e-9, 5, [10]), Layer("outer", 6e-9, 11, [2]) with { DiffusivityFactor = [0.5] }) with
            { Geometry = geometry },
            Settings);
        double inner = Permeability.InverseArea(geometry, 0, 3e-9), outer = Permeability.InverseArea(geometry, 3e-9, 9e-9);
        double current = 8 / ((inner + 2 * outer) / 1e-9);
        for (int f = 0; f < run.XFace.Count; f++) Close.To(current, run.Last.Flux[0][f] * Area(geometry, run.XFace[f]), 1e-7, $"{shape} face {f}");
        for (int i = 0; i < run.X.Count; i++)
        {
            double before = run.X[i] < 3e-9
                ? Permeability.InverseArea(geometry, 0, run.X[i]) : inner + 2 * Permeability.InverseArea(geometry, 3e-9, run.X[i]);
            Close.To(10 - current * before / 1e-9, run.Last.Concentration[0][i], 1e-7, $"{shape} cell {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Drift_and_diffusion_of_tracer_ions_through_a_shell_is_exact(string shape)
    {
        Geometry geometry = Named(shape);
        const double potential = -0.06, left = 3e-9, right = 1e-9;
        RunResult run = Runner.Run(
            Stack([new("P", 1, 1.5e-9), new("M", -1, 0.7e-9)], Baths(Potential(potential), left, left), Baths(Potential(0), right, right),
                Layer("shell", Thickness, 13, [left, left])) with
            { Geometry = geometry },
            Settings with { AbsoluteTolerance = 1e-11 });
        double resistance = Permeability.InverseArea(geometry, 0, Thickness), drop = potential / PhysicalConstants.ThermalVoltage(298.15);
        double plus = Diffusion.SteadyFlux(1.5e-9, resistance, drop, left, right), minus = Diffusion.SteadyFlux(0.7e-9, resistance, -drop, left, right);
        for (int f = 0; f < run.XFace.Count; f++)
        {
            // 3e-9 mol/m³ of ions bend the field by (L/lambda_D)² = 1e-9.
            Close.To(plus, run.Last.Flux[0][f] * Area(geometry, run.XFace[f]), 1e-6, $"{shape} +");
            Close.To(minus, run.Last.Flux[1][f] * Area(geometry, run.XFace[f]), 1e-6, $"{shape} −");
        }
    }

    // Integral form of the modified Bessel functions, trapezoidal rule (exponentially accurate).
    private static double Bessel(int order, double x)
    {
        double sum = 0.5 * Math.Exp(-x);
        for (double t = 0.01; x * Math.Cosh(t) < 700; t += 0.01) sum += Math.Exp(-x * Math.Cosh(t)) * Math.Cosh(order * t);
        return 0.01 * sum;
    }

    // Debye and Hückel around a charged sphere or wire of radius a, linear at 0.2 mV (nonlinear terms psi²/24 = 3e-6).
    [Theory]
    [InlineData("cylinder")]
    [InlineData("sphere")]
    public void A_charged_core_has_debye_and_hueckels_potential(string shape)
    {
        const double charge = 2e-4;
        Electrolyte bulk = Electrolyte.OneToOne(298.15, 78.5, 100);
        double debye = bulk.DebyeLength, eps = bulk.AbsolutePermittivity, a = Inner / debye;
        Func<double, double> potential = shape == "sphere"
            ? r => charge * Inner * debye / (eps * (Inner + debye)) * (Inner / r) * Math.Exp(-(r - Inner) / debye)
            : r => charge * debye / eps * Bessel(0, r / debye) / Bessel(1, a);
        var errors = new List<double>();
        int[] cells = [40, 80, 160];
        foreach (int n in cells)
        {
            Region shell = Layer("shell", 15 * debye, n, [100, 100]) with { Grid = new RegionGrid(n, 2.5 * debye / n, null, Grading.Left) };
            RunResult run = Runner.Run(
                Stack([Cation, Anion], Closed(Surface(charge), 2), Baths(Potential(0), 100, 100), shell) with { Geometry = Named(shape) },
                Settings with { End = 1e-6 });
            Close.To(charge, run.Last.Displacement[0], 1e-12);
            errors.Add(run.X.Select((x, i) => Math.Abs(run.Last.Potential[i] - potential(Inner + x))).Max());
        }

        // Second order: the errors fall fourfold, and the finest is a thousandth of the 0.2 mV.
        Assert.True(Order.Fit([.. cells.Select(n => 1.0 / n)], errors) > 1.9, Order.Show(errors));
        Assert.True(errors[^1] < 1e-3 * potential(Inner), Order.Show(errors));
    }

    [Fact]
    public void A_full_sphere_empties_through_its_surface_as_crank_says()
    {
        // c = (2a c0/pi r) sum (−1)^(n+1)/n sin(n pi r/a) e^(−D n² pi² t/a²): Crank, 2nd ed., eq. 6.18, surface at 0.
        const double a = 20e-9, c0 = 7;
        double[] times = [5e-9, 2e-8, 5e-8];
        RunResult run = Runner.Run(
            Stack([new("T", 0, 1e-9)], Closed(Potential(0), 1), Baths(Potential(0), 0), Layer("ball", a, 80, [c0])) with { Geometry = new SphericalGeometry(0) },
            new TimeSettings { End = times[^1], Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-6 }, times);
        foreach (double t in times)
        {
            State state = run.At(t);
            for (int i = 0; i < run.X.Count; i++)
            {
                double sum = 0, r = run.X[i];
                for (int n = 1; n < 60; n++)
                    sum += (n % 2 == 1 ? 1 : -1) * Math.Sin(n * Math.PI * r / a) / n * Math.Exp(-1e-9 * Math.Pow(n * Math.PI / a, 2) * t);
                Close.Within(2 * a * c0 / (Math.PI * r) * sum, state.Concentration[0][i], 2e-3 * c0, $"r {r} t {t}"); // (1/80)² times 6 pi²/4
            }
        }
    }
}
