using HDF.PInvoke;
using Microsoft.Win32.SafeHandles;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>
/// A sweep file opened for writing in single-writer-multiple-reader mode: rows go in place, and a row's status follows its
/// numbers, so that a row with a status is complete, be it read while the file grows or after a kill.
/// </summary>
internal sealed class SweepRowFile : IDisposable
{
    /// <summary>The status of points.</summary>
    internal static readonly SweepColumn StatusColumn = new("", SweepSchema.Status, [], NumberKind.Code, (point, row) => row[0] = (int)point.Status);

    private readonly FileContext file;
    private readonly Handle root;
    private readonly SweepShape shape;
    private readonly RowDataset[] datasets;
    private readonly RowDataset status;
    private readonly SweepMessages messages;
    private readonly Handle completeBytes;
    private readonly SafeFileHandle superblock;

    /// <summary>Opens the file and its datasets to go on with them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="shape">Dimensions; takes those of the file.</param>
    /// <param name="numbers">Columns of single numbers.</param>
    internal SweepRowFile(FileContext file, int rows, SweepShape shape, SweepNumbers numbers)
    {
        (this.file, root, this.shape) = (file, RunFileAccess.OpenToGoOn(file), shape);
        SweepColumn[] columns = [.. numbers.Columns, .. shape.Columns];
        datasets = [.. columns.Select(column => new RowDataset(file, Open(column.Path), column, rows))];
        status = new RowDataset(file, Open(StatusColumn.Path), StatusColumn, rows);
        messages = new SweepMessages(file, Open("/" + SweepSchema.Message.Name));
        completeBytes = Open($"/{RunFileSchema.Provenance}/{SweepSchema.CompleteBytes.Name}");
        TakeLengths();
        superblock = File.OpenHandle(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Superblock.ClearFlags(superblock);
    }

    /// <summary>Writes points, their status last.</summary>
    /// <param name="points">Points, ascending by row.</param>
    internal void Write(PendingPoint[] points)
    {
        foreach (PendingPoint point in points)
            shape.Grow(point, Grow);
        foreach (Range run in Runs(points))
        {
            foreach (RowDataset dataset in datasets)
                dataset.Write(points.AsSpan(run));
        }
        foreach (PendingPoint point in points.Where(point => point.Message.Length > 0))
            messages.Write(point.Row, point.Message);
        FlushNumbers();
        foreach (Range run in Runs(points))
            status.Write(points.AsSpan(run));
        Flush();
        Superblock.ClearFlags(superblock);
    }

    /// <summary>Takes rows out: their status first.</summary>
    /// <param name="rows">Rows.</param>
    internal void Forget(IReadOnlyList<int> rows)
    {
        foreach (int row in rows)
            status.WriteRows(row, 1, [StatusColumn.Kind.Missing()]);
        Flush();
        foreach (int row in rows)
            messages.Write(row, "");
        Superblock.ClearFlags(superblock);
    }

    /// <summary>Makes dimensions at least as long as in another file.</summary>
    internal void Grow(SweepFile source)
    {
        Dictionary<string, SweepDataset> others = source.Datasets.ToDictionary(dataset => "/" + dataset.Name);
        foreach (SweepColumn column in datasets.Select(dataset => dataset.Column))
        {
            foreach ((SweepDimension dimension, int length) in column.Row.Zip(others[column.Path].Row))
            {
                if (length > dimension.Length)
                    Grow(dimension, length);
            }
        }
    }

    /// <summary>Takes the numbers and messages of rows over from another file; their statuses come with <see cref="TakeStatuses"/>.</summary>
    internal void Take(SweepFile source, RowRun run)
    {
        foreach (RowDataset dataset in datasets)
            dataset.Take(source, run);
        string[] texts = source.Messages(run.From, run.Count);
        for (int i = 0; i < run.Count; i++)
        {
            if (texts[i].Length > 0)
                messages.Write(run.To + i, texts[i]);
        }
    }

    /// <summary>Writes the statuses of rows, once their numbers are in the file.</summary>
    internal void TakeStatuses(IReadOnlyList<(int Row, PointStatus Status)> taken)
    {
        FlushNumbers();
        foreach ((int row, PointStatus one) in taken)
            status.WriteRows(row, 1, [(int)one]);
        Flush();
    }

    /// <summary>Puts all that was written onto the disk.</summary>
    internal void Synchronise() => RandomAccess.FlushToDisk(superblock);

    /// <summary>Closes the file.</summary>
    internal void Close()
    {
        superblock.Dispose();
        foreach (RowDataset dataset in datasets)
            dataset.Dispose();
        status.Dispose();
        messages.Dispose();
        completeBytes.Dispose();
        file.Check(root.Close() ? 0 : -1, "close the file");
    }

    /// <summary>
    /// Lets go of a file that could not be written without closing it: HDF5 would try again, and leave memory behind in which the
    /// process crashes later. What was flushed is readable.
    /// </summary>
    public void Dispose()
    {
        try
        {
            // HDF5 counts what it failed to write; a file shorter than that would be refused by other readers.
            if (Superblock.Read(superblock) is { } stored && RandomAccess.GetLength(superblock) < stored.EndOfFile)
                RandomAccess.SetLength(superblock, stored.EndOfFile);
            Superblock.ClearFlags(superblock);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            // Not even that is possible (a limit on the size is an argument's fault to .NET): this program reads the file, and repairs it
            // when the sweep goes on.
        }
        superblock.Dispose();
    }

    /// <summary>Runs of consecutive rows.</summary>
    private static IEnumerable<Range> Runs(PendingPoint[] points)
    {
        int start = 0;
        for (int i = 1; i <= points.Length; i++)
        {
            if (i < points.Length && points[i].Row == points[i - 1].Row + 1)
                continue;
            yield return start..i;
            start = i;
        }
    }

    /// <summary>Brings numbers into the file before their status, and says how long it must be to have them.</summary>
    private unsafe void FlushNumbers()
    {
        Flush();
        long length = RandomAccess.GetLength(superblock);
        file.Check(H5D.write(completeBytes, H5T.NATIVE_INT64, H5S.ALL, H5S.ALL, H5P.DEFAULT, (nint)(&length)), "write the length of the file");
    }

    private void Flush() => file.Check(H5F.flush(root, H5F.scope_t.GLOBAL), "write to the disk");

    private Handle Open(string path)
    {
        using Handle access = DatasetFactory.UncachedAccess(file);
        return file.Own(H5D.open(root, path, access), H5D.close, $"open {path}");
    }

    /// <summary>Makes a dimension longer, in all its datasets; then its scale.</summary>
    private void Grow(SweepDimension dimension, int length)
    {
        dimension.Length = length;
        foreach (RowDataset dataset in datasets.Where(dataset => dataset.Column.Row.Contains(dimension)))
            dataset.Grow();
        using Handle scale = Open("/" + dimension.Path);
        file.Check(H5D.set_extent(scale, [(ulong)length]), $"write {dimension.Path}");
        DatasetFactory.WriteCount(file, scale, dimension);
    }

    /// <summary>Lengths of a file that has grown, or was killed while growing. All are known before any dataset takes one.</summary>
    private void TakeLengths()
    {
        SweepDimension[] growing = [.. shape.Growing];
        foreach (SweepDimension dimension in growing)
        {
            IEnumerable<RowDataset> all = datasets.Where(dataset => dataset.Column.Row.Contains(dimension));
            dimension.Length = all.Select(dataset => dataset.Extent(dimension)).Prepend(dimension.Length).Max();
        }
        foreach (SweepDimension dimension in growing)
            Grow(dimension, dimension.Length);
    }
}
