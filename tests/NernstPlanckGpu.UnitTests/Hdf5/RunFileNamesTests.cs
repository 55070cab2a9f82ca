using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

/// <summary>Under which name a file is when: .part, final, none; and who may write it.</summary>
public sealed class RunFileNamesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SyntheticRun run = new(5, 2, 3);

    private string Output => folder.File("deep/er/run.h5");

    private string Part => Output + RunFileWriter.PartSuffix;

    [Fact]
    public void A_done_run_takes_its_final_name_and_leaves_nothing_else()
    {
        using RunFileWriter writer = Create();
        Assert.True(File.Exists(Part));
        Assert.Equal(Part, writer.CurrentPath);
        run.WriteTo(writer);
        Assert.True(writer.IsFinal);
        Assert.Equal(Output, writer.CurrentPath);
        Assert.Equal([Output], Directory.GetFiles(folder.File("deep/er")));
    }

    [Theory]
    [InlineData(Outcome.Interrupted)]
    [InlineData(Outcome.NotFinite)]
    public void A_failed_run_stays_a_part_with_its_outcome(Outcome outcome)
    {
        using RunFileWriter writer = Create();
        run.WriteTo(writer, outcome);
        Assert.False(writer.IsFinal);
        Assert.Equal([Part], Directory.GetFiles(folder.File("deep/er")));
        Assert.Equal(outcome, RunFile.ReadSummary(Part).Outcome);
    }

    [Fact]
    public void A_writer_disposed_in_mid_run_leaves_a_readable_part()
    {
        using (RunFileWriter writer = Create())
        {
            writer.Snapshot(run.SnapshotAt(0));
            writer.Trace(run.SampleAt(0.5));
        }
        RunFileSummary summary = RunFile.ReadSummary(Part);
        Assert.Equal(Outcome.Running, summary.Outcome);
        Assert.Single(summary.Times);
        Assert.Single(summary.Traces["time"]);
        Assert.True(double.IsNaN(summary.MembranePotential));
        Assert.Equal([Part], Directory.GetFiles(folder.File("deep/er")));
    }

    [Fact]
    public void An_existing_file_is_refused_and_untouched()
    {
        run.WriteTo(Output);
        byte[] before = File.ReadAllBytes(Output);
        RunFileExistsException exception = Assert.Throws<RunFileExistsException>(() => Create());
        Assert.Contains("run.h5: cannot create the output: it exists", exception.Message);
        Assert.Contains("--force", exception.Message);
        Assert.Equal(before, File.ReadAllBytes(Output));
        Assert.Equal([Output], Directory.GetFiles(folder.File("deep/er")));
    }

    [Fact]
    public void An_unfinished_file_is_refused_and_untouched()
    {
        Create().Dispose();
        Assert.Throws<RunFileExistsException>(() => Create());
        Assert.True(File.Exists(Part));
        using RunFileWriter writer = Create(overwrite: true);
        run.WriteTo(writer);
        Assert.Equal([Output], Directory.GetFiles(folder.File("deep/er")));
    }

    [Fact]
    public void Overwriting_keeps_the_old_file_until_the_new_one_is_done()
    {
        run.WriteTo(Output);
        byte[] before = File.ReadAllBytes(Output);
        SyntheticRun other = new(4, 1, 2);
        using RunFileWriter writer = RunFileWriter.Create(Output, other.Layout, new Provenance { CommandLine = "test" }, overwrite: true);
        writer.Snapshot(other.SnapshotAt(0));
        Assert.Equal(before, File.ReadAllBytes(Output));
        writer.Complete(other.Summary());
        Assert.Equal([1, 1, 4], Shape(Output));
    }

    [Fact]
    public void A_second_writer_of_the_same_output_is_refused()
    {
        using RunFileWriter first = Create();
        Assert.Throws<RunFileBusyException>(() => Create(overwrite: true));
        Assert.Throws<RunFileBusyException>(() => RunFile.Repair(Part));
        run.WriteTo(first);
        Assert.Equal([3, 2, 5], Shape(Output));
    }

    [Fact]
    public void A_folder_in_the_way_is_told()
    {
        Directory.CreateDirectory(Output);
        Assert.Contains("it is a folder", Assert.Throws<Hdf5Exception>(() => Create()).Message);
    }

    [Fact]
    public void A_file_where_a_folder_should_be_is_told()
    {
        File.WriteAllText(folder.File("deep"), "a file");
        Hdf5Exception exception = Assert.Throws<Hdf5Exception>(() => Create());
        Assert.Contains("cannot create the folder of the output", exception.Message);
        Assert.Equal("a file", File.ReadAllText(folder.File("deep")));
    }

    [Fact]
    public void Reading_what_is_no_run_file_is_told()
    {
        Assert.Contains("there is none", Assert.Throws<Hdf5Exception>(() => RunFile.ReadLastState(folder.File("absent.h5"))).Message);
        File.WriteAllText(folder.File("text.h5"), new string('x', 5000));
        Assert.Contains("cannot open the file", Assert.Throws<Hdf5Exception>(() => RunFile.ReadLastState(folder.File("text.h5"))).Message);
        Assert.Contains("cannot repair the file", Assert.Throws<Hdf5Exception>(() => RunFile.Repair(folder.File("text.h5"))).Message);
        Create().Dispose();
        Assert.Contains("no snapshot", Assert.Throws<Hdf5Exception>(() => RunFile.ReadLastState(Part)).Message);
    }

    [Fact]
    public void A_snapshot_of_the_wrong_size_is_refused_and_the_run_is_over()
    {
        using RunFileWriter writer = Create();
        Assert.Throws<ArgumentException>(() => writer.Snapshot(new SyntheticRun(6, 1, 1).SnapshotAt(0)));
        Assert.Throws<Hdf5Exception>(() => writer.Snapshot(run.SnapshotAt(0)));
        Assert.Throws<Hdf5Exception>(() => writer.Complete(run.Summary()));
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void Sixteen_runs_at_once_do_not_disturb_each_other()
    {
        Parallel.For(0, 16, index =>
        {
            SyntheticRun each = new(index + 1, 1 + (index % 4), 5);
            string path = folder.File($"run{index}.h5");
            each.WriteTo(path);
            Assert.Equal(each.SnapshotAt(4).Concentration, RunFile.ReadLastState(path).Concentration);
        });
    }

    public void Dispose() => folder.Dispose();

    private static IReadOnlyList<int> Shape(string path)
    {
        using RunFile file = RunFile.Open(path);
        return file.Shape("concentration");
    }

    private RunFileWriter Create(bool overwrite = false) =>
        RunFileWriter.Create(Output, run.Announced(), new Provenance { CommandLine = "test" }, overwrite);
}
