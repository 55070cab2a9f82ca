using System.Text.RegularExpressions;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Hdf5;

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
    public static string? WholeOf(string shard) => WholeName().Match(shard) is { Success: true } match ? match.Groups[1].Value + match.Groups[2].Value : null;

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

    /// <summary>The shards of an output, by number; the finished file of one that has both.</summary>
    private static SortedDictionary<(int Count, int Index), string> ShardsOf(string output)
    {
        string folder = Path.GetDirectoryName(output) is { Length: > 0 } named ? named : ".";
        var shards = new SortedDictionary<(int Count, int Index), string>();
        if (!Directory.Exists(folder))
            return shards;
        string stem = Path.GetFileNameWithoutExtension(output), extension = Path.GetExtension(output);
        foreach (string path in Directory.EnumerateFiles(folder, stem + ".*").Order(StringComparer.Ordinal))
        {
            string file = Path.GetFileName(path);
            if (!file.StartsWith(stem + ".", StringComparison.Ordinal) || ShardName().Match(file[(stem.Length + 1)..]) is not { Success: true } match)
                continue;
            if (match.Groups[3].Value == extension)
                _ = shards.TryAdd((int.Parse(match.Groups[2].ValueSpan), int.Parse(match.Groups[1].ValueSpan)), Path.Combine(Path.GetDirectoryName(output) ?? "", file));
        }

        return shards;
    }

    [GeneratedRegex(@"^(.*)\.\d+-of-\d+(\.\w+)?(?:\.part)?$")]
    private static partial Regex WholeName();

    [GeneratedRegex(@"^(\d{1,9})-of-(\d{1,9})(\.\w+)?(?:\.part)?$")]
    private static partial Regex ShardName();
}
