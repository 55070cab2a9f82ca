using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>A shard that is merged.</summary>
internal sealed class MergeSource : IDisposable
{
    /// <summary>Takes an open file.</summary>
    /// <param name="file">The shard's file.</param>
    /// <param name="rowOf">Row of each point in the merged file.</param>
    internal MergeSource(SweepFile file, IReadOnlyDictionary<int, int> rowOf)
    {
        File = file;
        Statuses = file.Statuses;
        Done = Statuses.Zip(file.Violations).Count(row => PointVerdict.HasEnded(row.First) && !row.Second);
        Rows = [.. file.Points.Select(point => rowOf[point])];
        Present = RowRun.Of([.. Enumerable.Range(0, Rows.Length).Where(row => Statuses[row] != PointStatus.Missing).Select(row => (row, Rows[row]))]);
    }

    /// <summary>The file.</summary>
    internal SweepFile File { get; }

    /// <summary>How its rows stand, at one moment.</summary>
    internal IReadOnlyList<PointStatus> Statuses { get; }

    /// <summary>Number of points that came to their end, with no violated certificate.</summary>
    internal int Done { get; }

    /// <summary>Row of each of its rows in the merged file.</summary>
    internal int[] Rows { get; }

    /// <summary>Its rows that have a status, in the merged file's order.</summary>
    internal List<RowRun> Present { get; }

    /// <summary>Dimensions of a dataset's row.</summary>
    internal IReadOnlyList<int> Row(SweepColumn column) => [.. File.Contents.Shape(column.Path[1..]).Skip(1)];

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();
}
