using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// The implicit integrator, which has its own equations, Jacobian and ends, against the two explicit ones over every kind of end, waveform,
/// geometry and source.
/// </summary>
public class IntegratorAgreementTests
{
    /// <summary>Corners lie at multiples of 1 ns, so that fixed steps are halved exactly.</summary>
    private const double End = 8e-9;

    private static readonly Species[] Ions = [new("K", 1, 1.957e-9), new("Cl", -1, 2.032e-9), new("Ca", 2, 0.792e-9)];

    private static readonly double[] Inside = [40, 60, 10], Outside = [25, 35, 5];

    // Water, a leaky film that calcium does not enter, a charged gel, water; 7 + 5 + 3 + 6 cells.
    private static Region[] Stack4() =>
    [
        Layer("inside", 3.5e-9, 7, Inside),
        Layer("film", 2e-9, 5, [10, 10, 0], 4) with { Barrier = [3e3, 2e3, 0], DiffusivityFactor = [0.1, 0.2, 1], Impermeable = [false, false, true] },
        Layer("gel", 1.8e-9, 3, [20, 30, 10], 60) with { FixedCharge = -10 },
        Layer("outside", 3.3e-9, 6, Outside),
    ];

    private static Boundary Open(ElectricBoundary electric, double[] bath) => new(electric, [.. bath.Select(Bath)]);

    private static Boundary Shut(ElectricBoundary electric) => Closed(electric, 3);

    private static Boundary Reservoirs(ElectricBoundary electric, double[] bath) => new(electric, [.. bath.Select(c => new ReservoirBoundary(4e-9, c))]);

    private static readonly Dictionary<string, PnpProblem> Cases = new()
    {
        ["sine potential"] = Of(Open(new PotentialBoundary(new SineWaveform(-0.05, 0.03, 2e8, 0.3)), Inside), Open(Potential(0), Outside)),
        ["ramp potential, cylinder"] = Of(
            Open(new PotentialBoundary(new RampWaveform(-0.05, 0.06, 1e-9, 5e-9)), Inside), Open(Potential(0.01), Outside), new CylindricalGeometry(3e-9)),
        ["step potential on the right, sphere"] = Of(
            Open(Potential(0), Inside), Open(new PotentialBoundary(new StepWaveform(0, 0.08, 2e-9)), Outside), new SphericalGeometry(4e-9)),
        ["Stern layers, one stepped, one sine"] = Of(
            Shut(new SternBoundary(new StepWaveform(0, 0.3, 1e-9), 0.2)), Shut(new SternBoundary(new SineWaveform(0, 0.1, 1.5e8), 0.4))),
        ["surface charge sine on the left"] = Of(
            Shut(new SurfaceChargeBoundary(new SineWaveform(0.01, 0.004, 1e8))), Open(Potential(0), Outside), new CylindricalGeometry(2e-9)),
        ["surface charge ramp on the right"] = Of(
            Open(Potential(0.02), Inside), Shut(new SurfaceChargeBoundary(new RampWaveform(0, -0.02, 0, 4e-9)))),
        ["surface charge where nothing else is, centre of a sphere"] = Of(
            Shut(Surface(0)), Open(new PotentialBoundary(new TriangleWaveform(-0.05, 0.05, 4e-9)), Outside), new SphericalGeometry(0)),
        ["current clamp sine on the left"] = Of(Open(new CurrentBoundary(new SineWaveform(1e4, 2e4, 1e8, 1)), Inside), Open(Potential(0), Outside)),
        ["current clamp pulses on the right, cylinder"] = Of(
            Open(Potential(0), Inside), Open(new CurrentBoundary(new PulseWaveform(0, 3e4, 1e-9, 1e-9, 3e-9)), Outside), new CylindricalGeometry(5e-9)),
        ["current clamp of a blocked end"] = Of(Shut(new CurrentBoundary(new RampWaveform(0, 2e5, 0, 2e-9))), Open(Potential(0), Outside)),
        ["sine and ramp bath"] = Of(
            new(Potential(0.03), [
                new BathBoundary(new SineWaveform(40, 10, 1e8, 0.5)), new BathBoundary(new RampWaveform(60, 80, 1e-9, 6e-9)), Bath(10)]),
            Open(Potential(0), Outside)),
        ["stepped bath under a current clamp"] = Of(
            new(Potential(0), [new BathBoundary(new StepWaveform(40, 80, 1e-9)), new BathBoundary(new StepWaveform(60, 100, 1e-9)), Bath(10)]),
            Open(Current(0), Outside)),
        ["sine flux in, triangle flux out, under a clamp"] = Of(
            new(Current(3e4), [new FluxBoundary(new SineWaveform(0.3, 0.2, 1e8)), Blocked, Bath(10)]),
            new(Potential(0), [Bath(25), new FluxBoundary(new TriangleWaveform(-0.2, 0.3, 6e-9)), Blocked])),
        ["reservoirs, potential"] = Of(Reservoirs(Potential(0.05), Inside), Reservoirs(Potential(0), Outside), new CylindricalGeometry(2e-9)),
        ["reservoirs, clamp on the right"] = Of(Reservoirs(Potential(0), Inside), Reservoirs(new CurrentBoundary(new SineWaveform(0, 5e4, 1e8)), Outside)),
        ["reservoir behind a charged wall"] = Of(Reservoirs(Surface(0.01), Inside), Open(Potential(0), Outside)),
        ["reservoirs behind two charged walls"] = Of(Reservoirs(Surface(0.01), Inside), Reservoirs(Surface(-0.01 + 96485.33212 * 1.8e-8), Outside)),
        ["reservoir and bath side by side behind a Stern layer"] = Of(
            new(new SternBoundary(Constant(0.1), 0.3), [new ReservoirBoundary(2e-9, 40), Bath(60), Blocked]), Open(Potential(0), Outside)),
        ["Debye and Hückel, sine and ramp bath"] = Active(ActivityKind.DebyeHuckel, Of(
            new(Potential(0.03), [
                new BathBoundary(new SineWaveform(40, 10, 1e8, 0.5)), new BathBoundary(new RampWaveform(60, 80, 1e-9, 6e-9)), Bath(10)]),
            Open(Potential(0), Outside), new CylindricalGeometry(3e-9))),
        ["Davies, reservoirs, clamp on the right"] = Active(
            ActivityKind.Davies, Of(Reservoirs(Potential(0), Inside), Reservoirs(new CurrentBoundary(new SineWaveform(0, 5e4, 1e8)), Outside))),
        ["Davies, flux in, bath beside, under a clamp"] = Active(ActivityKind.Davies, Of(
            new(Current(3e4), [new FluxBoundary(new SineWaveform(0.3, 0.2, 1e8)), Blocked, Bath(10)]), Open(Potential(0), Outside))),
        ["Bikerman, Stern layers, one stepped, one sine"] = Active(ActivityKind.Bikerman, Of(
            Shut(new SternBoundary(new StepWaveform(0, 0.3, 1e-9), 0.2)), Shut(new SternBoundary(new SineWaveform(0, 0.1, 1.5e8), 0.4)))),
        ["Bikerman, reservoir and bath side by side behind a Stern layer"] = Active(ActivityKind.Bikerman, Of(
            new(new SternBoundary(Constant(0.1), 0.3), [new ReservoirBoundary(2e-9, 40), Bath(60), Blocked]), Open(Potential(0), Outside))),
        ["one cell and seven species between a current and a potential"] = One(),
        ["sources in a table of areas"] = Of(
            Shut(Potential(0.01)), Open(Potential(0), Outside), new TableGeometry([0, 4e-9, 10.6e-9], [1e-18, 2e-18, 0.7e-18])) with
        {
            Sources =
            [
                new SourceTable([0, 10e-9], [0, 3e-9, 6e-9], [[0, 4e9], [4e9, 1e9], [0, 0]]), new SourceTable([0, 10e-9], [1e-9, 5e-9], [[0, 2e9], [3e9, 3e9]]), null,
            ],
        },
    };

    private static PnpProblem Of(Boundary left, Boundary right, Geometry? geometry = null) =>
        Stack(Ions, left, right, Stack4()) with { Geometry = geometry ?? new PlanarGeometry() };

    // Steric ions of 1.2 nm fill 0.1 to 0.3 of the space.
    private static PnpProblem Active(ActivityKind kind, PnpProblem problem) =>
        ActivityRunTests.WithActivity(problem, kind, kind == ActivityKind.Bikerman ? 1.2e-9 : 3e-10);

    // Valences that are no integers; the first anion makes the bath neutral.
    private static PnpProblem One()
    {
        double[] valence = [1, -1, 2, -2, 0, -0.85, 1], bath = [30, 28.3, 5, 4, 7, 10, 4.8];
        bath[1] += valence.Zip(bath, (z, c) => z * c).Sum();
        Species[] species = [.. valence.Select((z, s) => new Species($"S{s}", z, 1e-9 * (1 + 0.2 * s)))];
        return Stack(
            species, Baths(new CurrentBoundary(new SineWaveform(0, 1e4, 1e8)), bath), Baths(Potential(0), [.. bath.Select(c => 2 * c)]),
            Layer("cell", 2e-9, 1, [.. bath.Select(c => 1.5 * c)]));
    }

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static StateView Run(PnpProblem problem, IntegratorKind integrator, double tolerance, double? step = null) =>
        EngineRun.To(problem, new() { End = End, Integrator = integrator, RelativeTolerance = tolerance, Step = step }).State;

    // Steps of 1e-10 and 1e-8 err by some 1e-8 in all; a charge is a small difference of ions, a flux one of neighbouring cells.
    [Theory]
    [MemberData(nameof(Names))]
    public void Rodas4_and_rkc2_agree(string name) =>
        AssertAlike(Run(Cases[name], IntegratorKind.Rkc2, 1e-10), Run(Cases[name], IntegratorKind.Rodas4, 1e-8), 2e-7, 5e-6, 1e-5);

    // Euler's error is a series in the step, of which two terms are extrapolated away: some (0.25 ps over the fastest 50 ps)³ are left.
    [Theory]
    [MemberData(nameof(Names))]
    public void Rodas4_and_extrapolated_euler_agree(string name)
    {
        StateView[] euler = [.. new[] { 1e-12, 0.5e-12, 0.25e-12 }.Select(step => Run(Cases[name], IntegratorKind.Euler, 1, step))];
        StateView limit = Extrapolate(Extrapolate(euler[0], euler[1], 2), Extrapolate(euler[1], euler[2], 2), 4);
        AssertAlike(limit, Run(Cases[name], IntegratorKind.Rodas4, 1e-8), 5e-8, 2e-6, 3e-6);
    }

    private static void AssertAlike(StateView expected, StateView actual, double concentration, double charge, double flux)
    {
        double c = EngineRun.Distance(actual, expected), q = EngineRun.ChargeDistance(actual, expected), j = EngineRun.FluxDistance(actual, expected);
        double current = Math.Abs(actual.TotalCurrent - expected.TotalCurrent) / expected.Flux.Max(f => f.Max(Math.Abs));
        Assert.True(c <= concentration && q <= charge && j <= flux && current <= flux, $"c {c:E1}, q {q:E1}, J {j:E1}, I {current:E1}");
    }

    private static StateView Extrapolate(StateView coarse, StateView fine, double ratio)
    {
        double Limit(double a, double b) => b + (b - a) / (ratio - 1);
        for (int s = 0; s < fine.Concentration.Length; s++)
        {
            for (int i = 0; i < fine.Concentration[s].Length; i++) coarse.Concentration[s][i] = Limit(coarse.Concentration[s][i], fine.Concentration[s][i]);
            for (int f = 0; f < fine.Charge.Length; f++) coarse.Flux[s][f] = Limit(coarse.Flux[s][f], fine.Flux[s][f]);
        }
        for (int f = 0; f < fine.Charge.Length; f++) coarse.Charge[f] = Limit(coarse.Charge[f], fine.Charge[f]);
        coarse.TotalCurrent = Limit(coarse.TotalCurrent, fine.TotalCurrent);
        return coarse;
    }
}
