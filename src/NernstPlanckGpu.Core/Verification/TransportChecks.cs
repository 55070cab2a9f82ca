using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>What enters: sources, prescribed fluxes, reservoirs; and diffusion in curved space and across permittivities.</summary>
internal static class TransportChecks
{
    // The layers are 20 nm of 1 m².
    private const double Diffusivity = 1e-9, Volume = 20e-9, Rate = 2e6, Moment = 1e-7;

    private static readonly SourceTable Growing = new([0], [0, Moment], [[Rate], [3 * Rate]]);

    private static readonly IntegratorKind[] Both = [IntegratorKind.Rkc2, IntegratorKind.Rodas4];

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "diffusion through a tube's wall",
            Quantity = "flux of a neutral tracer from 20 nm to 50 nm, per metre",
            Unit = "mol m-1 s-1",
            Limit = 1e-12,
            IsRelative = true,
            Source = "Crank, The Mathematics of Diffusion, section 5.2: 2 pi D (c_i - c_o)/ln(r_o/r_i)",
            Validity = "Exact on any grid, as faces hold the exact resistance of their shell.",
            Measure = Tube,
        },
        new()
        {
            Name = "diffusion out of a sphere",
            Quantity = "concentration over that of the centre at the start after a decay time, where it differs most",
            Unit = "1",
            Limit = 3e-4,
            Source = "Crank, The Mathematics of Diffusion, section 6.3: sin(pi r/R)/(pi r/R) exp(-D(pi/R)^2 t)",
            Validity = "A neutral tracer, a bath of none around; rkc2 and rodas4. The limit is that of 100 cells.",
            Measure = Sphere,
        },
        new()
        {
            Name = "sources and prescribed fluxes",
            Quantity = "amount in a closed box after 100 ns, explicit and implicit",
            Unit = "mol",
            Limit = 1e-11,
            IsRelative = true,
            Source = "the integral of what enters",
            Validity = "A salt through the left end by a ramp and a source that grows, both of which second order integrates exactly.",
            Measure = Entering,
        },
        new()
        {
            Name = "two reservoirs",
            Quantity = "concentration in the left one after a decay time, explicit and implicit",
            Unit = "mol m-3",
            Limit = 3e-6,
            IsRelative = true,
            Source = "separation of variables: k V_R c(L) = c'(L)/k, c = cos kx - k V_L sin kx, decay D k^2",
            Validity = "A neutral tracer through 20 nm between reservoirs of 1 and 2 um; exact but for 20 cells, in which the profile is "
                + "nearly straight.",
            Measure = Reservoirs,
        },
        new()
        {
            Name = "current across permittivities",
            Quantity = "current density through two layers of one diffusivity, 74 and 10",
            Unit = "A m-2",
            Limit = 1e-5,
            IsRelative = true,
            Source = "the same on 50, 100, 200 and 400 cells, extrapolated",
            Validity = "Only the permittivity jumps; order over the three coarser grids.",
            LeastOrder = 1.9,
            Measure = AcrossPermittivities,
        },
    ];

    private static Measurement Tube(VerificationBench bench)
    {
        const double Inner = 20e-9, Outer = 50e-9;
        PnpProblem problem = Stack(
            [new("T", 0, Diffusivity)], Baths(Potential(0), 3), Baths(Potential(0), 1), Layer("wall", Outer - Inner, 17, [2])) with
        { Geometry = new CylindricalGeometry(Inner) };
        double expected = 2 * Math.PI * Diffusivity * (3 - 1) / Math.Log(Outer / Inner);
        return Measurement.Relative(expected, bench.Steady(problem).View.Flux[0][8]);
    }

    private static Measurement Sphere(VerificationBench bench)
    {
        const double Radius = 100e-9, Least = 1e-9;
        const int Cells = 100;
        double decay = Diffusivity * Math.PI * Math.PI / (Radius * Radius), end = 1 / decay;
        double[] nodes = [.. Enumerable.Range(0, 4 * Cells + 1).Select(i => i * Radius / (4 * Cells))];
        double Profile(double r) => r < Least ? 1 : Math.Sin(Math.PI * r / Radius) / (Math.PI * r / Radius);
        PnpProblem problem = Stack(
            [new("T", 0, Diffusivity)], Closed(Potential(0), 1), Baths(Potential(0), 0), Layer("ball", Radius, Cells, [0])) with
        {
            Geometry = new SphericalGeometry(0),
            Left = Closed(new SurfaceChargeBoundary(Constant(0)), 1),
            Initial = new ProfilesInitialState([new TableProfile(nodes, [.. nodes.Select(Profile)])]),
        };
        return Measurement.Largest(Both.SelectMany(integrator =>
        {
            TimeSettings settings = new() { End = end, Integrator = integrator, RelativeTolerance = 1e-7, AbsoluteTolerance = 1 };
            EngineState state = bench.Transient(problem, settings);
            return state.X.Select((r, i) => (Math.Exp(-1) * Profile(r), state.Concentration(0, i)));
        }));
    }

    private static Measurement Entering(VerificationBench bench)
    {
        const double Flux = 1e-3;
        IonBoundary entering = new FluxBoundary(new RampWaveform(0, Flux, 0, Moment));
        PnpProblem problem = Stack(
            EqualSalt, new(Potential(0), [entering, entering]), Closed(Potential(0.01), 2), Layer("box", Volume, 20, [10, 10])) with
        { Sources = [Growing, Growing] };
        double expected = 10 * Volume + 0.5 * Flux * Moment + 2 * Rate * Volume * Moment;
        return Measurement.Worst(Both.SelectMany(integrator =>
        {
            EngineState state = bench.Transient(problem, new() { End = Moment, Integrator = integrator });
            return Enumerable.Range(0, 2).Select(s => Measurement.Relative(expected, state.Amount(s)));
        }));
    }

    // The slowest mode, cos kx + b sin kx in the layer, from which the run starts.
    private static Measurement Reservoirs(VerificationBench bench)
    {
        const double Left = 1e-6, Right = 2e-6, Mean = 2;
        double Slope(double k) => -k * Left;
        double Mode(double k, double x) => Math.Cos(k * x) + Slope(k) * Math.Sin(k * x);
        double Gain(double k) => k * Right * Mode(k, Volume) + Math.Sin(k * Volume) - Slope(k) * Math.Cos(k * Volume);
        double guess = Math.Sqrt((Left + Right) / (Volume * Left * Right)), wave = RootFinding.Bracketed(Gain, 0.8 * guess, 1.2 * guess);
        double[] nodes = [.. Enumerable.Range(0, 81).Select(i => i * Volume / 80)];
        PnpProblem problem = Stack(
            [new("T", 0, Diffusivity)], new(Potential(0), [new ReservoirBoundary(Left, Mean + 1)]),
            new(Potential(0), [new ReservoirBoundary(Right, Mean + Mode(wave, Volume))]), Layer("layer", Volume, 20, [0])) with
        { Initial = new ProfilesInitialState([new TableProfile(nodes, [.. nodes.Select(x => Mean + Mode(wave, x))])]) };
        double end = 1 / (Diffusivity * wave * wave), expected = Mean + Math.Exp(-1);
        return Measurement.Worst(Both.Select(integrator => Measurement.Relative(
            expected, bench.Transient(problem, new() { End = end, Integrator = integrator, RelativeTolerance = 1e-7 }).View.Concentration[0][0])));
    }

    // Extrapolated from the two finest grids by the method's order, 2.
    private static Measurement AcrossPermittivities(VerificationBench bench)
    {
        int[] cells = [25, 50, 100, 200];
        double Current(int n) => bench.Steady(Stack(
            [new("P", 1, 1.334e-9), new("M", -1, 2.032e-9)], Baths(Potential(0.1), 50, 50), Baths(Potential(0), 5, 5),
            Layer("polar", 5e-9, n, [50, 50], 74), Layer("less polar", 5e-9, n, [5, 5], 10))).CurrentDensity;
        double[] currents = [.. cells.Select(Current)];
        double exact = currents[^1] + (currents[^1] - currents[^2]) / 3;
        double[] errors = [.. currents[..^1].Select(current => Math.Abs(current / exact - 1))];
        Measurement finest = Measurement.Relative(exact, currents[^1]);
        return finest with { Order = ObservedOrder.Fit([.. cells[..^1].Select(n => 1.0 / n)], errors) };
    }
}
