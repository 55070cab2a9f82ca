using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>The bits of a result depend neither on the lane, the packing, the threads nor the company in a batch.</summary>
public class SameBitsTests
{
    private static readonly EngineOptions[] Engines =
    [
        new(1, "256", false), new(1, "512", false), new(1, "256", true), new(2, "512", true), new(2),
    ];

    public static TheoryData<int, int, int, IntegratorKind> Cases()
    {
        var data = new TheoryData<int, int, int, IntegratorKind>();
        int[] cells = [1, 2, 3, 5, 29, 443];
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Euler, IntegratorKind.Rkc2, IntegratorKind.Rodas4, IntegratorKind.Rodas5 })
            for (int i = 0; i < cells.Length; i++)
                for (int seed = 0; seed < 4; seed++) data.Add(cells[i], 1 + (i + 2 * seed) % 6, 10 * i + seed, integrator);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_batch_gives_the_bits_of_its_problems_alone(int cells, int species, int seed, IntegratorKind integrator)
    {
        // Implicit steps are longer; in a thousand times the time they grow from the first nudge to the tolerance, and meet corners.
        double end = (cells > 100 ? 2e-12 : 2e-11) * (integrator is IntegratorKind.Rodas4 or IntegratorKind.Rodas5 ? 1000 : 1);
        int count = cells > 100 ? 3 : 11;
        var settings = new TimeSettings { End = end, Integrator = integrator };
        DiscreteProblem[] problems = [.. Enumerable.Range(0, count).Select(i => Discretiser.Discretise(RandomProblems.Create(cells, species, seed, 1000 + i)))];
        // One problem is poisoned and must fail alone, whatever stands beside it.
        problems[1] = Discretiser.Discretise(Poisoned(problems[1].Problem));
        (ProblemStatus Status, StateView State)[] judged = [.. problems.Select(p => Run([p], new(1, "scalar"), settings)[0])];

        Assert.Equal(Outcome.NotFinite, judged[1].Status.Outcome);
        for (int i = 0; i < count; i++)
            if (i != 1) Assert.True(judged[i].Status.Outcome == Outcome.Done, $"healthy problem {i}: {judged[i].Status}");
        foreach (EngineOptions options in Engines)
        {
            var results = Run(problems, options, settings);
            for (int i = 0; i < count; i++)
            {
                Assert.True(judged[i].Status == results[i].Status, $"{options}, problem {i}: {judged[i].Status} against {results[i].Status}");
                if (i != 1) StateViews.AssertSame(judged[i].State, results[i].State, $"{options}, problem {i}");
            }
        }
    }

    // Corners at times of their own, sines of different phase, and an odd one that is refused half way: nobody else may notice.
    [Theory]
    [InlineData(5, 3, 21)]
    [InlineData(31, 2, 22)]
    [InlineData(17, 7, 23)]
    public void Implicit_steps_of_waveforms_that_differ_and_of_a_problem_that_fails_half_way(int cells, int species, int seed)
    {
        var settings = new TimeSettings { End = 3e-8, Integrator = IntegratorKind.Rodas4, MaximumSteps = 400 };
        DiscreteProblem[] problems = [.. Enumerable.Range(0, 13).Select(i => Discretiser.Discretise(Driven(cells, species, seed, i)))];
        (ProblemStatus Status, StateView State)[] judged = [.. problems.Select(p => Run([p], new(1, "scalar"), settings)[0])];
        Assert.True(judged.Select((j, i) => j.Status.Outcome == (i % 6 == 3 ? Outcome.StepBudgetSpent : Outcome.Done)).All(same => same), string.Join("; ", judged.Select(j => j.Status)));
        foreach (EngineOptions options in Engines)
        {
            var results = Run(problems, options, settings);
            for (int i = 0; i < problems.Length; i++)
            {
                Assert.True(judged[i].Status == results[i].Status, $"{options}, problem {i}: {judged[i].Status} against {results[i].Status}");
                StateViews.AssertSame(judged[i].State, results[i].State, $"{options}, problem {i}");
            }
        }
    }

    // Each with its own mechanisms' strength and depths, one with another layout and one without any: some burst, some fail, some wait.
    [Theory]
    [InlineData(5, IntegratorKind.Euler)]
    [InlineData(7, IntegratorKind.Rkc2)]
    [InlineData(31, IntegratorKind.Rkc2)]
    [InlineData(6, IntegratorKind.Rodas4)]
    public void Mechanisms(int cells, IntegratorKind integrator)
    {
        var settings = new TimeSettings { End = cells > 10 ? 1e-9 : 1e-8, Integrator = integrator };
        DiscreteProblem[] problems = [.. Enumerable.Range(0, 13).Select(i => Discretiser.Discretise(WithMechanisms(cells, i)))];
        (ProblemStatus Status, StateView State)[] judged = [.. problems.Select(p => Run([p], new(1, "scalar"), settings)[0])];
        Assert.Equal(Outcome.Burst, judged[4].Status.Outcome);
        Assert.Equal(12, judged.Count(j => j.Status.Outcome == Outcome.Done));
        foreach (EngineOptions options in Engines)
        {
            var results = Run(problems, options, settings);
            for (int i = 0; i < problems.Length; i++)
            {
                Assert.True(judged[i].Status == results[i].Status, $"{options}, problem {i}: {judged[i].Status} against {results[i].Status}");
                StateViews.AssertSame(judged[i].State, results[i].State, $"{options}, problem {i}");
            }
        }
    }

    private static PnpProblem WithMechanisms(int cells, int i)
    {
        MechanismView view = i % 2 == 0 ? MechanismView.Ends : MechanismView.Faces;
        IReadOnlyList<Mechanism> all = i == 7 ? [] : MechanismProblems.Everything(
            view, 1e5 * (1 + 0.1 * i), 1e6, value => i % 3 == 0 ? new TriangleWaveform(value, 1.2 * value, 3e-9 + 1e-10 * i) : MechanismProblems.Constant(value));
        if (i == 4) all = [.. all.Select(m => m is WaterFlux water ? water with { BurstRatio = 1.001 } : m)];
        if (i == 9) all = [.. all.Reverse()];
        return MechanismProblems.Stack(all, i == 5 ? 0 : 4e-9 + 1e-10 * i, i == 6 ? 0 : 5e-9, cells);
    }

    // Numbers 3 and 9 have so many corners that the steps do not suffice.
    private static PnpProblem Driven(int cells, int species, int seed, int i)
    {
        PnpProblem problem = RandomProblems.Create(cells, species, seed, 2000 + i);
        double period = i % 6 == 3 ? 1e-11 : 1e-8 + 1e-10 * i;
        Waveform potential = i % 3 == 1 ? new SineWaveform(0, 0.05, 2e7, 0.3 * i) : new TriangleWaveform(-0.05, 0.05, period);
        return problem with { Right = problem.Right with { Electric = new PotentialBoundary(potential) } };
    }

    [Theory]
    [InlineData(5, 3, ActivityKind.DebyeHuckel)]
    [InlineData(29, 2, ActivityKind.Davies)]
    [InlineData(31, 4, ActivityKind.Bikerman)]
    [InlineData(17, 7, ActivityKind.DebyeHuckel)]
    public void Problems_with_activity_coefficients_beside_ideal_ones(int cells, int species, ActivityKind kind)
    {
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Rkc2, IntegratorKind.Rodas4 })
        {
            var settings = new TimeSettings { End = integrator == IntegratorKind.Rkc2 ? 2e-11 : 2e-8, Integrator = integrator };
            DiscreteProblem[] problems = [.. Enumerable.Range(0, 13).Select(i => Discretiser.Discretise(Active(RandomProblems.Create(cells, species, 31, 3000 + i), kind, i)))];
            (ProblemStatus Status, StateView State)[] judged = [.. problems.Select(p => Run([p], new(1, "scalar"), settings)[0])];
            Assert.All(judged, j => Assert.Equal(Outcome.Done, j.Status.Outcome));
            foreach (EngineOptions options in Engines)
            {
                var results = Run(problems, options, settings);
                for (int i = 0; i < problems.Length; i++)
                {
                    Assert.True(judged[i].Status == results[i].Status, $"{options}, problem {i}: {judged[i].Status} against {results[i].Status}");
                    StateViews.AssertSame(judged[i].State, results[i].State, $"{options}, problem {i}");
                }
            }
        }
    }

    // Every third is ideal; sizes differ from problem to problem.
    private static PnpProblem Active(PnpProblem problem, ActivityKind kind, int i) => i % 3 == 2 ? problem : problem with
    {
        Activity = new(kind, kind == ActivityKind.Bikerman ? 3e-10 : 0),
        Species = [.. problem.Species.Select((one, s) => one with { IonSize = 3e-10 * (1 + 0.1 * s + 0.01 * i) })],
    };

    private static PnpProblem Poisoned(PnpProblem problem) => problem with
    {
        Initial = new ProfilesInitialState([new TableProfile([0], [double.NaN]), .. problem.Species.Skip(1).Select(_ => new RegionsProfile())]),
    };

    private static (ProblemStatus Status, StateView State)[] Run(DiscreteProblem[] problems, EngineOptions options, TimeSettings settings)
    {
        using IBatch batch = new CpuEngine(options).Start(problems, settings);
        // Two targets, different for each problem, so that some wait for others in the same lane.
        for (int part = 1; part <= 2; part++)
        {
            double[] targets = [.. problems.Select((p, i) => settings.End * part / 2 * (1 + 0.1 * (p.Problem.Temperature > 0 ? p.Problem.Length * 1e9 % 1 : 0)))];
            batch.Advance(targets, null, CancellationToken.None);
        }
        return [.. problems.Select((p, i) =>
        {
            var view = new StateView(p);
            batch.Read(i, view);
            return (batch.Status(i), view);
        })];
    }
}
