using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.EndToEndTests.Checkpoints;

/// <summary>
/// A disk that is full or read-only: the checkpoint before stays, the run's file stays readable, and once it can be written again the run goes on
/// to the same bits.
/// </summary>
public sealed class DiskTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(60)]
    public void A_full_disk_costs_nothing_but_time(int freeKibibytes)
    {
        using var run = new CheckpointedRun(CheckpointedRun.Medium);
        using var disk = SmallDisk.Mount(run.Scratch.PathOf("disk"), 4096);
        string output = Path.Combine(disk.Folder, "a.h5"), ballast = Path.Combine(disk.Folder, "ballast");
        Process process = Start(run, output);
        Signals.WaitUntil(process, () => UnfinishedRun.HasCheckpoint(output));
        Fill(ballast, freeKibibytes);
        ProcessResult full = Npgpu.Finish(process, Signals.Patience);
        Assert.True(full.ExitCode == 5, full.ToString());
        Assert.Contains("No space left on device", full.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
        int snapshots = CheckpointFile.Read(output + CheckpointFile.Suffix).Checkpoint.Snapshots;
        using (RunFile file = RunFile.Open(output + RunFileWriter.PartSuffix))
            Assert.True(file.SnapshotCount >= snapshots);

        byte[] checkpoint = File.ReadAllBytes(output + CheckpointFile.Suffix);
        ProcessResult again = run.Run("resume", output, "--quiet");
        Assert.True(again.ExitCode == 5, again.ToString());
        Assert.Equal(checkpoint, File.ReadAllBytes(output + CheckpointFile.Suffix));
        File.Delete(ballast);
        GoesOn(run, output);
    }

    [SkippableFact]
    public void A_read_only_folder_is_told_and_left_alone()
    {
        using var run = new CheckpointedRun(CheckpointedRun.Medium);
        using var disk = SmallDisk.Mount(run.Scratch.PathOf("disk"), 4096);
        string output = Path.Combine(disk.Folder, "a.h5");
        Process process = Start(run, output);
        Signals.WaitUntil(process, () => UnfinishedRun.HasCheckpoint(output));
        Signals.Send("TERM", process);
        Assert.Equal(75, Npgpu.Finish(process, Signals.Patience).ExitCode);

        disk.Remount("ro");
        foreach (string[] command in new string[][] { ["resume", output], ["run", "a.json", "--resume", "-o", output] })
        {
            ProcessResult refused = run.Run(command);
            Assert.True(refused.ExitCode == 5, refused.ToString());
            Assert.Contains("Read-only file system", refused.Error, StringComparison.Ordinal);
        }
        disk.Remount("rw");
        GoesOn(run, output);
    }

    private static Process Start(CheckpointedRun run, string output) =>
        Signals.Start(run.Scratch, "run", "a.json", "-o", output, "--checkpoint", "20 ms", "--quiet");

    private void GoesOn(CheckpointedRun run, string output)
    {
        ProcessResult done = run.Run("resume", output, "--quiet");
        Assert.True(done.ExitCode == 0, done.ToString());
        SameRun.Check(undisturbed.Path, output);
        Assert.Equal(output, Assert.Single(Directory.GetFiles(Path.GetDirectoryName(output)!)));
    }

    private static void Fill(string path, int freeKibibytes)
    {
        byte[] block = new byte[4096];
        using FileStream ballast = File.Create(path, bufferSize: 0);
        try
        {
            while (true)
                ballast.Write(block);
        }
        catch (IOException)
        {
            ballast.SetLength(Math.Max(0, ballast.Length - (1024L * freeKibibytes)));
        }
    }
}
