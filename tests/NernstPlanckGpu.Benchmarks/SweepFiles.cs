using System.Diagnostics;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>The file of a sweep: time per point to write it, and times to merge shards, with points of the size of MEMB's steady state.</summary>
internal static class SweepFiles
{
    private const int Points = 10_000, Batch = 64, Results = 14, Shards = 8;

    private static readonly SyntheticSweep Sweep = new() { Points = Points, Cells = 256, Species = 3, Snapshots = 1 };

    public static void Run(int rounds)
    {
        using TemporaryFolder folder = new();
        PointResult[] points = [.. Enumerable.Range(0, Points).Select(index => WithResults(Sweep.Point(index)))];
        Console.WriteLine($"{Points} points of 3 species, 256 cells, 1 snapshot, {8 + Results + 8} single numbers, in batches of {Batch}");
        (double Wall, double Processor)[] times = [.. Enumerable.Range(0, rounds).Select(_ => Write(folder.File("sweep.h5"), Shard.Whole, points))];
        Console.WriteLine($"  writing: {Median(times.Select(time => time.Wall)) / Points * 1e6:f2} us per point, "
            + $"at best {times.Min(time => time.Wall) / Points * 1e6:f2} ({times.Min(time => time.Processor) / Points * 1e6:f2} us of a processor); file {new FileInfo(folder.File("sweep.h5")).Length / 1e6:f0} MB");
        string[] shards = [.. Enumerable.Range(0, Shards).Select(i => folder.File($"shard{i}.h5"))];
        for (int i = 0; i < Shards; i++)
            Write(shards[i], new Shard(i, Shards), points);
        foreach (bool copy in (bool[])[false, true])
            Merge(folder.File($"merged-{copy}.h5"), shards, points, copy);
    }

    private static void Merge(string path, string[] shards, PointResult[] points, bool copy)
    {
        SweepLayout layout = Layout(Shard.Whole, points);
        double merging = Seconds(() => SweepMerge.Merge(path, layout, shards, SyntheticSweep.Provenance, new SweepMergeOptions { Copy = copy, Overwrite = true }));
        double opening = Seconds(() => SweepFile.Open(path).Dispose());
        using SweepFile file = SweepFile.Open(path);
        double all = Seconds(() => Sum(file.ReadRows("concentration", 0, Points)));
        double one = Seconds(() => Sum(file.ReadRows("concentration", Points / 2, 1)));
        Console.WriteLine($"  {Shards} shards {(copy ? "copied" : "virtual")}: merged in {merging:f2} s ({new FileInfo(path).Length / 1e6:f1} MB), "
            + $"opened in {opening * 1e3:f1} ms, all concentrations in {all:f2} s, those of a point in {one * 1e3:f1} ms");
    }

    private static double Sum(double[] values) => values.Sum();

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double Seconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    private static SweepLayout Layout(Shard shard, PointResult[] points) => Sweep.Layout(shard) with
    {
        ResultColumns = [.. points[0].Summary!.Results.Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning))],
    };

    /// <summary>Seconds from the first point to the last flush, and of the processor; making and closing the file are beside it.</summary>
    private static (double Wall, double Processor) Write(string path, Shard shard, PointResult[] points)
    {
        SweepLayout layout = Layout(shard, points);
        PointResult[][] batches = [.. layout.Points.Select(point => points[point]).Chunk(Batch)];
        using SweepFileWriter writer = SweepFileWriter.Create(path, layout, SyntheticSweep.Provenance, overwrite: true);
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        double time = Seconds(() =>
        {
            foreach (PointResult[] batch in batches)
                writer.Add(batch);
            writer.Flush();
        });
        process.Refresh();
        double processor = (process.TotalProcessorTime - before).TotalSeconds;
        writer.Finish();
        return (time, processor);
    }

    private static PointResult WithResults(PointResult point) => new()
    {
        Index = point.Index,
        Status = point.Status,
        Message = point.Message,
        Layout = point.Layout,
        Summary = point.Summary! with
        {
            Results = [.. Enumerable.Range(0, Results).Select(i => new ResultEntry($"result_{i}", point.Index + (0.1 * i), "V", $"result {i}"))],
        },
        Snapshots = point.Snapshots,
        Traces = point.Traces,
    };
}
