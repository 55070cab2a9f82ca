using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>Reads a merged file as others will: a shard that cannot be found from it would be all fill values, without an error.</summary>
internal static class MergeCheck
{
    /// <summary>Holds a row of each shard against the shard.</summary>
    /// <param name="path">The merged file, in the folder where it stays.</param>
    /// <param name="sources">The shards.</param>
    /// <param name="columns">The columns that lie in the shards.</param>
    /// <exception cref="Hdf5Exception">A row is not what the shard has.</exception>
    internal static void Check(string path, IEnumerable<MergeSource> sources, IReadOnlyList<SweepColumn> columns)
    {
        using SweepFile merged = SweepFile.Open(path);
        foreach (MergeSource source in sources.Where(source => source.Present.Count > 0))
        {
            // One with numbers, where there is one.
            int row = Math.Max(source.Statuses.ToList().FindIndex(status => status is PointStatus.Done or PointStatus.Burst), 0);
            foreach (SweepColumn column in columns.Where(column => column.RowLength > 0))
            {
                string name = column.Path[1..];
                double[] own = source.File.ReadRows(name, row, 1);
                double[] padded = RowDataset.Padded(own, 1, [.. source.Row(column)], [.. column.Row.Select(dimension => dimension.Length)], column.Kind.Missing());
                if (source.Statuses[row] != PointStatus.Missing && !padded.SequenceEqual(merged.ReadRows(name, source.Rows[row], 1)))
                    throw new Hdf5Exception(source.File.Path, "merge the shards", $"its {name} cannot be read through the merged file; give --copy, or lay the merged file beside the shards");
            }
        }
    }
}
