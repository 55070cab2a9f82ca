using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.EndToEndTests.Checkpoints;

/// <summary>What cannot go on is refused with exit code 5 and its reason, and nothing is touched.</summary>
public sealed class RefusalTests
{
    [SkippableFact]
    public void What_is_not_the_checkpoint_of_this_run_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var run = new CheckpointedRun(CheckpointedRun.Medium);
        Assert.Equal(75, run.Interrupt("TERM").ExitCode);
        byte[] part = File.ReadAllBytes(run.Part), checkpoint = File.ReadAllBytes(run.Checkpoint);
        (CheckpointHeader header, var saved) = CheckpointFile.Read(run.Checkpoint);

        Refused(run, "another configuration", "run", "a.json", "-o", "a.h5", "--resume", "--set", "/title=Another");
        CheckpointFile.Write(run.Checkpoint, header with { Version = "0.0.1" }, saved);
        Refused(run, "version 0.0.1", "resume", "a.h5");
        CheckpointFile.Write(run.Checkpoint, header, saved with { ProblemHash = "0" });
        Refused(run, "bit by bit", "resume", "a.h5");
        File.WriteAllBytes(run.Checkpoint, checkpoint[..(checkpoint.Length / 2)]);
        Refused(run, "cannot go on from the checkpoint", "resume", "a.h5");
        File.WriteAllText(run.Checkpoint, Configurations.Valid);
        Refused(run, "cannot go on from the checkpoint", "resume", "a.h5");
        File.WriteAllBytes(run.Checkpoint, part);
        Refused(run, "it is no checkpoint", "resume", "a.h5");
        Assert.Equal(part, File.ReadAllBytes(run.Part));

        File.WriteAllBytes(run.Checkpoint, checkpoint);
        File.Delete(run.Part);
        Refused(run, "only its checkpoint is", "resume", "a.h5");
        Refused(run, "only its checkpoint is", "run", "a.json", "-o", "a.h5", "--resume");
        Refused(run, "bring it back", "run", "a.json", "-o", "a.h5");
        Assert.Equal(checkpoint, File.ReadAllBytes(run.Checkpoint));
    }

    [SkippableFact]
    public void A_changed_initial_file_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var run = new CheckpointedRun(CheckpointedRun.Medium.Replace("\"initial\": \"regions\"", "\"initial\": { \"file\": \"earlier.h5\" }", StringComparison.Ordinal));
        _ = run.Scratch.Write("earlier.json", Configurations.Valid);
        Assert.Equal(0, run.Run("run", "earlier.json", "-o", "earlier.h5", "--quiet").ExitCode);
        Assert.Equal(75, run.Interrupt("TERM").ExitCode);
        byte[] part = File.ReadAllBytes(run.Part);
        Assert.Equal(0, run.Run("run", "earlier.json", "-o", "earlier.h5", "--quiet", "--force", "--set", "/time/end=2 ns").ExitCode);
        Refused(run, "the file of its initial state has changed", "resume", "a.h5");
        Assert.Equal(part, File.ReadAllBytes(run.Part));
        Assert.Equal(0, run.Run("run", "earlier.json", "-o", "earlier.h5", "--quiet", "--force").ExitCode);
        Assert.Equal(0, run.Run("resume", "a.h5", "--quiet").ExitCode);
    }

    [SkippableFact]
    public void A_run_that_goes_still_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var run = new CheckpointedRun(Configurations.Long);
        using var process = run.StartAndSave();
        try
        {
            Refused(run, "another run is writing it", "resume", "a.h5");
            Refused(run, "another run is writing it", "run", "a.json", "-o", "a.h5", "--resume");
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [Fact]
    public void A_run_without_a_checkpoint_begins_anew_or_is_refused()
    {
        using var run = new CheckpointedRun(Configurations.Valid);
        Refused(run, "there is no run a.h5", "resume", "a.h5");
        Assert.Equal(0, run.Run("run", "a.json", "-o", "a.h5", "--quiet").ExitCode);
        byte[] finished = File.ReadAllBytes(run.Output);
        Refused(run, "another configuration", "run", "a.json", "-o", "a.h5", "--resume", "--set", "/title=Another");
        File.Move(run.Output, run.Part);
        Refused(run, "has no checkpoint", "resume", "a.h5.part");
        Refused(run, "another configuration", "run", "a.json", "-o", "a.h5", "--resume", "--set", "/title=Another");
        Assert.Equal(finished, File.ReadAllBytes(run.Part));
        Assert.Equal(0, run.Run("run", "a.json", "-o", "a.h5", "--resume", "--quiet").ExitCode);
        Assert.Equal(NernstPlanckGpu.Core.Results.Outcome.Done, RunFile.ReadSummary(run.Output).Outcome);
    }

    [Theory]
    [InlineData("--checkpoint takes a time", "run", "a.json", "--checkpoint", "often")]
    [InlineData("--checkpoint takes a time", "resume", "a.h5", "--checkpoint", "0 s")]
    [InlineData("give one of them", "run", "a.json", "--force", "--resume")]
    public void Wrong_words_are_refused(string reason, params string[] arguments)
    {
        using var run = new CheckpointedRun(Configurations.Valid);
        ProcessResult result = run.Run(arguments);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    private static void Refused(CheckpointedRun run, string reason, params string[] arguments)
    {
        ProcessResult result = run.Run(arguments);
        Assert.True(result.ExitCode == 5, result.ToString());
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }
}
