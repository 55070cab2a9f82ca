using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

/// <summary>A run's file goes on from a checkpoint: cut back to what it counts, then as if nothing had happened.</summary>
public sealed class UnfinishedRunTests : IDisposable
{
    private const int Snapshots = 6, SamplesPerSnapshot = 300;

    private readonly TemporaryFolder folder = new();
    private readonly SyntheticRun run = new(9, 2, Snapshots);
    private readonly Provenance provenance = new() { CommandLine = "first" };

    private string Output => folder.File("run.h5");

    private string Part => Output + RunFileWriter.PartSuffix;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 6)]
    public void The_file_is_that_of_an_undisturbed_run(int saved, int written)
    {
        string whole = folder.File("whole.h5");
        using (RunFileWriter writer = RunFileWriter.Create(whole, run.Announced(), provenance))
        {
            Write(writer, 0, Snapshots);
            writer.Complete(run.Summary());
        }

        Interrupt(saved, written);
        using (UnfinishedRun unfinished = UnfinishedRun.Open(Output))
        using (RunFileWriter writer = unfinished.GoOn(run.Announced(), "second"))
        {
            Assert.Equal(Outcome.Running, RunFile.ReadSummary(Part).Outcome);
            Write(writer, saved, Snapshots);
            writer.Complete(run.Summary());
        }

        Assert.Equal([Output, whole], Directory.GetFiles(folder.Path).Order());
        using RunFile expected = RunFile.Open(whole), actual = RunFile.Open(Output);
        foreach (string name in new[] { "time", "concentration", "flux", "left_potential", "traces/time", "traces/membranePotential", "theory/ghk", "certificate/holds" })
            Assert.Equal(expected.Read(name), actual.Read(name));
        Assert.Equal(1, actual.ReadScalar("provenance/resumptions"));
        Assert.NotEmpty(actual.ReadText("provenance/resumed"));
        string history = Assert.Single(actual.ReadAttribute("/", "history"));
        Assert.Equal(["first", "second"], history.Split('\n').Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void Results_of_the_interruption_are_taken_out()
    {
        Interrupt(2, 3, run.Summary(Outcome.Interrupted) with { Detail = "why" });
        Assert.Equal(0.25, RunFile.Open(Part).ReadScalar("provenance/wall_time"));
        using UnfinishedRun unfinished = UnfinishedRun.Open(Output);
        using RunFileWriter writer = unfinished.GoOn(run.Announced(), "second");
        RunFileSummary summary = RunFile.ReadSummary(Part);
        Assert.Equal((Outcome.Running, "", 2), (summary.Outcome, summary.Detail, summary.Times.Count));
        Assert.True(double.IsNaN(summary.MembranePotential));
        Assert.All(summary.Certificate, entry => Assert.True(entry.Key == "holds" ? entry.Value == -1 : double.IsNaN(entry.Value)));
        using RunFile file = RunFile.Open(Part);
        Assert.Equal(-1, file.ReadScalar("provenance/accepted_steps"));
        Assert.Equal(provenance.StartedSeconds, file.ReadScalar("provenance/started"));
    }

    [Fact]
    public void A_run_that_is_being_written_is_refused()
    {
        using RunFileWriter writer = RunFileWriter.Create(Output, run.Announced(), provenance);
        CheckpointFile.Write(Output + CheckpointFile.Suffix, CheckpointFileTests.Header(provenance.StartedSeconds), CheckpointFileTests.Checkpoint(0, 0));
        Assert.Throws<RunFileBusyException>(() => UnfinishedRun.Open(Output));
    }

    [Fact]
    public void A_lost_file_is_refused()
    {
        Interrupt(2, 3);
        File.Delete(Part);
        Assert.Contains("only its checkpoint is", Assert.Throws<Hdf5Exception>(() => UnfinishedRun.Open(Output)).Message);
        Assert.Contains("bring it back", Assert.Throws<RunFileExistsException>(() => RunFileWriter.Create(Output, run.Layout, provenance)).Message);
    }

    [Fact]
    public void The_file_of_another_run_is_refused()
    {
        Interrupt(2, 3);
        CheckpointFile.Write(Output + CheckpointFile.Suffix, CheckpointFileTests.Header(started: 1), CheckpointFileTests.Checkpoint(2, 2));
        Assert.Contains("of another run", Assert.Throws<Hdf5Exception>(() => UnfinishedRun.Open(Output)).Message);
    }

    [Fact]
    public void A_file_that_lacks_what_the_checkpoint_counts_is_refused_and_left_alone()
    {
        Interrupt(2, 2);
        CheckpointFile.Write(Output + CheckpointFile.Suffix, CheckpointFileTests.Header(provenance.StartedSeconds), CheckpointFileTests.Checkpoint(3, 3 * SamplesPerSnapshot));
        byte[] before = File.ReadAllBytes(Part);
        using UnfinishedRun unfinished = UnfinishedRun.Open(Output);
        Assert.Contains("its checkpoint counts 3", Assert.Throws<Hdf5Exception>(() => unfinished.GoOn(run.Announced(), "second")).Message);
        Assert.Equal(before, File.ReadAllBytes(Part));
        Assert.False(File.Exists(Part + ".tmp"));
    }

    [Fact]
    public void A_new_run_mentions_the_checkpoint_and_removes_it_only_by_force()
    {
        Interrupt(2, 3);
        Assert.Contains("resume", Assert.Throws<RunFileExistsException>(() => RunFileWriter.Create(Output, run.Layout, provenance)).Message);
        Assert.True(UnfinishedRun.HasCheckpoint(Output));
        using (RunFileWriter writer = RunFileWriter.Create(Output, run.Layout, provenance, overwrite: true))
            Assert.False(UnfinishedRun.HasCheckpoint(Output));
    }

    [Theory]
    [InlineData("a/run.h5", "a/run.h5")]
    [InlineData("a/run.h5.part", "a/run.h5")]
    [InlineData("run.h5.checkpoint", "run.h5")]
    public void A_run_is_named_by_any_of_its_files(string file, string output) => Assert.Equal(output, UnfinishedRun.OutputOf(file));

    public void Dispose() => folder.Dispose();

    /// <summary>Leaves a run with some snapshots saved and some more written.</summary>
    private void Interrupt(int saved, int written, RunSummary? summary = null)
    {
        using RunFileWriter writer = RunFileWriter.Create(Output, run.Announced(), provenance);
        Write(writer, 0, saved);
        writer.Sync();
        CheckpointFile.Write(
            Output + CheckpointFile.Suffix, CheckpointFileTests.Header(provenance.StartedSeconds),
            CheckpointFileTests.Checkpoint(saved, saved * SamplesPerSnapshot) with { Resumptions = [] });
        Write(writer, saved, written);
        if (summary != null)
            writer.Complete(summary);
    }

    private void Write(RunFileWriter writer, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            for (int j = 0; j < SamplesPerSnapshot; j++)
                writer.Trace(run.SampleAt(SyntheticRun.Time(i) + (1e-12 * j)));
            writer.Snapshot(run.SnapshotAt(i));
        }
    }
}
