using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Results;
using Xunit;
#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Gpu.Steady;
using NernstPlanckGpu.UnitTests.Configuration;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>Steady states in batches: one by one on the CPU, and together on a device; the CPU engine is the judge.</summary>
public sealed class SteadyBatchTests
{
    [Fact]
    public void A_batch_on_the_cpu_has_the_bits_of_its_problems_alone()
    {
        DiscreteProblem[] problems = [.. Enumerable.Range(0, SteadyProblems.Kinds).Select(kind => SteadyProblems.Create(11, 2, kind, kind))];
        using var engine = new CpuEngine(new(2));
        using ISteadyBatch batch = engine.SteadyBatch(problems);
        Assert.Equal(Outcome.Running, batch.Result(0).Outcome);
        batch.Solve(CancellationToken.None);
        Assert.Equal(problems.Length, batch.Count);
        for (int i = 0; i < problems.Length; i++)
        {
            using ISteadyState alone = engine.Steady(problems[i]);
            Assert.Equal(alone.Solve(CancellationToken.None), batch.Result(i));
            Assert.Equal(alone.Voltage, batch.Voltage(i));
            StateView expected = new(problems[i]), state = new(problems[i]);
            alone.Read(expected);
            batch.Read(i, state);
            Assert.Equal(expected.Concentration, state.Concentration);
            Assert.Equal(expected.TotalCurrent, batch.TotalCurrent(i));
            bool imposed = problems[i].Problem.Left.Electric.Electrode is not null;
            Assert.Equal(imposed ? alone.Conductance() : double.NaN, batch.Conductance(i));
        }
    }

#if WITH_ILGPU
    // Of what rounding leaves of an iteration that converges to its square: 1e-12 in the potential is seen at 43 cells.
    private const double ConcentrationTolerance = 1e-9, CurrentTolerance = 1e-8, ConductanceTolerance = 1e-9;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Random_stacks_agree_with_the_cpu(int species)
    {
        // One species alone has charges that nothing balances: 43 cells of them have no steady state in front of a charged wall.
        int[] sizes = species is 1 or 3 ? [1, 2, 3, 5, 43] : [1, 2, 3, 5];
        DiscreteProblem[] problems = [.. sizes.SelectMany(cells => Enumerable.Range(0, SteadyProblems.Kinds)
            .Where(kind => species > 1 || kind != 5).Select(kind => SteadyProblems.Create(cells, species, kind, seed: kind)))];
        OnSimulator(accelerator =>
        {
            using var batch = new GpuSteadyBatch(accelerator, problems);
            batch.Solve(CancellationToken.None);
            using var engine = new CpuEngine(new(2));
            using ISteadyBatch judge = engine.SteadyBatch(problems);
            judge.Solve(CancellationToken.None);
            for (int i = 0; i < problems.Length; i++) Compare(problems[i], judge, batch, i);
        });
    }

    [Fact]
    public void Bits_depend_on_neither_the_size_of_a_batch_nor_its_company()
    {
        DiscreteProblem[] problems = [.. Enumerable.Range(0, 7).Select(i => SteadyProblems.Create(i < 4 ? 7 : 5, 2, i % 3, seed: i))];
        OnSimulator(accelerator =>
        {
            using var seven = new GpuSteadyBatch(accelerator, problems);
            using var three = new GpuSteadyBatch(accelerator, problems[2..5]);
            using var chunks = new GpuSteadyBatch(accelerator, problems, mostProblems: 1);
            foreach (GpuSteadyBatch batch in new[] { seven, three, chunks }) batch.Solve(CancellationToken.None);
            for (int i = 0; i < 7; i++) Assert.Equal(Bits(seven, i), Bits(chunks, i));
            for (int i = 0; i < 3; i++) Assert.Equal(Bits(seven, i + 2), Bits(three, i));
        });
    }

    [Fact]
    public void A_failing_and_a_poisoned_problem_cost_only_themselves()
    {
        DiscreteProblem good = SteadyProblems.Create(5, 2, 0, seed: 1), poisoned = WithLeftBath(good, double.NaN), failing = WithoutVoltage();
        DiscreteProblem[] problems = [good, poisoned, SteadyProblems.Create(5, 2, 0, seed: 2), failing, good];
        OnSimulator(accelerator =>
        {
            using var batch = new GpuSteadyBatch(accelerator, problems);
            using var alone = new GpuSteadyBatch(accelerator, [good]);
            batch.Solve(CancellationToken.None);
            alone.Solve(CancellationToken.None);
            Assert.Equal([Outcome.Done, Outcome.NotConverged, Outcome.Done, Outcome.NotConverged, Outcome.Done], Enumerable.Range(0, 5).Select(i => batch.Result(i).Outcome));
            Assert.Equal(Bits(alone, 0), Bits(batch, 0));
            Assert.Equal(Bits(alone, 0), Bits(batch, 4));
            Assert.Equal("Newton on the device", batch.Result(2).Route);
            Assert.StartsWith("no voltage gives the clamped current", batch.Result(3).Detail, StringComparison.Ordinal);
            Assert.Equal(double.NaN, batch.Voltage(1));
            _ = Assert.Throws<InvalidOperationException>(() => batch.Read(1, new(poisoned)));
        });
    }

    [Fact]
    public void What_the_device_does_not_find_is_found_on_the_cpu_and_says_so()
    {
        DiscreteProblem problem = SteadyProblems.Create(5, 2, 4, seed: 3);
        OnSimulator(accelerator =>
        {
            using var batch = new GpuSteadyBatch(accelerator, [problem], mostIterations: 1);
            batch.Solve(CancellationToken.None);
            using var engine = new CpuEngine(new(1));
            using ISteadyBatch judge = engine.SteadyBatch([problem]);
            judge.Solve(CancellationToken.None);
            Assert.Equal("Newton on the device was still moving after 1 iterations, then on the CPU: Newton", batch.Result(0).Route);
            Assert.Equal(judge.Result(0).Iterations + 1, batch.Result(0).Iterations);
            Assert.Equal((judge.Voltage(0), judge.TotalCurrent(0), judge.Conductance(0)), (batch.Voltage(0), batch.TotalCurrent(0), batch.Conductance(0)));
            batch.Read(0, new(problem));
        });
    }

    [Fact]
    public void The_resting_membrane_rests_at_its_potential()
    {
        string path = Path.Combine(Repository.Root, "configs", "resting-membrane.json");
        PnpProblem p = ConfigurationReader.Read(path, []).Configuration!.Problem;
        DiscreteProblem resting = Discretiser.Discretise(p with
        {
            GridTolerance = null,
            Left = p.Left with { Electric = new CurrentBoundary(new ConstantWaveform(0)) },
            Initial = new ProfilesInitialState([.. p.Species.Select(_ => new RegionsProfile())]),
        });
        OnSimulator(accelerator =>
        {
            using var batch = new GpuSteadyBatch(accelerator, [resting]);
            batch.Solve(CancellationToken.None);
            Assert.Equal("Newton on the device", batch.Result(0).Route);
            // Reference case 04; 0.2 uV is what the grid without a tolerance is off by.
            Close.Within(-69.7455e-3, batch.Voltage(0), 1e-6);
        });
    }

    [Fact]
    public void A_cancelled_batch_is_interrupted()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        OnSimulator(accelerator =>
        {
            using var batch = new GpuSteadyBatch(accelerator, [SteadyProblems.Create(3, 1, 0, seed: 1)]);
            Assert.Equal(Outcome.Running, batch.Result(0).Outcome);
            batch.Solve(cancelled.Token);
            Assert.Equal(Outcome.Interrupted, batch.Result(0).Outcome);
            Assert.Equal(double.NaN, batch.TotalCurrent(0));
        });
    }

    [Fact]
    public void What_the_kernel_has_not_is_refused_with_its_reason()
    {
        PnpProblem p = SteadyProblems.Create(5, 2, 0, seed: 1).Problem;
        string? Reason(PnpProblem problem) => GpuSteadyBatch.WhyNot(Discretiser.Discretise(problem));
        Assert.Null(Reason(p));
        Assert.Contains("activity", Reason(p with { Activity = new(ActivityKind.Davies) }), StringComparison.Ordinal);
        IonBoundary[] reservoirs = [.. p.Left.Ions.Select(_ => new ReservoirBoundary(1e-8, 100))];
        Assert.Contains("ReservoirBoundary", Reason(p with { Left = p.Left with { Ions = reservoirs } }), StringComparison.Ordinal);
        Boundary closed = new(new CurrentBoundary(new ConstantWaveform(0)), [.. p.Left.Ions.Select(_ => new BlockedBoundary())]);
        Assert.Equal("the current is clamped and no ion passes from end to end", Reason(p with { Left = closed }));
        using Context context = Context.Create(builder => builder.CPU());
        using Accelerator accelerator = context.GetCPUDevice(0).CreateAccelerator(context);
        _ = Assert.Throws<ArgumentException>(() => new GpuSteadyBatch(accelerator, [Discretiser.Discretise(p with { Left = closed })]));
    }

    private static void Compare(DiscreteProblem problem, ISteadyBatch judge, GpuSteadyBatch batch, int i)
    {
        string what = $"{problem.Cells} cells, {problem.Problem.Left.Electric.GetType().Name}, problem {i}";
        Assert.True(judge.Result(i).IsFound, what);
        Assert.True(batch.Result(i) is { IsFound: true, Route: "Newton on the device" }, $"{what}: {batch.Result(i)}");
        StateView expected = new(problem), state = new(problem);
        judge.Read(i, expected);
        batch.Read(i, state);
        double passing = 0;
        for (int s = 0; s < problem.Species; s++)
        {
            for (int b = 0; b < expected.Concentration[s].Length; b++)
                Close.To(expected.Concentration[s][b], state.Concentration[s][b], ConcentrationTolerance, what);
            // Beside what passes to and fro, for a current may be the difference of fluxes, and a flux that of what its two ends send.
            double[] conductance = problem.Conductance()[s];
            passing += Math.Abs(problem.Problem.Species[s].Valence) * conductance.Where(k => k > 0).DefaultIfEmpty(0).Min() * expected.Concentration[s].Max();
        }
        Close.Within(expected.TotalCurrent, batch.TotalCurrent(i), CurrentTolerance * Math.Abs(expected.TotalCurrent) + 1e-13 * passing, what);
        Close.Within(judge.Voltage(i), batch.Voltage(i), 1e-12, what);
        if (double.IsNaN(judge.Conductance(i))) Assert.Equal(double.NaN, batch.Conductance(i));
        else Close.To(judge.Conductance(i), batch.Conductance(i), ConductanceTolerance, what);
    }

    private static (double, double, double, int) Bits(GpuSteadyBatch batch, int i) =>
        (batch.Voltage(i), batch.TotalCurrent(i), batch.Conductance(i), batch.Result(i).Iterations);

    private static DiscreteProblem WithLeftBath(DiscreteProblem problem, double first)
    {
        PnpProblem p = problem.Problem;
        IonBoundary[] ions = [new BathBoundary(new ConstantWaveform(first)), .. p.Left.Ions.Skip(1)];
        return Discretiser.Discretise(p with { Left = p.Left with { Ions = ions } }, problem.Grid);
    }

    // One cation that can only come from the left, and no current: the voltage would have to be infinite.
    private static DiscreteProblem WithoutVoltage()
    {
        PnpProblem p = SteadyProblems.Create(5, 1, 2, seed: 1).Problem;
        return Discretiser.Discretise(p with { Right = p.Right with { Ions = [new BathBoundary(new ConstantWaveform(0))] } });
    }

    private static void OnSimulator(Action<Accelerator> test)
    {
        using Context context = Context.Create(builder => builder.CPU());
        using Accelerator accelerator = context.GetCPUDevice(0).CreateAccelerator(context);
        test(accelerator);
    }
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void Random_stacks_agree_with_the_cpu()
    {
    }
#endif
}
