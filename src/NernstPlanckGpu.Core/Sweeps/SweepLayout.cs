using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>What stays the same through a sweep, or a shard of it: axes, points, names. A file makes all its places from it at the start.</summary>
public sealed record SweepLayout
{
    /// <summary>The configuration text with its sweep, overrides applied.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the configuration file, for relative paths in it.</summary>
    public required string FileName { get; init; }

    /// <summary>
    /// Hash of what all points have in common: of the configuration without its sweep and title, the values that the axes vary left out, and of
    /// the fields that are stored. It is the same whatever the values of the axes are, and another one when an axis comes or goes.
    /// </summary>
    public required PointHash BaseHash { get; init; }

    /// <summary>Axes and points of the whole sweep.</summary>
    public required SweepAxes Axes { get; init; }

    /// <summary>Which part this is.</summary>
    public required Shard Shard { get; init; }

    /// <summary>Indices of the points of this part, ascending: row r of a file holds point Points[r].</summary>
    public required IReadOnlyList<int> Points { get; init; }

    /// <summary>Hashes of these points, in the same order.</summary>
    public required IReadOnlyList<PointHash> Hashes { get; init; }

    /// <summary>
    /// Layout of a representative point: mode, species, regions, traces, axes, engine. Its x, face areas and volumes are everybody's where
    /// <see cref="IsGridShared"/>.
    /// </summary>
    public required RunLayout Run { get; init; }

    /// <summary>No axis changes the grid; else points have grids, and numbers of cells, of their own.</summary>
    public required bool IsGridShared { get; init; }

    /// <summary>No axis changes the places of snapshots and traces (times, voltages, frequencies), nor their number.</summary>
    public required bool ArePlacesShared { get; init; }

    /// <summary>Datasets of the snapshots that are kept: concentration, potential, electric_field, displacement, charge_density, flux.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Results that points have; see <see cref="RunLayout.ResultColumns"/>. Those of a sample of the points together, as the next three.</summary>
    public required IReadOnlyList<ResultColumn> ResultColumns { get; init; }

    /// <summary>Theory entries that points have.</summary>
    public required IReadOnlyList<ResultColumn> TheoryColumns { get; init; }

    /// <summary>Certificate entries that points have.</summary>
    public required IReadOnlyList<ResultColumn> CertificateColumns { get; init; }

    /// <summary>Entries about the membrane that points have.</summary>
    public required IReadOnlyList<ResultColumn> MembraneColumns { get; init; }
}
