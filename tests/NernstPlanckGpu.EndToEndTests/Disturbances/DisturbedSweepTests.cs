using System.Buffers.Binary;
using System.Diagnostics;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.EndToEndTests.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Tests;
using Xunit.Abstractions;

namespace NernstPlanckGpu.EndToEndTests.Disturbances;

/// <summary>
/// Kills, signals, full disks and closed folders at random moments of sweeps: no readable result is lost, none is there twice, no file has a
/// final name that does not open, and the finished sweep has the bits of an undisturbed one.
/// </summary>
public class DisturbedSweepTests(ITestOutputHelper output)
{
    private const string File = DisturbedFolder.Name + "/a.h5", Part = File + ".part";

    /// <summary>Besides the results: what a kill leaves of a file that was being made, and of the lock.</summary>
    private static readonly string[] Remains = ["a.h5.lock", "a.h5.new"];

    [SkippableTheory]
    [InlineData("steady", 2, 1)]
    [InlineData("in time", 2, 2)]
    public void A_disturbed_sweep_goes_on(string kind, int disturbances, int seed) => Disturb(kind, disturbances, seed);

    [SkippableTheory]
    [InlineData("steady", 80, 3)]
    [InlineData("in time", 60, 4)]
    public void A_sweep_that_is_disturbed_many_times_goes_on(string kind, int disturbances, int seed)
    {
        LongTest.Need();
        Disturb(kind, disturbances, seed);
    }

    private void Disturb(string kind, int disturbances, int seed)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        int points = kind == "steady" ? 2400 : 120;
        _ = scratch.Write("a.json", kind == "steady" ? SweepDocuments.Steady(60, 40) : SweepDocuments.InTime(12, 10));
        var clock = Stopwatch.StartNew();
        _ = SweepRun.Done(scratch, "a.json", "undisturbed.h5", "--threads", "1");
        TimeSpan duration = clock.Elapsed;
        string undisturbed = scratch.PathOf("undisturbed.h5");
        long size = new FileInfo(undisturbed).Length / 1024;

        using var folder = new DisturbedFolder(scratch, seed);
        output.WriteLine($"{duration.TotalSeconds:f1} s undisturbed, {size} KiB; {string.Join(", ", folder.Kinds)}");
        HashSet<int> seen = [];
        for (int i = 0; i < disturbances; i++)
        {
            (Disturbance what, ProcessResult result) = folder.Disturb(
                duration, size, "sweep", "a.json", "-o", File, "--resume", "--quiet", "--threads", "1");
            HashSet<int> present = Look(scratch, folder, undisturbed);
            output.WriteLine($"{what}: exit code {result.ExitCode}, {present.Count} of {points} points");
            Assert.True(seen.IsSubsetOf(present), $"{what}: lost {string.Join(", ", seen.Except(present))}; {result}");
            Assert.Equal(result.ExitCode == 0, folder.Files().Contains("a.h5"));
            seen = present;
            if (result.ExitCode != 0)
                continue;
            Assert.Equal(points, present.Count);
            System.IO.File.Delete(scratch.PathOf(File));
            seen.Clear();
        }

        Assert.Equal(points - seen.Count, SweepRun.Done(scratch, "a.json", File, "--resume").Number("computed"));
        Assert.Equal(["a.h5"], folder.Files());
        SweepFiles.AssertEqual(points, undisturbed, scratch.PathOf(File));
    }

    /// <summary>The points that the files have, which must open and have the bits of the undisturbed sweep.</summary>
    private static HashSet<int> Look(Scratch scratch, DisturbedFolder folder, string undisturbed)
    {
        string[] results = [.. new[] { File, Part }.Select(scratch.PathOf).Where(System.IO.File.Exists)];
        Assert.Empty(folder.Files().Except(results.Select(result => Path.GetFileName(result)!)).Except(Remains));
        Assert.InRange(results.Length, 0, 1);
        if (results.Length == 0)
            return [];
        HashSet<int> present = SweepFiles.Present(undisturbed, Whole(scratch, results[0]));
        using var file = SweepFile.Open(results[0]);
        Assert.Equal(present.Count, file.Statuses.Count(status => status != PointStatus.Missing));
        return present;
    }

    /// <summary>
    /// A copy as long as its superblock has it, which is at byte 28: where a file must not grow, h5py would refuse what npgpu reads and,
    /// when it goes on, repairs. For the same reason the writer's mark may stand, so it is opened as a file that grows.
    /// </summary>
    private static string Whole(Scratch scratch, string file)
    {
        string copy = scratch.PathOf("look.h5.part");
        System.IO.File.Copy(file, copy, overwrite: true);
        using FileStream stream = System.IO.File.Open(copy, FileMode.Open);
        byte[] superblock = new byte[48];
        stream.ReadExactly(superblock);
        stream.SetLength(Math.Max(stream.Length, BinaryPrimitives.ReadInt64LittleEndian(superblock.AsSpan(28))));
        return copy;
    }
}
