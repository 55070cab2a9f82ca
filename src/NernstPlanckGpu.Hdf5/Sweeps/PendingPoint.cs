using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>A computed point on its way to the file.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Snapshots">Its states by place on the axis of the snapshots; null where it has none.</param>
/// <param name="Traces">Its trace samples likewise.</param>
/// <param name="Numbers">Its single numbers, in the order of <see cref="SweepNumbers"/>.</param>
internal sealed record PendingPoint(
    int Row, PointResult Result, IReadOnlyList<Snapshot?> Snapshots, IReadOnlyList<(double Place, double[]? Values)> Traces, double[] Numbers)
{
    /// <summary>How it is stored: as it ended, or refused because the file has no place for it.</summary>
    internal PointStatus Status { get; init; } = Result.Status;

    /// <summary>Where and why it failed.</summary>
    internal string Message { get; init; } = Result.Message;

    /// <summary>Axes and names; null where its numbers are not stored.</summary>
    internal RunLayout? Layout { get; init; } = Result.Layout;
}
