using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

/// <summary>What is written to a sweep file comes back bit by bit, in whatever order and shape the points come.</summary>
public sealed class SweepFileRoundTripTests : IDisposable
{
    private static readonly string[] AllFields = ["concentration", "potential", "electric_field", "displacement", "charge_density", "flux"];

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(false, false, RunMode.Transient)]
    [InlineData(true, false, RunMode.Transient)]
    [InlineData(false, true, RunMode.Transient)]
    [InlineData(true, true, RunMode.Transient)]
    [InlineData(true, true, RunMode.CurrentVoltage)]
    [InlineData(false, false, RunMode.CurrentVoltage)]
    [InlineData(false, false, RunMode.Impedance)]
    public void A_sweep_comes_back_as_it_was_written(bool gridDiffers, bool placesDiffer, RunMode mode)
    {
        SyntheticSweep sweep = new()
        {
            HasWords = true,
            GridDiffers = gridDiffers,
            PlacesDiffer = placesDiffer,
            Mode = mode,
            Snapshots = 3,
            Fields = AllFields,
        };
        string path = folder.File("sweep.h5");
        sweep.WriteTo(path);
        SweepExpectations.Check(path, sweep, Shard.Whole);
    }

    [Fact]
    public void Points_come_in_any_order_and_in_batches_of_any_size()
    {
        SyntheticSweep sweep = new() { Points = 443, GridDiffers = true };
        SweepLayout layout = sweep.Layout();
        string path = folder.File("sweep.h5");
        int[] order = [.. layout.Points];
        new Random(7).Shuffle(order);
        using (SweepFileWriter writer = SweepFileWriter.Create(path, layout, SyntheticSweep.Provenance))
        {
            foreach (int[] batch in order.Chunk(17))
            {
                writer.Add([.. batch.Select(sweep.Point)]);
                if (batch[0] % 3 == 0)
                    writer.Flush();
            }
            Assert.Equal((443, 0, 40), (writer.Count, writer.Missing, writer.Failed));
            writer.Finish();
            Assert.True(writer.IsFinal);
        }
        SweepExpectations.Check(path, sweep, Shard.Whole);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Points_in_memory_are_in_the_file_a_second_later_without_another_call()
    {
        SyntheticSweep sweep = new();
        using SweepFileWriter writer = SweepFileWriter.Create(folder.File("sweep.h5"), sweep.Layout(), SyntheticSweep.Provenance);
        writer.Add([sweep.Point(3)]);
        using SweepFile file = SweepFile.Open(writer.CurrentPath);
        Assert.True(SpinWait.SpinUntil(() => SweepFile.IsSweep(writer.CurrentPath) && Statuses(writer)[3] == PointStatus.Done, TimeSpan.FromMinutes(1)));
        Assert.All(Statuses(writer).Where((_, row) => row != 3), status => Assert.Equal(PointStatus.Missing, status));
        Assert.False(writer.IsFinal);
    }

    [Fact]
    public void A_point_that_contradicts_the_shared_grid_is_refused_in_words()
    {
        SyntheticSweep sweep = new(), other = new() { Cells = 9 };
        SweepLayout layout = sweep.Layout();
        string path = folder.File("sweep.h5");
        using (SweepFileWriter writer = SweepFileWriter.Create(path, layout, SyntheticSweep.Provenance))
        {
            writer.Add([.. layout.Points.Select(point => point == 4 ? other.Point(point) : sweep.Point(point))]);
            writer.Finish();
        }
        using SweepFile file = SweepFile.Open(path);
        Assert.Equal(PointStatus.Refused, file.Statuses[4]);
        Assert.Equal("its grid of 9 cells is not that of the file, of 7", file.Messages(4, 1)[0]);
        Assert.All(file.ReadRows("concentration", 4, 1), value => Assert.True(double.IsNaN(value)));
        Assert.True(double.IsNaN(file.ReadRows("membrane_potential", 4, 1)[0]));
    }

    [Fact]
    public void What_has_no_place_in_the_file_is_named_in_the_message()
    {
        SyntheticSweep sweep = new();
        PointResult point = sweep.Point(0);
        Snapshot late = sweep.Point(1).Snapshots[1];
        late.Time = 0.5e-9;
        PointResult burst = new()
        {
            Index = 0,
            Status = PointStatus.Burst,
            Layout = point.Layout,
            Summary = point.Summary! with { Theory = [.. point.Summary.Theory, new TheoryEntry("planck", 1, null, "V", "Planck")] },
            Snapshots = [point.Snapshots[0], late],
            Traces = point.Traces,
        };
        string path = folder.File("sweep.h5");
        using (SweepFileWriter writer = SweepFileWriter.Create(path, sweep.Layout(), SyntheticSweep.Provenance))
            writer.Add([burst]);
        using SweepFile file = SweepFile.Open(path + ".part");
        Assert.Equal("not in this file: theory/planck, its snapshot at 5e-10", file.Messages(0, 1)[0]);
        Assert.Equal(point.Snapshots[0].Potential, file.ReadRows("potential", 0, 1)[..7]);
        Assert.All(file.ReadRows("potential", 0, 1)[7..], value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void A_long_message_is_cut_between_characters()
    {
        SyntheticSweep sweep = new();
        PointResult point = new() { Index = 2, Status = PointStatus.Refused, Message = string.Concat(Enumerable.Repeat("aµ\n", 200)) };
        string path = folder.File("sweep.h5");
        using (SweepFileWriter writer = SweepFileWriter.Create(path, sweep.Layout(), SyntheticSweep.Provenance))
            writer.Add([point]);
        using SweepFile file = SweepFile.Open(path + ".part");
        string message = file.Messages(2, 1)[0];
        Assert.StartsWith("aµ aµ ", message, StringComparison.Ordinal);
        Assert.EndsWith("…", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', message);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(message), 235, 240);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_axis_may_have_the_name_of_another_dataset(bool isShared)
    {
        SyntheticSweep sweep = new() { GridDiffers = !isShared, PlacesDiffer = !isShared };
        using (SweepFileWriter writer = SweepFileWriter.Create(folder.File("sweep.h5"), sweep.Layout(), SyntheticSweep.Provenance))
            writer.Add([sweep.Point(0)]);
        using SweepFile file = SweepFile.Open(folder.File("sweep.h5.part"));
        Assert.Empty(file.Contents.Names("/").Except(AxisNames.Reserved).Except(sweep.Axes.Axes.Select(axis => axis.Name)));
    }

    [Fact]
    public void A_shard_has_its_own_points()
    {
        SyntheticSweep sweep = new() { Points = 40 };
        for (int i = 0; i < 3; i++)
        {
            string path = folder.File($"shard{i}.h5");
            sweep.WriteTo(path, new Shard(i, 3));
            SweepExpectations.Check(path, sweep, new Shard(i, 3));
            using SweepFile file = SweepFile.Open(path);
            Assert.Equal(new Shard(i, 3), file.Shard);
            Assert.NotEmpty(file.Points);
        }
    }

    [Fact]
    public void The_reader_tells_what_the_sweep_was()
    {
        SyntheticSweep sweep = new() { HasWords = true };
        string path = folder.File("sweep.h5");
        sweep.WriteTo(path);
        using SweepFile file = SweepFile.Open(path);
        SweepLayout layout = sweep.Layout();
        Assert.Equal(layout.BaseHash, file.BaseHash);
        Assert.Equal(layout.Source, file.Configuration);
        Assert.Equal(Path.GetFullPath("synthetic.json"), file.ConfigurationName);
        Assert.Equal(layout.Axes.Axes.Select(axis => (axis.Path, axis.Name, axis.Unit)), file.Axes.Axes.Select(axis => (axis.Path, axis.Name, axis.Unit)));
        Assert.Equal(layout.Axes.Axes.SelectMany(axis => axis.Values), file.Axes.Axes.SelectMany(axis => axis.Values));
        Assert.Equal(["concentration", "potential"], file.Fields);
        Assert.Contains(new SweepDataset("theory/ghk_computed", "V", "", []), file.Datasets.Select(dataset => dataset with { Meaning = "", Row = [] }), SameName.Instance);
        Assert.DoesNotContain(file.Datasets, dataset => dataset.Name is "x" or "region" or "hash" or "integrator" or "message");
        new SyntheticRun(5, 2, 2).WriteTo(folder.File("run.h5"));
        Assert.False(SweepFile.IsSweep(folder.File("run.h5")));
        Hdf5Exception refused = Assert.Throws<Hdf5Exception>(() => SweepFile.Open(folder.File("run.h5")));
        Assert.Contains("it is no file of a sweep", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static IReadOnlyList<PointStatus> Statuses(SweepFileWriter writer)
    {
        using SweepFile file = SweepFile.Open(writer.CurrentPath);
        return file.Statuses;
    }

    /// <summary>Datasets by name and unit.</summary>
    private sealed class SameName : IEqualityComparer<SweepDataset>
    {
        internal static SameName Instance { get; } = new();

        public bool Equals(SweepDataset? x, SweepDataset? y) => (x?.Name, x?.Unit) == (y?.Name, y?.Unit);

        public int GetHashCode(SweepDataset obj) => obj.Name.GetHashCode(StringComparison.Ordinal);
    }
}
