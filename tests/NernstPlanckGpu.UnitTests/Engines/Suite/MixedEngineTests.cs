using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Gpu;
using NernstPlanckGpu.Tests;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines.Suite;

/// <summary>
/// Mixed precision on the engines that have it, against the scalar lane. Its Bernoulli functions have errors of 2.5e-8 u² where the drop over a
/// face is u &lt; 0.34, and of 6e-8 (5 + u) beyond: the grids here have both.
/// </summary>
public abstract class MixedEngineSuite
{
    /// <summary>Concentrations after some hundred stages; 1.7e-8 was the largest seen, on coarse grids (drops of 1 and more over a face).</summary>
    private const double Fixed = 5e-8;

    private static readonly CpuEngine Judge = new(new(1, "scalar"));

    /// <summary>The engine.</summary>
    protected abstract EngineUnderTest Subject { get; }

    /// <summary>Sizes, species, seeds and integrators, as in <see cref="EngineSuite"/>.</summary>
    public static TheoryData<int, int, int, IntegratorKind> Cases()
    {
        var data = new TheoryData<int, int, int, IntegratorKind>();
        int[] cells = [1, 3, 5, 443];
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Euler, IntegratorKind.Rkc2 })
            for (int i = 0; i < cells.Length; i++)
                for (int seed = 0; seed < 3; seed++) data.Add(cells[i], 1 + ((i + (2 * seed)) % 6), (10 * i) + seed, integrator);
        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Fixed_steps_give_the_numbers_of_double_precision(int cells, int species, int seed, IntegratorKind integrator)
    {
        IEngine engine = Open(cells);
        double end = cells > 100 ? 2e-12 : 2e-11;
        var settings = new TimeSettings { End = end, Integrator = integrator, Step = end / (integrator == IntegratorKind.Euler ? 50 : 7) };
        DiscreteProblem[] problems = Random(cells, species, seed);
        SkipUnless(engine, problems[0], settings);
        (ProblemStatus Status, StateView State)[] expected = Run(Judge, problems, settings), got = Run(engine, problems, settings);
        double worst = Enumerable.Range(0, problems.Length).Max(i => Difference(expected[i].State, got[i].State, 1));
        Assert.True(worst <= Fixed, $"{worst:E2}");
        for (int i = 0; i < problems.Length; i++)
        {
            Assert.Equal(expected[i].Status.Outcome, got[i].Status.Outcome);
            Assert.Equal(expected[i].Status.Evaluations, got[i].Status.Evaluations);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Adaptive_steps_agree_within_the_tolerance_and_are_as_many(int cells, int species, int seed, IntegratorKind integrator)
    {
        IEngine engine = Open(cells);
        var settings = new TimeSettings { End = cells > 100 ? 2e-12 : 2e-11, Integrator = integrator };
        DiscreteProblem[] problems = Random(cells, species, seed);
        SkipUnless(engine, problems[0], settings);
        (ProblemStatus Status, StateView State)[] expected = Run(Judge, problems, settings), got = Run(engine, problems, settings);
        for (int i = 0; i < problems.Length; i++)
        {
            Assert.Equal(Outcome.Done, got[i].Status.Outcome);
            Assert.InRange(got[i].Status.AcceptedSteps, expected[i].Status.AcceptedSteps - 1, expected[i].Status.AcceptedSteps + 1);
            double difference = Difference(expected[i].State, got[i].State, settings.AbsoluteTolerance);
            Assert.True(difference <= settings.RelativeTolerance, $"problem {i}: {difference:E2}");
        }
    }

    // Both cells of a face are given the same double: whatever it is, the sum over the cells stays, and with the same flux the charge of the faces.
    [SkippableTheory]
    [InlineData(IntegratorKind.Euler)]
    [InlineData(IntegratorKind.Rkc2)]
    public void Amounts_and_Gauss_law_are_conserved_to_the_rounding_of_doubles(IntegratorKind integrator)
    {
        IEngine engine = Open(5);
        PnpProblem open = RandomProblems.Create(5, 3, 21, 3000);
        PnpProblem closed = open with
        {
            Geometry = new PlanarGeometry(),
            Left = new(new PotentialBoundary(new ConstantWaveform(-0.1)), [.. open.Species.Select(_ => new BlockedBoundary())]),
            Right = open.Right with { Ions = [.. open.Species.Select(_ => new BlockedBoundary())] },
        };
        DiscreteProblem problem = Discretiser.Discretise(closed);
        var settings = new TimeSettings { End = 6e-9, Integrator = integrator };
        SkipUnless(engine, problem, settings);
        (ProblemStatus status, StateView state) = Run(engine, [problem], settings)[0];
        Assert.Equal(Outcome.Done, status.Outcome);
        Assert.True(status.Evaluations > 150, $"{status}");
        double[] volume = problem.Volumes();
        double[][] start = problem.InitialConcentration();
        double moved = 0;
        for (int s = 0; s < problem.Species; s++)
        {
            double before = 0, after = 0;
            for (int i = 1; i <= problem.Cells; i++)
            {
                before += start[s][i] * volume[i - 1];
                after += state.Concentration[s][i] * volume[i - 1];
                moved = Math.Max(moved, Math.Abs(state.Concentration[s][i] - start[s][i]));
            }
            Assert.Equal(1, after / before, 1e-13);
        }
        Assert.True(moved > 1, $"nothing moved: {moved}");
        double residual = 0;
        for (int i = 1; i <= problem.Cells; i++)
        {
            double charge = problem.FixedCharge(i - 1);
            for (int s = 0; s < problem.Species; s++) charge += closed.Species[s].Valence * state.Concentration[s][i];
            residual = Math.Max(residual, Math.Abs(charge - (state.Charge[i] - state.Charge[i - 1]) / volume[i - 1]));
        }
        Assert.True(residual <= 1e-9 && status.GaussDrift <= 1e-9, $"Gauss: {residual:E2}, {status.GaussDrift:E2}");
    }

    // Nothing flows at equilibrium; with the flux as a whole in single precision it would be 6e-8 of what passes to and fro.
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_equilibrium_stays_where_it_is(bool membrane)
    {
        IEngine engine = Open(5);
        PnpProblem problem = membrane ? AtNernstPotential() : Read("debye-layer", "/regions/0/grid/cells=16");
        DiscreteProblem discrete = Discretiser.Discretise(problem);
        var view = new StateView(discrete);
        using (ISteadyState steady = Judge.Steady(discrete))
        {
            Assert.True(steady.Solve(CancellationToken.None).IsFound);
            steady.Read(view);
            discrete = Discretiser.Discretise(problem with { Initial = view.ToInitialState(steady.Voltage) }, discrete.Grid);
        }
        var settings = new TimeSettings { End = 2e-8, Integrator = IntegratorKind.Rkc2 };
        SkipUnless(engine, discrete, settings);
        (ProblemStatus status, StateView state) = Run(engine, [discrete], settings)[0];
        Assert.Equal(Outcome.Done, status.Outcome);
        double difference = Difference(view, state, 0);
        Assert.True(difference <= 1e-9, $"{difference:E2} after {status.Evaluations} evaluations");
    }

    [SkippableFact]
    public void It_says_so_and_refuses_what_is_not_explicit()
    {
        IEngine engine = Open(3);
        DiscreteProblem problem = Random(3, 2, 1)[0];
        Assert.EndsWith("mixed precision", engine.Description, StringComparison.Ordinal);
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Rodas4, IntegratorKind.Rodas5 })
        {
            string? why = engine.WhyNot(problem, new() { End = 1e-9, Integrator = integrator });
            Assert.StartsWith("mixed precision is for explicit steps", why, StringComparison.Ordinal);
            Assert.Contains("mixed precision", Assert.Throws<EngineRefusalException>(() => engine.Start([problem], new() { End = 1e-9, Integrator = integrator })).Message, StringComparison.Ordinal);
        }
        Assert.NotNull(engine.WhyNoSteadyBatch(problem));
        Assert.Throws<EngineRefusalException>(() => engine.SteadyBatch([problem]));
    }

    // MEMB through 1 us: docs/verification.md has the numbers. The simulator takes minutes.
    [SkippableTheory]
    [InlineData(1e-4)]
    [InlineData(1e-5)]
    public void MEMB_through_a_microsecond(double tolerance)
    {
        LongTest.Need();
        IEngine engine = Open(5);
        DiscreteProblem problem = Discretiser.Discretise(Read("bench/memb"));
        var settings = new TimeSettings { End = 1e-6, Integrator = IntegratorKind.Rkc2, RelativeTolerance = tolerance };
        SkipUnless(engine, problem, settings);
        (ProblemStatus Status, StateView State) expected = Run(Judge, [problem], settings)[0], got = Run(engine, [problem], settings)[0];
        double concentration = Difference(expected.State, got.State, 0), potential = Potentials(problem, expected.State).Zip(Potentials(problem, got.State), (a, b) => Math.Abs(a - b)).Max();
        double current = Math.Abs(got.State.TotalCurrent / expected.State.TotalCurrent - 1);
        string what = $"{tolerance:E0}: concentration {concentration:E2}, potential {potential:E2} V, current {current:E2}; {got.Status.AcceptedSteps} steps and "
            + $"{got.Status.Evaluations} evaluations against {expected.Status.AcceptedSteps} and {expected.Status.Evaluations}";
        Console.WriteLine(what);
        Assert.Equal(expected.Status.AcceptedSteps, got.Status.AcceptedSteps);
        Assert.True(concentration <= 1e-9 && potential <= 1e-11 && current <= 1e-5, what);
    }

    private static IEnumerable<double> Potentials(DiscreteProblem problem, StateView state)
    {
        double[] resistance = problem.Resistances();
        double potential = 0;
        for (int f = 0; f <= problem.Cells; f++)
            yield return potential -= PhysicalConstants.ThermalVoltage(problem.Problem.Temperature) * resistance[f] * state.Charge[f];
    }

    // MEMB on few cells, permeable for potassium alone, at its Nernst potential.
    private static PnpProblem AtNernstPotential()
    {
        PnpProblem memb = Read(
            "bench/memb", "/regions/0/grid/cells=10", "/regions/1/grid/cells=5", "/regions/2/grid/cells=10", "/regions/1/impermeable=[\"Na\",\"Cl\"]",
            "/regions/0/length=\"5 nm\"", "/regions/2/length=\"5 nm\"");
        double potential = PhysicalConstants.ThermalVoltage(memb.Temperature) * Math.Log(5.0 / 140);
        return memb with { Left = memb.Left with { Electric = new PotentialBoundary(new ConstantWaveform(potential)) } };
    }

    private static PnpProblem Read(string name, params string[] overrides)
    {
        ConfigurationResult read = ConfigurationReader.Read(Path.Combine(Repository.Root, "configs", $"{name}.json"), overrides);
        return read.Configuration?.Problem ?? throw new InvalidOperationException(string.Join("; ", read.Errors));
    }

    private IEngine Open(int cells)
    {
        Skip.If(Subject.WhyAbsent is not null, Subject.WhyAbsent);
        Skip.If(Subject.IsSlow && cells > (LongFactAttribute.IsAsked ? 5 : 3), "the simulator is too slow for so many cells; up to 5 of them run with NPGPU_TEST_ALL=1 or run.sh test --all");
        return Subject.Engine!;
    }

    private static void SkipUnless(IEngine engine, DiscreteProblem problem, TimeSettings settings) =>
        Skip.If(engine.WhyNot(problem, settings) is { }, engine.WhyNot(problem, settings));

    private static DiscreteProblem[] Random(int cells, int species, int seed) =>
        [.. Enumerable.Range(0, 2).Select(i => Discretiser.Discretise(RandomProblems.Create(cells, species, seed, 1000 + i)))];

    private static (ProblemStatus Status, StateView State)[] Run(IEngine engine, DiscreteProblem[] problems, TimeSettings settings)
    {
        using IBatch batch = engine.Start(problems, settings);
        batch.Advance([.. problems.Select(_ => settings.End)], null, CancellationToken.None);
        return [.. problems.Select((problem, i) =>
        {
            var view = new StateView(problem);
            batch.Read(i, view);
            return (batch.Status(i), view);
        })];
    }

    // Largest difference of a concentration over itself and what is negligible.
    private static double Difference(StateView expected, StateView got, double negligible) => expected.Concentration.Zip(got.Concentration)
        .Max(pair => pair.First.Zip(pair.Second).Max(two => two.First == two.Second ? 0 : Math.Abs(two.First - two.Second) / (Math.Abs(two.First) + negligible)));
}

/// <summary>Mixed precision on ILGPU's CPU accelerator.</summary>
[Collection(OneDevice.Name)]
public sealed class SimulatorMixedTests : MixedEngineSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Of(AcceleratorKind.Simulator, EnginePrecision.Mixed);
}

/// <summary>Mixed precision on an OpenCL device.</summary>
[Collection(OneDevice.Name)]
public sealed class OpenClMixedTests : MixedEngineSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Of(AcceleratorKind.OpenCl, EnginePrecision.Mixed);
}

/// <summary>Mixed precision on a CUDA device.</summary>
[Collection(OneDevice.Name)]
public sealed class CudaMixedTests : MixedEngineSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Of(AcceleratorKind.Cuda, EnginePrecision.Mixed);
}
