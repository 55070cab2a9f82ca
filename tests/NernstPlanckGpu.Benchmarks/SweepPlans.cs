using System.Diagnostics;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>What a point of a sweep costs before it is computed: its configuration and its hash, on one thread.</summary>
internal static class SweepPlans
{
    private const int Points = 10_000;

    public static void Run(int rounds)
    {
        Console.WriteLine($"plan of a sweep of MEMB, {Points} points, one thread");
        Report("potential", rounds, Axis("/boundaries/left/electric/potential", "mV", -120, 60, Points));
        Report("two concentrations, zip", rounds, Axis("/regions/2/concentration/K", "mM", 1, 20, Points), Axis("/regions/2/concentration/Na", "mM", 149, 130, Points));
        Report("temperature", rounds, Axis("/temperature", "K", 280, 320, Points));
    }

    private static string Axis(string path, string unit, double first, double last, int count) =>
        FormattableString.Invariant($"{{\"path\": \"{path}\", \"linspace\": [\"{first} {unit}\", \"{last} {unit}\", {count}]}}");

    private static void Report(string what, int rounds, params string[] axes)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "memb.json");
        string combine = axes.Length > 1 ? "zip" : "grid";
        string[] overrides = [$"/sweep={{\"axes\": [{string.Join(',', axes)}], \"combine\": \"{combine}\"}}"];
        double[] alone = new double[rounds], read = new double[rounds], configuration = new double[rounds], hash = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            SweepPlanResult result = SweepPlan.Read(file, overrides, threads: 1);
            read[round] = watch.Elapsed.TotalMilliseconds;
            SweepPlan plan = result.Plan ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
            int count = plan.Axes.Count;
            configuration[round] = Microseconds(count, i => plan.Configuration(i));
            hash[round] = Microseconds(count, i => plan.Hash(i));
            alone[round] = Microseconds(count, i => ConfigurationReader.Read(file, []));
        }
        Console.WriteLine(FormattableString.Invariant(
            $"  {what,-24} configuration {Measure.Median(configuration):f2} us, hash {Measure.Median(hash):f2} us, a file alone {Measure.Median(alone):f1} us; read and check {Measure.Median(read):f1} ms"));
    }

    /// <summary>Processor time of the process: other work on the machine does not count, but its own collection of garbage does.</summary>
    private static double Microseconds(int count, Action<int> work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int k = 0; k < Points; k++) work(k % count);
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Points;
    }
}
