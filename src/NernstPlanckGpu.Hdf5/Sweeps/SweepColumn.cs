using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>A dataset of numbers with a row per point: where it is, its shape, and how a point fills its row.</summary>
/// <param name="Group">Path of its group; "" for the root.</param>
/// <param name="Field">Name, unit, meaning, axes.</param>
/// <param name="Row">Dimensions behind <c>point</c>.</param>
/// <param name="Kind">Type in the file.</param>
/// <param name="Fill">Puts a point's numbers into its row, which holds <see cref="NumberKinds.Missing"/> before.</param>
internal sealed record SweepColumn(string Group, Field Field, IReadOnlyList<SweepDimension> Row, NumberKind Kind, SweepColumn.Filler Fill)
{
    /// <summary>Puts a point's numbers into its row.</summary>
    internal delegate void Filler(PendingPoint point, Span<double> row);

    /// <summary>Path in the file.</summary>
    internal string Path => $"{Group}/{Field.Name}";

    /// <summary>Numbers in a row now.</summary>
    internal int RowLength => Row.Aggregate(1, (product, dimension) => checked(product * dimension.Length));
}

/// <summary>Type of numbers in a file.</summary>
internal enum NumberKind
{
    /// <summary>Real numbers of 64 bits.</summary>
    Real,

    /// <summary>Counts of 64 bits.</summary>
    Count,

    /// <summary>Indices of 32 bits.</summary>
    Index,

    /// <summary>Codes of 8 bits.</summary>
    Code,
}

/// <summary>What stands where nothing is known.</summary>
internal static class NumberKinds
{
    /// <summary>Not a number; -1 for integers.</summary>
    internal static double Missing(this NumberKind kind) => kind == NumberKind.Real ? double.NaN : -1;
}
