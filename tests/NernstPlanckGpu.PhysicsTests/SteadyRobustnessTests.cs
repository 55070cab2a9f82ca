using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Steady states of problems drawn by chance, far beyond what biology has: every one is found.</summary>
public class SteadyRobustnessTests
{
    private const double Temperature = 310.15;

    private static double Uniform(Random random, double low, double high) => low + (high - low) * random.NextDouble();

    private static double Logarithmic(Random random, double low, double high) => Math.Exp(Uniform(random, Math.Log(low), Math.Log(high)));

    // Up to seven species; the last one of a sign takes what neutrality asks.
    private static Species[] Ions(Random random, int count)
    {
        double[] others = [1, 2, -1, -2, 0, 1.5];
        return [.. Enumerable.Range(0, count).Select(s => new Species(
            $"S{s}", s == 0 ? 1 : s == 1 ? -1 : others[random.Next(others.Length)], Logarithmic(random, 2e-10, 9e-9)))];
    }

    private static double[] Bath(Random random, Species[] species, double strength)
    {
        double[] c = [.. species.Select((_, s) => strength * (s > 1 && random.Next(6) == 0 ? 0 : Logarithmic(random, 0.01, 1)))];
        if (c.Length == 1) return [strength];
        double charge = species.Zip(c, (ion, value) => ion.Valence * value).Sum();
        c[charge > 0 ? 1 : 0] += Math.Abs(charge);
        return c;
    }

    private static double Least(double concentration) => Math.Max(concentration, 0.01);

    private static Region Water(string name, double[] c, Random random, double fixedCharge) => Layer(name, Logarithmic(random, 8e-9, 50e-9), 0, c) with
    {
        FixedCharge = fixedCharge,
        Grid = new(31 + 2 * random.Next(20), 0.1e-9, null, name == "inside" ? Grading.Right : Grading.Left),
    };

    // Water | membrane | water with strong or dilute baths, any barriers, a charge of up to 1 M, walls for some, −1 … 1 V or no current.
    internal static PnpProblem Membrane(Random random, int count)
    {
        Species[] species = Ions(random, count);
        double strength = Logarithmic(random, 10, 500);
        double[] inside = Bath(random, species, strength), outside = Bath(random, species, random.Next(2) == 0 ? strength : strength / 100);
        double charge = count == 1 ? -inside[0] : 0;
        if (count == 1) outside = inside;
        ElectricBoundary left = random.Next(3) == 0 ? Current(0) : Potential(Uniform(random, -1, 1));

        // An ion that only one side has and that alone passes cannot be without current: every bath gets a little.
        if (left is CurrentBoundary) (inside, outside) = ([.. inside.Select(Least)], [.. outside.Select(Least)]);
        Region membrane = Layer("membrane", Logarithmic(random, 2e-9, 12e-9), 17 + 2 * random.Next(15), inside, random.Next(2) == 0 ? 2 : 78) with
        {
            Concentration = null,
            FixedCharge = random.Next(3) == 0 ? 0 : Uniform(random, -1000, 1000),
            Barrier = [.. species.Select(_ => PhysicalConstants.GasConstant * Temperature * (random.Next(3) == 0 ? 0 : Uniform(random, 0, 60)))],
            DiffusivityFactor = [.. species.Select(_ => Logarithmic(random, 1e-4, 1))],
            Impermeable = [.. species.Select(_ => random.Next(5) == 0)],
        };
        // 1 M without an ion to balance it would make hundreds of volts: then the first cation and anion are let in.
        if (membrane.FixedCharge != 0) membrane = membrane with { Impermeable = [.. membrane.Impermeable.Select((wall, s) => wall && s > 1)] };
        if (count == 1) membrane = membrane with { FixedCharge = -Math.Abs(membrane.FixedCharge) };
        return Stack(species, Baths(left, inside), Baths(Potential(0), outside), Water("inside", inside, random, charge), membrane, Water("outside", outside, random, charge))
            with
        { Temperature = Temperature };
    }

    // As above between Stern electrodes, baths, reservoirs and closed ends, in any geometry.
    internal static PnpProblem Anything(Random random, int count)
    {
        PnpProblem problem = Membrane(random, count);
        IonBoundary Ion(double c, int kind) => kind switch
        {
            0 => Blocked,
            1 => new ReservoirBoundary(Logarithmic(random, 2e-9, 1e-6), c),
            2 => Problems.Bath(c),
            _ => random.Next(3) switch { 0 => Blocked, 1 => new ReservoirBoundary(Logarithmic(random, 2e-9, 1e-6), c), _ => Problems.Bath(c) },
        };
        int leftKind = random.Next(4), rightKind = random.Next(4);

        // Where no bath brings ions, charges that they cannot balance would make hundreds of volts; and in front of a charged wall a bath's
        // concentration cannot hold, since the layer that balances the charge has another.
        ElectricBoundary Electric(bool left) => random.Next(left ? leftKind < 2 ? 4 : 3 : 2) switch
        {
            0 => Potential(left ? Uniform(random, -1, 1) : 0),
            1 => new SternBoundary(Constant(left ? Uniform(random, -1, 1) : 0), Logarithmic(random, 0.03, 1)),
            2 => Current(0),
            _ => Surface(0.002 * Uniform(random, -1, 1)),
        };
        ElectricBoundary leftElectric = Electric(left: true);
        Boundary End(bool left) => new(
            left ? leftElectric : Electric(left: false),
            [.. problem.Regions[left ? 0 : ^1].Concentration!.Select(c => Ion(leftElectric is CurrentBoundary ? Least(c) : c, left ? leftKind : rightKind))]);
        if (leftKind != 2 || rightKind != 2)
            problem = problem with { Regions = [problem.Regions[0], problem.Regions[1] with { FixedCharge = 1e-3 * problem.Regions[1].FixedCharge }, problem.Regions[2]] };
        return problem with
        {
            Left = End(left: true),
            Right = End(left: false),
            Geometry = random.Next(4) switch
            {
                0 => new PlanarGeometry(),
                1 => new CylindricalGeometry(Logarithmic(random, 1e-9, 1e-6)),
                2 => new SphericalGeometry(Logarithmic(random, 1e-9, 1e-6)),
                _ => new TableGeometry([0, problem.Length / 3, problem.Length], [1e-18, Logarithmic(random, 1e-19, 1e-17), 2e-18]),
            },
        };
    }

    [Fact]
    public void Every_membrane_of_two_thousand_has_its_steady_state() => FindAll(2000, Membrane);

    [Fact]
    public void So_have_electrodes_reservoirs_and_closed_ions_in_any_geometry() => FindAll(600, Anything);

    [LongFact]
    public void Ten_thousand_of_each()
    {
        FindAll(10_000, Membrane, 1_000_000);
        FindAll(10_000, Anything, 1_000_000);
    }

    private static void FindAll(int count, Func<Random, int, PnpProblem> draw, int firstSeed = 0)
    {
        var failures = new List<string>();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            int seed = firstSeed + i;
            PnpProblem problem = draw(new Random(seed), 1 + seed % 7);
            string? failure = Judge(problem);
            if (failure is null) return;
            lock (failures) failures.Add($"seed {seed}: {failure}; {Describe(problem)}");
        });
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} fail:\n{string.Join('\n', failures.Take(20))}");
    }

    internal static string Describe(PnpProblem problem)
    {
        Region m = problem.Regions[1];
        string End(Boundary b) => b.Electric switch
        {
            PotentialBoundary p => $"{p.Potential.At(0):g3} V",
            SternBoundary p => $"Stern {p.Capacitance:g2} {p.Potential.At(0):g3} V",
            SurfaceChargeBoundary p => $"{p.ChargeDensity.At(0):g3} C/m2",
            var other => other.GetType().Name,
        } + " " + string.Concat(b.Ions.Select(i => i is BathBoundary ? 'b' : i is BlockedBoundary ? 'x' : 'r'));
        return $"{End(problem.Left)} | {End(problem.Right)} z [{string.Join(" ", problem.Species.Select(s => s.Valence))}] in [{string.Join(" ", problem.Regions[0].Concentration!.Select(c => c.ToString("g3")))}] out [{string.Join(" ", problem.Regions[2].Concentration!.Select(c => c.ToString("g3")))}] "
            + $"X {m.FixedCharge:g3} d {m.Length * 1e9:g3} eps {m.Permittivity} W [{string.Join(" ", m.Barrier.Select(w => (w / PhysicalConstants.GasConstant / Temperature).ToString("g3")))}] walls [{string.Join(" ", m.Impermeable.Select(w => w ? 1 : 0))}] {problem.Geometry.GetType().Name}";
    }

    internal static string? Judge(PnpProblem problem)
    {
        DiscreteProblem discrete = Discretiser.Discretise(problem);
        using ISteadyState steady = new CpuEngine(new(1)).Steady(discrete);
        SteadyResult result = steady.Solve(CancellationToken.None);
        if (!result.IsFound) return $"{result.Outcome} after {result.Iterations}: {result.Detail}";
        EngineRun run = EngineRun.Of(discrete, steady);
        for (int s = 0; s < discrete.Species; s++)
        {
            double[] c = run.State.Concentration[s], flux = run.State.Flux[s];
            if (c.Any(value => !(value >= 0) || double.IsInfinity(value))) return $"concentration of {s}: {c.Min():E2} … {c.Max():E2}";
            if (flux.Any(j => !double.IsFinite(j) || j != flux[0])) return $"flux of {s}: {flux.Min():R} … {flux.Max():R}";
        }

        // Rounding of the potential is 1e-16 of some 40, times b⁻¹/V of the finest cells, 1e4 mol/m³.
        double size = discrete.Problem.Regions.Max(r => Math.Abs(r.FixedCharge)) + Enumerable.Range(0, discrete.Cells).Max(i => Enumerable.Range(0, discrete.Species)
            .Sum(s => Math.Abs(problem.Species[s].Valence) * run.State.Concentration[s][i + 1]));
        if (!(run.GaussResidual <= 1e-9 * (1 + size))) return $"Gauss {run.GaussResidual:E1} of {size:E1}, {result.Route}";
        return null;
    }
}
