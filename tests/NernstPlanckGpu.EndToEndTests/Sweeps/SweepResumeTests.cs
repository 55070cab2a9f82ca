using System.Diagnostics;
using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>Sweeps that are interrupted, go on, grow, or meet each other.</summary>
public class SweepResumeTests
{
    private const int Voltages = 80, Barriers = 50, Points = Voltages * Barriers;

    [SkippableFact]
    public void Signals_keep_what_is_computed_and_resume_finishes_to_the_same_bits()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(Voltages, Barriers));
        int present = 0;
        foreach (string signal in new[] { "INT", "TERM", "USR1" })
        {
            string[] resume = present > 0 ? ["--resume"] : [];
            Process process = Begin(scratch, "a.json", "a.h5", ["--json", "--threads", "1", .. resume]);
            Signals.Send(signal, process);
            var sinceSignal = Stopwatch.StartNew();
            ProcessResult result = Npgpu.Finish(process);
            Assert.True(result.ExitCode == 75, $"{signal}: {result}");
            Assert.InRange(sinceSignal.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4)); // two, and slack for a busy machine
            Assert.Contains("--resume", result.Error, StringComparison.Ordinal);

            JsonElement json = JsonDocument.Parse(result.Output).RootElement;
            Assert.Equal("interrupted", json.GetProperty("outcome").GetString());
            Assert.Equal(75, json.Number("exitCode"));
            Assert.Equal("a.h5.part", json.GetProperty("files")[0].GetString());
            Assert.Equal(present + json.Number("computed"), json.Number("done"));
            Assert.Equal(Points, json.Number("done") + json.Number("missing"));
            Assert.True(json.Number("computed") > 0, result.ToString());
            present = json.Number("done");
            Assert.False(File.Exists(scratch.PathOf("a.h5")));
            Assert.Equal(present, SweepRun.Status(scratch, "a.h5").Number("done"));
        }

        Assert.Equal(Points - present, SweepRun.Done(scratch, "a.json", "a.h5", "--resume").Number("computed"));
        _ = SweepRun.Done(scratch, "a.json", "whole.h5");
        SweepFiles.AssertEqual(Points, scratch.PathOf("whole.h5"), scratch.PathOf("a.h5"));
        Assert.Equal(["a.h5", "a.json", "whole.h5"], Directory.GetFiles(scratch.Folder).Select(Path.GetFileName).Order());
    }

    [SkippableFact]
    public void A_second_process_on_a_shard_is_refused_and_the_first_goes_on()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.InTime(120, 100));
        Process first = Begin(scratch, "a.json", "a.h5", "--json", "--threads", "1", "--shard", "0/2");
        foreach (string way in new[] { "--resume", "--force" })
        {
            ProcessResult second = Npgpu.Run(scratch, "sweep", "a.json", "-o", "a.h5", "--shard", "0/2", way);
            Assert.True(second.ExitCode == 5, second.ToString());
            Assert.Contains("another run is writing it", second.Error, StringComparison.Ordinal);
        }

        // Points reach the file within a second; so some more do until the first is told to stop.
        int before = SweepRun.Status(scratch, "a.0-of-2.h5").Number("done");
        Thread.Sleep(1500);
        Signals.Send("TERM", first);
        ProcessResult result = Npgpu.Finish(first);
        Assert.True(result.ExitCode == 75, result.ToString());
        Assert.True(JsonDocument.Parse(result.Output).RootElement.Number("done") > before, result.ToString());
    }

    [SkippableFact]
    public void With_more_values_only_new_points_are_computed()
    {
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        _ = scratch.Write("small.json", SweepDocuments.At([-90, -70, -50], [44, 46]));
        _ = scratch.Write("large.json", SweepDocuments.At([-100, -90, -70, -60, -50], [46, 45, 44]));
        _ = SweepRun.Done(scratch, "small.json", "a.h5");
        JsonElement grown = SweepRun.Done(scratch, "large.json", "a.h5", "--resume");
        Assert.Equal((15, 9), (grown.Number("points"), grown.Number("computed")));
        _ = SweepRun.Done(scratch, "large.json", "large.h5");
        SweepFiles.AssertEqual(15, scratch.PathOf("large.h5"), scratch.PathOf("a.h5"));

        // Back again: nothing is to be computed.
        Assert.Equal(0, SweepRun.Done(scratch, "small.json", "a.h5", "--resume").Number("computed"));
        _ = SweepRun.Done(scratch, "small.json", "small.h5");
        SweepFiles.AssertEqual(6, scratch.PathOf("small.h5"), scratch.PathOf("a.h5"));
    }

    [SkippableFact]
    public void In_other_shards_or_merged_only_what_is_missing_is_computed()
    {
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        const int points = 30;
        _ = scratch.Write("a.json", SweepDocuments.Steady(6, 5));
        int there = SweepRun.Done(scratch, "a.json", "a.h5", "--shard", "0/2").Number("computed");
        int computed = Enumerable.Range(0, 3).Sum(shard => SweepRun.Done(scratch, "a.json", "a.h5", "--resume", "--shard", $"{shard}/3").Number("computed"));
        Assert.Equal(points - there, computed);
        _ = SweepRun.Done(scratch, "a.json", "whole.h5");
        string[] shards = [.. Enumerable.Range(0, 3).Select(shard => scratch.PathOf($"a.{shard}-of-3.h5"))];
        SweepFiles.AssertEqual(points, scratch.PathOf("whole.h5"), shards);

        // A merged file refers to its shards: it is not written into, the shards' points are taken over.
        File.Delete(shards[1]);
        File.Delete(scratch.PathOf("a.0-of-2.h5"));
        Assert.Equal(0, Npgpu.Run(scratch, "merge", shards[0], shards[2], "-o", "a.h5").ExitCode);
        // Status shows the shards that are there.
        int missing = points - SweepRun.Status(scratch, "a.h5").Number("points");
        Assert.Equal(missing, SweepRun.Done(scratch, "a.json", "a.h5", "--resume").Number("computed"));
        SweepFiles.AssertEqual(points, scratch.PathOf("whole.h5"), scratch.PathOf("a.h5"));
    }

    /// <summary>Starts a sweep and waits until it has said what it does, and has had time to do some of it.</summary>
    private static Process Begin(Scratch scratch, string configuration, string output, params string[] options)
    {
        Process process = Signals.Start(scratch, ["sweep", configuration, "-o", output, .. options]);
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("  engine", StringComparison.Ordinal))
        {
        }

        Thread.Sleep(400);
        return process;
    }
}
