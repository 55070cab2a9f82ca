using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;
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

    /// <summary>Dimensions of the dataset now.</summary>
    internal ulong[] Dimensions(int rows) => [(ulong)rows, .. Row.Select(dimension => (ulong)dimension.Length)];

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

    /// <summary>0 or 1.</summary>
    Mask,
}

/// <summary>Types in the file, and what stands where nothing is known.</summary>
internal static class NumberKinds
{
    /// <summary>Not a number; -1 for integers.</summary>
    internal static double Missing(this NumberKind kind) => kind switch
    {
        NumberKind.Real => double.NaN,
        NumberKind.Mask => 0,
        _ => -1,
    };

    /// <summary>Calls with the type in the file, and the address of what stands in it where nothing is known.</summary>
    internal static unsafe Handle WithFill(this NumberKind kind, Func<long, nint, Handle> create)
    {
        double real = double.NaN;
        long count = -1;
        int index = -1;
        sbyte code = -1;
        byte mask = 0;
        return kind switch
        {
            NumberKind.Count => create(H5T.STD_I64LE, (nint)(&count)),
            NumberKind.Index => create(H5T.STD_I32LE, (nint)(&index)),
            NumberKind.Code => create(H5T.STD_I8LE, (nint)(&code)),
            NumberKind.Mask => create(H5T.STD_U8LE, (nint)(&mask)),
            _ => create(H5T.IEEE_F64LE, (nint)(&real)),
        };
    }
}
