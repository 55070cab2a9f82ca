using System.Text.RegularExpressions;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>From the names that people type to the files that are there.</summary>
internal static partial class ResultFiles
{
    /// <summary>
    /// Each name's file; where it is not there, that of the unfinished run; where neither is, those of the sweep's shards, finished or not.
    /// </summary>
    /// <param name="names">Names.</param>
    /// <exception cref="CommandFailure">There is nothing of a name.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> names) => [.. names.SelectMany(Find).Distinct()];

    /// <summary>The same of shards: the name of the whole sweep's output stands for them also where it is there, merged before.</summary>
    /// <param name="names">Names.</param>
    /// <exception cref="CommandFailure">There is nothing of a name.</exception>
    public static IReadOnlyList<string> FindShards(IEnumerable<string> names) =>
        [.. names.SelectMany(name => ShardsOf(name) is { Count: > 0 } shards ? [.. shards.Values] : Find(name)).Distinct()];

    /// <summary>The files of a sweep that was split into another number of shards, or not at all, before.</summary>
    /// <param name="output">The output of the whole sweep.</param>
    /// <param name="count">Number of shards now.</param>
    public static IReadOnlyList<string> OfOtherShards(string output, int count)
    {
        string[] whole = count == 1 ? [] : [output, output + RunFileWriter.PartSuffix];
        return [.. whole.Where(File.Exists), .. ShardsOf(output).Where(shard => shard.Key.Count != count).Select(shard => shard.Value)];
    }

    /// <summary>The output of the whole sweep that a shard is of: results/s.h5 of results/s.3-of-8.h5; null where the name does not say.</summary>
    /// <param name="shard">Path of a shard's file, finished or not.</param>
    public static string? WholeOf(string shard) => Split(shard)?.Whole;

    /// <summary>Which shard of which output a file is, as its name says; null where the name does not say.</summary>
    /// <param name="path">Path of a shard's file, finished or not.</param>
    public static (string Whole, Shard Shard)? ShardOf(string path) => Split(path) is { } shard ? (shard.Whole, new(shard.Index, shard.Count)) : null;

    /// <summary>What <c>status</c> shows of a name: the files that count, and those that lie beside them and may be of an earlier state.</summary>
    /// <param name="names">Names.</param>
    /// <exception cref="CommandFailure">There is nothing of a name.</exception>
    public static (IReadOnlyList<string> Current, IReadOnlyList<string> Beside) FindState(IEnumerable<string> names)
    {
        (List<string> current, List<string> beside) = ([], []);
        foreach (string name in names.Select(RunOf))
        {
            string part = name + RunFileWriter.PartSuffix;
            string[] own = [.. new[] { part, name }.Where(File.Exists)];
            IReadOnlyList<string> shards = [.. ShardsOf(name).Values];
            current.AddRange(shards.Count > 0 ? shards : own.Length > 0 ? own[..1] : Find(name));
            beside.AddRange(shards.Count > 0 ? own : own.Skip(1));
        }

        return ([.. current.Distinct()], [.. beside.Distinct()]);
    }

    /// <summary>The output of a checkpoint; any other name is itself.</summary>
    private static string RunOf(string name) => name.EndsWith(CheckpointFile.Suffix, StringComparison.Ordinal) ? UnfinishedRun.OutputOf(name) : name;

    private static IReadOnlyList<string> Find(string name)
    {
        if (File.Exists(name))
            return [name];
        if (File.Exists(name + RunFileWriter.PartSuffix))
            return [name + RunFileWriter.PartSuffix];
        IReadOnlyList<string> shards = [.. ShardsOf(name).Values];
        return shards.Count > 0 ? shards
            : throw new CommandFailure(ExitCode.File, $"npgpu: there is no {name}, nor {name}{RunFileWriter.PartSuffix}, nor a shard such as {SweepRequest.PathOf(name, new(0, 8))}.");
    }

    /// <summary>The shards of an output, by number. Where one has a finished file and a .part, the .part: it is of a newer plan.</summary>
    private static SortedDictionary<(int Count, int Index), string> ShardsOf(string output)
    {
        string folder = Path.GetDirectoryName(output) ?? "";
        var shards = new SortedDictionary<(int Count, int Index), string>();
        if (folder.Length > 0 && !Directory.Exists(folder))
            return shards;
        // In this order a .part comes after the finished file.
        foreach (string path in Directory.EnumerateFiles(folder.Length > 0 ? folder : ".").Order(StringComparer.Ordinal))
        {
            string file = Path.GetFileName(path);
            if (Split(file) is { } shard && shard.Whole == Path.GetFileName(output))
                shards[(shard.Count, shard.Index)] = Path.Combine(folder, file);
        }

        return shards;
    }

    /// <summary>A shard's path without its .part, taken apart as <see cref="SweepRequest.PathOf"/> puts it together; null for others.</summary>
    private static (string Whole, int Index, int Count)? Split(string path)
    {
        if (path.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal))
            path = path[..^RunFileWriter.PartSuffix.Length];
        // Where the output has no extension, that of its shards is their number.
        foreach (string extension in new[] { Path.GetExtension(path), "" })
        {
            if (Number().Match(path[..^extension.Length]) is { Success: true } match)
                return (path[..match.Index] + extension, int.Parse(match.Groups[1].ValueSpan), int.Parse(match.Groups[2].ValueSpan));
        }

        return null;
    }

    [GeneratedRegex(@"\.([0-9]{1,9})-of-([0-9]{1,9})$")]
    private static partial Regex Number();
}
