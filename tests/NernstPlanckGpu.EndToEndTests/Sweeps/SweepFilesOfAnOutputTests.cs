using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>Several files of one output beside each other: which of them count, and what is not lost by another.</summary>
public class SweepFilesOfAnOutputTests
{
    [Fact]
    public void A_finished_whole_is_not_replaced_by_an_incomplete_merge()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(6, 5));
        _ = SweepRun.Done(scratch, "a.json", "a.h5", "--shard", "1/2");
        _ = SweepRun.Done(scratch, "a.json", "a.h5");
        byte[] whole = File.ReadAllBytes(scratch.PathOf("a.h5"));
        Assert.Contains("a.h5 is a whole sweep of 30 points", Refused(5, scratch, "merge", "a.h5", "--force"), StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllBytes(scratch.PathOf("a.h5")));

        // With all shards nothing is lost; and what was merged may be merged again of less.
        _ = SweepRun.Done(scratch, "a.json", "a.h5", "--shard", "0/2");
        Assert.Equal(0, Npgpu.Run(scratch, "merge", "a.h5", "--force").ExitCode);
        File.Delete(scratch.PathOf("a.0-of-2.h5"));
        Assert.Equal(0, Npgpu.Run(scratch, "merge", "a.h5", "--force").ExitCode);
    }

    [Fact]
    public void Status_shows_the_shards_and_the_merged_file_beside_them()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(6, 5));
        int done = SweepRun.Done(scratch, "a.json", "a.h5", "--shard", "1/2").Number("points");
        Assert.Equal(0, Npgpu.Run(scratch, "merge", "a.h5").ExitCode);
        _ = SweepRun.Done(scratch, "a.json", "a.h5", "--shard", "0/2");
        JsonElement status = SweepRun.Status(scratch, "a.h5");
        Assert.Equal(30, status.Number("done"));
        Assert.Equal(done, Assert.Single(status.GetProperty("beside").EnumerateArray()).Number("done"));
        string text = Npgpu.Run(scratch, "status", "a.h5").Output;
        Assert.Contains($"beside it a.h5: incomplete: {done} of 30 points done, 0 failed, {30 - done} missing", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_of_two_numbers_are_counted_apart_and_not_merged()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.At([-70], [44, 45]));
        foreach (string shard in new[] { "0/2", "1/2", "0/3", "1/3", "2/3" })
            _ = SweepRun.Done(scratch, "a.json", "a.h5", "--shard", shard);
        string text = Npgpu.Run(scratch, "status", "a.h5").Output;
        Assert.Matches(@"shards of 2 together +2 +2 +0 +0", text);
        Assert.Matches(@"shards of 3 together +2 +2 +0 +0", text);
        Assert.Contains("name the files of one number of shards, or remove the others", Refused(2, scratch, "merge", "a.h5"), StringComparison.Ordinal);

        // A shard that owns no point of the plan is not missed: of three one at least has none of the two points.
        foreach (string file in Directory.GetFiles(scratch.Folder, "a.?-of-2.h5"))
            File.Delete(file);
        foreach (JsonElement file in SweepRun.Status(scratch, "a.h5").GetProperty("files").EnumerateArray().Where(file => file.Number("points") == 0))
            File.Delete(scratch.PathOf(file.GetProperty("file").GetString()!));
        ProcessResult merged = Npgpu.Run(scratch, "merge", "a.h5");
        Assert.True(merged.ExitCode == 0, merged.ToString());
        Assert.Empty(merged.Error);
    }

    [Fact]
    public void What_belongs_elsewhere_is_said()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.At([-70], [44, 45]));
        _ = SweepRun.Done(scratch, "a.json", "a.h5");
        _ = SweepRun.Done(scratch, "a.json", "a.h5", "--shard", "1/2");
        Assert.Contains("npgpu sweep CONFIG --resume -o a.h5", Refused(5, scratch, "resume", "a.h5"), StringComparison.Ordinal);
        Assert.Contains("npgpu sweep CONFIG --resume -o a.h5 --shard 1/2", Refused(5, scratch, "resume", "a.1-of-2.h5"), StringComparison.Ordinal);
        Assert.Contains("give one of them", Refused(2, scratch, "status", "a.h5", "--table", "--json"), StringComparison.Ordinal);

        string[] onSlurm = ["sweep", "a.json", "-o", "a.h5", "--slurm", "--tasks", "2", "--force"];
        using (new FileStream(scratch.PathOf("a.0-of-2.h5.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("another run is writing it", Refused(5, scratch, onSlurm), StringComparison.Ordinal);
        Assert.Equal(0, Npgpu.Run(scratch, onSlurm).ExitCode);
        Assert.True(File.Exists(scratch.PathOf("a.1-of-2.h5")), "nothing is deleted before the tasks run");
    }

    [Fact]
    public void An_initial_state_that_cannot_be_read_is_an_error_of_the_configuration()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.At([-70], [44, 45]));
        string error = Refused(3, scratch, "sweep", "a.json", "--set", """/initial={"file":"nowhere.h5"}""");
        Assert.Contains("/initial/file: ", error, StringComparison.Ordinal);
        Assert.Contains("nowhere.h5", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", error, StringComparison.Ordinal);
    }

    private static string Refused(int exitCode, Scratch scratch, params string[] words)
    {
        ProcessResult result = Npgpu.Run(scratch, words);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        return result.Error;
    }
}
