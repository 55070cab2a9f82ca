using NernstPlanckGpu.EndToEndTests.Checkpoints;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;
using NernstPlanckGpu.Tests;
using Xunit.Abstractions;

namespace NernstPlanckGpu.EndToEndTests.Disturbances;

/// <summary>The same for a long run with checkpoints: what goes on ends with the bits of the undisturbed run.</summary>
public class DisturbedRunTests(UndisturbedRun undisturbed, ITestOutputHelper output) : IClassFixture<UndisturbedRun>
{
    private const string Output = DisturbedFolder.Name + "/a.h5";

    private static readonly string[] Remains = ["a.h5.lock", "a.h5.checkpoint.tmp", "a.h5.part.tmp"];

    [SkippableFact]
    public void A_disturbed_run_goes_on() => Disturb(3, seed: 5);

    [SkippableFact]
    public void A_run_that_is_disturbed_many_times_goes_on()
    {
        LongTest.Need();
        Disturb(60, seed: 6);
    }

    private void Disturb(int disturbances, int seed)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", CheckpointedRun.Medium);
        using var folder = new DisturbedFolder(scratch, seed);
        string file = scratch.PathOf(Output), checkpoint = file + CheckpointFile.Suffix;
        long size = new FileInfo(undisturbed.Path).Length / 1024;
        for (int i = 0; i < disturbances; i++)
        {
            // Both ways to go on.
            string[] words = File.Exists(checkpoint) && i % 2 == 1 ? ["resume", Output] : ["run", "a.json", "-o", Output, "--resume"];
            (Disturbance what, ProcessResult result) = folder.Disturb(undisturbed.Duration, size, [.. words, "--quiet", "--checkpoint", "20 ms"]);
            output.WriteLine($"{what}: exit code {result.ExitCode}, {string.Join(", ", folder.Files())}");
            Assert.Empty(folder.Files().Except(["a.h5", "a.h5.part", "a.h5.checkpoint", .. Remains]));
            Assert.Equal(result.ExitCode == 0, File.Exists(file));
            Assert.True(result.ExitCode != 75 || File.Exists(checkpoint), result.ToString());
            if (result.ExitCode == 0)
                CheckAndRemove(file);
            else if (File.Exists(checkpoint))
                CheckSnapshots(file + RunFileWriter.PartSuffix, CheckpointFile.Read(checkpoint).Checkpoint.Snapshots);
        }

        ProcessResult done = Npgpu.Run(scratch, "run", "a.json", "-o", Output, "--resume", "--quiet");
        Assert.True(done.ExitCode == 0, done.ToString());
        Assert.Equal(["a.h5"], folder.Files());
        SameRun.Check(undisturbed.Path, file);
    }

    /// <summary>The snapshots that a checkpoint counts are in the file, with the bits of the undisturbed run.</summary>
    private void CheckSnapshots(string part, int counted)
    {
        using RunFile left = RunFile.Open(part), whole = RunFile.Open(undisturbed.Path);
        Assert.InRange(left.SnapshotCount, counted, whole.SnapshotCount);
        Assert.Equal(whole.Times.Take(left.SnapshotCount), left.Times.Take(left.SnapshotCount));
        foreach (string field in new[] { "concentration", "potential", "flux" })
            Assert.Equal(whole.ReadRows(field, 0, left.SnapshotCount), left.ReadRows(field, 0, left.SnapshotCount));
    }

    private void CheckAndRemove(string file)
    {
        SameRun.Check(undisturbed.Path, file);
        File.Delete(file);
        File.Delete(file + CheckpointFile.Suffix);
    }
}
