using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>How a file keeps its datasets with a row per point.</summary>
internal interface ISweepStorage
{
    /// <summary>Columns beside the status that say which points are there.</summary>
    IReadOnlyList<SweepColumn> Masks { get; }

    /// <summary>Creates the dataset of a column.</summary>
    Handle Create(DatasetFactory factory, SweepColumn column, int rows);

    /// <summary>Creates the dataset of the messages.</summary>
    Handle CreateMessages(DatasetFactory factory, long type, int rows);
}

/// <summary>Rows are written in place as they come: without a filter.</summary>
internal sealed class RowsInPlace : ISweepStorage
{
    /// <inheritdoc/>
    public IReadOnlyList<SweepColumn> Masks => [];

    /// <inheritdoc/>
    public Handle Create(DatasetFactory factory, SweepColumn column, int rows)
    {
        ulong[] dimensions = column.Dimensions(rows);
        ulong[] maximum = [dimensions[0], .. column.Row.Select(dimension => dimension.IsGrowing ? H5S.UNLIMITED : (ulong)dimension.Length)];
        return column.Kind.WithFill((type, fill) =>
            factory.Rows(column.Group, column.Field, type, fill, dimensions, maximum, SweepChunk.Of(dimensions)));
    }

    /// <inheritdoc/>
    public unsafe Handle CreateMessages(DatasetFactory factory, long type, int rows)
    {
        byte fill = 0;
        ulong[] dimensions = [(ulong)rows, SweepSchema.MessageLength];
        return factory.Rows("", SweepSchema.Message, type, (nint)(&fill), dimensions, dimensions, SweepChunk.OfMessages(rows));
    }
}
