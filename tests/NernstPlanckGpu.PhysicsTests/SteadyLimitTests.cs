using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>The steady state is where the implicit integrator comes to rest, for every end; and its conductance is the slope of its current.</summary>
public class SteadyLimitTests
{
    private static readonly Species[] Ions = [new("K", 1, 1.957e-9), new("Cl", -1, 2.032e-9), new("Ca", 2, 0.792e-9), new("A", -1, 1e-9), new("T", 0, 1e-9)];

    private static readonly double[] Inside = [70, 60, 10, 30, 4], Outside = [20, 35, 10, 5, 2];

    // Water, a film that A does not enter, a gel, water; what the film holds is what its neighbours make of it.
    private static PnpProblem Of(Boundary left, Boundary right, Geometry? geometry = null) => Stack(
        Ions, left, right,
        Layer("inside", 6e-9, 17, Inside),
        Layer("film", 3e-9, 11, [30, 40, 5, 0, 3], 4) with
        {
            Barrier = [6e3, 4e3, 9e3, 0, -1e3],
            DiffusivityFactor = [0.1, 0.2, 0.1, 1, 0.01],
            Impermeable = [false, false, false, true, false],
        },
        Layer("gel", 4e-9, 13, [30, 20, 5, 10, 1], 60) with { FixedCharge = -15 },
        Layer("outside", 5e-9, 14, Outside)) with
    { Geometry = geometry ?? new PlanarGeometry() };

    private static Boundary Open(ElectricBoundary electric, double[] bath) => Baths(electric, bath);

    private static Boundary Shut(ElectricBoundary electric) => Closed(electric, 5);

    private static Boundary Reservoirs(ElectricBoundary electric, double[] bath) => new(electric, [.. bath.Select(c => new ReservoirBoundary(8e-9, c))]);

    private static SternBoundary Stern(double volts) => new(Constant(volts), 0.15);

    private static SourceTable Source(double left, double right) => new([0, 18e-9], [0], [[left, right]]);

    private static readonly Dictionary<string, PnpProblem> Cases = new()
    {
        ["potential"] = Of(Open(Potential(-0.08), Inside), Open(Potential(0.01), Outside)),
        ["potential, cylinder"] = Of(Open(Potential(0.12), Inside), Open(Potential(0), Outside), new CylindricalGeometry(3e-9)),
        ["Stern layers, closed"] = Of(Shut(Stern(0.4)), Shut(Stern(-0.1)), new SphericalGeometry(9e-9)),
        ["Stern layer and baths"] = Of(Open(Stern(-0.3), Inside), Open(Potential(0), Outside)),
        ["clamp on the left"] = Of(Open(Current(3e4), Inside), Open(Potential(0), Outside), new CylindricalGeometry(5e-9)),
        ["clamp on the right"] = Of(Open(Potential(0.02), Inside), Open(Current(-2e4), Outside)),
        ["open circuit behind a Stern layer"] = Of(Open(Stern(0.05), Inside), Open(Current(0), Outside)),
        ["open circuit of a blocked end"] = Of(Shut(Current(0)), Open(Potential(0), Outside)),
        ["open circuit of baths that a film parts"] = Walled(Of(Open(Current(0), Inside), Open(Potential(0), Outside)), [0, 2, 4], [1, 3]),
        ["open circuit on the right, the film stops all"] = Walled(Of(Open(Potential(0.1), Inside), Open(Current(0), Outside), new CylindricalGeometry(4e-9)), [0, 1, 2, 3], []),
        ["open circuit of reservoirs that a film and a gel part"] = Walled(Of(Reservoirs(Current(0), Inside), Open(Stern(0), Outside)), [0, 1], [2, 3, 4]),
        ["surface charge on the left"] = Of(Shut(Surface(0.03)), Open(Potential(0), Outside)),
        ["surface charge on the right"] = Of(Open(Potential(0), Inside), Shut(Surface(-0.04)), new SphericalGeometry(2e-9)),
        ["centre of a sphere"] = Of(Shut(Surface(0)), Open(Potential(0), Outside), new SphericalGeometry(0)),
        ["two charged walls"] = Neutral(Of(Shut(Surface(0.02)), Shut(Surface(0)))),
        ["reservoir and bath"] = Of(Reservoirs(Potential(0.06), Inside), Open(Potential(0), Outside)),
        ["two reservoirs, potential"] = Of(Reservoirs(Potential(0.06), Inside), Reservoirs(Potential(0), Outside), new CylindricalGeometry(4e-9)),
        ["two reservoirs, open circuit"] = Of(Reservoirs(Potential(0), Inside), Reservoirs(Current(0), Outside)),
        ["reservoirs behind a charged wall"] = Of(Reservoirs(Surface(0.02), Inside), Reservoirs(Potential(0), Outside)),
        ["bath, reservoir, wall and flux together"] = Of(
            new(Potential(0.03), [Bath(70), new ReservoirBoundary(5e-9, 60), Blocked, Bath(30), new FluxBoundary(Constant(0.05))]), Open(Potential(0), Outside)),
        ["flux in, under a clamp"] = Of(
            new(Current(2e4), [new FluxBoundary(Constant(0.1)), Bath(60), Bath(10), Bath(30), Blocked]), Open(Potential(0), Outside)),
        ["sources"] = Of(Open(Potential(0.05), Inside), Open(Potential(0), Outside)) with { Sources = [Source(2e7, 0), Source(0, 3e7), null, null, Source(-1e6, 2e6)] },
        ["sources to one bath, open circuit"] = Of(Shut(Potential(0)), Open(Potential(0.02), Outside)) with { Sources = [Source(1e7, 1e7), Source(1e7, 1e7), null, null, Source(0, 1e6)] },
    };

    // The film is shut to some species and the gel to others.
    private static PnpProblem Walled(PnpProblem problem, int[] film, int[] gel)
    {
        Region Shut(Region region, int[] species) => region with
        {
            Impermeable = [.. Ions.Select((_, s) => species.Contains(s))],
            Concentration = [.. region.Concentration!.Select((c, s) => species.Contains(s) ? 0 : 1.5 * c)],
            FixedCharge = 0.1 * region.FixedCharge,
        };
        return problem with { Regions = [problem.Regions[0], Shut(problem.Regions[1], film), Shut(problem.Regions[2], gel), problem.Regions[3]] };
    }

    // The right wall takes what the stack lacks.
    private static PnpProblem Neutral(PnpProblem problem)
    {
        var grid = Core.Discretisation.Discretiser.Discretise(problem);
        double[][] c = grid.InitialConcentration();
        double[] volume = grid.Volumes();
        double charge = 0.02;
        for (int i = 0; i < grid.Cells; i++)
            charge += PhysicalConstants.Faraday * volume[i] * (grid.FixedCharge(i) + Enumerable.Range(0, 5).Sum(s => Ions[s].Valence * c[s][i + 1]));
        return problem with { Right = problem.Right with { Electric = Surface(-charge) } };
    }

    public static TheoryData<string> Names => [.. Cases.Keys];

    // After 1 ms, some 1e5 times the slowest relaxation here, rodas4 holds still; rounding of its long steps is left, most where a layer
    // is depleted. Fluxes are weighed by what goes to and fro, some 3 mol/(m² s).
    [Theory]
    [MemberData(nameof(Names))]
    public void Steady_is_where_rodas4_comes_to_rest(string name)
    {
        PnpProblem problem = Cases[name];
        EngineRun steady = Steady.Of(problem), late = EngineRun.To(problem, new() { End = 1e-3, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-6 });
        double area = steady.Problem.FaceAreas().Max();
        double c = EngineRun.Distance(late.State, steady.State), q = EngineRun.ChargeDistance(late.State, steady.State);
        double j = late.State.Flux.Zip(steady.State.Flux, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max() / area;
        Assert.True(c < 1e-8 && q < 1e-9 && j < 2e-10, $"c {c:E1}, q {q:E1}, J {j:E1}");
        Close.Within(steady.State.TotalCurrent / area, late.State.TotalCurrent / area, 2e-10, "current");
        Close.Within(steady.Voltage, late.Voltage, 1e-10, "voltage");

        // Of concentrations of 100 mol/m³: 1e-12 of them is rounding of the potential's second differences.
        Assert.True(steady.GaussResidual < 3e-11 && late.GaussResidual < 3e-11, $"Gauss {steady.GaussResidual:E1} {late.GaussResidual:E1}");
        for (int s = 0; s < Ions.Length; s++)
        {
            if (!IsKept(problem, s)) continue;
            Close.To(Initial(steady, s), steady.Amount(s), 1e-13, $"amount of {Ions[s].Name}, steady");
            Close.To(Initial(steady, s), late.Amount(s), 1e-13, $"amount of {Ions[s].Name}, after 1 ms");
        }
    }

    private static bool IsKept(PnpProblem problem, int s) =>
        problem.Sources?[s] is null && problem.Left.Ions[s] is BlockedBoundary or ReservoirBoundary && problem.Right.Ions[s] is BlockedBoundary or ReservoirBoundary;

    private static double Initial(EngineRun run, int s)
    {
        double[] c = run.Problem.InitialConcentration()[s];
        double sum = run.Volumes.Select((v, i) => v * c[i + 1]).Sum();
        if (run.Problem.LeftGhostInverseVolume[s] > 0) sum += c[0] / run.Problem.LeftGhostInverseVolume[s];
        if (run.Problem.RightGhostInverseVolume[s] > 0) sum += c[^1] / run.Problem.RightGhostInverseVolume[s];
        return sum;
    }

    // What a flux carries in at the clamped end need not pass through: a clamp of just that current has a steady state, and its end
    // keeps the charge that it has.
    [Fact]
    public void A_clamp_of_the_current_that_a_prescribed_flux_carries_comes_to_rest()
    {
        PnpProblem problem = Of(
            new(Current(PhysicalConstants.Faraday * 0.1), [new FluxBoundary(Constant(0.1)), Blocked, Blocked, Blocked, Blocked]), Open(Potential(0), Outside));
        EngineRun steady = Steady.Of(problem), late = EngineRun.To(problem, new() { End = 1e-3, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-6 });
        Assert.True(EngineRun.Distance(late.State, steady.State) < 1e-8, $"{EngineRun.Distance(late.State, steady.State):E1}");
        Close.Within(0, steady.State.Charge[0], 1e-12 * steady.State.Charge.Max(Math.Abs));
    }

    // Central differences over 1 and 0.5 mV, extrapolated: (0.5 mV/25 mV)⁴ of the curvature, 1e-7, at most.
    [Theory]
    [InlineData("potential")]
    [InlineData("potential, cylinder")]
    [InlineData("Stern layer and baths")]
    [InlineData("sources")]
    public void Conductance_is_the_slope_of_the_current(string name)
    {
        using var steady = new Steady(Cases[name]);
        foreach (double voltage in new[] { -0.3, -0.05, 0, 0.11 })
        {
            double Current(double change) => PhysicalConstants.Faraday * steady.At(voltage + change).State.TotalCurrent;
            double Slope(double change) => (Current(change) - Current(-change)) / (2 * change);
            double expected = (4 * Slope(0.5e-3) - Slope(1e-3)) / 3;
            steady.At(voltage);
            Close.To(expected, steady.Conductance(), 2e-7, $"{voltage} V");
        }
    }
}
