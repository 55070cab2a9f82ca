using System.Runtime.InteropServices;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>
/// Holds computed points against the layout of the file: a point that contradicts what the file says of all points is stored as
/// refused, with the reason, and without numbers.
/// </summary>
/// <param name="layout">The plan.</param>
/// <param name="shape">Dimensions.</param>
/// <param name="numbers">Columns of single numbers.</param>
/// <param name="isMixed">Points come in mixed precision.</param>
internal sealed class PointIntake(SweepLayout layout, SweepShape shape, SweepNumbers numbers, bool isMixed)
{
    private readonly Dictionary<int, int> rows = Enumerable.Range(0, layout.Points.Count).ToDictionary(row => layout.Points[row]);
    private RunLayout accepted = layout.Run;

    /// <summary>Finds the row of a point and the places of its states.</summary>
    /// <exception cref="ArgumentException">The point is not of this part of the sweep, or not computed.</exception>
    internal PendingPoint Take(PointResult result)
    {
        if (!rows.TryGetValue(result.Index, out int row))
            throw new ArgumentException($"point {result.Index} is not of shard {layout.Shard}", nameof(result));
        if (result.Status == PointStatus.Missing)
            throw new ArgumentException($"point {result.Index} has no status", nameof(result));
        if (result.Layout != null && Contradiction(result.Layout) is { } contradiction)
            return new PendingPoint(row, PointStatus.Refused, contradiction, numbers.Read(null, isMixed, []));
        List<string> lost = [];
        double[] values = numbers.Read(result.Summary, isMixed, lost);
        IReadOnlyList<Snapshot?> snapshots = result.Snapshots;
        IReadOnlyList<(double Place, double[]? Values)> traces = result.Traces!;
        if (layout.ArePlacesShared)
        {
            snapshots = Ordered(result.Snapshots, snapshot => snapshot.Time, shape.SnapshotPlaces, "snapshot", lost) ?? snapshots;
            traces = Ordered(traces, sample => sample.Place, shape.SamplePlaces, "trace sample", lost) ?? traces;
        }
        return new PendingPoint(row, result.Status, Message(result, lost), values)
        {
            Layout = result.Layout,
            Snapshots = snapshots,
            Traces = traces,
            Curves = result.Layout == null ? [] : result.Summary?.Curves ?? [],
        };
    }

    private static string Message(PointResult result, List<string> lost) =>
        lost.Count == 0 ? result.Message
        : $"{result.Message}{(result.Message.Length > 0 ? "; " : "")}not in this file: {string.Join(", ", lost)}";

    /// <summary>Items by place; null where they are in their places as they come.</summary>
    private static List<T?>? Ordered<T>(
        IReadOnlyList<T> items, Func<T, double> place, double[] places, string what, List<string> lost)
    {
        int inOrder = 0;
        while (inOrder < items.Count && inOrder < places.Length && place(items[inOrder]) == places[inOrder])
            inOrder++;
        if (inOrder == items.Count)
            return null;
        var ordered = new List<T?>(items.Take(inOrder));
        for (int i = inOrder; i < items.Count; i++)
        {
            int index = Array.IndexOf(places, place(items[i]));
            if (index < 0)
            {
                lost.Add(FormattableString.Invariant($"its {what} at {place(items[i]):g6}"));
                continue;
            }
            while (ordered.Count <= index)
                ordered.Add(default);
            ordered[index] = items[i];
        }
        return ordered;
    }

    private static bool Same(IReadOnlyList<double> one, IReadOnlyList<double> other) =>
        ReferenceEquals(one, other)
        || (one is double[] first && other is double[] second ? MemoryMarshal.AsBytes<double>(first).SequenceEqual(MemoryMarshal.AsBytes<double>(second)) : one.SequenceEqual(other));

    /// <summary>In what a point is unlike what the file says of all points; null where it fits.</summary>
    private string? Contradiction(RunLayout own)
    {
        if (IsAlike(own, accepted))
            return null;
        RunLayout run = layout.Run;
        string[] species = Species(own), all = Species(run);
        if (!species.SequenceEqual(all))
            return $"its species {string.Join(", ", species)} are not those of the file, {string.Join(", ", all)}";
        if (own.TraceGroup != run.TraceGroup || !own.Traces.Select(trace => trace.Name).SequenceEqual(run.Traces.Select(trace => trace.Name)))
            return $"its traces {string.Join(", ", own.Traces.Select(trace => trace.Name))} are not those of the file";
        if (layout.IsGridShared && own.X.Count != run.X.Count)
            return $"its grid of {own.X.Count} cells is not that of the file, of {run.X.Count}";
        if (layout.IsGridShared && !(Same(own.XFace, run.XFace) && Same(own.X, run.X) && Same(own.FaceArea, run.FaceArea) && Same(own.CellVolume, run.CellVolume)))
            return "its grid is not that of the file: other faces, areas or volumes";
        accepted = own;
        return null;
    }

    /// <summary>By what they hold in common: points that share a grid differ in their configurations alone.</summary>
    private static bool IsAlike(RunLayout one, RunLayout other) => ReferenceEquals(one, other)
        || (ReferenceEquals(one.Configuration.Problem.Species, other.Configuration.Problem.Species) && one.TraceGroup == other.TraceGroup
            && ReferenceEquals(one.Traces, other.Traces) && ReferenceEquals(one.XFace, other.XFace) && ReferenceEquals(one.X, other.X)
            && ReferenceEquals(one.FaceArea, other.FaceArea) && ReferenceEquals(one.CellVolume, other.CellVolume));

    private static string[] Species(RunLayout run) => [.. run.Configuration.Problem.Species.Select(species => species.Name)];
}
