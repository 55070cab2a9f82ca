using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>A computed point on its way to the file: what is stored of it, and nothing else, since hundreds wait.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Status">How it is stored: as it ended, or refused because the file has no place for it.</param>
/// <param name="Message">Where and why it failed.</param>
/// <param name="Numbers">Its single numbers, in the order of <see cref="SweepNumbers"/>.</param>
internal sealed record PendingPoint(int Row, PointStatus Status, string Message, double[] Numbers)
{
    /// <summary>Axes and names; null where its numbers are not stored.</summary>
    internal RunLayout? Layout { get; init; }

    /// <summary>Its states by place on the axis of the snapshots; null where it has none.</summary>
    internal IReadOnlyList<Snapshot?> Snapshots { get; init; } = [];

    /// <summary>Its trace samples likewise.</summary>
    internal IReadOnlyList<(double Place, double[]? Values)> Traces { get; init; } = [];

    /// <summary>Curves that are known only at its end.</summary>
    internal IReadOnlyList<ResultCurve> Curves { get; init; } = [];
}
