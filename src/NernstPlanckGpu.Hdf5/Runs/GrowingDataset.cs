using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>A dataset of doubles that grows along its first axis, by whole rows.</summary>
/// <param name="file">File, for messages.</param>
/// <param name="dataset">The open dataset; owned.</param>
/// <param name="name">Its path.</param>
/// <param name="row">Dimensions of a row.</param>
/// <param name="rows">Rows that it has.</param>
internal sealed class GrowingDataset(FileContext file, Handle dataset, string name, ulong[] row, ulong rows = 0) : IDisposable
{
    private readonly ulong[] extent = [rows, .. row];
    private readonly ulong[] start = new ulong[row.Length + 1];
    private readonly ulong[] count = [1, .. row];
    private readonly string operation = $"write {name}";

    /// <summary>Values in one row.</summary>
    internal int RowLength { get; } = (int)row.Aggregate(1UL, (product, length) => product * length);

    /// <summary>Rows so far.</summary>
    internal int Rows => (int)extent[0];

    /// <summary>Opens one of an earlier writer.</summary>
    internal static GrowingDataset Open(FileContext file, long root, string path)
    {
        Handle dataset = file.Own(H5D.open(root, path), H5D.close, $"open {path}");
        using Handle space = file.Own(H5D.get_space(dataset), H5S.close, $"open {path}");
        ulong[] dimensions = DatasetReader.Dimensions(file, space);
        return new GrowingDataset(file, dataset, path, dimensions[1..], dimensions[0]);
    }

    /// <summary>Appends rows.</summary>
    /// <param name="values">A whole number of rows.</param>
    internal void Append(ReadOnlySpan<double> values)
    {
        ulong first = extent[0];
        extent[0] += RowsIn(values);
        file.Check(H5D.set_extent(dataset, extent), operation);
        Write(first, values);
    }

    /// <summary>Replaces the first rows.</summary>
    /// <param name="values">A whole number of rows, no more than there are.</param>
    internal void Overwrite(ReadOnlySpan<double> values) => Write(0, values);

    /// <inheritdoc/>
    public void Dispose() => dataset.Dispose();

    private ulong RowsIn(ReadOnlySpan<double> values)
    {
        int rows = values.Length / RowLength;
        if (rows * RowLength != values.Length)
            throw new ArgumentException($"{name}: {values.Length} values are no whole number of rows of {RowLength}", nameof(values));
        return (ulong)rows;
    }

    private unsafe void Write(ulong first, ReadOnlySpan<double> values)
    {
        start[0] = first;
        count[0] = RowsIn(values);
        using Handle memory = file.Space(count);
        using Handle space = file.Own(H5D.get_space(dataset), H5S.close, operation);
        file.Check(H5S.select_hyperslab(space, H5S.seloper_t.SET, start, null!, count, null!), operation);
        fixed (double* data = values)
            file.Check(H5D.write(dataset, H5T.NATIVE_DOUBLE, memory, space, H5P.DEFAULT, (nint)data), operation);
    }
}
