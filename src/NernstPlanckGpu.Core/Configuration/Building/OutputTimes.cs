using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Turns counts and spacings into times.</summary>
internal static class OutputTimes
{
    /// <summary>First time after 0 of a log spacing, as a fraction of the end.</summary>
    private const double FirstFraction = 1e-6;

    /// <summary>Times closer than this fraction are one.</summary>
    private const double Coincidence = 1e-9;

    /// <summary>Stands for output keys that are not written.</summary>
    private static readonly object Nothing = new();

    /// <summary>Output settings, or null when something of them is wrong.</summary>
    public static OutputSettings? Build(Setting<RawOutput> output, double end, ReadContext context) =>
        context.Build(new Setting<object>(output.Value ?? Nothing, output.Node, output.IsValid), end, () => Settings(output, end, context));

    private static OutputSettings? Settings(Setting<RawOutput> output, double end, ReadContext context)
    {
        if (!output.IsValid)
            return null;
        var raw = output.Value;
        var snapshots = Times(raw?.Snapshots, OutputKeys.DefaultSnapshots, TimeSpacing.Logarithmic, end, context);
        var spacing = raw?.Snapshots.Value is { Spacing.IsValid: true } chosen ? chosen.Spacing.Value : TimeSpacing.Logarithmic;
        var samples = Times(raw?.TraceSamples, OutputKeys.DefaultTraceSamples, spacing, end, context);
        var traces = Traces(raw?.Traces, context);
        if (snapshots is null || samples is null || traces is { IsValid: false })
            return null;
        var settings = new OutputSettings { SnapshotTimes = snapshots, TraceTimes = Merge(snapshots, samples) };
        return traces?.Value is { } names ? settings with { Traces = names } : settings;
    }

    /// <summary>Output of a mode without a course in time: one state, at time 0.</summary>
    public static OutputSettings? None(Setting<RawOutput> output, string mode, ReadContext context)
    {
        var raw = output.Value;
        ConfigurationNode?[] keys = [raw?.Snapshots.Node, raw?.TraceSamples.Node, raw?.Traces.Node];
        foreach (var key in keys.OfType<ConfigurationNode>())
            context.Report(key, $"{mode} has no course in time, so there is nothing to choose here", "remove it");
        return output.IsValid ? new() { SnapshotTimes = [0], TraceTimes = [0] } : null;
    }

    private static Setting<IReadOnlyList<string>>? Traces(Setting<IReadOnlyList<Setting<string>>>? setting, ReadContext context)
    {
        if (setting is not { IsPresent: true } present)
            return null;
        if (present.Value is not { } list || list.Any(item => !item.IsValid))
            return Setting<IReadOnlyList<string>>.Wrong(present.Node);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var valid = true;
        foreach (var item in list.Where(item => !seen.Add(item.Value!)))
        {
            context.Report(item.Node!, $"the trace \"{item.Value}\" is listed twice", "remove it");
            valid = false;
        }

        return new([.. list.Select(item => item.Value!)], present.Node, valid);
    }

    private static List<double>? Times(Setting<RawTimes>? setting, long count, TimeSpacing spacing, double end, ReadContext context)
    {
        if (setting is { IsValid: false })
            return null;
        if (setting?.Value is not { } raw)
            return Spaced(count, spacing, end * FirstFraction, end);
        if (raw is { Count.IsValid: false } or { Spacing.IsValid: false } or { First.IsValid: false } or { Times.IsValid: false })
            return null;
        if (raw.Times.IsPresent)
            return Listed(raw, end, context);
        var chosen = raw.Spacing.IsPresent ? raw.Spacing.Value : spacing;
        if (raw.First.IsPresent && (chosen == TimeSpacing.Linear || raw.First.Value >= end))
        {
            context.Report(raw.First.Node, chosen == TimeSpacing.Linear
                ? "linear spacing has no first time" : "the first time is not before the end",
                "remove it, or write \"spacing\": \"log\" and a time before the end");
            return null;
        }

        return Spaced(raw.Count.Value, chosen, raw.First.IsPresent ? raw.First.Value : end * FirstFraction, end);
    }

    private static List<double>? Listed(RawTimes raw, double end, ReadContext context)
    {
        if ((raw.Count.Node ?? raw.Spacing.Node ?? raw.First.Node) is { } other)
        {
            context.Report(other, "the times are listed already", "remove this key, or \"times\"");
            return null;
        }

        if (Quantities.Numbers(raw.Times) is not { } times || !Quantities.Ascend(raw.Times, times, context))
            return null;
        var late = Array.FindIndex(times, time => time > end * (1 + Coincidence));
        if (late >= 0)
        {
            context.Report(raw.Times.Value![late].Node!, "this time is after the end of the run", "remove it, or write a later /time/end");
            return null;
        }

        return [0, .. times.Where(time => time > 0 && time < end * (1 - Coincidence)), end];
    }

    private static List<double> Spaced(long count, TimeSpacing spacing, double first, double end)
    {
        var times = new List<double> { 0 };
        for (var i = 1L; i < count - 1; i++)
        {
            var fraction = spacing == TimeSpacing.Linear ? (double)i / (count - 1) : (double)(i - 1) / (count - 2);
            var time = spacing == TimeSpacing.Linear ? end * fraction : first * Math.Pow(end / first, fraction);
            if (time > times[^1] && time < end)
                times.Add(time);
        }

        times.Add(end);
        return times;
    }

    /// <summary>Union in ascending order; a sample next to a snapshot gives way to it.</summary>
    private static List<double> Merge(List<double> snapshots, List<double> samples)
    {
        var merged = new List<double>(snapshots.Count + samples.Count);
        var next = 0;
        foreach (var snapshot in snapshots)
        {
            for (; next < samples.Count && samples[next] <= snapshot * (1 + Coincidence); next++)
            {
                var apart = merged.Count == 0 || samples[next] > merged[^1] * (1 + Coincidence);
                if (apart && samples[next] < snapshot * (1 - Coincidence))
                    merged.Add(samples[next]);
            }

            merged.Add(snapshot);
        }

        return merged;
    }
}
