using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// The spectral bound against the spectral radius of small problems. The Jacobian in the concentrations is taken from steps of Euler that
/// are short enough to be their derivative: the charge follows from the concentrations, so this is the whole system.
/// </summary>
public class SpectralBoundTests
{
    private const int Cells = 7, Count = 3;

    private static PnpProblem Random(int seed, ActivityKind kind)
    {
        var random = new Random(seed);
        double Between(double low, double high) => low * Math.Pow(high / low, random.NextDouble());
        double[] Concentrations()
        {
            double[] c = [Between(1e-2, 500), Between(1e-2, 100), 0];
            c[2] = c[0] + 2 * c[1];
            return c;
        }

        Region Part(string name, int cells) => Layer(name, Between(1e-9, 2e-8), cells, Concentrations(), Between(2, 80)) with
        {
            DiffusivityFactor = [Between(0.01, 1), 1, Between(0.1, 1)],
            Barrier = [3e3 * random.NextDouble(), 0, -2e3 * random.NextDouble()],
        };
        ElectricBoundary[] electric = [Potential(0.6 * random.NextDouble() - 0.3), Current(0), new SternBoundary(Constant(0.1), 0.2), Surface(0.01)];
        PnpProblem problem = Stack(
            [new("P", 1, 2e-9), new("Q", 2, 0.8e-9), new("M", -1, 1e-9)],
            Baths(electric[seed % 4], Concentrations()), seed % 3 == 0 ? Closed(Potential(0), Count) : Baths(Potential(0), Concentrations()),
            Part("left", 3), Part("right", Cells - 3));
        // Ions of 0.9 nm fill up to 0.6 of the space; the law of Debye and Hückel means water.
        if (kind != ActivityKind.Bikerman) problem = problem with { Regions = [.. problem.Regions.Select(r => kind == ActivityKind.Ideal ? r : r with { Permittivity = 40 + r.Permittivity / 2 })] };
        return kind == ActivityKind.Ideal ? problem : ActivityRunTests.WithActivity(problem, kind, kind == ActivityKind.Bikerman ? 8e-10 : 3e-10);
    }

    private static double[] Initial(PnpProblem problem) =>
        [.. Runner.Try(problem, new TimeSettings { End = 1e-18, Integrator = IntegratorKind.Euler, Step = 1e-18 }).States[0].Concentration.SelectMany(c => c)];

    private static double[] Rate(PnpProblem problem, double[] x, double[] c, double step)
    {
        InitialProfile Profile(int s) => new TableProfile(x, c[(s * Cells)..((s + 1) * Cells)]);
        PnpProblem started = problem with { Initial = new ProfilesInitialState([.. Enumerable.Range(0, Count).Select(Profile)]) };
        RunResult run = Runner.Try(started, new TimeSettings { End = step, Integrator = IntegratorKind.Euler, Step = step });
        return [.. run.Last.Concentration.SelectMany(row => row).Zip(c, (after, before) => (after - before) / step)];
    }

    // Largest growth rate of repeated multiplication: |J^(2^m)|^(1/2^m), the powers scaled on the way.
    private static double SpectralRadius(double[][] matrix)
    {
        int n = matrix.Length;
        double logarithm = 0, weight = 1;
        for (int m = 0; m < 14; m++)
        {
            double norm = matrix.Max(row => row.Max(Math.Abs));
            logarithm += weight * Math.Log(norm);
            weight /= 2;
            double[][] scaled = [.. matrix.Select(row => row.Select(value => value / norm).ToArray())];
            matrix = [.. scaled.Select(row => Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(k => row[k] * scaled[k][j])).ToArray())];
        }

        return Math.Exp(logarithm);
    }

    [Theory]
    [InlineData(ActivityKind.Ideal)]
    [InlineData(ActivityKind.DebyeHuckel)]
    [InlineData(ActivityKind.Davies)]
    [InlineData(ActivityKind.Bikerman)]
    public void The_bound_lies_above_the_spectral_radius_and_near_it(ActivityKind kind)
    {
        var ratios = new List<double>();
        for (int seed = 0; seed < 24; seed++)
        {
            PnpProblem problem = Random(seed, kind);
            var simulation = new Simulation(new RunConfiguration
            {
                Title = "bound",
                Problem = problem,
                Time = new TimeSettings { End = 1e-18, Integrator = IntegratorKind.Rkc2 },
                Output = new OutputSettings { SnapshotTimes = [0, 1e-18], TraceTimes = [0, 1e-18] },
                Source = "{}",
            });
            double bound = 2 / simulation.Estimate().EulerStep, step = 1e-5 / bound;
            double[] x = [.. simulation.Layout.X], c = Initial(problem), rate = Rate(problem, x, c, step);
            int n = c.Length;
            double[][] columns = [.. Enumerable.Range(0, n).Select(j =>
            {
                double[] moved = [.. c];
                moved[j] *= 1 + 1e-4;
                return Rate(problem, x, moved, step).Zip(rate, (a, b) => (a - b) / (moved[j] - c[j])).ToArray();
            })];
            double[][] jacobian = [.. Enumerable.Range(0, n).Select(i => columns.Select(column => column[i]).ToArray())];
            ratios.Add(bound / SpectralRadius(jacobian));
        }

        // Differences of differences: the radius is good to 1e-4. A bound twenty times too large would cost a factor four in stages. Where 500 mol/m³
        // stand beside 0.01, ln gamma of the few is steep, and what it does to the many has a sign that a bound by magnitudes knows nothing of.
        double largest = kind is ActivityKind.Ideal or ActivityKind.Bikerman ? ratios.Max() : ratios.Order().ElementAt(ratios.Count / 2);
        Assert.True(ratios.Min() > 1 - 1e-3 && largest < 20 && ratios.Max() < 300, string.Join(", ", ratios.Select(r => r.ToString("F2"))));
    }

    // Slow ions and strong mechanisms: alone, diffusion and relaxation would bound less than there is.
    [Theory]
    [InlineData(MechanismView.Ends, 1e8, 1)]
    [InlineData(MechanismView.Faces, 1e8, 1)]
    [InlineData(MechanismView.Faces, 1, 1e8)]
    public void The_bound_counts_mechanisms(MechanismView view, double strength, double speed)
    {
        PnpProblem problem = MechanismProblems.Stack(MechanismProblems.Everything(view, strength, speed), 20e-9, 20e-9, 3);
        problem = problem with { Species = [.. problem.Species.Select(species => species with { Diffusivity = 1e-4 * species.Diffusivity })] };
        double Bound(PnpProblem p) => EngineRun.To(p, new() { End = 1e-18, Integrator = IntegratorKind.Rkc2 }).Status.SpectralBound;
        double bound = Bound(problem), alone = Bound(problem with { Mechanisms = [] });
        double radius = SpectralRadius(Jacobian(problem, 1e-4 / bound));
        Assert.True(radius > alone, $"the mechanisms' rates {radius:E2} are above those of diffusion, {alone:E2}");
        Assert.True(bound > radius * (1 - 1e-3) && bound < 20 * radius, $"bound {bound:E2}, radius {radius:E2}");
    }

    // By differences over short steps of Euler, in all concentrations but those of ghosts, and in the states.
    private static double[][] Jacobian(PnpProblem problem, double step)
    {
        EngineRun start = EngineRun.To(problem, new() { End = 0, Integrator = IntegratorKind.Euler });
        int species = problem.Species.Count, cells = start.Problem.Cells;
        double[] y = Unknowns(start), rate = Rates(y);
        double[][] columns = [.. Enumerable.Range(0, y.Length).Select(j =>
        {
            double[] moved = [.. y];
            moved[j] += 1e-4 * Math.Max(y[j], 1e-2);
            return Rates(moved).Zip(rate, (a, b) => (a - b) / (moved[j] - y[j])).ToArray();
        })];
        return [.. Enumerable.Range(0, y.Length).Select(i => columns.Select(column => column[i]).ToArray())];

        double[] Unknowns(EngineRun run) => [.. run.State.Concentration.SelectMany(c => c[1..^1]), .. run.State.States];

        double[] Rates(double[] from)
        {
            double[][] c = [.. start.State.Concentration.Select((row, s) => (double[])[row[0], .. from[(s * cells)..((s + 1) * cells)], row[^1]])];
            var initial = new CellsInitialState(c, start.State.Charge[0], -0.06, from[(species * cells)..]);
            EngineRun run = EngineRun.To(problem with { Initial = initial }, new() { End = step, Integrator = IntegratorKind.Euler, Step = step });
            return [.. Unknowns(run).Zip(from, (after, before) => (after - before) / step)];
        }
    }
}
