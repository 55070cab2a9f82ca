using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Verification;
using NernstPlanckGpu.UnitTests.Configuration;
using NernstPlanckGpu.UnitTests.Engines;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Results;

/// <summary>Single runs on an engine that is not the CPU's.</summary>
public class EngineRunTests
{
    private const string SteadyMode = "\"mode\": \"steady\"", CurveMode = "\"mode\": \"iv\", \"iv\": { \"voltages\": [\"-70 mV\", 0, \"150 mV\"] }";
    private static readonly string Short = Sample.With("\"end\": \"1 us\"", "\"end\": \"1 ns\"");
    private static readonly string FromSteady = Short.Replace("\"initial\": \"regions\"", "\"initial\": { \"steady\": {} }", StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_has_the_bits_of_the_cpu_and_says_what_that_did(bool fromSteady)
    {
        RunConfiguration configuration = Read(fromSteady ? FromSteady : Short);
        using var device = new DeviceStandIn();
        var simulation = new Simulation(configuration, device);
        Assert.Equal(fromSteady ? "stand-in device; the initial steady state is found on the CPU" : "stand-in device", simulation.Layout.Engine);
        RunSummary expected = new Simulation(configuration, new EngineOptions(1)).Run(new Nothing()), got = simulation.Run(new Nothing());
        Assert.Equal((expected.AcceptedSteps, expected.CurrentDensity), (got.AcceptedSteps, got.CurrentDensity));
        Assert.Equal(expected.Certificate, got.Certificate);
        using var own = new DeviceStandIn { HasSteadyStates = true };
        Assert.Equal("stand-in device", new Simulation(configuration, own).Layout.Engine);
    }

    [Fact]
    public void A_grid_is_refined_on_the_cpu_to_the_same_for_every_engine()
    {
        RunConfiguration configuration = Read(Short.Replace("\"grid\": { \"firstCell\": \"0.1 nm\", \"growth\": 1.2 }", "\"grid\": { \"tolerance\": \"1 mV\" }", StringComparison.Ordinal)
            .Replace(", \"grid\": { \"cells\": 20, \"grading\": \"none\" }", "", StringComparison.Ordinal));
        using var device = new DeviceStandIn();
        var simulation = new Simulation(configuration, device);
        Assert.Equal("stand-in device; the grid is refined on the CPU", simulation.Layout.Engine);
        Assert.Equal(new Simulation(configuration, new EngineOptions(1)).Layout.XFace, simulation.Layout.XFace);
        Assert.Empty(device.Batches);
        Assert.True(simulation.Estimate().Steps > 0);
        Assert.Empty(device.Batches);
    }

    [Fact]
    public void What_the_engine_cannot_do_is_refused_before_anything_is_computed()
    {
        using var device = new DeviceStandIn { Lacks = (_, time) => time.Integrator == IntegratorKind.Rkc2 ? "it has no rkc2" : null };
        var refusal = Assert.Throws<EngineRefusalException>(() => new Simulation(Read(Short), device));
        Assert.Equal("stand-in device cannot compute this: it has no rkc2; use --engine cpu", refusal.Message);
        Assert.Empty(device.Batches);
    }

    [Fact]
    public void Auto_takes_an_integrator_that_the_engine_has_and_says_so()
    {
        RunConfiguration configuration = Read(Short.Replace("\"integrator\": \"rkc2\"", "\"integrator\": \"auto\"", StringComparison.Ordinal));
        Assert.StartsWith("rkc2 (auto: ", new Simulation(configuration, new DeviceStandIn()).Layout.Integrator, StringComparison.Ordinal);
        var device = new DeviceStandIn { Lacks = (_, time) => time.Integrator == IntegratorKind.Rkc2 ? "it has no rkc2" : null };
        string integrator = new Simulation(configuration, device).Layout.Integrator;
        Assert.StartsWith("rodas4 (auto: ", integrator, StringComparison.Ordinal);
        Assert.EndsWith("; not rkc2, since it has no rkc2)", integrator, StringComparison.Ordinal);
        Assert.Throws<EngineRefusalException>(() => new Simulation(configuration, new DeviceStandIn { Lacks = (_, _) => "it has none" }));
    }

    [Theory]
    [InlineData(SteadyMode, "it finds no steady states", true)]
    [InlineData(CurveMode, "it finds no steady states", true)]
    [InlineData("\"mode\": \"iv\", \"iv\": { \"voltages\": [\"-70 mV\", 0], \"protocol\": \"step\" }, \"time\": { \"end\": \"1 ns\" }", "it starts no steps from a holding state", false)]
    [InlineData("\"mode\": \"impedance\", \"impedance\": { \"frequencies\": [\"1 Hz\", \"1 kHz\"] }", "it finds no admittances", false)]
    public void Modes_about_steady_states_need_an_engine_that_finds_them(string mode, string why, bool inBatches)
    {
        RunConfiguration configuration = Read(Sample.WithoutTime(mode));
        var refusal = Assert.Throws<EngineRefusalException>(() => new Simulation(configuration, new DeviceStandIn()));
        Assert.Equal($"stand-in device cannot compute this: {why}; use --engine cpu", refusal.Message);
        _ = new Simulation(configuration, new DeviceStandIn { HasSteadyStates = true });
        if (inBatches) _ = new Simulation(configuration, new DeviceStandIn { FindsTogether = true });
        else Assert.Throws<EngineRefusalException>(() => new Simulation(configuration, new DeviceStandIn { FindsTogether = true }));
        var lacking = new DeviceStandIn { FindsTogether = true, LacksSteady = problem => problem.Species == 3 ? "three are too many" : null };
        if (inBatches) Assert.Contains("three are too many", Assert.Throws<EngineRefusalException>(() => new Simulation(configuration, lacking)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_steady_run_is_a_batch_of_one_with_the_bits_of_the_cpu()
    {
        RunConfiguration configuration = Read(Sample.WithoutTime(SteadyMode));
        using var device = new DeviceStandIn { FindsTogether = true };
        RunSummary expected = new Simulation(configuration, new EngineOptions(1)).Run(new Nothing()), got = new Simulation(configuration, device).Run(new Nothing());
        Assert.Equal([1], device.SteadyBatches);
        Assert.Equal((Outcome.Done, expected.AcceptedSteps, expected.CurrentDensity, null), (got.Outcome, got.AcceptedSteps, got.CurrentDensity, got.Detail));
        Assert.Equal(expected.Results, got.Results);
        Assert.Equal(expected.Theory, got.Theory);
        Assert.Equal(expected.Certificate, got.Certificate);
        Assert.Equal(0, device.Open);
    }

    [Fact]
    public void A_curve_is_a_batch_of_its_voltages_and_what_its_analysis_seeks()
    {
        RunConfiguration configuration = Read(Sample.WithoutTime(CurveMode));
        using var device = new DeviceStandIn { FindsTogether = true };
        var seen = new List<double>();
        RunSummary got = new Simulation(configuration, device).Run(new Nothing(), progress => seen.Add(progress.Fraction));
        RunSummary expected = new Simulation(configuration, new EngineOptions(1)).Run(new Nothing());
        Assert.Equal(3, seen.Count);
        int[] batches = [.. device.SteadyBatches];
        Assert.Equal((3, 2), (batches[0], batches[^1]));
        Assert.All(batches[1..^1], size => Assert.Equal(1, size));
        Assert.Equal(expected.Results.Select(entry => entry.Name), got.Results.Select(entry => entry.Name));
        foreach ((ResultEntry want, ResultEntry have) in expected.Results.Zip(got.Results))
            Assert.InRange(have.Value, want.Value - 1e-9 * Math.Abs(want.Value), want.Value + 1e-9 * Math.Abs(want.Value));
        Assert.Equal(0, device.Open);
    }

    [Fact]
    public void A_run_ends_as_its_batch_does()
    {
        RunConfiguration steady = Read(Sample.WithoutTime(SteadyMode)), curve = Read(Sample.WithoutTime(CurveMode));
        using var stuck = new DeviceStandIn { FindsTogether = true, Stuck = problem => problem.Problem.Left.Electric.Electrode!.At(0) >= 0 };
        RunSummary failed = new Simulation(curve, stuck).Run(new Nothing());
        Assert.Equal((Outcome.NotConverged, "at 0 mV, point 2 of 3: it is stuck"), (failed.Outcome, failed.Detail));
        Assert.NotEmpty(failed.Certificate);
        using var lost = new DeviceStandIn { FindsTogether = true, LostAt = 1 };
        Assert.Throws<DeviceException>(() => new Simulation(steady, lost).Run(new Nothing()));
        Assert.Equal(0, lost.Open);
        using var device = new DeviceStandIn { FindsTogether = true };
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        foreach (RunConfiguration configuration in (RunConfiguration[])[steady, curve])
            Assert.Equal((Outcome.Interrupted, null), new Simulation(configuration, device).Run(new Nothing(), null, stop.Token) is var end ? (end.Outcome, end.Detail) : default);
        using var byHost = new DeviceStandIn { FindsTogether = true, ByHost = _ => true };
        Assert.Equal("not on the device, then on the CPU: Newton", new Simulation(steady, byHost).Run(new Nothing()).Detail);
    }

    [Fact]
    public void The_verification_leaves_out_what_the_engine_cannot_do()
    {
        string[] names = ["lane against lane", "in a closed box"];
        VerificationCheck[] checks = [.. VerificationTable.Checks.Where(check => names.Any(name => check.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))];
        Assert.NotEmpty(checks);
        using var device = new DeviceStandIn { Lacks = (_, time) => time.Integrator == IntegratorKind.Rodas4 ? "it has no rodas4" : null };
        VerificationRow[] rows = [.. VerificationTable.Run(device, checks)];
        Assert.All(rows, row => Assert.True(row.IsLeftOut, row.Check.Name));
        Assert.Contains(rows, row => row.Detail!.Contains("no rodas4", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Detail!.Contains("same bits", StringComparison.Ordinal));
    }

    private static RunConfiguration Read(string text)
    {
        ConfigurationResult result = ConfigurationReader.Parse(text, "sample.json", []);
        Assert.Empty(result.Errors);
        return result.Configuration!;
    }

    private sealed class Nothing : IRunSink
    {
        public void Snapshot(Snapshot snapshot)
        {
        }

        public void Trace(in TraceSample sample)
        {
        }

        public void Complete(RunSummary summary)
        {
        }
    }
}
