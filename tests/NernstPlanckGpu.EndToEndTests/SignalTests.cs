using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>A signal ends a run within two seconds, with its exit code and a readable .part file.</summary>
public class SignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_finishes_the_step_and_leaves_a_readable_part_file(string signal, int exitCode)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var scratch = new Scratch();
        Process process = StartLongRun(scratch);
        var sinceSignal = Stopwatch.StartNew();
        Send(signal, process);
        ProcessResult result = Npgpu.Finish(process, Patience);
        sinceSignal.Stop();

        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.InRange(sinceSignal.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4)); // two, and slack for a busy machine
        Assert.Contains("a.h5.part", result.Error + result.Output, StringComparison.Ordinal);
        Assert.Contains("interrupted", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.PathOf("a.h5")));
        Assert.NotEmpty(RunFile.ReadLastState(scratch.PathOf("a.h5.part")).Species);
    }

    [SkippableFact]
    public void After_a_kill_nothing_lies_under_the_final_name_and_a_new_run_works()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var scratch = new Scratch();
        Process process = StartLongRun(scratch);
        Send("KILL", process);
        Assert.Equal(137, Npgpu.Finish(process, Patience).ExitCode);
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
        Send("INT", process);
        ProcessResult result = Npgpu.Finish(process, Patience);
        using var json = System.Text.Json.JsonDocument.Parse(result.Output);
        Assert.Equal("interrupted", json.RootElement.GetProperty("outcome").GetString());
        Assert.Equal("a.h5.part", json.RootElement.GetProperty("files")[0].GetString());
    }

    /// <summary>Starts a run of minutes and waits until it has begun to write. Its signals count even if these tests ignore them.</summary>
    private static Process StartLongRun(Scratch scratch, params string[] options)
    {
        _ = scratch.Write("a.json", Configurations.Long);
        string[] signals = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,TERM"] : [];
        Process process = Npgpu.StartProcess(
            scratch.Folder, [.. signals, Repository.Dotnet, Repository.Program, "run", "a.json", "-o", "a.h5", .. options]);
        var waiting = Stopwatch.StartNew();
        while (!File.Exists(scratch.PathOf("a.h5.part")) && !process.HasExited && waiting.Elapsed < Patience)
            Thread.Sleep(20);
        Thread.Sleep(300);
        return process;
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
