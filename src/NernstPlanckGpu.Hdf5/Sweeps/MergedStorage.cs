using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>
/// A merged file: single numbers and messages are its own (a table of them opens at once, and stays what the mask says); profiles
/// and traces lie in the shards, unless they are copied.
/// </summary>
internal sealed class MergedStorage(FileContext file, IReadOnlyList<MergeSource> sources, bool isCopy) : ISweepStorage
{
    /// <summary>Which points are there.</summary>
    internal static readonly SweepColumn PresentColumn = new(
        "", new Field("present", "1", "whether the point is there: 0 no, 1 yes", SweepSchema.Point), [], NumberKind.Mask, (_, _) => { });

    /// <inheritdoc/>
    public IReadOnlyList<SweepColumn> Masks => [PresentColumn];

    /// <summary>Whether a column has numbers of its own in the merged file.</summary>
    internal bool IsOwn(SweepColumn column) => isCopy || column.Row.Count == 0;

    /// <inheritdoc/>
    public Handle Create(DatasetFactory factory, SweepColumn column, int rows)
    {
        ulong[] dimensions = column.Dimensions(rows);
        return column.Kind.WithFill((type, fill) => IsOwn(column)
            ? factory.Packed(column.Group, column.Field, type, fill, dimensions, SweepChunk.Of(dimensions))
            : factory.Virtual(column.Group, column.Field, type, fill, dimensions, properties => Map(properties, column, dimensions)));
    }

    /// <inheritdoc/>
    public unsafe Handle CreateMessages(DatasetFactory factory, long type, int rows)
    {
        byte fill = 0;
        return factory.Packed("", SweepSchema.Message, type, (nint)(&fill), [(ulong)rows, SweepSchema.MessageLength], SweepChunk.OfMessages(rows));
    }

    /// <summary>One mapping per shard: its rows that are there, to theirs. Names are relative to the merged file's folder.</summary>
    private void Map(long properties, SweepColumn column, ulong[] dimensions)
    {
        string folder = RealPath.Of(Path.GetDirectoryName(file.Path)!);
        string operation = $"map {column.Path}";
        foreach (MergeSource source in sources.Where(source => source.Present.Count > 0))
        {
            ulong[] row = [.. source.Row(column).Select(length => (ulong)length)];
            if (row.Contains(0UL))
                continue;
            using Handle there = file.Space([(ulong)source.Rows.Length, .. row]);
            using Handle here = file.Space(dimensions);
            Select(there, source.Present.Select(run => (run.From, run.Count)), row, operation);
            Select(here, source.Present.Select(run => (run.To, run.Count)), row, operation);
            // HDF5 takes % for the beginning of a pattern.
            string shard = Path.Combine(RealPath.Of(Path.GetDirectoryName(source.File.Path)!), Path.GetFileName(source.File.Path));
            string name = Path.GetRelativePath(folder, shard).Replace("%", "%%", StringComparison.Ordinal);
            file.Check(H5P.set_virtual(properties, here, name, column.Path.Replace("%", "%%", StringComparison.Ordinal), there), operation);
        }
    }

    private void Select(long space, IEnumerable<(int First, int Count)> runs, ulong[] row, string operation)
    {
        H5S.seloper_t how = H5S.seloper_t.SET;
        foreach ((int first, int count) in Joined(runs))
        {
            ulong[] start = new ulong[row.Length + 1];
            start[0] = (ulong)first;
            file.Check(H5S.select_hyperslab(space, how, start, null!, [(ulong)count, .. row], null!), operation);
            how = H5S.seloper_t.OR;
        }
    }

    /// <summary>Runs that follow on one another, as one.</summary>
    private static IEnumerable<(int First, int Count)> Joined(IEnumerable<(int First, int Count)> runs)
    {
        (int First, int Count)? last = null;
        foreach ((int first, int count) in runs)
        {
            if (last is { } before && before.First + before.Count == first)
            {
                last = (before.First, before.Count + count);
                continue;
            }
            if (last is { } done)
                yield return done;
            last = (first, count);
        }
        if (last is { } end)
            yield return end;
    }
}
