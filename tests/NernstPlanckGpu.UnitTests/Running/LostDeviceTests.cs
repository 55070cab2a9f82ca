using NernstPlanckGpu.Cli;
using NernstPlanckGpu.Cli.Commands;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;
using NernstPlanckGpu.SyntheticRuns;
using NernstPlanckGpu.UnitTests.Configuration;
using NernstPlanckGpu.UnitTests.Engines;
using NernstPlanckGpu.UnitTests.Sweeps;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Running;

/// <summary>A device that fails under a command: exit code 6, and what was computed is in the file.</summary>
public sealed class LostDeviceTests : IDisposable
{
    private static readonly string Transient = Sample.With("\"end\": \"1 us\"", "\"end\": \"1 ns\"");
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_run_leaves_its_part_readable_and_says_where_it_is()
    {
        RunRequest request = Request(Transient);
        using var choice = new EngineChoice(new DeviceStandIn { LostAt = 5 }, "asked for");
        var failure = Assert.Throws<CommandFailure>(() => new RunSession(request, ConfigurationLoader.Load(request), choice).Start());
        Assert.Equal(ExitCode.Device, failure.ExitCode);
        Assert.Equal(["npgpu: the device is lost.", $"npgpu: {request.OutputPath}.part has what was computed before."], failure.Lines);
        Assert.False(File.Exists(request.OutputPath));
        using RunFile run = RunFile.Open(request.OutputPath + RunFileWriter.PartSuffix);
        Assert.InRange(run.SnapshotCount, 1, 4);
    }

    [Fact]
    public void A_run_goes_on_from_its_checkpoint_without_the_device_to_the_same_bits()
    {
        RunRequest request = Request(Transient) with { CheckpointInterval = TimeSpan.FromTicks(1) };
        using (var choice = new EngineChoice(new DeviceStandIn { LostAt = 9 }, "asked for"))
        {
            var failure = Assert.Throws<CommandFailure>(() => new RunSession(request, ConfigurationLoader.Load(request), choice).Start());
            Assert.Equal(ExitCode.Device, failure.ExitCode);
            Assert.EndsWith($"'npgpu resume {request.OutputPath} --engine cpu'.", failure.Lines[^1], StringComparison.Ordinal);
        }

        RunRequest whole = request with { OutputPath = folder.File("whole.h5"), CheckpointInterval = null };
        using var cpu = new EngineChoice(new CpuEngine(new(1)), "asked for");
        Assert.Equal(ExitCode.Done, new RunSession(whole, ConfigurationLoader.Load(whole), cpu).Start());
        using (var unfinished = UnfinishedRun.Open(request.OutputPath))
            Assert.Equal(ExitCode.Done, new RunSession(request, ConfigurationLoader.Load(request), cpu).GoOn(unfinished));
        LastState expected = RunFile.ReadLastState(whole.OutputPath), got = RunFile.ReadLastState(request.OutputPath);
        Assert.Equal(expected.Time, got.Time);
        Assert.Equal(expected.Concentration, got.Concentration);
    }

    [Fact]
    public void A_sweep_keeps_its_points_and_another_engine_goes_on_to_the_same_bits()
    {
        string axis = Plans.Path("/boundaries/left/electric/potential", "\"linspace\": [\"-70 mV\", \"10 mV\", 40]");
        RunRequest run = Request(Plans.Text($"{{ \"axes\": [{axis}] }}", Transient));
        SweepRequest Into(string name) => new() { Run = run with { OutputPath = folder.File(name) }, Shard = Shard.Whole };
        using var whole = new DeviceStandIn { Width = 10 };
        using (var choice = new EngineChoice(whole, "asked for")) Assert.Equal(ExitCode.Done, SweepCommand.Run(Into("whole.h5"), choice));

        SweepRequest request = Into("s.h5");
        AssertKeepsThirtyAndGoesOn(request, new() { Width = 10, LostAt = whole.Advances }, Into("whole.h5"));
    }

    [Fact]
    public void A_sweep_of_steady_states_keeps_its_blocks_and_the_cpu_goes_on_to_the_same_bits()
    {
        string axis = Plans.Path("/boundaries/left/electric/potential", "\"linspace\": [\"-70 mV\", \"10 mV\", 40]");
        RunRequest run = Request(Plans.Text($"{{ \"axes\": [{axis}] }}", Sample.WithoutTime("\"mode\": \"steady\"")));
        SweepRequest Into(string name) => new() { Run = run with { OutputPath = folder.File(name) }, Shard = Shard.Whole };
        using (var choice = new EngineChoice(new CpuEngine(new(1)), "asked for")) Assert.Equal(ExitCode.Done, SweepCommand.Run(Into("whole.h5"), choice));

        SweepRequest request = Into("s.h5");
        AssertKeepsThirtyAndGoesOn(request, new() { FindsTogether = true, SteadyWidth = 10, LostAt = 4 }, Into("whole.h5"));
    }

    // The device is lost in its fourth block of ten; the CPU computes that, and the file is that of a sweep that was not disturbed.
    private void AssertKeepsThirtyAndGoesOn(SweepRequest request, DeviceStandIn device, SweepRequest whole)
    {
        using (var choice = new EngineChoice(device, "asked for")) Assert.Equal(ExitCode.Device, SweepCommand.Run(request, choice));
        Assert.False(File.Exists(request.ShardPath));
        using (SweepFile part = SweepFile.Open(request.ShardPath + RunFileWriter.PartSuffix))
            Assert.Equal(30, part.Statuses.Count(status => status == PointStatus.Done));

        using (var choice = new EngineChoice(new CpuEngine(new(1)), "asked for"))
            Assert.Equal(ExitCode.Done, SweepCommand.Run(request with { Resume = true }, choice));
        AssertSame(whole.ShardPath, request.ShardPath);
    }

    [Fact]
    public void What_the_cpu_found_for_the_device_is_told_in_the_file()
    {
        RunRequest request = Request(Sample.WithoutTime("\"mode\": \"steady\""));
        using var choice = new EngineChoice(new DeviceStandIn { FindsTogether = true, ByHost = _ => true }, "asked for");
        Assert.Equal(ExitCode.Done, new RunSession(request, ConfigurationLoader.Load(request), choice).Start());
        Assert.Equal("not on the device, then on the CPU: Newton", RunFile.ReadSummary(request.OutputPath).Detail);
    }

    [Fact]
    public void What_the_engine_cannot_do_leaves_no_file()
    {
        RunRequest request = Request(Transient);
        using var choice = new EngineChoice(new DeviceStandIn { Lacks = (_, _) => "it cannot" }, "asked for");
        _ = Assert.Throws<Core.Engines.EngineRefusalException>(() => new RunSession(request, ConfigurationLoader.Load(request), choice).Start());
        Assert.Equal(["a.json"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    public void Dispose() => folder.Dispose();

    private static void AssertSame(string expectedPath, string path)
    {
        using SweepFile expected = SweepFile.Open(expectedPath), got = SweepFile.Open(path);
        Assert.Equal(expected.Statuses, got.Statuses);
        foreach (SweepDataset dataset in expected.Datasets.Where(dataset => !dataset.Name.Contains("wall", StringComparison.OrdinalIgnoreCase)))
            Assert.Equal(expected.ReadRows(dataset.Name, 0, 40), got.ReadRows(dataset.Name, 0, 40));
    }

    private RunRequest Request(string configuration)
    {
        string path = folder.File("a.json");
        File.WriteAllText(path, configuration);
        return new()
        {
            ConfigurationPath = path,
            CommandLine = "npgpu run a.json",
            Overrides = [],
            Engine = "cuda",
            Precision = "double",
            EngineOptions = new(1),
            Json = false,
            Quiet = true,
            OutputPath = folder.File("a.h5"),
        };
    }
}
