using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>Holds a sweep file against a plan, and takes over the rows that both have.</summary>
internal static class SweepTransfer
{
    /// <summary>Whether a file has the plan of a layout: its points in its order, its version, its columns.</summary>
    internal static bool IsSamePlan(SweepFile source, SweepLayout layout, SweepShape shape, SweepNumbers numbers, string version) =>
        source.Shard == layout.Shard
        && source.Points.SequenceEqual(layout.Points)
        && source.Hashes.SequenceEqual(layout.Hashes)
        && source.BaseHash == layout.BaseHash
        && SweepAxesJson.Write(source.Axes) == SweepAxesJson.Write(layout.Axes)
        && Difference(source, layout, shape, numbers, version) == null;

    /// <summary>Why no row of a file fits a layout; null where they do.</summary>
    internal static string? Difference(SweepFile source, SweepLayout layout, SweepShape shape, SweepNumbers numbers, string version)
    {
        if (source.Version != version)
            return $"it was written by version {source.Version}, not {version}";
        RunFile contents = source.Contents;
        if (!contents.ReadStrings(RunFileSchema.Species).SequenceEqual(layout.Run.Configuration.Problem.Species.Select(species => species.Name)))
            return "it has other species";
        if (!source.Fields.Order().SequenceEqual(layout.Fields.Order()))
            return $"it keeps the fields {string.Join(", ", source.Fields)}, not {string.Join(", ", layout.Fields)}";
        return OfColumns(source, shape, numbers) ?? OfShared(contents, layout, shape);
    }

    /// <summary>Takes the rows over that a file has and another lacks.</summary>
    /// <param name="source">File with rows.</param>
    /// <param name="target">File that takes them.</param>
    /// <param name="layout">Layout of the target.</param>
    /// <param name="statuses">How the target's rows stand; takes those taken over.</param>
    internal static void Copy(SweepFile source, SweepRowFile target, SweepLayout layout, PointStatus[] statuses)
    {
        IReadOnlyList<PointStatus> known = source.Statuses;
        target.Grow(source);
        Dictionary<PointHash, int> rowOf = [];
        IReadOnlyList<PointHash> hashes = source.Hashes;
        for (int from = 0; from < hashes.Count; from++)
        {
            if (known[from] != PointStatus.Missing)
                rowOf.TryAdd(hashes[from], from);
        }
        // From the plan's side: it may have a point twice.
        var pairs = new List<(int From, int To, PointStatus Status)>();
        for (int to = 0; to < layout.Hashes.Count; to++)
        {
            if (statuses[to] == PointStatus.Missing && rowOf.TryGetValue(layout.Hashes[to], out int from))
                pairs.Add((from, to, known[from]));
        }
        foreach (RowRun run in RowRun.Of([.. pairs.Select(pair => (pair.From, pair.To))]))
            target.Take(source, run);
        target.TakeStatuses([.. pairs.Select(pair => (pair.To, pair.Status))]);
        foreach ((_, int to, PointStatus status) in pairs)
            statuses[to] = status;
    }

    private static string? OfColumns(SweepFile source, SweepShape shape, SweepNumbers numbers)
    {
        Dictionary<string, SweepDataset> datasets = source.Datasets.ToDictionary(dataset => "/" + dataset.Name);
        foreach (SweepColumn column in numbers.Columns.Concat(shape.Columns))
        {
            if (!datasets.TryGetValue(column.Path, out SweepDataset? dataset))
                return $"it lacks {column.Path[1..]}";
            if (dataset.Unit != column.Field.Unit)
                return $"its {column.Path[1..]} is in {dataset.Unit}, not {column.Field.Unit}";
            bool fits = dataset.Row.Count == column.Row.Count
                && dataset.Row.Zip(column.Row).All(pair => pair.Second.IsGrowing || pair.First == pair.Second.Length);
            if (!fits)
                return $"its {column.Path[1..]} has another shape";
        }
        return null;
    }

    /// <summary>Grid and places, where they are the same for all points.</summary>
    private static string? OfShared(RunFile contents, SweepLayout layout, SweepShape shape)
    {
        if (contents.HasAttribute(RunFileSchema.X, "CLASS") != layout.IsGridShared)
            return "its points share a grid where those of the sweep do not, or the other way round";
        if (layout.IsGridShared && !contents.Read(RunFileSchema.XFace).SequenceEqual(layout.Run.XFace))
            return "it has another grid";
        if (layout.ArePlacesShared
            && !(contents.Read(layout.Run.SnapshotAxis.Name).SequenceEqual(shape.SnapshotPlaces)
                && contents.Read($"{layout.Run.TraceGroup}/{layout.Run.TraceAxis.Name}").SequenceEqual(shape.SamplePlaces)))
        {
            return "it has its states or traces at other places";
        }
        return null;
    }
}

/// <summary>Rows that are consecutive in two files.</summary>
/// <param name="From">First row in the one.</param>
/// <param name="To">First row in the other.</param>
/// <param name="Count">Number of rows.</param>
internal readonly record struct RowRun(int From, int To, int Count)
{
    /// <summary>The runs of pairs of rows, the pairs in the order of the second.</summary>
    internal static List<RowRun> Of(IReadOnlyList<(int From, int To)> pairs)
    {
        List<RowRun> runs = [];
        foreach ((int from, int to) in pairs)
        {
            if (runs.Count > 0 && runs[^1] is var last && last.From + last.Count == from && last.To + last.Count == to)
                runs[^1] = last with { Count = last.Count + 1 };
            else
                runs.Add(new RowRun(from, to, 1));
        }
        return runs;
    }
}
