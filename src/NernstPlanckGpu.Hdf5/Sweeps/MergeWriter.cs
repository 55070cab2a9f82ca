using HDF.PInvoke;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>Writes the numbers that a merged file has of its own, block by block: no more than a block is in memory.</summary>
internal sealed class MergeWriter(FileContext file, long root, int rows, IReadOnlyList<MergeSource> sources)
{
    /// <summary>Numbers of a block: 8 MiB, or a row.</summary>
    private const int BlockNumbers = 1 << 20;

    /// <summary>Writes a column.</summary>
    internal void Write(SweepColumn column)
    {
        using RowDataset target = new(file, Open(column.Path), column, rows);
        int length = Math.Max(column.RowLength, 1);
        int chunk = (int)SweepChunk.Of(column.Dimensions(rows))[0];
        int atOnce = Math.Max(chunk, BlockNumbers / length / chunk * chunk);
        for (int first = 0; first < rows; first += atOnce)
        {
            int count = Math.Min(atOnce, rows - first);
            target.WriteRows(first, count, Gather(column, first, count));
        }
    }

    /// <summary>Writes which points are there.</summary>
    internal void WriteMask()
    {
        double[] mask = new double[rows];
        foreach (RowRun run in sources.SelectMany(source => source.Present))
            mask.AsSpan(run.To, run.Count).Fill(1);
        using RowDataset target = new(file, Open(MergedStorage.PresentColumn.Path), MergedStorage.PresentColumn, rows);
        target.WriteRows(0, rows, mask);
    }

    /// <summary>Writes how the points stand.</summary>
    internal void WriteStatuses()
    {
        double[] statuses = new double[rows];
        Array.Fill(statuses, (double)PointStatus.Missing);
        foreach (MergeSource source in sources)
        {
            for (int row = 0; row < source.Rows.Length; row++)
                statuses[source.Rows[row]] = (double)source.Statuses[row];
        }
        using RowDataset target = new(file, Open(SweepRowFile.StatusColumn.Path), SweepRowFile.StatusColumn, rows);
        target.WriteRows(0, rows, statuses);
    }

    /// <summary>Writes the messages.</summary>
    internal void WriteMessages()
    {
        const int atOnce = 4096;
        using SweepMessages target = new(file, Open("/" + SweepSchema.Message.Name));
        foreach (MergeSource source in sources)
        {
            for (int first = 0; first < source.Rows.Length; first += atOnce)
            {
                string[] messages = source.File.Messages(first, Math.Min(atOnce, source.Rows.Length - first));
                for (int i = 0; i < messages.Length; i++)
                {
                    if (messages[i].Length > 0 && source.Statuses[first + i] != PointStatus.Missing)
                        target.Write(source.Rows[first + i], messages[i]);
                }
            }
        }
    }

    /// <summary>The numbers of consecutive rows of the merged file; each shard has its part of them in consecutive rows of its own.</summary>
    private double[] Gather(SweepColumn column, int first, int count)
    {
        int length = column.RowLength;
        int[] own = [.. column.Row.Select(dimension => dimension.Length)];
        double[] block = new double[count * length];
        Array.Fill(block, column.Kind.Missing());
        foreach (MergeSource source in sources)
        {
            int from = FirstAtLeast(source.Rows, first), to = FirstAtLeast(source.Rows, first + count);
            if (from == to)
                continue;
            int[] theirs = [.. source.Row(column)];
            double[] values = source.File.ReadRows(column.Path[1..], from, to - from);
            if (!own.SequenceEqual(theirs))
                values = RowDataset.Padded(values, to - from, theirs, own, column.Kind.Missing());
            for (int row = from; row < to; row++)
            {
                if (source.Statuses[row] != PointStatus.Missing)
                    values.AsSpan((row - from) * length, length).CopyTo(block.AsSpan((source.Rows[row] - first) * length));
            }
        }
        return block;
    }

    private static int FirstAtLeast(int[] ascending, int value)
    {
        int index = Array.BinarySearch(ascending, value);
        return index < 0 ? ~index : index;
    }

    private Handle Open(string path) => file.Own(H5D.open(root, path), H5D.close, $"open {path}");
}
