using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>Transients with a closed form: diffusion without a field, and one with the full coupling.</summary>
internal static class DiffusionChecks
{
    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "exact nonlinear transient",
            Quantity = "concentration on 200 cells, where it differs most",
            Unit = "1",
            Limit = 1.2e-5,
            LeastOrder = 1.9,
            Source = "Cole-Hopf solution of one charged species (Theory.ExactTransient)",
            Validity = "Exact for PNP with the exact values on both ends; order in space over 25, 50, 100 and 200 cells.",
            Measure = Transient,
        },
        new()
        {
            Name = "diffusion of a Gaussian",
            Quantity = "concentration over its peak after 1 ms, where it differs most",
            Unit = "1",
            Limit = 5e-4,
            Source = "Crank, The Mathematics of Diffusion, eq. 2.6",
            Validity = "A neutral tracer in 30 um, no end within reach; the limit is that of 300 cells.",
            Measure = Gaussian,
        },
        new()
        {
            Name = "diffusion of a front",
            Quantity = "concentration over its step after 20 ns, where it differs most",
            Unit = "1",
            Limit = 2e-4,
            Source = "Crank, The Mathematics of Diffusion, eq. 2.14: erf(x/sqrt(w^2 + 4Dt))",
            Validity = "A neutral tracer, no end within reach; Euler at 0.9 of its stability limit on 200 cells.",
            Measure = Front,
        },
        new()
        {
            Name = "decay of a salt's cosine",
            Quantity = "concentration over its mean after a decay time, where it differs most",
            Unit = "1",
            Limit = 1e-4,
            Source = "Crank, The Mathematics of Diffusion, section 2.3: exp(-D(pi/L)^2 t)",
            Validity = "Exact for PNP where both ions have one diffusivity and one profile; the limit is that of 100 cells.",
            Measure = Cosine,
        },
        new()
        {
            Name = "diffusion through a sphere's shell",
            Quantity = "flux of a neutral tracer from 20 nm to 50 nm",
            Unit = "mol s-1",
            Limit = 1e-12,
            IsRelative = true,
            Source = "Crank, The Mathematics of Diffusion, section 6.2: 4 pi D (c_i - c_o)/(1/r_i - 1/r_o)",
            Validity = "Exact on any grid, as faces hold the exact resistance of their shell.",
            Measure = Shell,
        },
    ];

    // In units of c0 = 100 mol/m3, the length sqrt(eps R T/(F2 c0)), its square over D and RT/F the equations are the dimensionless ones.
    private static Measurement Transient(VerificationBench bench)
    {
        int[] cells = [25, 50, 100, 200];
        Measurement[] errors = [.. cells.Select(n => Transient(bench, n))];
        return errors[^1] with { Order = ObservedOrder.Fit([.. cells.Select(n => 1.0 / n)], [.. errors.Select(e => e.Error)]) };
    }

    private static Measurement Transient(VerificationBench bench, int cells)
    {
        const double Unit = 100, Diffusivity = 1e-9, Left = ExactTransient.Left, Span = ExactTransient.Right - Left;
        double volt = PhysicalConstants.ThermalVoltage(298.15), metre = DebyeLength.Of(298.15, 78.5, [1], [Unit]);
        double second = metre * metre / Diffusivity;

        // Linear pieces of a thousandth: they err by 1e-7, a tenth of what the finest grid errs.
        double[] corners = [.. Enumerable.Range(0, 1101).Select(i => i * 1e-3)];
        TableWaveform Table(Func<double, double> value) => new([.. corners.Select(t => t * second)], [.. corners.Select(value)]);
        Boundary End(double x) => new(
            new PotentialBoundary(Table(t => volt * ExactTransient.Potential(x, t))),
            [new BathBoundary(Table(t => Unit * ExactTransient.Concentration(x, t)))]);
        double[] centres = [.. Enumerable.Range(0, cells).Select(i => (i + 0.5) * Span / cells)];
        PnpProblem problem = Stack(
            [new("P", 1, Diffusivity)], End(Left), End(ExactTransient.Right), Layer("box", Span * metre, cells, [1])) with
        {
            Initial = new ProfilesInitialState([new TableProfile(
                [.. centres.Select(x => x * metre)], [.. centres.Select(x => Unit * ExactTransient.Concentration(Left + x, 0))])]),
        };
        TimeSettings settings = new() { End = second, Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-7, AbsoluteTolerance = 1 };
        EngineState state = bench.Transient(problem, settings);
        return Measurement.Largest(centres.Select((x, i) => (ExactTransient.Concentration(Left + x, 1), state.Concentration(0, i) / Unit)));
    }

    private static PnpProblem Tracer(double length, int cells, InitialProfile profile) => Stack(
        [new("T", 0, 1e-9)], Closed(Potential(0), 1), Closed(Potential(0), 1), Layer("water", length, cells, [0])) with
    { Initial = new ProfilesInitialState([profile]) };

    private static Measurement Gaussian(VerificationBench bench)
    {
        const double Length = 30e-6, Width = 1e-6, Diffusivity = 1e-9, Peak = 1, Time = 1e-3;
        double age = Width * Width / (2 * Diffusivity), amount = Peak * Width * Math.Sqrt(2 * Math.PI);
        EngineState state = bench.Transient(
            Tracer(Length, 300, new GaussianProfile(0, Peak, Length / 2, Width)),
            new() { End = Time, Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-6 });
        double Exact(double x) => Diffusion.Gaussian(amount, Diffusivity, Length / 2, age, 0, x, Time);
        return Measurement.Largest(state.X.Select((x, i) => (Exact(x), state.Concentration(0, i))), Exact(Length / 2));
    }

    private static Measurement Front(VerificationBench bench)
    {
        const double Length = 100e-9, Width = 8e-9, Diffusivity = 1e-9, Time = 20e-9;
        EngineState state = bench.Transient(
            Tracer(Length, 200, new ErfProfile(1, 0, Length / 2, Width)), new() { End = Time, Integrator = IntegratorKind.Euler });
        double spread = Math.Sqrt(Width * Width + 4 * Diffusivity * Time);
        return Measurement.Largest(state.X.Select((x, i) =>
            (0.5 - 0.5 * ErrorFunction.Erf((x - Length / 2) / spread), state.Concentration(0, i))));
    }

    private static Measurement Cosine(VerificationBench bench)
    {
        const double Length = 100e-9, Diffusivity = 1e-9;
        double time = Length * Length / (Math.PI * Math.PI * Diffusivity);
        var profile = new CosineProfile(10, 5, 1);
        PnpProblem problem = Stack(
            EqualSalt, Closed(Potential(0), 2), Closed(new SurfaceChargeBoundary(Constant(0)), 2), Layer("box", Length, 100, [10, 10])) with
        { Initial = new ProfilesInitialState([profile, profile]) };
        EngineState state = bench.Transient(problem, new() { End = time, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-7 });
        IEnumerable<(double, double)> Pairs(int species) => state.X.Select((x, i) =>
            (Diffusion.Cosine(1, 0.5, 1, Length, Diffusivity, x, time), state.Concentration(species, i) / 10));
        return Measurement.Largest(Pairs(0).Concat(Pairs(1)));
    }

    private static Measurement Shell(VerificationBench bench)
    {
        const double Inner = 20e-9, Outer = 50e-9;
        PnpProblem problem = Stack(
            [new("T", 0, 1e-9)], Baths(Potential(0), 3), Baths(Potential(0), 1), Layer("shell", Outer - Inner, 17, [2])) with
        { Geometry = new SphericalGeometry(Inner) };
        double expected = 4 * Math.PI * 1e-9 * (3 - 1) / (1 / Inner - 1 / Outer);
        return Measurement.Relative(expected, bench.Steady(problem).View.Flux[0][8]);
    }
}
