using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Gpu;
using NernstPlanckGpu.UnitTests.Configuration;
using NernstPlanckGpu.UnitTests.Sweeps;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines.Suite;

/// <summary>Runs and sweeps of steady states and curves on every engine: the CPU's numbers. Few cells, so that the simulator ends.</summary>
public abstract class SteadyRunSuite
{
    /// <summary>Of what rounding leaves where Newton's method has converged.</summary>
    private const double Tolerance = 1e-9;

    private const string Curve = "\"mode\": \"iv\", \"iv\": { \"voltages\": [\"-100 mV\", \"-70 mV\", \"10 mV\", \"150 mV\"] }";
    private static readonly string Steady = Coarse(Sample.WithoutTime("\"mode\": \"steady\"")), Curves = Coarse(Sample.WithoutTime(Curve));

    /// <summary>The engine.</summary>
    protected abstract EngineUnderTest Subject { get; }

    [SkippableFact]
    public void A_sweep_of_steady_states_has_the_numbers_of_the_cpu()
    {
        string voltages = Plans.Path("/boundaries/left/electric/potential", "\"linspace\": [\"-70 mV\", \"40 mV\", 5]");
        string barriers = Plans.Path("/regions/1/barrier/K", "\"values\": [\"9 kJ/mol\", \"10 kJ/mol\"]");
        string named = Steady.Replace("\"barrier\": \"10 kJ/mol\"", "\"barrier\": { \"K\": \"10 kJ/mol\", \"Cl\": \"10 kJ/mol\" }", StringComparison.Ordinal);
        Compare(Plans.Read($"{{ \"axes\": [{voltages}, {barriers}] }}", named), 10);
    }

    [SkippableFact]
    public void A_sweep_of_curves_has_the_numbers_of_the_cpu()
    {
        string potassium = Plans.Path("/regions/2/concentration/K", "\"values\": [\"5 mM\", \"20 mM\"]"), chloride = Plans.Path("/regions/2/concentration/Cl", "\"values\": [\"5 mM\", \"20 mM\"]");
        Compare(Plans.Read($"{{ \"axes\": [{potassium}, {chloride}], \"combine\": \"zip\" }}", Curves), 2);
    }

    [SkippableTheory]
    [InlineData(false, "electrodePotential")]
    [InlineData(true, "restingPotential")]
    public void A_steady_run_has_the_numbers_of_the_cpu(bool isOpen, string name)
    {
        IEngine engine = Open();
        RunConfiguration configuration = Sample.Read(isOpen ? Steady.Replace("{ \"potential\": \"-70 mV\" }", "{ \"current\": 0 }", StringComparison.Ordinal) : Steady);
        (RunSummary expected, RunSummary got) = (Run(configuration, new CpuEngine(new(1)), out double largest), Run(configuration, engine, out _));
        AssertClose(expected, got, largest);
        Assert.Equal(name, got.Results[0].Name);
        // The membrane lets chloride through, whose potential is 77 mV.
        if (isOpen) Assert.InRange(got.Results[0].Value, 0.07, 0.08);
    }

    [SkippableFact]
    public void A_curve_has_the_numbers_of_the_cpu()
    {
        IEngine engine = Open();
        RunConfiguration configuration = Sample.Read(Curves);
        (RunSummary expected, RunSummary got) = (Run(configuration, new CpuEngine(new(1)), out double largest), Run(configuration, engine, out _));
        AssertClose(expected, got, largest);
        Assert.True(double.IsFinite(got.Results.Single(entry => entry.Name == "reversalPotential").Value));
        Assert.Equal(expected.Curves.Single().Values.Count, got.Curves.Single().Values.Count);
        foreach ((double want, double have) in expected.Curves.Single().Values.Zip(got.Curves.Single().Values)) Within(want, have, Math.Abs(want));
    }

    [SkippableFact]
    public void States_are_read_on_several_threads_to_the_same_bits()
    {
        IEngine engine = Open();
        DiscreteProblem problem = Discretiser.Discretise(Sample.Read(Steady).Problem);
        DiscreteProblem[] problems = [.. Enumerable.Range(0, 7).Select(i => problem.AtVoltage(-0.07 + (0.01 * i)))];
        using ISteadyBatch batch = engine.SteadyBatch(problems);
        batch.Solve(CancellationToken.None);
        StateView[] alone = [.. problems.Select(one => new StateView(one))];
        double[] residuals = [.. problems.Select((_, i) => batch.Read(i, alone[i]))];
        Assert.All(residuals, residual => Assert.InRange(residual, 0, 1e-11));
        _ = Parallel.For(0, 70, new ParallelOptions { MaxDegreeOfParallelism = 4 }, turn =>
        {
            int i = turn % 7;
            var state = new StateView(problems[i]);
            Assert.Equal(residuals[i], batch.Read(i, state));
            Assert.Equal(alone[i].Concentration, state.Concentration);
            Assert.Equal(alone[i].Flux, state.Flux);
        });
    }

    private static string Coarse(string text) => text.Replace("\"firstCell\": \"0.1 nm\", \"growth\": 1.2", "\"firstCell\": \"0.4 nm\", \"growth\": 1.4", StringComparison.Ordinal)
        .Replace("\"cells\": 20", "\"cells\": 5", StringComparison.Ordinal);

    private IEngine Open()
    {
        Skip.If(Subject.Engine is null, Subject.WhyAbsent);
        return Subject.Engine!;
    }

    private void Compare(SweepPlan plan, int count)
    {
        IEngine engine = Open();
        (SweepSummary whole, PointMemory expected) = Run(plan, new() { Engine = new(1) }, count);
        (SweepSummary summary, PointMemory got) = Run(plan, new() { Engine = new(2), Device = engine }, count);
        Assert.Equal((count, 0, count, 0, null), (whole.Progress.Done, whole.Progress.Failed, summary.Progress.Done, summary.Progress.Failed, summary.DeviceFailure));
        for (int point = 0; point < count; point++)
        {
            PointResult want = expected.Points[point], have = got.Points[point];
            Assert.Equal("", have.Message);
            double largest = want.Traces.Max(sample => sample.Values.Max(Math.Abs));
            AssertClose(want.Summary!, have.Summary!, largest);
            Assert.Equal(want.Traces.Count, have.Traces.Count);
            foreach (((double at, double[] values), (double place, double[] row)) in want.Traces.Zip(have.Traces))
            {
                Assert.Equal(at, place);
                foreach ((double one, double other) in values.Zip(row)) Within(one, other, largest);
            }
            foreach ((Snapshot one, Snapshot other) in want.Snapshots.Zip(have.Snapshots))
                foreach ((double a, double b) in one.Concentration.Zip(other.Concentration)) Within(a, b, Math.Abs(a));
        }
    }

    // Currents beside the largest of an ion: in an open circuit their sum is nothing.
    private static void AssertClose(RunSummary expected, RunSummary got, double largest)
    {
        Assert.Equal((Outcome.Done, Outcome.Done, null, true), (expected.Outcome, got.Outcome, got.Detail, got.CertificateHolds));
        Within(expected.MembranePotential, got.MembranePotential, Math.Abs(expected.MembranePotential));
        Within(expected.CurrentDensity, got.CurrentDensity, largest);
        Assert.Equal(expected.Results.Select(entry => entry.Name), got.Results.Select(entry => entry.Name));
        foreach ((ResultEntry want, ResultEntry have) in expected.Results.Zip(got.Results)) Within(want.Value, have.Value, Math.Abs(want.Value));
        Assert.Equal(expected.Theory.Select(entry => entry.Name), got.Theory.Select(entry => entry.Name));
        foreach ((TheoryEntry want, TheoryEntry have) in expected.Theory.Zip(got.Theory)) Within(want.Value, have.Value, Math.Abs(want.Value));
        Assert.Equal(expected.Certificate.Select(entry => entry.Name), got.Certificate.Select(entry => entry.Name));
    }

    private static void Within(double expected, double got, double size)
    {
        if (double.IsNaN(expected)) Assert.Equal(double.NaN, got);
        else Assert.InRange(got, expected - (Tolerance * size), expected + (Tolerance * size));
    }

    private static RunSummary Run(RunConfiguration configuration, IEngine engine, out double largest)
    {
        var sink = new LargestTrace();
        RunSummary summary = new Simulation(configuration, engine).Run(sink);
        largest = sink.Value;
        return summary;
    }

    private static (SweepSummary Summary, PointMemory Points) Run(SweepPlan plan, SweepOptions options, int count)
    {
        var points = new PointMemory();
        SweepLayout layout = SweepLayouts.Of(plan, Shard.Whole, options);
        return (new SweepRunner(plan, layout, options).Run([.. Enumerable.Range(0, count)], 0, points), points);
    }

    private sealed class LargestTrace : IRunSink
    {
        public double Value { get; private set; }

        public void Snapshot(Snapshot snapshot)
        {
        }

        public void Trace(in TraceSample sample)
        {
            foreach (double value in sample.Values.Span) Value = Math.Max(Value, Math.Abs(value));
        }

        public void Complete(RunSummary summary)
        {
        }
    }
}

/// <summary>The suite on the CPU, the judge itself.</summary>
public sealed class ScalarSteadyRunTests : SteadyRunSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Cpu("scalar");
}

/// <summary>The suite on ILGPU's CPU accelerator.</summary>
[Collection(OneDevice.Name)]
public sealed class SimulatorSteadyRunTests : SteadyRunSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Of(AcceleratorKind.Simulator);
}

/// <summary>The suite on an OpenCL device.</summary>
[Collection(OneDevice.Name)]
public sealed class OpenClSteadyRunTests : SteadyRunSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Of(AcceleratorKind.OpenCl);
}

/// <summary>The suite on a CUDA device.</summary>
[Collection(OneDevice.Name)]
public sealed class CudaSteadyRunTests : SteadyRunSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Of(AcceleratorKind.Cuda);
}
