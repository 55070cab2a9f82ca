using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;
using NernstPlanckGpu.Hdf5.Sweeps;

namespace NernstPlanckGpu.Hdf5;

/// <summary>How shards are merged.</summary>
public sealed record SweepMergeOptions
{
    /// <summary>
    /// Copies all numbers, instead of referring to the shards for profiles and traces; done anyway when one of them is unfinished.
    /// </summary>
    public bool Copy { get; init; }

    /// <summary>Refuses when a point is missing or failed.</summary>
    public bool Strict { get; init; }

    /// <summary>Replaces an existing file.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>What was merged.</summary>
/// <param name="Points">Points of the whole sweep.</param>
/// <param name="Done">Points that came to their end, with no violated certificate.</param>
/// <param name="Failed">Points that failed, were refused, or whose certificate is violated.</param>
/// <param name="MissingShards">Indices of shards of which no file was given.</param>
public sealed record SweepMergeReport(int Points, int Done, int Failed, IReadOnlyList<int> MissingShards)
{
    /// <summary>Points that no file has.</summary>
    public int Missing => Points - Done - Failed;
}

/// <summary>Puts the shards of a sweep together to one file of all its points.</summary>
public static class SweepMerge
{
    private const string Operation = "merge the shards";

    /// <summary>Suffix of a merged file that is being made.</summary>
    private const string MergingSuffix = ".merging";

    /// <summary>Merges; the output appears at once when it is complete.</summary>
    /// <param name="output">Path of the merged file.</param>
    /// <param name="layout">The whole sweep, planned from the configuration that the shards hold.</param>
    /// <param name="shards">Paths of the shards' files, finished or not.</param>
    /// <param name="provenance">Who merges; the version becomes that of the shards.</param>
    /// <param name="options">How.</param>
    /// <exception cref="RunFileExistsException">The output exists, and overwriting was not asked for.</exception>
    /// <exception cref="Hdf5Exception">A file is no shard of this sweep, or cannot be read; or the output cannot be written.</exception>
    public static SweepMergeReport Merge(
        string output, SweepLayout layout, IReadOnlyList<string> shards, Provenance provenance, SweepMergeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(shards);
        ArgumentNullException.ThrowIfNull(provenance);
        options ??= new();
        output = Path.GetFullPath(output);
        using Lock.Scope scope = Hdf5Library.Enter();
        RunFileFolder.Prepare(output);
        if (!options.Overwrite && File.Exists(output))
            throw new RunFileExistsException(output);
        if (shards.Count == 0)
            throw new Hdf5Exception(output, Operation, "no file was given; name the shards' files");
        List<MergeSource> sources = [];
        try
        {
            SweepShape shape = new(layout);
            SweepNumbers numbers = new(layout);
            Dictionary<int, int> rowOf = Enumerable.Range(0, layout.Points.Count).ToDictionary(row => layout.Points[row]);
            foreach (string path in shards)
                sources.Add(Take(Path.GetFullPath(path), output, layout, shape, numbers, rowOf, sources));
            SweepMergeReport report = Report(layout, sources);
            if (options.Strict && report.Done < report.Points)
                throw new Hdf5Exception(output, Operation, $"of {report.Points} points {report.Missing} are missing and {report.Failed} failed (--strict); compute them (npgpu sweep --resume --retry-failed), or leave out --strict");
            Write(output, layout, shape, numbers, sources, provenance with { Version = sources[0].File.Version, Precision = sources[0].File.Precision }, options);
            return report;
        }
        finally
        {
            foreach (MergeSource source in sources)
                source.Dispose();
        }
    }

    private static SweepMergeReport Report(SweepLayout layout, List<MergeSource> sources)
    {
        PointStatus[] statuses = [.. sources.SelectMany(source => source.Statuses)];
        int done = sources.Sum(source => source.Done);
        int missing = statuses.Count(status => status == PointStatus.Missing);
        int[] shards = [.. Enumerable.Range(0, sources[0].File.Shard.Count).Except(sources.Select(source => source.File.Shard.Index))];
        return new SweepMergeReport(layout.Points.Count, done, statuses.Length - done - missing, shards);
    }

    /// <summary>Opens a shard and holds it against the sweep and the shards before it.</summary>
    private static MergeSource Take(
        string path,
        string output,
        SweepLayout layout,
        SweepShape shape,
        SweepNumbers numbers,
        Dictionary<int, int> rowOf,
        List<MergeSource> before)
    {
        if (path == output)
            throw new Hdf5Exception(path, Operation, "it is the output; name another");
        SweepFile file = SweepFile.Open(path);
        try
        {
            if (Refusal(file, layout, shape, numbers, rowOf, before) is { } reason)
                throw new Hdf5Exception(path, Operation, reason);
            MergeSource source = new(file, rowOf);
            foreach (SweepColumn column in shape.Columns)
            {
                foreach ((SweepDimension dimension, int length) in column.Row.Zip(source.Row(column)))
                    dimension.Length = Math.Max(dimension.Length, length);
            }
            return source;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Why a file is no further shard of this sweep; null where it is one.</summary>
    private static string? Refusal(
        SweepFile file, SweepLayout layout, SweepShape shape, SweepNumbers numbers, Dictionary<int, int> rowOf, List<MergeSource> before)
    {
        SweepFile first = before.Count > 0 ? before[0].File : file;
        if (file.BaseHash != layout.BaseHash)
            return $"it is of another configuration than {(before.Count > 0 ? first.Path : "the sweep")}; leave it out, or name another output";
        if (SweepAxesJson.Write(file.Axes) != SweepAxesJson.Write(layout.Axes))
            return "its sweep has other axes or values; merge it with its own shards";
        if (file.Shard.Count != first.Shard.Count)
            return $"it is shard {file.Shard}, and {first.Path} is shard {first.Shard}; merge shards of one count";
        if (before.Find(source => source.File.Shard == file.Shard) is { } same)
            return $"it is shard {file.Shard}, as {same.File.Path} is; leave out one of them";
        if (SweepTransfer.Difference(file, layout, shape, numbers, first.Version) is { } difference)
            return difference;
        IReadOnlyList<PointHash> hashes = file.Hashes;
        for (int row = 0; row < hashes.Count; row++)
        {
            if (!rowOf.TryGetValue(file.Points[row], out int target) || layout.Hashes[target] != hashes[row])
                return $"its point {file.Points[row]} is not that of the sweep; compute the shard anew (npgpu sweep --shard --force)";
        }
        return null;
    }

    private static void Write(
        string output,
        SweepLayout layout,
        SweepShape shape,
        SweepNumbers numbers,
        List<MergeSource> sources,
        Provenance provenance,
        SweepMergeOptions options)
    {
        using RunFileLock outputLock = RunFileLock.Take(output);
        FileContext file = new(output + MergingSuffix);
        try
        {
            File.Delete(file.Path);
            // A shard that is not finished gets another name, and the numbers in it would be gone from here.
            MergedStorage storage = new(file, sources, options.Copy || sources.Exists(source => source.File.Path.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal)));
            SweepObjects.CreateFile(file, layout, shape, numbers, provenance, storage, root => Fill(root));
            MergeCheck.Check(file.Path, sources, [.. shape.Columns.Where(column => !storage.IsOwn(column))]);
            RunFileFolder.Publish(file.Path, output);

            void Fill(long root)
            {
                MergeWriter writer = new(file, root, layout.Points.Count, sources);
                writer.WriteMask();
                writer.WriteStatuses();
                writer.WriteMessages();
                foreach (SweepColumn column in numbers.Columns.Concat(shape.Columns).Where(storage.IsOwn))
                    writer.Write(column);
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            DurableFile.Discard(file.Path);
            if (exception is Hdf5Exception)
                throw;
            throw new Hdf5Exception(output, Operation, exception.Message, exception);
        }
    }
}
