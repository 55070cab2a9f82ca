using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines.Suite;

/// <summary>
/// What every engine must do, whichever it is: a test here never knows its device. The scalar lane of the CPU is the judge. An engine that
/// is not on this machine, or that does not have an integrator, skips with its reason.
/// </summary>
public abstract class EngineSuite
{
    /// <summary>Fixed steps differ by rounding alone: about 1e-16 per stage, some hundred stages here.</summary>
    private const double Rounding = 1e-10;

    /// <summary>Less than an ion in a cubic kilometre, mol/m³: far ahead of a front, where each cell holds a thousandth of its neighbour, rounding adds up.</summary>
    private const double Nothing = 1e-33;

    private static readonly CpuEngine Judge = new(new(1, "scalar"));

    /// <summary>The engine.</summary>
    protected abstract EngineUnderTest Subject { get; }

    /// <summary>Sizes, species, seeds and integrators; electrical and ionic ends, geometry and membranes follow from the seed.</summary>
    public static TheoryData<int, int, int, IntegratorKind> Cases()
    {
        var data = new TheoryData<int, int, int, IntegratorKind>();
        int[] cells = [1, 2, 3, 5, 43, 443, 1024];
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Euler, IntegratorKind.Rkc2, IntegratorKind.Rodas4, IntegratorKind.Rodas5 })
            for (int i = 0; i < cells.Length; i++)
                for (int seed = 0; seed < 4; seed++) data.Add(cells[i], 1 + ((i + (2 * seed)) % 6), (10 * i) + seed, integrator);
        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Fixed_steps_give_the_numbers_of_the_scalar_lane(int cells, int species, int seed, IntegratorKind integrator)
    {
        IEngine engine = Open(cells);
        double end = End(cells, integrator);
        var settings = new TimeSettings { End = end, Integrator = integrator, Step = end / (integrator == IntegratorKind.Euler ? 50 : 7) };
        DiscreteProblem[] problems = Random(cells, species, seed, 3);
        SkipUnless(engine, problems[0], settings);
        (ProblemStatus Status, StateView State)[] expected = Run(Judge, problems, settings), got = Run(engine, problems, settings);
        for (int i = 0; i < problems.Length; i++)
        {
            Assert.Equal(Counts(expected[i].Status), Counts(got[i].Status));
            AssertClose(expected[i].State, got[i].State, Rounding, Nothing, $"problem {i}");
            AssertFluxes(problems[i], expected[i].State, got[i].State, Rounding, $"problem {i}");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Adaptive_steps_agree_within_the_tolerance(int cells, int species, int seed, IntegratorKind integrator)
    {
        IEngine engine = Open(cells);
        var settings = new TimeSettings { End = End(cells, integrator), Integrator = integrator };
        DiscreteProblem[] problems = Random(cells, species, seed, 3);
        SkipUnless(engine, problems[0], settings);
        // The second is poisoned and the third refused half way: each costs only itself.
        problems[1] = Discretiser.Discretise(Poisoned(problems[1].Problem));
        (ProblemStatus Status, StateView State)[] expected = Run(Judge, problems, settings), got = Run(engine, problems, settings);
        Assert.Equal(Outcome.NotFinite, got[1].Status.Outcome);
        for (int i = 0; i < problems.Length; i++)
        {
            AssertSteps(expected[i].Status, got[i].Status, $"problem {i}");
            if (i != 1) AssertClose(expected[i].State, got[i].State, settings.RelativeTolerance, settings.AbsoluteTolerance * settings.RelativeTolerance, $"problem {i}");
        }
    }

    [SkippableTheory]
    [InlineData(4096, 3, IntegratorKind.Euler)]
    [InlineData(4096, 8, IntegratorKind.Rkc2)]
    [InlineData(2047, 8, IntegratorKind.Rodas4)]
    public void Large_problems(int cells, int species, IntegratorKind integrator)
    {
        IEngine engine = Open(cells);
        double end = End(cells, integrator) / 10;
        var settings = new TimeSettings { End = end, Integrator = integrator, Step = end / 5 };
        DiscreteProblem[] problems = Random(cells, species, 71, 2);
        SkipUnless(engine, problems[0], settings);
        (ProblemStatus Status, StateView State)[] expected = Run(Judge, problems, settings), got = Run(engine, problems, settings);
        for (int i = 0; i < problems.Length; i++)
        {
            Assert.Equal(Counts(expected[i].Status), Counts(got[i].Status));
            AssertClose(expected[i].State, got[i].State, Rounding, Nothing, $"problem {i}");
        }
    }

    /// <summary>Configurations and integrators.</summary>
    public static TheoryData<string, IntegratorKind> Configurations()
    {
        var data = new TheoryData<string, IntegratorKind>();
        foreach (string name in ConfigurationAgreement.Names)
            foreach (IntegratorKind integrator in new[] { IntegratorKind.Rkc2, IntegratorKind.Rodas4 }) data.Add(name, integrator);
        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Configurations))]
    public void The_configurations_that_come_with_the_program(string name, IntegratorKind integrator)
    {
        IEngine engine = Open(integrator == IntegratorKind.Rkc2 ? 443 : 5);
        DiscreteProblem[] problems = [ConfigurationAgreement.Problem(name)];
        // Some hundred evaluations: 3000 times the fastest rate is long enough for hundreds of stages.
        double fastest = FastestRate(problems[0]), end = (integrator == IntegratorKind.Rkc2 ? 3e3 : 3e4) / fastest;
        foreach (double? step in new double?[] { end / 5, null })
        {
            var settings = new TimeSettings { End = end, Integrator = integrator, Step = step };
            SkipUnless(engine, problems[0], settings);
            (ProblemStatus Status, StateView State)[] expected = Run(Judge, problems, settings), got = Run(engine, problems, settings);
            AssertSteps(expected[0].Status, got[0].Status, name);
            if (step is null) AssertClose(expected[0].State, got[0].State, settings.RelativeTolerance, settings.AbsoluteTolerance * settings.RelativeTolerance, name);
            else AssertClose(expected[0].State, got[0].State, Rounding, Nothing, name);
            AssertFluxes(problems[0], expected[0].State, got[0].State, step is null ? settings.RelativeTolerance : Rounding, name);
        }
    }

    private static double FastestRate(DiscreteProblem problem)
    {
        using IBatch batch = Judge.Start([problem], new() { End = 1, Integrator = IntegratorKind.Rkc2, MaximumSteps = 1 });
        batch.Advance([1], null, CancellationToken.None);
        return batch.Status(0).SpectralBound;
    }

    [SkippableTheory]
    [InlineData(IntegratorKind.Euler)]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    public void Waveforms_with_corners_of_their_own_and_problems_that_run_out_of_steps(IntegratorKind integrator)
    {
        IEngine engine = Open(5);
        bool isImplicit = integrator is IntegratorKind.Rodas4;
        var settings = new TimeSettings { End = isImplicit ? 3e-8 : 2e-11, Integrator = integrator, MaximumSteps = 400 };
        double scale = settings.End / 3e-8;
        DiscreteProblem[] problems = [.. Enumerable.Range(0, 7).Select(i => Discretiser.Discretise(Driven(i, scale, integrator)))];
        SkipUnless(engine, problems[0], settings);
        (ProblemStatus Status, StateView State)[] expected = Run(Judge, problems, settings), got = Run(engine, problems, settings);
        Assert.Equal(Outcome.StepBudgetSpent, got[3].Status.Outcome);
        for (int i = 0; i < problems.Length; i++)
        {
            AssertSteps(expected[i].Status, got[i].Status, $"problem {i}");
            AssertClose(expected[i].State, got[i].State, 1e-4, 1e-5, $"problem {i}");
            AssertFluxes(problems[i], expected[i].State, got[i].State, 1e-4, $"problem {i}");
        }
    }

    [SkippableTheory]
    [InlineData(1, IntegratorKind.Rkc2)]
    [InlineData(1000, IntegratorKind.Rkc2)]
    [InlineData(1000, IntegratorKind.Euler)]
    [InlineData(1000, IntegratorKind.Rodas4)]
    public void Many_problems_of_two_shapes(int count, IntegratorKind integrator)
    {
        IEngine engine = Open(7);
        if (Subject.IsSlow) count = Math.Min(count, 9);
        var settings = new TimeSettings { End = End(7, integrator) / 4, Integrator = integrator };
        DiscreteProblem[] problems = [.. Enumerable.Range(0, count).Select(i => Discretiser.Discretise(RandomProblems.Create(i % 3 == 1 ? 6 : 7, 3, 51, 4000 + i)))];
        SkipUnless(engine, problems[0], settings);
        (ProblemStatus Status, StateView State)[] expected = Run(Judge, problems, settings), got = Run(engine, problems, settings);
        for (int i = 0; i < count; i++)
        {
            AssertSteps(expected[i].Status, got[i].Status, $"problem {i}");
            AssertClose(expected[i].State, got[i].State, settings.RelativeTolerance, settings.AbsoluteTolerance * settings.RelativeTolerance, $"problem {i}");
        }
    }

    [SkippableTheory]
    [InlineData(IntegratorKind.Euler)]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    public void A_saved_problem_goes_on_on_the_same_engine_and_on_the_judge(IntegratorKind integrator)
    {
        IEngine engine = Open(5);
        double end = End(5, integrator);
        var settings = new TimeSettings { End = end, Integrator = integrator };
        DiscreteProblem[] problems = [Discretiser.Discretise(Driven(1, end / 3e-8, integrator)), .. Random(5, 3, 13, 2)];
        SkipUnless(engine, problems[0], settings);
        using IBatch first = engine.Start(problems, settings);
        first.Advance([end / 3, end / 2, end / 4], null, CancellationToken.None);
        var records = new EngineRecord[problems.Length];
        for (int i = 0; i < records.Length; i++) first.Save(i, records[i] = new());
        first.Advance([end, end, end], null, CancellationToken.None);
        foreach (IEngine next in new[] { engine, Judge })
        {
            using IBatch second = next.Start(problems, settings);
            for (int i = 0; i < records.Length; i++) second.Restore(i, records[i]);
            second.Advance([end, end, end], null, CancellationToken.None);
            for (int i = 0; i < records.Length; i++)
            {
                StateView expected = ViewOf(first, problems, i), got = ViewOf(second, problems, i);
                AssertClose(expected, got, 1e-8, 1e-9, $"{next.Description}, problem {i}");
                Assert.Equal(first.Status(i).AcceptedSteps, second.Status(i).AcceptedSteps);
            }
        }
    }

    [SkippableTheory]
    [InlineData(IntegratorKind.Euler)]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    public void A_problem_that_is_at_its_target_is_done_and_its_state_can_be_read(IntegratorKind integrator)
    {
        IEngine engine = Open(5);
        var settings = new TimeSettings { End = 1e-12, Integrator = integrator };
        DiscreteProblem[] problems = Random(5, 3, 13, 2);
        SkipUnless(engine, problems[0], settings);
        using IBatch batch = engine.Start(problems, settings), judge = Judge.Start(problems, settings);
        foreach (double[] targets in new[] { new double[] { 0, 1e-12 }, [0, 1e-12], [1e-12, 2e-12] })
        {
            batch.Advance(targets, null, CancellationToken.None);
            judge.Advance(targets, null, CancellationToken.None);
            for (int i = 0; i < problems.Length; i++)
            {
                Assert.Equal(Outcome.Done, batch.Status(i).Outcome);
                Assert.Equal(targets[i], batch.Status(i).Time);
                AssertClose(ViewOf(judge, problems, i), ViewOf(batch, problems, i), 1e-6, 1e-6, $"problem {i}");
            }
        }
    }

    [SkippableFact]
    public void A_record_of_another_problem_is_refused()
    {
        IEngine engine = Open(5);
        var settings = new TimeSettings { End = 1e-12, Integrator = IntegratorKind.Rkc2 };
        SkipUnless(engine, Random(5, 3, 13, 1)[0], settings);
        using IBatch batch = engine.Start(Random(5, 3, 13, 1), settings), other = Judge.Start(Random(3, 3, 13, 1), settings);
        var record = new EngineRecord();
        other.Save(0, record);
        Assert.Throws<EngineRecordException>(() => batch.Restore(0, record));
    }

    [SkippableFact]
    public void A_cancelled_batch_says_so_and_goes_on_when_asked_again()
    {
        IEngine engine = Open(5);
        var settings = new TimeSettings { End = 1e-11, Integrator = IntegratorKind.Rkc2 };
        DiscreteProblem[] problems = Random(5, 2, 14, 3);
        SkipUnless(engine, problems[0], settings);
        using IBatch batch = engine.Start(problems, settings);
        batch.Advance([1e-11, 1e-11, 1e-11], null, new CancellationToken(canceled: true));
        Assert.Equal(Outcome.Interrupted, batch.Status(2).Outcome);
        batch.Advance([1e-11, 1e-11, 1e-11], null, CancellationToken.None);
        Assert.Equal(Outcome.Done, batch.Status(2).Outcome);
        Assert.Equal(1e-11, batch.Status(2).Time);
    }

    private IEngine Open(int cells)
    {
        Skip.If(Subject.WhyAbsent is not null, Subject.WhyAbsent);
        Skip.If(Subject.IsSlow && cells > (LongFactAttribute.IsAsked ? 50 : 5), "the simulator is too slow for so many cells; up to 50 of them run with NPGPU_TEST_ALL=1 or run.sh test --all");
        return Subject.Engine!;
    }

    private static void SkipUnless(IEngine engine, DiscreteProblem problem, TimeSettings settings)
    {
        string? why = engine.WhyNot(problem, settings);
        Skip.If(why is not null, why);
    }

    private static double End(int cells, IntegratorKind integrator) =>
        (cells > 100 ? 2e-12 : 2e-11) * (integrator is IntegratorKind.Rodas4 or IntegratorKind.Rodas5 ? 1000 : 1);

    private static DiscreteProblem[] Random(int cells, int species, int seed, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Discretiser.Discretise(RandomProblems.Create(cells, species, seed, 1000 + i)))];

    // The fourth has so many corners that its steps do not suffice.
    private static PnpProblem Driven(int i, double scale, IntegratorKind integrator)
    {
        PnpProblem problem = RandomProblems.Create(5, 3, 21, 2000 + i);
        double period = scale * (i == 3 ? (integrator == IntegratorKind.Euler ? 1e-12 : 1e-11) : 1e-8 + (1e-10 * i));
        Waveform potential = i % 3 == 1 ? new SineWaveform(0, 0.05, 2e7 / scale, 0.3 * i) : new TriangleWaveform(-0.05, 0.05, period);
        return problem with { Right = problem.Right with { Electric = new PotentialBoundary(potential) } };
    }

    private static PnpProblem Poisoned(PnpProblem problem) => problem with
    {
        Initial = new ProfilesInitialState([new TableProfile([0], [double.NaN]), .. problem.Species.Skip(1).Select(_ => new RegionsProfile())]),
    };

    private static (ProblemStatus Status, StateView State)[] Run(IEngine engine, DiscreteProblem[] problems, TimeSettings settings)
    {
        using IBatch batch = engine.Start(problems, settings);
        // Two targets, so that every engine has to go on.
        foreach (double part in new[] { 0.4, 1 })
            batch.Advance([.. problems.Select(_ => settings.End * part)], null, CancellationToken.None);
        return [.. problems.Select((_, i) => (batch.Status(i), ViewOf(batch, problems, i)))];
    }

    private static StateView ViewOf(IBatch batch, DiscreteProblem[] problems, int i)
    {
        var view = new StateView(problems[i]);
        batch.Read(i, view);
        return view;
    }

    private static (Outcome Outcome, double Time, long Accepted, long Rejected, long Evaluations) Counts(ProblemStatus status) =>
        (status.Outcome, status.Time, status.AcceptedSteps, status.RejectedSteps, status.Evaluations);

    // A decision at the edge may fall otherwise: within 1 %, or one step.
    private static void AssertSteps(ProblemStatus expected, ProblemStatus got, string where)
    {
        Assert.True(expected.Outcome == got.Outcome, $"{where}: {expected} against {got}");
        Assert.True(Math.Abs(expected.AcceptedSteps - got.AcceptedSteps) <= Math.Max(1, 0.01 * expected.AcceptedSteps), $"{where}: {expected} against {got}");
    }

    // Fluxes against what passes a face to and fro, charges against that of the ions, and the total current; of states that are close.
    private static void AssertFluxes(DiscreteProblem problem, StateView expected, StateView got, double relative, string where)
    {
        double[][] conductance = problem.Conductance();
        double[] volumes = problem.Volumes();
        double current = 0, charge = expected.Charge.Max(Math.Abs);
        for (int s = 0; s < problem.Species; s++)
        {
            double most = expected.Concentration[s].Max(Math.Abs), valence = Math.Abs(problem.Problem.Species[s].Valence);
            double passes = Math.Max(most * conductance[s].Max(), expected.Flux[s].Max(Math.Abs));
            foreach (InterfaceFace face in problem.Interfaces) passes = Math.Max(passes, most * Math.Max(face.LeftConductance[s], face.RightConductance[s]));
            charge = Math.Max(charge, valence * most * volumes.Max());
            current += valence * passes;
            for (int f = 0; f < expected.Flux[s].Length; f++)
                Assert.True(Math.Abs(expected.Flux[s][f] - got.Flux[s][f]) <= 10 * relative * passes, $"{where}: flux of species {s}, face {f}: {expected.Flux[s][f]:R} against {got.Flux[s][f]:R}; {passes:g3} passes");
        }
        for (int f = 0; f < expected.Charge.Length; f++)
            Assert.True(Math.Abs(expected.Charge[f] - got.Charge[f]) <= 10 * relative * charge, $"{where}: charge of face {f}: {expected.Charge[f]:R} against {got.Charge[f]:R}");
        Assert.True(Math.Abs(expected.TotalCurrent - got.TotalCurrent) <= 10 * relative * current, $"{where}: current {expected.TotalCurrent:R} against {got.TotalCurrent:R}; {current:g3} passes");
    }

    internal static void AssertClose(StateView expected, StateView got, double relative, double absolute, string where)
    {
        for (int s = 0; s < expected.Concentration.Length; s++)
        {
            for (int i = 0; i < expected.Concentration[s].Length; i++)
            {
                double a = expected.Concentration[s][i], b = got.Concentration[s][i];
                Assert.True(Math.Abs(a - b) <= (relative * Math.Abs(a)) + absolute, $"{where}: species {s}, cell {i}: {a:R} against {b:R}");
            }
        }
    }
}
