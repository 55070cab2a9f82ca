using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>An open dataset of numbers whose first axis is <c>point</c>: whole rows are written and read.</summary>
internal sealed class RowDataset(FileContext file, Handle dataset, SweepColumn column, int rows) : IDisposable
{
    /// <summary>Rows of a chunk: what is gathered for one call is a whole one where that can be, so that it is not filled before.</summary>
    private readonly int chunk = (int)SweepChunk.Of(column.Dimensions(rows))[0];

    private readonly string operation = $"write {column.Path}";
    private double[] gathered = [];

    /// <summary>Its name, shape and filler.</summary>
    internal SweepColumn Column { get; } = column;

    /// <summary>Writes points of consecutive rows.</summary>
    /// <param name="points">Points, ascending by row without a gap.</param>
    internal void Write(ReadOnlySpan<PendingPoint> points)
    {
        int length = Column.RowLength;
        if (length == 0)
            return;
        while (!points.IsEmpty)
        {
            ReadOnlySpan<PendingPoint> now = points[..Math.Min(chunk - (points[0].Row % chunk), points.Length)];
            WriteRows(now[0].Row, now.Length, Gather(now, length));
            points = points[now.Length..];
        }
    }

    /// <summary>Writes numbers.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="values">Their numbers.</param>
    internal unsafe void WriteRows(int first, int count, ReadOnlySpan<double> values)
    {
        ulong[] counts = [(ulong)count, .. Column.Row.Select(dimension => (ulong)dimension.Length)];
        using Handle memory = file.Space(counts);
        using Handle space = Select(first, counts);
        fixed (double* data = values)
            file.Check(H5D.write(dataset, H5T.NATIVE_DOUBLE, memory, space, H5P.DEFAULT, (nint)data), operation);
    }

    /// <summary>Takes rows over from another file, whose dimensions may be shorter.</summary>
    internal void Take(SweepFile source, RowRun run)
    {
        string name = Column.Path[1..];
        int[] own = [.. Column.Row.Select(dimension => dimension.Length)];
        int[] theirs = [.. source.Contents.Shape(name).Skip(1)];
        for (int done = 0, count; done < run.Count; done += count)
        {
            count = Math.Min(chunk - ((run.To + done) % chunk), run.Count - done);
            double[] values = source.ReadRows(name, run.From + done, count);
            WriteRows(run.To + done, count, own.SequenceEqual(theirs) ? values : Padded(values, count, theirs, own, Column.Kind.Missing()));
        }
    }

    /// <summary>Rows in larger dimensions, row-major; what is new is filled.</summary>
    internal static double[] Padded(double[] values, int count, int[] from, int[] to, double fill)
    {
        double[] padded = new double[to.Aggregate(count, (product, length) => product * length)];
        Array.Fill(padded, fill);
        int line = from[^1];
        for (int i = 0; line > 0 && i < values.Length / line; i++)
        {
            // Digits of the line's number, in the one shape and in the other.
            int rest = i, target = 0, stride = to[^1];
            for (int axis = from.Length - 2; axis >= 0; axis--)
            {
                target += rest % from[axis] * stride;
                rest /= from[axis];
                stride *= to[axis];
            }
            values.AsSpan(i * line, line).CopyTo(padded.AsSpan(target + (rest * stride)));
        }
        return padded;
    }

    /// <summary>Gives the dataset the lengths that its dimensions have by now.</summary>
    internal void Grow() =>
        file.Check(H5D.set_extent(dataset, [(ulong)rows, .. Column.Row.Select(dimension => (ulong)dimension.Length)]), operation);

    /// <summary>Length that the dataset has in the file along a dimension.</summary>
    internal int Extent(SweepDimension dimension)
    {
        using Handle space = file.Own(H5D.get_space(dataset), H5S.close, operation);
        return (int)DatasetReader.Dimensions(file, space)[1 + Column.Row.ToList().IndexOf(dimension)];
    }

    /// <inheritdoc/>
    public void Dispose() => dataset.Dispose();

    private ReadOnlySpan<double> Gather(ReadOnlySpan<PendingPoint> points, int length)
    {
        if (gathered.Length < points.Length * length)
            gathered = new double[points.Length * length];
        Span<double> values = gathered.AsSpan(0, points.Length * length);
        for (int i = 0; i < points.Length; i++)
        {
            Span<double> row = values.Slice(i * length, length);
            row.Fill(Column.Kind.Missing());
            Column.Fill(points[i], row);
        }
        return values;
    }

    private Handle Select(int first, ulong[] counts)
    {
        Handle space = file.Own(H5D.get_space(dataset), H5S.close, operation);
        ulong[] start = new ulong[counts.Length];
        start[0] = (ulong)first;
        file.Check(H5S.select_hyperslab(space, H5S.seloper_t.SET, start, null!, counts, null!), operation);
        return space;
    }
}
