using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.EndToEndTests.Checkpoints;

/// <summary>
/// SIGKILL at any moment: whatever lies under a final name opens, the snapshots so far are readable, and what goes on ends with the file of an
/// undisturbed run, bit by bit: nothing lost, nothing twice.
/// </summary>
public class KillTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    [SkippableFact]
    public void A_killed_run_goes_on()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        Kill(5, seed: 1);
    }

    [LongFact]
    public void A_hundred_killed_runs_go_on() => Kill(100, seed: 2);

    private void Kill(int kills, int seed)
    {
        using var run = new CheckpointedRun(CheckpointedRun.Medium);
        var random = new Random(seed);
        int killed = 0;
        while (killed < kills)
        {
            Process process = run.Start();
            Thread.Sleep((int)random.NextInt64((long)(0.6 * undisturbed.Duration.TotalMilliseconds)));
            Signals.Send("KILL", process);
            ProcessResult result = Npgpu.Finish(process, Signals.Patience);
            Assert.True(result.ExitCode is 137 or 0, result.ToString());
            killed += result.ExitCode == 137 ? 1 : 0;
            Look(run);
            if (result.ExitCode == 0)
                CheckAndRemove(run, undisturbed.Path);
        }
        ProcessResult done = run.Run("run", "a.json", "-o", "a.h5", "--resume", "--quiet");
        Assert.True(done.ExitCode == 0, done.ToString());
        CheckAndRemove(run, undisturbed.Path);
    }

    private static void Look(CheckpointedRun run)
    {
        if (File.Exists(run.Checkpoint))
            CheckpointFile.Read(run.Checkpoint);
        if (File.Exists(run.Output))
            RunFile.ReadSummary(run.Output);
        if (File.Exists(run.Checkpoint) && !File.Exists(run.Output))
        {
            using RunFile file = RunFile.Open(run.Part);
            Assert.True(file.SnapshotCount >= CheckpointFile.Read(run.Checkpoint).Checkpoint.Snapshots);
        }
    }

    private static void CheckAndRemove(CheckpointedRun run, string undisturbed)
    {
        SameRun.Check(undisturbed, run.Output);
        Assert.False(File.Exists(run.Part));
        File.Delete(run.Output);
        File.Delete(run.Checkpoint);
    }
}
