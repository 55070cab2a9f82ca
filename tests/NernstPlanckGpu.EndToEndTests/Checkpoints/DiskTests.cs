using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.EndToEndTests.Checkpoints;

/// <summary>A disk that is full: the checkpoint before stays, the run's file stays readable, and with space again the run goes on to the same bits.</summary>
public sealed class DiskTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(60)]
    public void A_full_disk_costs_nothing_but_time(int freeKibibytes)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small file system takes root on Linux");
        using var run = new CheckpointedRun(CheckpointedRun.Medium);
        string disk = run.Scratch.PathOf("disk"), output = Path.Combine(disk, "a.h5"), ballast = Path.Combine(disk, "ballast");
        Directory.CreateDirectory(disk);
        ToolResult mounted = Tool.Run("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]);
        Skip.IfNot(mounted.ExitCode == 0, $"mounting a small file system is not allowed here: {mounted.Error.Trim()}");
        try
        {
            Process process = Signals.Start(run.Scratch, "run", "a.json", "-o", output, "--checkpoint", "20 ms", "--quiet");
            Signals.WaitUntil(process, () => File.Exists(output + CheckpointFile.Suffix));
            Fill(ballast, freeKibibytes);
            ProcessResult full = Npgpu.Finish(process, Signals.Patience);
            Assert.True(full.ExitCode == 5, full.ToString());
            Assert.Contains("No space left on device", full.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(output));
            int snapshots = CheckpointFile.Read(output + CheckpointFile.Suffix).Checkpoint.Snapshots;
            using (RunFile file = RunFile.Open(output + RunFileWriter.PartSuffix))
                Assert.True(file.SnapshotCount >= snapshots);

            File.Delete(ballast);
            ProcessResult done = run.Run("resume", output, "--quiet");
            Assert.True(done.ExitCode == 0, done.ToString());
            SameRun.Check(undisturbed.Path, output);
        }
        finally
        {
            Tool.Run("umount", [disk]);
        }
    }

    private static void Fill(string path, int freeKibibytes)
    {
        byte[] block = new byte[4096];
        using (FileStream ballast = File.Create(path, bufferSize: 0))
        {
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
}
