using Xunit;
#if WITH_ILGPU
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Gpu.Implicit;
using NernstPlanckGpu.UnitTests.Configuration;
using NernstPlanckGpu.UnitTests.Engines;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>Implicit steps on a device against the scalar lane of the CPU: sizes odd and unequal, every boundary, waveforms, failures.</summary>
#if WITH_ILGPU
[Collection("implicit device")]
public sealed class ImplicitBatchTests(ImplicitDeviceFixture fixture)
{
    // Fixed steps differ by rounding alone, 1e-16 of a number times the condition of a step.
    private const double Fixed = 1e-10;

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(2, 2, 7)]
    [InlineData(3, 3, 1)]
    [InlineData(5, 1, 7)]
    [InlineData(5, 6, 3)]
    [InlineData(43, 3, 3)]
    [InlineData(43, 5, 3)]
    [InlineData(43, 4, 7)]
    public void Random_problems_agree(int cells, int species, int count)
    {
        // The simulator has time for a few steps of a few cells.
        for (int seed = 0; seed < (fixture.IsQuick || cells < 10 ? 5 : 1); seed++)
        {
            DiscreteProblem[] problems = ImplicitBatches.Discretise(
                Enumerable.Range(0, count).Select(i => RandomProblems.Create(cells, species, shapeSeed: seed, valueSeed: 100 * seed + i)));
            foreach (IntegratorKind integrator in new[] { IntegratorKind.Rodas4, IntegratorKind.Rodas5 })
            {
                var settings = new TimeSettings { End = 2e-9, Integrator = integrator, Step = 3e-10 };
                string what = $"{integrator}, seed {seed}";
                ImplicitBatches.AssertAgree(fixture.Accelerator, problems, settings, [2e-9], Fixed, what + ", fixed");
                // The same steps, so far: then the same rounding. A step more or less would be within the tolerance.
                ImplicitBatches.AssertAgree(fixture.Accelerator, problems, settings with { Step = null }, [1e-9, 2e-9], settings.RelativeTolerance, what);
            }
        }
    }

    [Theory]
    [InlineData("waveforms")]
    [InlineData("baths")]
    [InlineData("stern")]
    [InlineData("surfaceCharge")]
    [InlineData("currentLeft")]
    [InlineData("currentRight")]
    [InlineData("fluxes")]
    [InlineData("failure")]
    public void Waveforms_and_their_corners_agree(string kind)
    {
        DiscreteProblem[] problems = ImplicitBatches.Discretise(Enumerable.Range(0, 3).Select(i => RecordProblems.Create(kind, 5, i)));
        var settings = new TimeSettings { End = RecordProblems.End, Integrator = IntegratorKind.Rodas4 };
        // The second target is a corner of the first problem: what is read there is what holds after it.
        double corner = 5 * (RecordProblems.Period(0) / 2);
        ImplicitBatches.AssertAgree(fixture.Accelerator, problems, settings, [2.7e-9, corner, RecordProblems.End], settings.RelativeTolerance, kind);
    }

    [Fact]
    public void More_corners_than_are_written_ahead_are_entered_one_after_the_other()
    {
        PnpProblem plain = RecordProblems.Create("waveforms", 3, 0);
        var train = new PulseWaveform(0, 0.02, 1e-10, 2e-10, 4e-10);
        DiscreteProblem[] problems = ImplicitBatches.Discretise([plain with { Left = plain.Left with { Electric = new PotentialBoundary(train) } }, plain]);
        var settings = new TimeSettings { End = 1e-8, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-3 };
        ImplicitBatches.AssertAgree(fixture.Accelerator, problems, settings, [5e-9, 1e-8], 1e-3, "train");
    }

    [Fact]
    public void Problems_of_several_shapes_and_a_poisoned_one_cost_only_themselves()
    {
        PnpProblem[] problems =
        [
            RandomProblems.Create(3, 2, 0, 1), RandomProblems.Create(5, 3, 1, 2), RecordProblems.Create("failure", 5, 0), RandomProblems.Create(5, 3, 4, 3),
            Poisoned(RandomProblems.Create(5, 3, 1, 4)), RandomProblems.Create(5, 3, 1, 5),
        ];
        var settings = new TimeSettings { End = 1e-8, Integrator = IntegratorKind.Rodas4 };
        DiscreteProblem[] discrete = ImplicitBatches.Discretise(problems);
        using var batch = new ImplicitBatch(fixture.Accelerator, discrete, settings);
        double[] targets = [.. problems.Select(_ => 1e-8)];
        batch.Advance(targets, null, default);
        Assert.Equal(
            [Outcome.Done, Outcome.Done, Outcome.NotFinite, Outcome.Done, Outcome.NotFinite, Outcome.Done],
            Enumerable.Range(0, 6).Select(i => batch.Status(i).Outcome));
        using IBatch judge = new CpuEngine(new(1, "scalar")).Start(discrete, settings);
        judge.Advance(targets, null, default);
        for (int i = 0; i < 6; i++)
            if (i != 4) ImplicitBatches.AssertAgree(discrete[i], batch, judge, i, settings.RelativeTolerance, $"problem {i}");
    }

    [Fact]
    public void A_budget_of_steps_ends_a_problem()
    {
        DiscreteProblem[] problems = ImplicitBatches.Discretise([RandomProblems.Create(5, 3, 1, 2), RandomProblems.Create(5, 3, 1, 3)]);
        var settings = new TimeSettings { End = 1e-8, Integrator = IntegratorKind.Rodas4, Step = 1e-9, MaximumSteps = 6 };
        using var batch = new ImplicitBatch(fixture.Accelerator, problems, settings);
        batch.Advance([1e-8, 5e-9], null, default);
        Assert.Equal(Outcome.StepBudgetSpent, batch.Status(0).Outcome);
        Assert.Equal(6, batch.Status(0).AcceptedSteps);
        Assert.Equal(6e-9, batch.Status(0).Time, 1e-15);
        Assert.Equal(Outcome.Done, batch.Status(1).Outcome);
    }

    [Fact]
    public void It_goes_on_from_an_interruption_and_from_a_record_as_if_there_had_been_none()
    {
        DiscreteProblem[] problems = ImplicitBatches.Discretise(Enumerable.Range(0, 3).Select(i => RecordProblems.Create("currentLeft", 5, i)));
        var settings = new TimeSettings { End = RecordProblems.End, Integrator = IntegratorKind.Rodas4 };
        double[] targets = [.. problems.Select(_ => RecordProblems.End)];
        using var straight = new ImplicitBatch(fixture.Accelerator, problems, settings);
        using var first = new ImplicitBatch(fixture.Accelerator, problems, settings);
        straight.Advance(targets, null, default);
        using var source = new CancellationTokenSource();
        first.Advance(targets, _ => source.Cancel(), source.Token);
        Assert.Contains(Enumerable.Range(0, 3), i => first.Status(i).Outcome == Outcome.Interrupted);
        using var second = new ImplicitBatch(fixture.Accelerator, problems, settings);
        for (int i = 0; i < 3; i++)
        {
            var record = new EngineRecord();
            first.Save(i, record);
            second.Restore(i, record);
        }
        second.Advance(targets, null, default);
        first.Advance(targets, null, default);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(straight.Status(i), first.Status(i));
            Assert.Equal(straight.Status(i), second.Status(i));
            StateView expected = new(problems[i]), resumed = new(problems[i]), restored = new(problems[i]);
            straight.Read(i, expected);
            first.Read(i, resumed);
            second.Read(i, restored);
            StateViews.AssertSame(expected, resumed, $"problem {i}, resumed");
            StateViews.AssertSame(expected, restored, $"problem {i}, restored");
        }
    }

    [Theory]
    [InlineData("sources", "sources")]
    [InlineData("debyeHuckel", "activity coefficients")]
    [InlineData("mechanisms", "mechanisms")]
    public void What_it_does_not_know_is_refused(string kind, string word)
    {
        var settings = new TimeSettings { End = 1e-8, Integrator = IntegratorKind.Rodas4 };
        Assert.Contains(word, ImplicitBatch.WhyNot(Discretiser.Discretise(RecordProblems.Create(kind, 5, 0)), settings), StringComparison.Ordinal);
    }

    [Fact]
    public void Explicit_integrators_are_refused() => Assert.Contains(
        "Rkc2", ImplicitBatch.WhyNot(Discretiser.Discretise(RandomProblems.Create(3, 1, 0, 0)), new() { End = 1, Integrator = IntegratorKind.Rkc2 }), StringComparison.Ordinal);

    [SkippableFact]
    public void Memb_agrees_through_a_millisecond()
    {
        Skip.IfNot(fixture.IsQuick, "no OpenCL device here; the simulator would take minutes");
        PnpProblem memb = ConfigurationReader.Read(Path.Combine(Repository.Root, "configs", "bench", "memb.json"), []).Configuration!.Problem;
        DiscreteProblem[] problems = ImplicitBatches.Discretise(Enumerable.Range(0, 5).Select(i => memb with
        {
            Left = memb.Left with { Electric = new PotentialBoundary(new ConstantWaveform(-0.08 + 0.01 * i)) },
        }));
        var settings = new TimeSettings { End = 1e-3, Integrator = IntegratorKind.Rodas4 };
        ImplicitBatches.AssertAgree(fixture.Accelerator, problems, settings, [1e-6, 1e-3], settings.RelativeTolerance, "MEMB");
    }

    private static PnpProblem Poisoned(PnpProblem problem) => problem with
    {
        Regions = [problem.Regions[0] with { Concentration = [double.NaN, .. problem.Regions[0].Concentration!.Skip(1)] }, .. problem.Regions.Skip(1)],
    };
}
#else
public sealed class ImplicitBatchTests
{
    [Fact(Skip = "this build is without ILGPU")]
    public void Random_problems_agree()
    {
    }
}
#endif
