using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

/// <summary>Merged shards are the sweep in one file, bit by bit; what does not belong together is refused by name.</summary>
public sealed class SweepMergeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Output => folder.File("merged.h5");

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1, true, false)]
    [InlineData(3, false, false)]
    [InlineData(3, true, true)]
    [InlineData(8, false, true)]
    [InlineData(8, true, false)]
    public void Merged_shards_are_the_sweep(int count, bool copy, bool unlike)
    {
        SyntheticSweep sweep = new() { Points = 61, HasWords = true, GridDiffers = unlike, PlacesDiffer = unlike };
        string[] shards = Shards(sweep, count);
        SweepMergeReport report = Merge(sweep, shards, new SweepMergeOptions { Copy = copy });
        Assert.Equal((63, 5, 0, 0), (report.Points, report.Failed, report.Missing, report.MissingShards.Count));
        SweepExpectations.Check(Output, sweep, Shard.Whole);
        string whole = folder.File("whole.h5");
        sweep.WriteTo(whole);
        SweepExpectations.AssertSame(whole, Output);
        using SweepFile merged = SweepFile.Open(Output);
        Assert.All(merged.ReadRows("present", 0, 63), mask => Assert.Equal(1, mask));
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), path => path.EndsWith(".merging", StringComparison.Ordinal) || path.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Missing_shards_and_points_are_masked(bool copy)
    {
        SyntheticSweep sweep = new() { Points = 61 };
        string[] shards = Shards(sweep, 4);
        SweepLayout second = sweep.Layout(new Shard(1, 4));
        using (SweepFileWriter writer = SweepFileWriter.Resume(shards[1], second, SyntheticSweep.Provenance))
            writer.Forget([0, 2, 3]);
        SweepMergeReport report = Merge(sweep, [shards[3], shards[1] + ".part", shards[0]], new SweepMergeOptions { Copy = copy });
        Assert.Equal([2], report.MissingShards);
        int[] missing = [.. sweep.Layout(new Shard(2, 4)).Points, second.Points[0], second.Points[2], second.Points[3]];
        Assert.Equal(missing.Length, report.Missing);
        Assert.Equal(61 - missing.Length, SweepExpectations.Check(Output, sweep, Shard.Whole, partial: true));
        using SweepFile merged = SweepFile.Open(Output);
        foreach (int point in missing)
        {
            Assert.Equal(0, merged.ReadRows("present", point, 1)[0]);
            Assert.Equal(PointStatus.Missing, merged.Statuses[point]);
            Assert.All(merged.ReadRows("concentration", point, 1), value => Assert.True(double.IsNaN(value)));
            Assert.True(double.IsNaN(merged.ReadRows("membrane_potential", point, 1)[0]));
        }
    }

    [Fact]
    public void A_folder_of_merged_and_shards_can_be_moved()
    {
        SyntheticSweep sweep = new() { Points = 20 };
        Directory.CreateDirectory(folder.File("a/100% b"));
        string[] shards = [folder.File("a/100% b/0.h5"), folder.File("a/1.h5")];
        for (int i = 0; i < 2; i++)
            sweep.WriteTo(shards[i], new Shard(i, 2));
        SweepMerge.Merge(folder.File("a/merged.h5"), sweep.Layout(), shards, SyntheticSweep.Provenance);
        Directory.Move(folder.File("a"), folder.File("b"));
        SweepExpectations.Check(folder.File("b/merged.h5"), sweep, Shard.Whole);
    }

    [Fact]
    public void Shards_are_found_through_symbolic_links()
    {
        SyntheticSweep sweep = new() { Points = 20 };
        Directory.CreateDirectory(folder.File("deep/er/results"));
        Directory.CreateDirectory(folder.File("scratch/shards"));
        Directory.CreateSymbolicLink(folder.File("results"), folder.File("deep/er/results"));
        Directory.CreateSymbolicLink(folder.File("parts"), "scratch");
        string[] shards = [folder.File("parts/shards/0.h5"), folder.File("parts/shards/1.h5")];
        for (int i = 0; i < 2; i++)
            sweep.WriteTo(shards[i], new Shard(i, 2));
        SweepMerge.Merge(folder.File("results/merged.h5"), sweep.Layout(), shards, SyntheticSweep.Provenance);
        SweepExpectations.Check(folder.File("results/merged.h5"), sweep, Shard.Whole);
        SweepExpectations.Check(folder.File("deep/er/results/merged.h5"), sweep, Shard.Whole);
    }

    [Fact]
    public void What_was_unfinished_when_merged_stays_when_it_takes_its_name()
    {
        SyntheticSweep sweep = new() { Points = 20 };
        using SweepFileWriter writer = SweepFileWriter.Create(folder.File("live.h5"), sweep.Layout(), SyntheticSweep.Provenance);
        writer.Add([.. Enumerable.Range(0, 11).Select(sweep.Point)]);
        writer.Flush();
        Merge(sweep, [writer.CurrentPath]);
        writer.Add([.. Enumerable.Range(11, 9).Select(sweep.Point)]);
        writer.Finish();
        Assert.Equal(11, SweepExpectations.Check(Output, sweep, Shard.Whole, partial: true));
    }

    [Fact]
    public void A_shard_that_is_being_written_is_read_as_far_as_it_is()
    {
        SyntheticSweep sweep = new() { Points = 20 };
        using SweepFileWriter writer = SweepFileWriter.Create(folder.File("live.h5"), sweep.Layout(), SyntheticSweep.Provenance);
        writer.Add([sweep.Point(3), sweep.Point(12)]);
        writer.Flush();
        Assert.Equal(18, Merge(sweep, [writer.CurrentPath]).Missing);
        Assert.Equal(2, SweepExpectations.Check(Output, sweep, Shard.Whole, partial: true));
    }

    [Fact]
    public void An_existing_output_is_not_replaced_unasked()
    {
        SyntheticSweep sweep = new();
        string[] shards = Shards(sweep, 2);
        Merge(sweep, shards);
        Assert.Throws<RunFileExistsException>(() => Merge(sweep, shards));
        Merge(sweep, shards, new SweepMergeOptions { Overwrite = true });
        Refused(sweep, [Output, shards[1]], Output, "it is the output", new SweepMergeOptions { Overwrite = true });
    }

    [Fact]
    public void Strict_refuses_failed_and_missing_points()
    {
        SyntheticSweep sweep = new() { Points = 30 };
        string[] shards = Shards(sweep, 2);
        SweepMergeOptions strict = new() { Strict = true };
        Refused(sweep, shards, Output, "of 30 points 0 are missing and 2 failed", strict);
        Assert.False(File.Exists(Output));
        SyntheticSweep good = new() { Points = 9 };
        string[] halves = Shards(good, 2);
        Refused(good, [halves[0]], Output, "failed (--strict)", strict);
        Merge(good, halves, strict);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused_by_name()
    {
        SyntheticSweep sweep = new() { Points = 20 };
        string[] shards = Shards(sweep, 2);
        string other = folder.File("other.h5");
        SweepLayout second = sweep.Layout(new Shard(1, 2));

        WriteAs(other, second with { BaseHash = new PointHash(43) });
        Refused(sweep, [shards[0], other], other, "it is of another configuration than " + shards[0]);
        WriteAs(other, second, SyntheticSweep.Provenance with { Version = "99.0.0" });
        Refused(sweep, [shards[0], other], other, "it was written by version 99.0.0, not ");
        WriteAs(other, new SyntheticSweep { Points = 21 }.Layout(new Shard(1, 2)));
        Refused(sweep, [shards[0], other], other, "its sweep has other axes or values");
        WriteAs(other, sweep.Layout(new Shard(1, 3)));
        Refused(sweep, [shards[0], other], other, "it is shard 1/3, and " + shards[0] + " is shard 0/2");
        WriteAs(other, second with { Fields = ["potential"] });
        Refused(sweep, [shards[0], other], other, "it keeps the fields potential, not concentration, potential");
        WriteAs(other, second with { TheoryColumns = [] });
        Refused(sweep, [other, shards[0]], other, "it lacks theory/ghk");
        WriteAs(other, second with { Hashes = [.. second.Hashes.Reverse()] });
        Refused(sweep, [shards[0], other], other, "is not that of the sweep");
        Refused(sweep, [shards[0], shards[0]], shards[0], "it is shard 0/2, as " + shards[0] + " is");
    }

    [Fact]
    public void What_is_no_shard_is_refused_by_name()
    {
        SyntheticSweep sweep = new() { Points = 20 };
        string[] shards = Shards(sweep, 2);
        string other = folder.File("other.h5");
        Refused(sweep, [shards[0], other], other, "there is none");
        File.WriteAllText(other, "no HDF5");
        Refused(sweep, [shards[0], other], other, "cannot open the file");
        new SyntheticRun(5, 2, 2).WriteTo(folder.File("run.h5"));
        Refused(sweep, [shards[0], folder.File("run.h5")], folder.File("run.h5"), "it is no file of a sweep");
        File.Copy(shards[1], other, overwrite: true);
        using (FileStream stream = File.OpenWrite(other))
            stream.SetLength(stream.Length - 1);
        Refused(sweep, [shards[0], other], other, "it is truncated");
        Assert.Throws<Hdf5Exception>(() => Merge(sweep, []));
        Assert.False(File.Exists(Output));
    }

    public void Dispose() => folder.Dispose();

    private static void WriteAs(string path, SweepLayout layout, Provenance? provenance = null)
    {
        using SweepFileWriter writer = SweepFileWriter.Create(path, layout, provenance ?? SyntheticSweep.Provenance, overwrite: true);
        writer.Add([.. layout.Points.Select(point => new PointResult { Index = point, Status = PointStatus.Refused })]);
        writer.Finish();
    }

    private SweepMergeReport Merge(SyntheticSweep sweep, string[] shards, SweepMergeOptions? options = null) =>
        SweepMerge.Merge(Output, sweep.Layout(), shards, SyntheticSweep.Provenance, options);

    private void Refused(SyntheticSweep sweep, string[] shards, string file, string reason, SweepMergeOptions? options = null)
    {
        Hdf5Exception exception = Assert.ThrowsAny<Hdf5Exception>(() => Merge(sweep, shards, options));
        Assert.Equal(file, exception.File);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    private string[] Shards(SyntheticSweep sweep, int count)
    {
        string[] paths = [.. Enumerable.Range(0, count).Select(i => folder.File($"shard{i}of{count}-{sweep.Points}.h5"))];
        for (int i = 0; i < count; i++)
            sweep.WriteTo(paths[i], new Shard(i, count));
        return paths;
    }
}
