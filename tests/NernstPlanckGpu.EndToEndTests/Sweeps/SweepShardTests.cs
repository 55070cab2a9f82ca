using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>The same bits in one process and in eight, on one thread and on two, in every lane.</summary>
public class SweepShardTests
{
    private const int Shards = 8;

    [SkippableTheory]
    [InlineData("steady", 300)]
    [InlineData("in time", 12)]
    [InlineData("in time", 4)]
    public void Eight_shards_any_threads_and_any_lane_give_the_same_bits(string kind, int points)
    {
        if (points > 4) LongTest.Need();
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", kind == "steady" ? SweepDocuments.Steady(20, 15) : SweepDocuments.InTime(points / 2, 2));
        AssertSameInShards(scratch, "a.json", points);
        string[][] ways = [["--threads", "1"], ["--threads", "2", "--lane", "scalar"], ["--threads", "2", "--lane", "256"]];
        foreach (string[] way in ways)
        {
            string output = $"{string.Join('-', way)}.h5";
            _ = SweepRun.Done(scratch, "a.json", output, way);
            SweepFiles.AssertEqual(points, scratch.PathOf("whole.h5"), scratch.PathOf(output));
        }
    }

    [SkippableFact]
    public void Ten_thousand_steady_points_in_eight_shards() => AssertSameBenchmark("sweep-steady.json", 10_000);

    [SkippableFact]
    public void Two_hundred_and_fifty_six_transients_in_eight_shards() => AssertSameBenchmark("sweep-steps.json", 256);

    [Fact]
    public void A_shard_that_does_not_exist_is_refused()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(2, 2));
        foreach ((string shard, string message) in new[] { ("8/8", "count from 0 to 7"), ("-1/8", "takes I/N"), ("1", "takes I/N"), ("0/0", "takes I/N") })
        {
            ProcessResult result = Npgpu.Run(scratch, "sweep", "a.json", $"--shard={shard}");
            Assert.True(result.ExitCode == 2, result.ToString());
            Assert.Contains(message, result.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(scratch.PathOf("results")));
    }

    [Fact]
    public void A_shard_without_points_is_a_file_without_rows()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.At([-70], [44, 45]));
        int points = Enumerable.Range(0, 4).Sum(shard => SweepRun.Done(scratch, "a.json", "a.h5", "--shard", $"{shard}/4").Number("points"));
        Assert.Equal(2, points);
        JsonElement status = SweepRun.Status(scratch, "a.h5");
        Assert.Equal(4, status.GetProperty("files").GetArrayLength());
        Assert.Equal(2, status.Number("done"));
    }

    [SkippableFact]
    public void What_is_there_of_a_sweep_merges_and_strictly_it_does_not()
    {
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(6, 5));
        int done = SweepRun.Done(scratch, "a.json", "a.h5", "--shard", "1/2").Number("points");
        string error = Merge(5, scratch, "a.h5", "--strict").GetProperty("errors")[0].GetString()!;
        Assert.Contains($"{30 - done} are missing", error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.PathOf("a.h5")));

        JsonElement json = Merge(0, scratch, "a.h5");
        Assert.Equal((30, done, 30 - done), (json.Number("points"), json.Number("done"), json.Number("missing")));
        Assert.Equal(0, json.GetProperty("missingShards")[0].GetInt32());
        _ = SweepRun.Done(scratch, "a.json", "whole.h5");
        Assert.Equal(done, SweepFiles.Present(scratch.PathOf("whole.h5"), scratch.PathOf("a.h5")).Count);
    }

    private static void AssertSameBenchmark(string name, int points)
    {
        LongTest.Need();
        Tool.NeedPython("h5py", "numpy");
        using var scratch = new Scratch();
        AssertSameInShards(scratch, Path.Combine(Repository.Root, "configs", "bench", name), points);
    }

    /// <summary>One process writes whole.h5, eight others, two at a time, its shards.</summary>
    private static void AssertSameInShards(Scratch scratch, string configuration, int points)
    {
        Assert.Equal(points, SweepRun.Done(scratch, configuration, "whole.h5").Number("computed"));
        int[] counts = new int[Shards];
        _ = Parallel.For(0, Shards, new ParallelOptions { MaxDegreeOfParallelism = 2 }, shard =>
            counts[shard] = SweepRun.Done(scratch, configuration, "parts.h5", "--shard", $"{shard}/{Shards}", "--threads", "1").Number("computed"));
        Assert.Equal(points, counts.Sum());

        // Every shard has its share: a good hash spreads the points, five standard deviations off the mean at most.
        double mean = (double)points / Shards;
        Assert.All(counts, count => Assert.InRange(count, 0, mean + (5 * Math.Sqrt(mean))));
        string[] files = [.. Enumerable.Range(0, Shards).Select(shard => scratch.PathOf($"parts.{shard}-of-{Shards}.h5"))];
        SweepFiles.AssertEqual(points, scratch.PathOf("whole.h5"), files);
        Assert.Equal(points, SweepRun.Status(scratch, "parts.h5").Number("done"));

        // Merged they are the whole: as a file that refers to them, and as one that does without them.
        foreach (string[] way in new string[][] { [], ["--copy", "--force"] })
        {
            Assert.Equal(points, Merge(0, scratch, "parts.h5", way).Number("done"));
            SweepFiles.AssertEqual(points, scratch.PathOf("whole.h5"), scratch.PathOf("parts.h5"));
        }
    }

    private static JsonElement Merge(int exitCode, Scratch scratch, string name, params string[] options)
    {
        ProcessResult result = Npgpu.Run(scratch, ["merge", name, "--json", .. options]);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
