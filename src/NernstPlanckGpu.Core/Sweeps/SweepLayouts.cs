using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Finds out what the points of a sweep have in common, before any is computed.</summary>
public static class SweepLayouts
{
    /// <summary>Points, evenly spread, that are asked for the names of their results; then so many values of each axis.</summary>
    private const int SampleSize = 16, LongestAxis = 256;

    /// <summary>The layout of a shard.</summary>
    /// <param name="plan">Points.</param>
    /// <param name="shard">Which part.</param>
    /// <param name="options">Engine, and how an initial state in a file is read.</param>
    /// <exception cref="EngineRefusalException">The engine cannot compute any of the points asked.</exception>
    /// <exception cref="SweepLayoutException">None of the points asked can be set up; the reason is that of the first.</exception>
    public static SweepLayout Of(SweepPlan plan, Shard shard, SweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        (List<int> points, List<PointHash> hashes) = PointsOf(plan, shard);
        List<RunLayout> sample = Sample(plan, options);
        IReadOnlyList<ResultColumn> All(Func<RunLayout, IReadOnlyList<ResultColumn>> columns) => [.. sample.SelectMany(columns).DistinctBy(column => column.Name)];
        return new()
        {
            Source = plan.Source,
            FileName = plan.FileName,
            BaseHash = plan.BaseHash,
            Axes = plan.Axes,
            Shard = shard,
            Points = points,
            Hashes = hashes,
            Run = sample[0] with { Configuration = sample[0].Configuration with { Source = plan.Source, Title = plan.Title } },
            IsGridShared = plan.IsGridShared,
            ArePlacesShared = plan.ArePlacesShared,
            Fields = plan.Fields,
            ResultColumns = All(layout => layout.ResultColumns),
            TheoryColumns = All(layout => layout.TheoryColumns),
            CertificateColumns = All(layout => layout.CertificateColumns),
            MembraneColumns = All(layout => layout.MembraneColumns),
        };
    }

    private static (List<int> Points, List<PointHash> Hashes) PointsOf(SweepPlan plan, Shard shard)
    {
        var (points, hashes) = (new List<int>(), new List<PointHash>());
        for (int point = 0; point < plan.Axes.Count; point++)
        {
            PointHash hash = plan.Hash(point);
            if (!shard.Owns(hash)) continue;
            points.Add(point);
            hashes.Add(hash);
        }
        return (points, hashes);
    }

    // The same for every shard and engine, so that a sweep can go on with another one. The first that can be set up stands for all; the others
    // only name their results.
    private static List<RunLayout> Sample(SweepPlan plan, SweepOptions options)
    {
        RunConfiguration[] sample = [.. Sampled(plan.Axes).Distinct().Select(point => plan.Configuration(point).Configuration).OfType<RunConfiguration>()];
        var tried = new (RunLayout? Layout, Exception? Why)[sample.Length];
        int first = 0;
        while (first < sample.Length && (tried[first] = TrySetUp(sample[first], options, null)).Layout is null) first++;
        // To refine the grid means to compute; one will do.
        Grid? grid = plan.IsGridShared && first < sample.Length ? GridOf(tried[first].Layout!) : null;
        Parallel.For(first + 1, Math.Max(first + 1, sample.Length), new ParallelOptions { MaxDegreeOfParallelism = options.Engine.ThreadCount },
            i => tried[i] = TrySetUp(sample[i] with { Problem = sample[i].Problem with { GridTolerance = null } }, options, grid));
        List<RunLayout> layouts = [.. tried.Select(one => one.Layout).OfType<RunLayout>()];
        if (layouts.Count > 0 && options.Device is { } device)
        {
            RunLayout onDevice = OnDevice(device, layouts);
            layouts[0] = layouts[0] with { Engine = onDevice.Engine, Integrator = onDevice.Integrator };
        }
        if (layouts.Count > 0) return layouts;
        // Nothing of the configuration is wrong then: another engine can.
        if (tried.Select(one => one.Why).OfType<EngineRefusalException>().FirstOrDefault() is { } refusal) throw refusal;
        throw new SweepLayoutException($"none of the points asked can be set up: {tried.Select(one => one.Why).FirstOrDefault(why => why is not null)?.Message}");
    }

    private static (RunLayout? Layout, Exception? Why) TrySetUp(RunConfiguration configuration, SweepOptions options, Grid? grid)
    {
        try
        {
            RunConfiguration resolved = options.Resolve?.Invoke(configuration) ?? configuration;
            return (new Simulation(resolved, new CpuEngine(options.Engine), grid, options.CertifiesGrid).Layout, null);
        }
        catch (Exception exception) when (exception is EngineRefusalException or GridRefinementException or ArgumentException)
        {
            return (null, exception);
        }
    }

    /// <summary>The grid that a layout tells of.</summary>
    internal static Grid GridOf(RunLayout layout) => new([.. layout.XFace], [.. layout.RegionOfCell]);

    // By the first that the device computes.
    private static RunLayout OnDevice(IEngine device, IEnumerable<RunLayout> layouts)
    {
        EngineRefusalException? refusal = null;
        foreach (RunLayout layout in layouts)
        {
            try
            {
                return new Simulation(layout.Configuration, device, GridOf(layout)).Layout;
            }
            catch (EngineRefusalException exception)
            {
                refusal ??= exception;
            }
        }
        throw refusal!;
    }

    // Points all over the sweep, and each value of an axis with the first ones of the others: a name may hang on a single value, such as 0.
    private static IEnumerable<int> Sampled(SweepAxes axes)
    {
        int last = axes.Count - 1, size = Math.Min(SampleSize, axes.Count);
        for (int i = 0; i < size; i++) yield return (int)((long)i * last / Math.Max(1, size - 1));
        int stride = axes.Count;
        foreach (SweepAxis axis in axes.Axes)
        {
            stride = axes.Combination == SweepCombination.Zip ? 1 : stride / axis.Values.Count;
            int values = Math.Min(axis.Values.Count, LongestAxis);
            for (int i = 0; i < values; i++) yield return stride * (int)((long)i * (axis.Values.Count - 1) / Math.Max(1, values - 1));
        }
    }
}

/// <summary>No point of a sweep can be set up.</summary>
/// <param name="message">Why, a sentence without its full stop.</param>
public sealed class SweepLayoutException(string message) : Exception(message);
