using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>
/// What a sweep costs beside the computing, in processor time of the process: the 10 000 steady states of MEMB with all that a sweep does for
/// them (hashes, configurations, blocks, the queue between threads, the file) but with results at hand. A difference between sweeps and runs
/// one by one cannot show it: the same runs differ by more from one second to the next.
/// </summary>
internal static class Sweep
{
    private const int Block = 16, Samples = 256;

    public static void Run(int rounds)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "sweep-steady.json");
        SweepPlan plan = SweepPlan.Read(path, [], 1).Plan!;
        var options = new SweepOptions { Engine = new(1) };
        SweepLayout layout = SweepLayouts.Of(plan, Shard.Whole, options);
        int[] samples = [.. Enumerable.Range(0, Samples).Select(i => i * (plan.Axes.Count / Samples))];
        var known = new Known();
        var runner = new SweepRunner(plan, layout, options);
        TimeSpan pauses = GC.GetTotalPauseDuration(), start = Environment.CpuUsage.TotalTime;
        double computing = Enumerable.Range(0, rounds + 1).Select(_ => Processor(Samples, () => runner.Run(samples, 0, known))).ToArray()[1..].Min();
        double garbage = (GC.GetTotalPauseDuration() - pauses) / (Environment.CpuUsage.TotalTime - start);
        Console.WriteLine(FormattableString.Invariant($"steady states of MEMB, one thread: {computing:f0} us of a processor per point at best; {garbage:p1} of all is the collection of garbage"));
        using TemporaryFolder folder = new();
        var (hashes, read, kept, filed) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        // One round more, to warm up.
        for (int round = 0; round <= rounds; round++)
        {
            double hash = Processor(plan.Axes.Count, () => SweepLayouts.Of(plan, Shard.Whole, options));
            double configurations = Processor(plan.Axes.Count, () =>
            {
                foreach (int point in layout.Points) _ = plan.Configuration(point);
            });
            double queue = Processor(plan.Axes.Count, () => Replay(plan, layout, known, new Nothing()));
            using SweepFileWriter file = SweepFileWriter.Create(folder.File("sweep.h5"), layout, SyntheticSweep.Provenance, overwrite: true);
            double all = Processor(plan.Axes.Count, () => Replay(plan, layout, known, file));
            if (round == 0) continue;
            hashes.Add(hash);
            read.Add(configurations);
            kept.Add(queue);
            filed.Add(all);
        }
        double[] beside = [.. Enumerable.Range(0, rounds).Select(i => hashes[i] + filed[i] - read[i])];
        Console.WriteLine(FormattableString.Invariant(
            $"  file and bookkeeping of a sweep of {plan.Axes.Count}: {Measure.Median(beside):f1} us per point (best {beside.Min():f1}): layout and hashes {Measure.Median(hashes):f1}, queue {Measure.Median(kept.Zip(read, (all, part) => all - part)):f1}, file {Measure.Median(filed.Zip(kept, (all, part) => all - part)):f1}"));
        Console.WriteLine(FormattableString.Invariant($"  the configuration of a point: {Measure.Median(read):f1} us"));
    }

    /// <summary>A sweep whose points need no computing.</summary>
    private static void Replay(SweepPlan plan, SweepLayout layout, Known known, ISweepSink sink)
    {
        var session = new SweepSession(layout.Points, 0, sink, null);
        var queue = new PointQueue<IReadOnlyList<PointResult>>(4);
        Task worker = Task.Factory.StartNew(() =>
        {
            while (session.Next(Block) is { Length: > 0 } points)
            {
                var results = new List<PointResult>();
                foreach (int point in points)
                    if (plan.Configuration(point).Configuration is not null) results.Add(known.Of(point));
                queue.Add(results);
            }
            queue.Complete();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (queue.Take() is { } results) session.Take(results);
        sink.Flush();
        worker.Wait();
    }

    /// <summary>Processor time of the process per point, µs: that of its collection of garbage and of the thread that writes is in it.</summary>
    private static double Processor(int points, Action work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / points;
    }

    /// <summary>Results of some points, which stand for those of all: few enough to stay in the cache, as one just computed would be.</summary>
    private sealed class Known : ISweepSink
    {
        private readonly List<PointResult> known = [];

        public PointResult Of(int point)
        {
            PointResult one = known[point % Samples];
            return new() { Index = point, Status = one.Status, Layout = one.Layout, Summary = one.Summary, Snapshots = one.Snapshots, Traces = one.Traces };
        }

        public void Add(IReadOnlyList<PointResult> points) => known.AddRange(points);

        public void Flush()
        {
        }
    }

    private sealed class Nothing : ISweepSink
    {
        public void Add(IReadOnlyList<PointResult> points)
        {
        }

        public void Flush()
        {
        }
    }
}
