using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>
/// The factorisation of a step in time against what it factorises: (M/(h gamma) − dF/du) v, with dF/du v by central differences of the
/// full right-hand side, is given as right-hand side, and v has to come back. So a wrong term of the Jacobian, of a boundary's
/// row or of the elimination shows.
/// </summary>
public unsafe class FluxReductionTests
{
    private static readonly Dictionary<string, (ElectricBoundary Left, ElectricBoundary Right)> Ends = new()
    {
        ["potentials"] = (V(0.05), V(-0.02)),
        ["Stern layers"] = (new SternBoundary(W(0.1), 0.2), new SternBoundary(W(-0.05), 0.4)),
        ["charged walls"] = (new SurfaceChargeBoundary(W(0.01)), new SurfaceChargeBoundary(W(-0.01))),
        ["charge left"] = (new SurfaceChargeBoundary(W(0.01)), V(0)),
        ["charge right"] = (V(0), new SurfaceChargeBoundary(W(-0.01))),
        ["current left"] = (new CurrentBoundary(W(3)), V(0)),
        ["current right"] = (new SternBoundary(W(0.1), 0.2), new CurrentBoundary(W(-2))),
    };

    private static readonly Dictionary<string, Func<int, IonBoundary>> Ions = new()
    {
        ["baths"] = s => new BathBoundary(W(20 + 7 * s)),
        ["blocked"] = _ => new BlockedBoundary(),
        ["reservoirs"] = s => new ReservoirBoundary(3e-9 * (1 + s), 25 + 5 * s),
        ["mixed"] = s => s % 3 == 0 ? new BathBoundary(W(30)) : s % 3 == 1 ? new ReservoirBoundary(5e-9, 20) : new BlockedBoundary(),
    };

    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (string end in Ends.Keys)
                foreach (string ions in Ions.Keys)
                    for (int species = 1; species <= 7; species += 2) data.Add(end, ions, species);
            return data;
        }
    }

    private static ConstantWaveform W(double value) => new(value);

    private static PotentialBoundary V(double value) => new(W(value));

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_gives_back_what_was_put_in(string end, string ions, int species)
    {
        PnpProblem problem = Problem(end, ions, species);
        foreach (double step in new[] { 1e-13, 1e-9, 1e-5 }) Check<ScalarLane>(problem, step);
        Check<Lane4>(problem, 1e-9);
        Check<Lane8>(problem, 1e-9);
    }

    public static TheoryData<ActivityKind, string, string, int> ActiveCases
    {
        get
        {
            var data = new TheoryData<ActivityKind, string, string, int>();
            foreach (ActivityKind kind in new[] { ActivityKind.DebyeHuckel, ActivityKind.Davies, ActivityKind.Bikerman })
                foreach (string end in Ends.Keys)
                    foreach (string ions in Ions.Keys)
                        for (int species = 1; species <= 7; species += 3) data.Add(kind, end, ions, species);
            return data;
        }
    }

    // Dense blocks: every flux depends on all species on both sides. Steric ions fill 0.02 to 0.5 of the space.
    [Theory]
    [MemberData(nameof(ActiveCases))]
    public void It_gives_back_what_was_put_in_with_activity_coefficients(ActivityKind kind, string end, string ions, int species)
    {
        PnpProblem ideal = Problem(end, ions, species);
        double size = kind == ActivityKind.Bikerman ? 1.2e-9 : 3.5e-10;
        PnpProblem problem = ideal with
        {
            Activity = new(kind, kind == ActivityKind.Bikerman ? 1.1e-9 : 0),
            Species = [.. ideal.Species.Select((one, s) => one with { IonSize = size * (1 + 0.04 * s) })],
            Regions = [.. ideal.Regions.Select(region => region with { IsMembrane = region.Name == "m" })],
        };
        foreach (double step in new[] { 1e-13, 1e-9, 1e-5 }) Check<ScalarLane>(problem, step);
        Check<Lane4>(problem, 1e-9);
    }

    internal static PnpProblem Problem(string end, string ions, int species)
    {
        Region Layer(string name, int cells, double permittivity, double barrier, double fixedCharge) => new()
        {
            Name = name,
            Length = 3e-9,
            Permittivity = permittivity,
            Concentration = [.. Enumerable.Range(0, species).Select(s => 20.0 + 3 * s)],
            FixedCharge = fixedCharge,
            Impermeable = [.. Enumerable.Range(0, species).Select(s => s == 4 && barrier > 0)],
            DiffusivityFactor = [.. Enumerable.Range(0, species).Select(s => 1.0 + 0.1 * s)],
            Barrier = [.. Enumerable.Range(0, species).Select(s => barrier * (1 + 0.2 * s))],
            Grid = new(cells, Grading: Grading.None),
        };
        Species[] list = [.. Enumerable.Range(0, species).Select(s => new Species($"S{s}", new[] { 1, -1, 2, -1, 1, -2, 0 }[s], (1 + 0.3 * s) * 1e-9))];
        Boundary Side(ElectricBoundary electric) => new(electric, [.. Enumerable.Range(0, species).Select(Ions[ions])]);
        return new()
        {
            Temperature = 298.15,
            Species = list,
            Regions = [Layer("a", 5, 78, 0, 0), Layer("m", 3, 2, 4000, 30), Layer("b", 7, 78, 0, -10)],
            Left = Side(Ends[end].Left),
            Right = Side(Ends[end].Right),
            Initial = new ProfilesInitialState([.. list.Select(_ => new RegionsProfile())]),
        };
    }

    internal static void Check<T>(PnpProblem problem, double step)
        where T : unmanaged, ILane<T>
    {
        DiscreteProblem discrete = Discretiser.Discretise(problem);
        using var system = new ImplicitSystem<T>([.. Enumerable.Repeat(discrete, T.Width)], 6);
        ImplicitArrays a = system.Arrays;
        double* u = a.Vector(0), v = a.Vector(1), plus = a.Vector(2), minus = a.Vector(3), shifted = a.Vector(4), right = a.Vector(5);
        var random = new Random(3);
        for (int k = 0; k < T.Width; k++)
        {
            _ = system.Enter(k, 0);
            system.LoadConcentrations(k, u);
            system.Settle(k, u, 0, 0);
        }
        // The unknown to find: of the size of the state, where the state has anything.
        for (long e = 0; e < a.VectorLength; e++)
        {
            bool isPotential = e / T.Width % a.Size == a.Species;
            v[e] = isPotential ? random.NextDouble() - 0.5 : u[e] * (random.NextDouble() - 0.5);
        }
        double[] time = new double[T.Width], inverse = [.. Enumerable.Repeat(1 / step, T.Width)];
        const double Shift = 1e-5;
        void Rates(double factor, double* target)
        {
            for (long e = 0; e < a.VectorLength; e++) shifted[e] = u[e] + factor * v[e];
            system.Rates(shifted, target, time);
        }
        Rates(Shift, plus);
        Rates(-Shift, minus);
        for (long e = 0; e < a.VectorLength; e++) right[e] = -(plus[e] - minus[e]) / (2 * Shift);
        for (int i = 1; i <= a.Cells; i++)
            for (int s = 0; s < a.Species; s++)
                for (int k = 0; k < T.Width; k++) right[system.At(i, s, k)] += a.Volume[i * T.Width + k] / step * v[system.At(i, s, k)];
        for (int k = 0; k < T.Width; k++) system.Ends(k).AddMass(v, right, 1 / step);

        FaceFluxes<T>.Linearise(a, u);
        fixed (double* rate = inverse) FluxReduction<T>.Factorise(a, system.Reductions, rate);
        FluxReduction<T>.Solve(a, system.Reductions, right);

        // Differences are good to 1e-10 of a flux, and a clamped current leaves drops of some volts; a long step lets what it stirs up pile up by step over the relaxation time.
        double tolerance = step < 1e-8 ? 1e-5 : 1e-4;
        for (long e = 0; e < a.VectorLength; e++)
        {
            double size = e / T.Width % a.Size == a.Species ? 1 : u[e];
            Assert.True(Math.Abs(right[e] - v[e]) <= tolerance * Math.Max(size, 1e-3), $"{typeof(T).Name}, h = {step}: row {e / T.Width % a.Size} of block {e / T.Width / a.Size}: {right[e]:g10} instead of {v[e]:g10}");
        }
    }
}
