using System.Diagnostics;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>
/// Scenarios of configs/neuron as a user runs them on one thread, without the file: an hour of stroke and the hour after, one spike, a train of
/// spikes, the pump-leak steady state. The first run of the process, which compiles the code, and the median of those after it.
/// </summary>
internal static class Neuron
{
    public static void Run(int rounds)
    {
        foreach (string name in new[] { "stroke", "action-potential", "action-potential-train", "pump-leak" })
        {
            (double first, RunSummary summary) = Once(name);
            for (int i = 0; i < 5; i++)
            {
                _ = Once(name);
                Thread.Sleep(100);
            }
            double[] seconds = [.. Enumerable.Range(0, rounds).Select(_ => Once(name).Seconds)];
            Console.WriteLine(
                $"{name,-24} {summary.AcceptedSteps,5} steps; first {first,6:f3} s, then {Measure.Median(seconds),6:f3} s (best {seconds.Min():f3} s)");
        }
    }

    private static (double Seconds, RunSummary Summary) Once(string name)
    {
        var watch = Stopwatch.StartNew();
        ConfigurationResult result = ConfigurationReader.Read(Path.Combine(AppContext.BaseDirectory, "neuron", $"{name}.json"), []);
        if (result.Configuration is not { } configuration) throw new InvalidOperationException(string.Join('\n', result.Errors));
        RunSummary summary = new Simulation(configuration, new(1)).Run(new Nothing());
        if (!summary.Outcome.IsComplete() || !summary.CertificateHolds) throw new InvalidOperationException($"{name}: {summary.Outcome}, {summary.Detail}");
        return (watch.Elapsed.TotalSeconds, summary);
    }

    private sealed class Nothing : IRunSink
    {
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
