using System.Diagnostics;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>What the benchmarks share: MEMB, runs of the engine, medians.</summary>
internal static class Measure
{
    /// <summary>MEMB as configs/bench/memb.json states it, with overrides.</summary>
    public static PnpProblem Memb(params string[] overrides)
    {
        ConfigurationResult result = ConfigurationReader.Read(Path.Combine(AppContext.BaseDirectory, "memb.json"), overrides);
        return result.Configuration?.Problem ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
    }

    /// <summary>Face-species updates per second of one thread: evaluations × faces × species over the time of an Advance.</summary>
    public static double UpdatesPerSecond(DiscreteProblem[] problems, EngineOptions options, TimeSettings settings)
    {
        using IBatch batch = new CpuEngine(options).Start(problems, settings);
        double[] targets = [.. problems.Select(_ => settings.End)];
        var watch = Stopwatch.StartNew();
        batch.Advance(targets, null, CancellationToken.None);
        double seconds = watch.Elapsed.TotalSeconds;
        double updates = 0;
        for (int i = 0; i < problems.Length; i++)
            updates += (double)batch.Status(i).Evaluations * (problems[i].Cells + 1) * problems[i].Species;
        return updates / seconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
    }

    public static string Millions(double perSecond) => $"{perSecond / 1e6,7:f0} M/s";
}
