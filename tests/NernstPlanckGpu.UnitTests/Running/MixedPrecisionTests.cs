using NernstPlanckGpu.Cli;
using NernstPlanckGpu.Cli.Commands;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Gpu;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;
using NernstPlanckGpu.SyntheticRuns;
using NernstPlanckGpu.Tests;
using NernstPlanckGpu.UnitTests.Configuration;
using NernstPlanckGpu.UnitTests.Engines;
using NernstPlanckGpu.UnitTests.Engines.Suite;
using NernstPlanckGpu.UnitTests.Sweeps;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Running;

/// <summary><c>--precision mixed</c> through the commands: what has it computes with it and says so, all else is refused before a file is there.</summary>
[Collection(OneDevice.Name)]
public sealed class MixedPrecisionTests : IDisposable
{
    private static readonly string Short = Sample.With("\"end\": \"1 us\"", "\"end\": \"20 ps\"");
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("cpu")]
    [InlineData("auto")]
    public void The_cpu_engine_is_refused(string engine)
    {
        RunRequest request = Request(Short) with { Engine = engine };
        foreach (Action refused in new Action[] { () => EngineChoice.For(request).Dispose(), () => EngineChoice.Check(request.EngineRequest) })
        {
            CommandFailure failure = Assert.Throws<CommandFailure>(refused);
            Assert.Equal(ExitCode.Device, failure.ExitCode);
            Assert.Contains("--precision mixed is for devices", Assert.Single(failure.Lines), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void A_run_says_so_on_the_terminal_and_in_its_file_and_is_close_to_double()
    {
        LongTest.Need();
        RunRequest request = Request(Short), full = request with { Precision = "double", OutputPath = folder.File("double.h5") };
        foreach (RunRequest one in new[] { request, full })
        {
            using EngineChoice choice = Open(one);
            Assert.Equal(ExitCode.Done, new RunSession(one, ConfigurationLoader.Load(one), choice).Start());
        }
        using RunFile run = RunFile.Open(request.OutputPath), other = RunFile.Open(full.OutputPath);
        Assert.Equal("mixed", run.ReadText("provenance/precision"));
        Assert.EndsWith("mixed precision", run.ReadText("provenance/engine"), StringComparison.Ordinal);
        Assert.Equal("double", other.ReadText("provenance/precision"));
        Assert.EndsWith("double precision", other.ReadText("provenance/engine"), StringComparison.Ordinal);
        double largest = RunFile.ReadLastState(request.OutputPath).Concentration
            .Zip(RunFile.ReadLastState(full.OutputPath).Concentration, (a, b) => Math.Abs(a - b) / (b + 1e-3)).Max();
        Assert.InRange(largest, 1e-16, 1e-9);
    }

    [SkippableTheory]
    [InlineData("\"integrator\": \"rodas4\"", "mixed precision is for explicit steps")]
    [InlineData("\"integrator\": \"rodas5\"", "mixed precision is for explicit steps")]
    public void Implicit_steps_leave_no_file(string integrator, string expected)
    {
        RunRequest request = Request(Short.Replace("\"integrator\": \"rkc2\"", integrator, StringComparison.Ordinal));
        using EngineChoice choice = Open(request);
        var refusal = Assert.Throws<EngineRefusalException>(() => new RunSession(request, ConfigurationLoader.Load(request), choice).Start());
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["a.json"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [SkippableFact]
    public void Steady_modes_leave_no_file()
    {
        RunRequest request = Request(Sample.WithoutTime("\"mode\": \"steady\""));
        using EngineChoice choice = Open(request);
        _ = Assert.Throws<EngineRefusalException>(() => new RunSession(request, ConfigurationLoader.Load(request), choice).Start());
        Assert.Equal(["a.json"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [SkippableFact]
    public void Auto_takes_explicit_steps()
    {
        RunRequest request = Request(Short.Replace("\"integrator\": \"rkc2\"", "\"integrator\": \"auto\"", StringComparison.Ordinal).Replace("20 ps", "1 s", StringComparison.Ordinal));
        using EngineChoice choice = Open(request);
        string integrator = PreparedRun.Of(ConfigurationLoader.Load(request), request, choice).Layout.Integrator;
        Assert.StartsWith("rkc2", integrator, StringComparison.Ordinal);
        Assert.Contains("not rodas4, since mixed precision is for explicit steps", integrator, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_sweep_computes_with_it_and_one_of_implicit_steps_leaves_no_file()
    {
        LongTest.Need();
        string axis = Plans.Path("/boundaries/left/electric/potential", "\"linspace\": [\"-70 mV\", \"10 mV\", 3]");
        string text = Plans.Text($"{{ \"axes\": [{axis}] }}", Short);
        var sweep = new SweepRequest { Run = Request(text), Shard = Shard.Whole };
        using (EngineChoice choice = Open(sweep.Run)) Assert.Equal(ExitCode.Done, SweepCommand.Run(sweep, choice));
        using (SweepFile file = SweepFile.Open(sweep.ShardPath)) Assert.All(file.Statuses, status => Assert.Equal(PointStatus.Done, status));

        var other = new SweepRequest
        {
            Run = Request(text.Replace("\"integrator\": \"rkc2\"", "\"integrator\": \"rodas4\"", StringComparison.Ordinal), "b"),
            Shard = Shard.Whole,
        };
        using EngineChoice second = Open(other.Run);
        _ = Assert.Throws<EngineRefusalException>(() => SweepCommand.Run(other, second));
        Assert.False(File.Exists(other.ShardPath) || File.Exists(other.ShardPath + RunFileWriter.PartSuffix));
    }

    [Fact]
    public void A_checkpoint_keeps_it_and_the_way_on_without_the_device_is_told()
    {
        RunRequest request = Request(Short) with { CheckpointInterval = TimeSpan.FromTicks(1) };
        using (var choice = new EngineChoice(new DeviceStandIn { LostAt = 9 }, "asked for"))
        {
            var failure = Assert.Throws<CommandFailure>(() => new RunSession(request, ConfigurationLoader.Load(request), choice).Start());
            Assert.EndsWith($"'npgpu resume {request.OutputPath} --engine cpu --precision double'.", failure.Lines[^1], StringComparison.Ordinal);
        }
        ResumeRequest resume = ResumeRequest.Of(request with { Engine = "cpu", IsEngineNamed = true });
        using (var unfinished = UnfinishedRun.Open(request.OutputPath)) Assert.Equal("mixed", resume.With(unfinished.Header).Precision);
        Assert.Equal(ExitCode.Device, Assert.Throws<CommandFailure>(() => ResumeCommand.GoOn(resume)).ExitCode);
        Assert.Equal(ExitCode.Done, ResumeCommand.GoOn(resume with { Precision = "double" }));
    }

    public void Dispose() => folder.Dispose();

    private static EngineChoice Open(RunRequest request)
    {
        Skip.IfNot(AcceleratorDiscovery.HasIlgpu, "this build is without ILGPU");
        return EngineChoice.For(request);
    }

    private RunRequest Request(string configuration, string name = "a")
    {
        string path = folder.File(name + ".json");
        File.WriteAllText(path, configuration);
        return new()
        {
            ConfigurationPath = path,
            CommandLine = $"npgpu run {name}.json",
            Overrides = [],
            Engine = "simulator",
            Precision = "mixed",
            EngineOptions = new(1),
            Json = false,
            Quiet = true,
            OutputPath = folder.File(name + ".h5"),
        };
    }
}
