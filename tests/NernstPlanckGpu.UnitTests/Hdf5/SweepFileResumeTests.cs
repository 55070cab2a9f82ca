using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

/// <summary>Going on with the file of a sweep: the same plan, another one, failed points again.</summary>
public sealed class SweepFileResumeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Output => folder.File("sweep.h5");

    [Fact]
    public void The_same_plan_goes_on_in_the_same_file()
    {
        SyntheticSweep sweep = new() { Points = 30, GridDiffers = true };
        Start(sweep, point => point % 3 == 0);
        using (SweepFileWriter writer = SweepFileWriter.Resume(Output, sweep.Layout(), SyntheticSweep.Provenance))
        {
            Assert.Equal(20, writer.Missing);
            Assert.Equal(Enumerable.Range(0, 30).Where(row => row % 3 == 0), Enumerable.Range(0, 30).Where(writer.IsPresent));
            writer.Add([.. Enumerable.Range(0, 30).Where(row => row % 3 != 0).Select(sweep.Point)]);
            writer.Finish();
        }
        SweepExpectations.Check(Output, sweep, Shard.Whole);
        Assert.Equal([Output], Directory.GetFiles(folder.Path));
    }

    /// <summary>The device of a sweep in mixed precision may be gone; the CPU goes on in double.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_point_tells_its_precision_where_a_sweep_goes_on_in_another_one(bool samePlan)
    {
        SyntheticSweep sweep = new() { Points = 30, GridDiffers = true }, plan = samePlan ? sweep : new() { Points = 33, GridDiffers = true };
        using (SweepFileWriter writer = SweepFileWriter.Create(Output, sweep.Layout(), SyntheticSweep.Provenance with { Precision = Provenance.Mixed }))
            writer.Add([.. Enumerable.Range(0, 12).Select(sweep.Point)]);
        int[] kept;
        using (SweepFileWriter writer = SweepFileWriter.Resume(Output, plan.Layout(), SyntheticSweep.Provenance))
        {
            kept = [.. Enumerable.Range(0, writer.Count).Where(writer.IsPresent)];
            Assert.Equal(12, kept.Length);
            writer.Forget([kept[3]]);
            writer.Add([.. Enumerable.Range(0, writer.Count).Where(row => !writer.IsPresent(row)).Select(plan.Point)]);
            writer.Finish();
        }
        SweepExpectations.Check(Output, plan, Shard.Whole);
        using SweepFile file = SweepFile.Open(Output);
        double[] mixed = file.ReadRows("mixed_precision", 0, file.Points.Count);
        Assert.Equal(kept.Where(row => row != kept[3]), Enumerable.Range(0, mixed.Length).Where(row => mixed[row] == 1));
        Assert.All(file.Statuses.Zip(mixed), row => Assert.Equal(row.First == PointStatus.Refused, row.Second == -1));
    }

    [Fact]
    public void A_finished_file_is_opened_again_and_failed_points_computed_again()
    {
        SyntheticSweep sweep = new() { Points = 25 };
        sweep.WriteTo(Output);
        using (SweepFileWriter writer = SweepFileWriter.Resume(Output, sweep.Layout(), SyntheticSweep.Provenance))
        {
            Assert.Equal((0, 2), (writer.Missing, writer.Failed));
            int[] failed = [.. Enumerable.Range(0, 25).Where(row => writer.Statuses[row] == PointStatus.NotConverged)];
            Assert.Equal([10, 21], failed);
            writer.Forget(failed);
            Assert.Equal((2, 0), (writer.Missing, writer.Failed));
            PointResult other = sweep.Point(9);
            writer.Add([.. failed.Select(row => new PointResult { Index = row, Status = PointStatus.Done, Layout = other.Layout, Summary = other.Summary, Snapshots = other.Snapshots, Traces = other.Traces })]);
            writer.Finish();
        }
        using SweepFile file = SweepFile.Open(Output);
        Assert.All(file.Statuses, status => Assert.Equal(PointStatus.Done, status));
        Assert.All(file.Messages(0, 25), message => Assert.Equal("", message));
        Assert.Equal(file.ReadRows("concentration", 9, 1), file.ReadRows("concentration", 21, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_plan_keeps_the_points_that_both_have(bool finished)
    {
        SyntheticSweep old = new() { Points = 20, GridDiffers = true, FirstVoltage = -0.12 };
        SyntheticSweep changed = new() { Points = 33, GridDiffers = true, FirstVoltage = -0.125 };
        Start(old, point => finished || point >= 4);
        using (SweepFileWriter writer = SweepFileWriter.Resume(Output, changed.Layout(), SyntheticSweep.Provenance))
        {
            // Voltages from -120 mV on, which were points 0 to 19, are points 5 to 24 now.
            int[] kept = [.. Enumerable.Range(0, 33).Where(writer.IsPresent)];
            Assert.Equal(Enumerable.Range(finished ? 5 : 9, finished ? 20 : 16), kept);
            Assert.Equal(PointStatus.NotConverged, writer.Statuses[15]);
            writer.Add([.. Enumerable.Range(0, 33).Except(kept).Select(changed.Point)]);
            writer.Finish();
        }
        using SweepFile file = SweepFile.Open(Output);
        Assert.Equal(33, file.Points.Count);
        double[] row = file.ReadRows("potential", 7, 1), expected = old.Point(2).Snapshots[0].Potential;
        Assert.Equal(expected, row[..expected.Length]);
        Assert.Equal(old.Point(10).Message, file.Messages(15, 1)[0]);
    }

    [Fact]
    public void Another_version_fields_grid_or_configuration_is_refused_and_touches_nothing()
    {
        SyntheticSweep sweep = new();
        sweep.WriteTo(Output);
        byte[] before = File.ReadAllBytes(Output);
        SweepLayout layout = sweep.Layout();
        void Refused(SweepLayout plan, string reason, Provenance? provenance = null)
        {
            Hdf5Exception refused = Assert.Throws<Hdf5Exception>(() => SweepFileWriter.Resume(Output, plan, provenance ?? SyntheticSweep.Provenance));
            Assert.Contains($"none of its 12 computed points can be taken over: {reason}", refused.Message, StringComparison.Ordinal);
            Assert.EndsWith("; start anew with --force, or name another file", refused.Message, StringComparison.Ordinal);
            Assert.Equal([Output], Directory.GetFiles(folder.Path));
            Assert.Equal(before, File.ReadAllBytes(Output));
        }
        Refused(layout, "it was written by version", SyntheticSweep.Provenance with { Version = "99.0.0" });
        Refused(new SyntheticSweep { Fields = ["concentration", "potential", "flux"] }.Layout(), "it keeps the fields");
        Refused(layout with { TheoryColumns = [.. layout.TheoryColumns, new("more", "1", "a further one")] }, "it lacks theory/more");
        Refused(new SyntheticSweep { GridDiffers = true }.Layout(), "it ");
        PointHash[] others = [.. layout.Hashes.Select((_, row) => new PointHash((ulong)row))];
        Refused(layout with { BaseHash = new PointHash(43), Hashes = others }, "it is of another configuration");
        Refused(layout with { Hashes = others }, "the sweep has none of them");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_with_points_that_the_plan_no_longer_has_is_kept(bool finished)
    {
        SyntheticSweep old = new() { Points = 20 }, shorter = new() { Points = 12 };
        for (int time = 1; time <= 2; time++)
        {
            File.Delete(Output);
            Start(old, point => finished || point != 3);
            byte[] before = File.ReadAllBytes(finished ? Output : Output + ".part");
            using SweepFileWriter writer = SweepFileWriter.Resume(Output, shorter.Layout(), SyntheticSweep.Provenance);
            string kept = time == 1 ? Output + ".previous" : Output + ".previous-2";
            Assert.Equal([kept], writer.Kept);
            Assert.Equal(before, File.ReadAllBytes(kept));
            Assert.Equal(finished ? 0 : 1, writer.Missing);
            writer.Add([.. Enumerable.Range(0, 12).Where(row => !writer.IsPresent(row)).Select(shorter.Point)]);
            writer.Finish();
            SweepExpectations.Check(Output, shorter, Shard.Whole);
        }
    }

    [Fact]
    public void A_point_that_the_plan_has_twice_is_taken_over_for_both()
    {
        SyntheticSweep sweep = new() { Points = 12 };
        Start(sweep, point => point != 7);
        SweepLayout layout = sweep.Layout();
        PointHash[] hashes = [.. layout.Hashes];
        hashes[7] = hashes[2];
        using SweepFileWriter writer = SweepFileWriter.Resume(Output, layout with { Hashes = hashes }, SyntheticSweep.Provenance);
        Assert.Equal(0, writer.Missing);
        writer.Finish();
        using SweepFile file = SweepFile.Open(Output);
        Assert.Equal(file.ReadRows("concentration", 2, 1), file.ReadRows("concentration", 7, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_merged_file_is_replaced_only_where_its_points_are_at_hand(bool copy)
    {
        SyntheticSweep sweep = new() { Points = 20 };
        string[] shards = [folder.File("0.h5"), folder.File("1.h5")];
        for (int i = 0; i < 2; i++)
            sweep.WriteTo(shards[i], new Shard(i, 2));
        SweepMerge.Merge(Output, sweep.Layout(), shards, SyntheticSweep.Provenance, new SweepMergeOptions { Copy = copy });
        if (!copy)
        {
            Hdf5Exception refused = Assert.Throws<Hdf5Exception>(() => SweepFileWriter.Resume(Output, sweep.Layout(), SyntheticSweep.Provenance, [shards[0]]));
            Assert.Contains("it refers to shards; resume those (--shard I/N) and merge again", refused.Message, StringComparison.Ordinal);
            SweepExpectations.Check(Output, sweep, Shard.Whole);
        }
        using (SweepFileWriter writer = SweepFileWriter.Resume(Output, sweep.Layout(), SyntheticSweep.Provenance, copy ? [] : shards))
        {
            Assert.Equal(0, writer.Missing);
            writer.Finish();
        }
        SweepExpectations.Check(Output, sweep, Shard.Whole);
    }

    [Fact]
    public void A_finished_file_to_which_nothing_is_added_is_not_touched()
    {
        SyntheticSweep sweep = new() { Points = 9 };
        sweep.WriteTo(Output);
        byte[] before = File.ReadAllBytes(Output);
        DateTime written = File.GetLastWriteTimeUtc(Output);
        using (SweepFileWriter writer = SweepFileWriter.Resume(Output, sweep.Layout(), SyntheticSweep.Provenance))
        {
            Assert.Equal((true, Output, 0), (writer.IsFinal, writer.CurrentPath, writer.Missing));
            writer.Forget([]);
            Assert.Equal(Output, Directory.GetFiles(folder.Path, "*.h5*").Single(path => !path.EndsWith(".lock", StringComparison.Ordinal)));
            writer.Finish();
        }
        Assert.Equal(before, File.ReadAllBytes(Output));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Output));
    }

    [Fact]
    public void A_violated_certificate_counts_as_failed_in_this_session_and_later()
    {
        SyntheticSweep sweep = new() { Points = 9 };
        SweepLayout layout = sweep.Layout();
        PointResult Violated(int index)
        {
            PointResult good = sweep.Point(index);
            RunSummary summary = good.Summary! with { Certificate = [.. good.Summary.Certificate.Select(entry => entry with { Value = 2 * entry.Limit })] };
            return new PointResult { Index = index, Status = PointStatus.Done, Layout = good.Layout, Summary = summary, Snapshots = good.Snapshots, Traces = good.Traces };
        }
        using (SweepFileWriter writer = SweepFileWriter.Create(Output, layout, SyntheticSweep.Provenance))
        {
            writer.Add([.. layout.Points.Select(point => point == 4 ? Violated(point) : sweep.Point(point))]);
            Assert.Equal((8, 1, 1, false), (writer.Done, writer.Failed, writer.Violated, writer.IsGood(4)));
            writer.Finish();
        }
        using (SweepFile file = SweepFile.Open(Output))
            Assert.Equal([4], Enumerable.Range(0, 9).Where(row => file.Violations[row] && !file.GoodRows[row]));
        string merged = folder.File("merged.h5");
        SweepMergeReport report = SweepMerge.Merge(merged, layout, [Output], SyntheticSweep.Provenance);
        Assert.Equal((8, 1), (report.Done, report.Failed));
        Hdf5Exception strict = Assert.Throws<Hdf5Exception>(() => SweepMerge.Merge(
            merged, layout, [Output], SyntheticSweep.Provenance, new SweepMergeOptions { Strict = true, Overwrite = true }));
        Assert.Contains("0 are missing and 1 failed", strict.Message, StringComparison.Ordinal);
        using SweepFileWriter again = SweepFileWriter.Resume(Output, layout, SyntheticSweep.Provenance);
        Assert.Equal((0, 8, 1, 1), (again.Missing, again.Done, again.Failed, again.Violated));
        again.Forget([4]);
        Assert.Equal((1, 0), (again.Missing, again.Violated));
        again.Add([sweep.Point(4)]);
        Assert.Equal((9, 0), (again.Done, again.Violated));
    }

    [Fact]
    public void A_reader_that_has_the_file_open_hinders_nothing()
    {
        SyntheticSweep sweep = new() { Points = 12 };
        Start(sweep, point => point < 5);
        using FileStream reader = new(Output + ".part", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using (SweepFileWriter writer = SweepFileWriter.Resume(Output, sweep.Layout(), SyntheticSweep.Provenance))
        {
            writer.Add([.. Enumerable.Range(5, 7).Select(sweep.Point)]);
            writer.Finish();
        }
        SweepExpectations.Check(Output, sweep, Shard.Whole);
    }

    [Fact]
    public void A_kill_while_a_new_file_is_made_loses_nothing()
    {
        SyntheticSweep sweep = new() { Points = 20 }, changed = new() { Points = 21 };
        Start(sweep, point => point < 15);
        File.Copy(Output + ".part", Output + ".new");
        using (FileStream half = File.OpenWrite(Output + ".new"))
            half.SetLength(half.Length / 2);
        using SweepFileWriter writer = SweepFileWriter.Resume(Output, changed.Layout(), SyntheticSweep.Provenance);
        Assert.Equal(6, writer.Missing);
        Assert.False(File.Exists(Output + ".new"));
    }

    [Fact]
    public void A_second_writer_is_refused()
    {
        SyntheticSweep sweep = new();
        using SweepFileWriter writer = SweepFileWriter.Create(Output, sweep.Layout(), SyntheticSweep.Provenance);
        Assert.Throws<RunFileBusyException>(() => SweepFileWriter.Resume(Output, sweep.Layout(), SyntheticSweep.Provenance));
        Assert.Throws<RunFileBusyException>(() => SweepFileWriter.Create(Output, sweep.Layout(), SyntheticSweep.Provenance, overwrite: true));
    }

    [Fact]
    public void An_existing_file_is_not_replaced_unasked()
    {
        SyntheticSweep sweep = new();
        Start(sweep, point => point == 1);
        Assert.Throws<RunFileExistsException>(() => SweepFileWriter.Create(Output, sweep.Layout(), SyntheticSweep.Provenance));
        using SweepFileWriter writer = SweepFileWriter.Create(Output, sweep.Layout(), SyntheticSweep.Provenance, overwrite: true);
        Assert.Equal(12, writer.Missing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_truncated_file_is_refused(bool isFinished)
    {
        SyntheticSweep sweep = new() { Points = 40 };
        Start(sweep, point => isFinished || point < 30);
        string path = isFinished ? Output : Output + ".part";
        using (FileStream file = File.OpenWrite(path))
            file.SetLength(file.Length - 1000);
        Assert.Contains("it is truncated: ", Assert.Throws<Hdf5Exception>(() => SweepFile.Open(path)).Message, StringComparison.Ordinal);
        Hdf5Exception refused = Assert.Throws<Hdf5Exception>(() => SweepFileWriter.Resume(Output, sweep.Layout(), SyntheticSweep.Provenance));
        Assert.Contains("it is truncated: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_sweep_is_refused()
    {
        new SyntheticRun(5, 2, 2).WriteTo(Output);
        Hdf5Exception refused = Assert.Throws<Hdf5Exception>(() => SweepFileWriter.Resume(Output, new SyntheticSweep().Layout(), SyntheticSweep.Provenance));
        Assert.Contains("it is no file of a sweep", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Output));
    }

    public void Dispose() => folder.Dispose();

    private void Start(SyntheticSweep sweep, Func<int, bool> computed)
    {
        SweepLayout layout = sweep.Layout();
        using SweepFileWriter writer = SweepFileWriter.Create(Output, layout, SyntheticSweep.Provenance);
        writer.Add([.. layout.Points.Where(computed).Select(sweep.Point)]);
        writer.Finish();
    }
}
