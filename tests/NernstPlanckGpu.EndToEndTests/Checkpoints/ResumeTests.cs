using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.EndToEndTests.Checkpoints;

/// <summary>A run that is interrupted by a signal ends with 75, and goes on to the file of an undisturbed run, bit by bit.</summary>
public class ResumeTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    [SkippableTheory]
    [InlineData("INT", "")]
    [InlineData("TERM", ".part")]
    [InlineData("USR1", ".checkpoint")]
    public void A_run_goes_on_after_a_signal(string signal, string suffix)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var run = new CheckpointedRun(CheckpointedRun.Medium);
        ProcessResult interrupted = run.Interrupt(signal);
        Assert.True(interrupted.ExitCode == 75, interrupted.ToString());
        Assert.Contains("npgpu resume a.h5", interrupted.Error, StringComparison.Ordinal);
        Assert.Equal(["a.h5.checkpoint", "a.h5.part", "a.json"], Names(run));
        Assert.Equal(NernstPlanckGpu.Core.Results.Outcome.Interrupted, RunFile.ReadSummary(run.Part).Outcome);

        ProcessResult refused = run.Run("run", "a.json", "-o", "a.h5");
        Assert.True(refused.ExitCode == 5, refused.ToString());
        Assert.Contains("npgpu resume", refused.Error, StringComparison.Ordinal);

        // As a process leaves it that is killed while it writes one.
        _ = run.Scratch.Write("a.h5.checkpoint.tmp", "half a checkpoint");
        ProcessResult done = run.Run("resume", "a.h5" + suffix);
        Assert.True(done.ExitCode == 0, done.ToString());
        Assert.Contains("goes on", done.Error, StringComparison.Ordinal);
        Assert.Equal(["a.h5", "a.json"], Names(run));
        SameRun.Check(undisturbed.Path, run.Output);
        using RunFile file = RunFile.Open(run.Output);
        Assert.Equal(1, file.ReadScalar("provenance/resumptions"));
        Assert.Contains("resume", file.ReadAttribute("/", "history")[0].Split('\n')[1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Without_new_checkpoints_it_goes_back_to_the_older_one()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var run = new CheckpointedRun(CheckpointedRun.Medium);
        _ = run.Interrupt("TERM");
        DateTime before = File.GetLastWriteTimeUtc(run.Part);
        Process process = run.Start("off");
        Signals.WaitUntil(process, () => File.GetLastWriteTimeUtc(run.Part) > before);
        Signals.Send("TERM", process);
        ProcessResult interrupted = Npgpu.Finish(process, Signals.Patience);
        Assert.True(interrupted.ExitCode == 75, interrupted.ToString());
        Assert.Contains("the older one is gone back to", interrupted.Error, StringComparison.Ordinal);
        Assert.Contains("it has a checkpoint", run.Run("status", "a.h5.checkpoint").Output, StringComparison.Ordinal);
        Assert.Equal(0, run.Run("resume", "a.h5").ExitCode);
        SameRun.Check(undisturbed.Path, run.Output);
    }

    [SkippableTheory]
    [InlineData("neuron/stroke")]
    [InlineData("neuron/action-potential")]
    [InlineData("resting-membrane")]
    public void A_run_goes_on_three_times_in_a_row(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var run = new CheckpointedRun(File.ReadAllText(Path.Combine(Repository.Root, "configs", name + ".json")));
        string[] signals = ["TERM", "USR1", "KILL"];
        Assert.All(signals, signal => Assert.Contains(run.Interrupt(signal).ExitCode, new[] { 0, 75, 137 }));
        ProcessResult done = run.Run("run", "a.json", "-o", "a.h5", "--resume", "--quiet");
        Assert.True(done.ExitCode == 0, done.ToString());
        SameRun.Check(run.Undisturbed(), run.Output);
        using RunFile file = RunFile.Open(run.Output);
        Assert.InRange(file.ReadScalar("provenance/resumptions"), 1, 3);
    }

    [SkippableFact]
    public void A_checkpoint_that_cannot_be_written_is_told_and_the_one_before_stays()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var run = new CheckpointedRun(CheckpointedRun.Medium);
        Process process = run.StartAndSave();
        Signals.WaitUntil(process, () => IsBlocked(run.Checkpoint + ".tmp"));
        Signals.WaitUntil(process, () => false, TimeSpan.FromMilliseconds(100));
        Signals.Send("TERM", process);
        ProcessResult result = Npgpu.Finish(process, Signals.Patience);
        Assert.True(result.ExitCode == 143, result.ToString());
        Assert.Contains("a.h5.checkpoint: cannot write the checkpoint", result.Error, StringComparison.Ordinal);
        Assert.Contains("the one before stays", result.Error, StringComparison.Ordinal);
        Assert.NotEmpty(CheckpointFile.Read(run.Checkpoint).Checkpoint.Engine.Entries);
        Directory.Delete(run.Checkpoint + ".tmp");

        ProcessResult done = run.Run("resume", "a.h5", "--quiet");
        Assert.True(done.ExitCode == 0, done.ToString());
        SameRun.Check(undisturbed.Path, run.Output);
    }

    [Fact]
    public void A_run_that_is_done_is_not_computed_again()
    {
        using var run = new CheckpointedRun(Configurations.Valid);
        ProcessResult first = run.Run("run", "a.json", "-o", "a.h5", "--resume", "--quiet");
        Assert.True(first.ExitCode == 0, first.ToString());
        byte[] bytes = File.ReadAllBytes(run.Output);
        File.WriteAllText(run.Checkpoint, "left by a kill between the last two things that a run does");
        foreach (string[] command in new string[][] { ["run", "a.json", "-o", "a.h5", "--resume"], ["resume", "a.h5"] })
        {
            ProcessResult again = run.Run(command);
            Assert.True(again.ExitCode == 0, again.ToString());
            Assert.Contains("done already", again.Output, StringComparison.Ordinal);
        }
        Assert.Equal(bytes, File.ReadAllBytes(run.Output));
    }

    /// <summary>Puts a folder where the program wants to write; a checkpoint may be on its way there just now.</summary>
    private static bool IsBlocked(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string[] Names(CheckpointedRun run) =>
        [.. Directory.GetFileSystemEntries(run.Scratch.Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
