using System.Diagnostics;
using NernstPlanckGpu.Cli.Slurm;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Slurm;

/// <summary>What the array's script does with every end of npgpu, with another program in its place and a scontrol that writes down its words.</summary>
public sealed class SlurmScriptRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [SkippableTheory]
    [InlineData("exit 0", 0, 0, false)]
    [InlineData("exit 4", 0, 4, false)] // failed points stay failed
    [InlineData("exit 5", 0, 5, false)]
    [InlineData("exit 75", 0, 75, true)]
    [InlineData("exit 75", 6, 75, true)]
    [InlineData("exit 75", 7, 75, false)] // --max-restarts 7
    [InlineData("exit 75", 6, 75, true, 3)] // out of time is no kill
    [InlineData("kill -s USR1 $$", 0, 138, true)] // the warning came before npgpu listened
    [InlineData("kill -s KILL $$", 0, 137, true)]
    [InlineData("kill -s KILL $$", 6, 137, true, 2)]
    [InlineData("kill -s KILL $$", 7, 137, false, 2)] // --max-restarts 7
    [InlineData("kill -s KILL $$", 3, 137, false, 3)] // killed once and again: no node will do
    [InlineData("kill -s KILL $$", 0, 137, true, 3)] // submitted again by hand
    [InlineData("kill -s ABRT $$", 0, 134, true)]
    public void A_task_goes_back_into_the_queue_while_something_is_left_to_do(string end, int restarts, int exitCode, bool isRequeued, int kills = 0)
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder.File("s.h5.slurm")).FullName, "task-3.kills"), $"{kills}\n");
        using Process script = Start(end, restarts);
        Check(script, exitCode, isRequeued);
        Assert.Equal($"sweep /c.json --output {folder.File("s.h5")} --shard 3/5 --threads 2 --resume", Read("words"));
    }

    [SkippableTheory]
    [InlineData("USR1", 75, true)]
    [InlineData("TERM", 75, false)] // cancelled: Slurm itself puts a preempted job back
    public void A_signal_is_passed_on_and_the_end_waited_for(string signal, int exitCode, bool isRequeued)
    {
        using Process script = Start($"trap 'sleep 0.3; echo saved >{folder.File("saved")}; exit 75' {signal}\n: >{folder.File("ready")}\nwhile :; do sleep 0.1; done", 0);
        WaitFor("ready");
        Process.Start("kill", [$"-{signal}", $"{script.Id}"]).WaitForExit();
        Check(script, exitCode, isRequeued);
        Assert.Equal("saved", Read("saved"));
    }

    [SkippableTheory]
    [InlineData(-1, ".part", "--force")]
    [InlineData(1, ".part", "--resume")]
    [InlineData(1, "", "--resume")]
    public void Forced_it_replaces_what_was_there_before_and_goes_on_with_its_own(int minutes, string suffix, string how)
    {
        SlurmJob job = Job("exit 0") with { Replace = true };
        _ = Directory.CreateDirectory(job.Folder);
        File.WriteAllText(job.Marker, "");
        string file = folder.File("s.3-of-5.h5") + suffix;
        File.WriteAllText(file, "");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(minutes));
        using Process script = StartScript(SlurmScript.Array(job), 0);
        Check(script, 0, false);
        Assert.EndsWith($"--threads 2 {how}", Read("words"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_warning_when_all_is_done_changes_nothing()
    {
        using Process script = Start($"trap '' USR1\n: >{folder.File("ready")}\nsleep 0.5\nexit 0", 0);
        WaitFor("ready");
        for (int i = 0; i < 5; i++)
            Process.Start("kill", ["-USR1", $"{script.Id}"]).WaitForExit();
        Check(script, 0, false);
    }

    [SkippableFact]
    public void The_merge_takes_the_files_that_are_there()
    {
        SlurmJob job = Job("exit 0");
        foreach (int task in new[] { 0, 2, 4 })
            File.WriteAllText(folder.File($"s.{task}-of-5.h5") + (task == 2 ? ".part" : ""), "");
        File.WriteAllText(folder.File("s.4-of-5.h5.part"), ""); // an axis was changed, and the rest interrupted
        using Process script = StartScript(SlurmScript.Merge(job), 0);
        string said = script.StandardError.ReadToEnd();
        script.WaitForExit();
        Assert.True(script.ExitCode == 0, said);
        Assert.Equal(
            [
                $"merge {folder.File("s.0-of-5.h5")} {folder.File("s.2-of-5.h5.part")} {folder.File("s.4-of-5.h5.part")} --output {folder.File("s.h5")} --force",
                $"status {folder.File("s.h5")}",
            ],
            Read("words").Split('\n'));
        Assert.Contains("task 1 left no file", said, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private SlurmJob Job(string end)
    {
        string program = folder.File("program");
        File.WriteAllText(program, $"printf '%s\\n' \"$*\" >>{folder.File("words")}\n{end}\n");
        return new()
        {
            Program = ["bash", program],
            Configuration = "/c.json",
            Output = folder.File("s.h5"),
            Tasks = 5,
            Cpus = 1,
            Request = new SlurmRequest { MaxRestarts = 7 },
        };
    }

    private Process Start(string end, int restarts) => StartScript(SlurmScript.Array(Job(end)), restarts);

    private Process StartScript(string text, int restarts)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a Unix shell");
        File.WriteAllText(folder.File("script"), text);
        File.WriteAllText(folder.File("scontrol"), $"#!/bin/bash\nprintf '%s\\n' \"$*\" >>'{folder.File("requeued")}'\n");
        Process.Start("chmod", ["+x", folder.File("scontrol")]).WaitForExit();
        var start = new ProcessStartInfo("bash", [folder.File("script")]) { RedirectStandardError = true };
        start.Environment["PATH"] = folder.Path + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["SLURM_ARRAY_JOB_ID"] = "41";
        start.Environment["SLURM_ARRAY_TASK_ID"] = "3";
        start.Environment["SLURM_CPUS_PER_TASK"] = "2";
        if (restarts > 0)
            start.Environment["SLURM_RESTART_COUNT"] = $"{restarts}";
        return Process.Start(start)!;
    }

    private void Check(Process script, int exitCode, bool isRequeued)
    {
        string said = script.StandardError.ReadToEnd();
        script.WaitForExit();
        Assert.True(script.ExitCode == exitCode, $"exit code {script.ExitCode}\n{said}");
        Assert.Equal(isRequeued ? "requeue 41_3" : "", Read("requeued"));
        Assert.Contains($"exit code {exitCode}", said, StringComparison.Ordinal);
    }

    private void WaitFor(string name)
    {
        var waiting = Stopwatch.StartNew();
        while (!File.Exists(folder.File(name)) && waiting.Elapsed < TimeSpan.FromSeconds(20))
            Thread.Sleep(20);
    }

    private string Read(string name) => File.Exists(folder.File(name)) ? File.ReadAllText(folder.File(name)).TrimEnd() : "";
}
