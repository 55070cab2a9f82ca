using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>A point that fails costs only itself, and says why: in the file, in JSON, on the terminal and to <c>status</c>.</summary>
public class SweepFailureTests
{
    private const int StepBudgetSpent = 4, NotConverged = 5;

    [SkippableFact]
    public void Points_without_steps_enough_fail_alone()
    {
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.WithBudgets(3, 4000, 4, 5000, 1));
        JsonElement json = SweepRun.Ends(4, scratch, "a.json", "a.h5");
        Assert.Equal("failed", json.GetProperty("outcome").GetString());
        Assert.Equal((5, 2, 3, 0, 5), (json.Number("points"), json.Number("done"), json.Number("failed"), json.Number("missing"), json.Number("computed")));
        Assert.Equal([0, 2, 4], json.GetProperty("failures").EnumerateArray().Select(failure => failure.Number("point")).Order());

        // Every point is computed: the file has its final name.
        Dictionary<int, int> statuses = SweepFiles.Statuses(scratch.PathOf("a.h5"));
        Assert.Equal([StepBudgetSpent, 0, StepBudgetSpent, 0, StepBudgetSpent], statuses.OrderBy(pair => pair.Key).Select(pair => pair.Value));

        // The two good ones differ in what they may use only; their neighbours in the batch left no trace.
        string[][] table = Table(scratch, "a.h5");
        Assert.Equal("done", table[1][2]);
        Assert.Equal(table[1][3..], table[3][3..]);
        _ = scratch.Write("good.json", SweepDocuments.WithBudgets(4000));
        _ = SweepRun.Done(scratch, "good.json", "good.h5");
        Assert.Equal(Table(scratch, "good.h5")[0][3..], table[1][3..]);
    }

    [Fact]
    public void Status_lists_what_failed_and_why()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Drained(-100, 50, -60, 60));
        ProcessResult result = Npgpu.Run(scratch, "sweep", "a.json", "-o", "a.h5");
        Assert.True(result.ExitCode == 4, result.ToString());
        Assert.Contains("2 of 4 points failed", result.Error, StringComparison.Ordinal);
        Assert.Contains("point 1 (v = \"50 mV\"): ", result.Error, StringComparison.Ordinal);

        JsonElement file = SweepRun.Status(scratch, "a.h5").GetProperty("files")[0];
        Assert.Equal((4, 2, 2, 0), (file.Number("points"), file.Number("done"), file.Number("failed"), file.Number("missing")));
        JsonElement[] failures = [.. file.GetProperty("failures").EnumerateArray()];
        Assert.Equal([1, 3], failures.Select(failure => failure.Number("point")));
        Assert.All(failures, failure => Assert.Equal("notConverged", failure.GetProperty("status").GetString()));
        Assert.All(failures, failure => Assert.NotEmpty(failure.GetProperty("message").GetString()!));

        ProcessResult text = Npgpu.Run(scratch, "status", "a.h5");
        Assert.Contains("point 3 (v = \"60 mV\"): " + failures[1].GetProperty("message").GetString(), text.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_failed_point_is_left_as_it_is_until_it_is_to_be_tried_again()
    {
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Drained(-100, 50, -60));
        _ = SweepRun.Ends(4, scratch, "a.json", "a.h5");
        File.Copy(scratch.PathOf("a.h5"), scratch.PathOf("first.h5"));

        Assert.Equal(0, SweepRun.Ends(4, scratch, "a.json", "a.h5", "--resume").Number("computed"));
        Assert.Equal(1, SweepRun.Ends(4, scratch, "a.json", "a.h5", "--resume", "--retry-failed").Number("computed"));
        SweepFiles.AssertEqual(3, scratch.PathOf("first.h5"), scratch.PathOf("a.h5"));
        Assert.Equal(new() { [0] = 0, [1] = NotConverged, [2] = 0 }, SweepFiles.Statuses(scratch.PathOf("a.h5")));
    }

    [SkippableFact]
    public void On_failure_stop_begins_no_other_point_and_resume_computes_the_rest()
    {
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        const int points = 100;
        _ = scratch.Write("a.json", SweepDocuments.WithBudgets([3, .. Enumerable.Range(5000, points - 1)]));
        JsonElement stopped = SweepRun.Ends(4, scratch, "a.json", "a.h5", "--on-failure", "stop", "--threads", "1");
        Assert.Equal("stopped", stopped.GetProperty("outcome").GetString());
        int computed = stopped.Number("computed"), missing = stopped.Number("missing");

        // What was begun with it, and perhaps the block after that, is computed still.
        Assert.InRange(computed, 1, points / 2);
        Assert.Equal(points, computed + missing);
        Assert.False(File.Exists(scratch.PathOf("a.h5")));

        JsonElement rest = SweepRun.Ends(4, scratch, "a.json", "a.h5", "--resume");
        Assert.Equal((missing, points - 1, 1), (rest.Number("computed"), rest.Number("done"), rest.Number("failed")));
        _ = SweepRun.Ends(4, scratch, "a.json", "b.h5");
        SweepFiles.AssertEqual(points, scratch.PathOf("b.h5"), scratch.PathOf("a.h5"));
    }

    /// <summary>The lines of <c>status --table</c> below its head, split.</summary>
    private static string[][] Table(Scratch scratch, string file)
    {
        ProcessResult result = Npgpu.Run(scratch, "status", file, "--table");
        Assert.True(result.ExitCode == 0, result.ToString());
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd().Split('\t'))];
    }
}
