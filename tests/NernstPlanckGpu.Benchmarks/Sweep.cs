using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>
/// What a sweep costs beside the computing: configurations, the queue between threads, and the file, against the same runs one by one with
/// their configurations at hand and nothing kept. Processor time of the process, in turn, part by part of the 10 000 steady states of MEMB.
/// </summary>
internal static class Sweep
{
    private const int Part = 500;

    public static void Run(int rounds)
    {
        SweepPlan plan = SweepPlan.Read(Path.Combine(AppContext.BaseDirectory, "sweep-steady.json"), [], 1).Plan!;
        var options = new SweepOptions { Engine = new(1) };
        SweepLayout layout = SweepLayouts.Of(plan, Shard.Whole, options);
        var runner = new SweepRunner(plan, layout, options);
        var engine = new CpuEngine(options.Engine);
        var grid = new Grid([.. layout.Run.XFace], [.. layout.Run.RegionOfCell]);
        using TemporaryFolder folder = new();
        using SweepFileWriter file = SweepFileWriter.Create(folder.File("sweep.h5"), layout, SyntheticSweep.Provenance);
        var (alone, swept, stored) = (new List<double>(), new List<double>(), new List<double>());
        // One round more, to warm up.
        for (int round = 0; round <= rounds; round++)
        {
            int[] points = [.. Enumerable.Range(round * Part % plan.Axes.Count, Part)];
            RunConfiguration[] configurations = [.. points.Select(point => plan.Configuration(point).Configuration!)];
            double one = Processor(() => Array.ForEach(configurations, configuration => new Simulation(configuration, engine, grid).Run(new Nothing())));
            double queue = Processor(() => runner.Run(points, 0, new Nothing()));
            double all = Processor(() => runner.Run(points, 0, file));
            if (round == 0) continue;
            alone.Add(one);
            swept.Add(queue);
            stored.Add(all);
        }
        double overhead = Measure.Median(stored.Zip(alone, (all, one) => all - one));
        Console.WriteLine(FormattableString.Invariant($"{plan.Axes.Count} steady states of MEMB, one thread: {Measure.Median(alone):f1} us of a processor per point to compute"));
        Console.WriteLine(FormattableString.Invariant(
            $"  as a sweep {Measure.Median(swept):f1} us, with its file {Measure.Median(stored):f1} us: {overhead:f1} us per point beside the computing"));
    }

    /// <summary>Processor time of the process per point, µs: that of its collection of garbage and of the thread that writes is in it.</summary>
    private static double Processor(Action work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Part;
    }

    private sealed class Nothing : ISweepSink, IRunSink
    {
        public void Add(IReadOnlyList<PointResult> points)
        {
        }

        public void Flush()
        {
        }

        public void Snapshot(Snapshot snapshot)
        {
        }

        public void Trace(in TraceSample sample)
        {
        }

        public void Complete(RunSummary summary)
        {
        }
    }
}
