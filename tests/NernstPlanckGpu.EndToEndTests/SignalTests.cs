using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>A signal ends a run within two seconds, with a checkpoint or with its exit code, and with a readable .part file.</summary>
public class SignalTests
{
    [SkippableTheory]
    [InlineData("INT", 75)]
    [InlineData("TERM", 75)]
    [InlineData("USR1", 75)]
    [InlineData("INT", 130, "--checkpoint", "off")]
    [InlineData("TERM", 143, "--checkpoint", "off")]
    [InlineData("USR1", 138, "--checkpoint", "off")]
    public void A_signal_finishes_the_step_and_leaves_a_readable_part_file(string signal, int exitCode, params string[] options)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var scratch = new Scratch();
        Process process = StartLongRun(scratch, options);
        var sinceSignal = Stopwatch.StartNew();
        Signals.Send(signal, process);
        ProcessResult result = Npgpu.Finish(process, Signals.Patience);
        sinceSignal.Stop();

        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.InRange(sinceSignal.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4)); // two, and slack for a busy machine
        Assert.Contains("a.h5.part", result.Error + result.Output, StringComparison.Ordinal);
        Assert.Contains("interrupted", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.PathOf("a.h5")));
        Assert.Equal(exitCode == 75, File.Exists(scratch.PathOf("a.h5.checkpoint")));
        Assert.Equal(exitCode == 75, result.Error.Contains("npgpu resume a.h5", StringComparison.Ordinal));
        Assert.NotEmpty(RunFile.ReadLastState(scratch.PathOf("a.h5.part")).Species);
    }

    [SkippableTheory]
    [InlineData("TERM", 143)]
    [InlineData("USR1", 138)]
    public void A_run_that_is_not_in_time_has_no_checkpoint(string signal, int exitCode)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Document.With(Document.Curve("""{ "linspace": ["-100 mV", "100 mV", 100000] }""")));
        Process process = Started(scratch, Signals.Start(scratch, "run", "a.json", "-o", "a.h5"));
        Signals.Send(signal, process);
        ProcessResult result = Npgpu.Finish(process, Signals.Patience);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.False(File.Exists(scratch.PathOf("a.h5.checkpoint")));
        ProcessResult refused = Npgpu.Run(scratch, "resume", "a.h5");
        Assert.True(refused.ExitCode == 5, refused.ToString());
        Assert.Contains("has no checkpoint", refused.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void After_a_kill_nothing_lies_under_the_final_name_and_a_new_run_works()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var scratch = new Scratch();
        Process process = StartLongRun(scratch);
        Signals.Send("KILL", process);
        Assert.Equal(137, Npgpu.Finish(process, Signals.Patience).ExitCode);
        Assert.False(File.Exists(scratch.PathOf("a.h5")));

        ProcessResult refused = Npgpu.Run(scratch, "run", "a.json", "-o", "a.h5");
        Assert.True(refused.ExitCode == 5, refused.ToString());
        Assert.Contains("a.h5.part", refused.Error, StringComparison.Ordinal);

        ProcessResult again = Npgpu.Run(scratch, "run", "a.json", "-o", "a.h5", "--force", "--set", "/time/end=1 ns");
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.True(File.Exists(scratch.PathOf("a.h5")));
        Assert.False(File.Exists(scratch.PathOf("a.h5.part")));
    }

    [SkippableFact]
    public void Json_tells_of_an_interruption()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var scratch = new Scratch();
        Process process = StartLongRun(scratch, "--json", "--quiet");
        Signals.Send("INT", process);
        ProcessResult result = Npgpu.Finish(process, Signals.Patience);
        using var json = System.Text.Json.JsonDocument.Parse(result.Output);
        Assert.Equal("interrupted", json.RootElement.GetProperty("outcome").GetString());
        Assert.Equal("a.h5.part", json.RootElement.GetProperty("files")[0].GetString());
        Assert.Equal("a.h5.checkpoint", json.RootElement.GetProperty("checkpoint").GetString());
    }

    /// <summary>Starts a run of minutes and waits until it has begun to write.</summary>
    private static Process StartLongRun(Scratch scratch, params string[] options)
    {
        _ = scratch.Write("a.json", Configurations.Long);
        return Started(scratch, Signals.Start(scratch, ["run", "a.json", "-o", "a.h5", .. options]));
    }

    private static Process Started(Scratch scratch, Process process)
    {
        Signals.WaitUntil(process, () => File.Exists(scratch.PathOf("a.h5.part")));
        Thread.Sleep(300);
        return process;
    }
}
