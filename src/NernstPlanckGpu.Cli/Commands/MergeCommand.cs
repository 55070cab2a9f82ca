using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu merge SHARD…</c>: one file of all points of a sweep.</summary>
internal static class MergeCommand
{
    public static Command Create(CommonOptions options)
    {
        var shards = new Argument<string[]>("SHARD")
        {
            Description = "Files of the shards, finished or not; the name of the whole sweep's output stands for all that lie beside it.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write (default: the name of the whole sweep's output).", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace an existing output file, unless it is a sweep computed as a whole that has more points done." };
        var copy = new Option<bool>("--copy") { Description = "Copy all numbers, compressed, so that the shards can go (default: refer to the shards)." };
        var strict = new Option<bool>("--strict") { Description = "Refuse when a point is missing or failed." };
        var command = new Command("merge", "Put the shards of a sweep together to one file of all its points.")
        {
            shards, output, force, copy, strict, options.Json, options.Quiet,
        };
        command.SetAction(parsed => Run(
            ResultFiles.FindShards(parsed.GetRequiredValue(shards)),
            parsed.GetValue(output),
            new() { Copy = parsed.GetValue(copy), Strict = parsed.GetValue(strict), Overwrite = parsed.GetValue(force) },
            RunRequest.Typed(parsed),
            parsed.GetValue(options.Json),
            parsed.GetValue(options.Quiet)));
        return command;
    }

    private static int Run(IReadOnlyList<string> shards, string? given, SweepMergeOptions options, string commandLine, bool json, bool quiet)
    {
        string output = given ?? ResultFiles.WholeOf(shards[0])
            ?? throw new CommandFailure(ExitCode.Usage, $"npgpu: {shards[0]} does not say the name of the whole; give one with --output FILE.");
        NeedOneCount(shards);
        OutputFile.Prepare(output, options.Overwrite);
        NeedNoLoss(output, shards);
        SweepLayout layout = LayoutOf(shards);
        SweepMergeReport report = SweepMerge.Merge(output, layout, shards, new Provenance { CommandLine = commandLine }, options);
        report = report with { MissingShards = [.. report.MissingShards.Where(new HashSet<int>(Owners(layout, shards[0])).Contains)] };
        if (report.MissingShards.Count > 0)
            Console.Error.WriteLine($"npgpu: no file of shard {string.Join(", ", report.MissingShards)} was given; their points are missing.");
        if (json)
            Json.Print(ToJson(report, shards, output));
        else if (!quiet)
            Console.Out.Write(ToText(report, shards.Count, output));
        return ExitCode.Done;
    }

    /// <summary>Refuses shards of several splits of the sweep.</summary>
    private static void NeedOneCount(IReadOnlyList<string> shards)
    {
        int[] counts = [.. shards.Select(shard => ResultFiles.ShardOf(shard)?.Shard.Count).OfType<int>().Distinct().Order()];
        if (counts.Length > 1)
            throw new CommandFailure(ExitCode.Usage, $"npgpu: the files are shards of {string.Join(" and of ", counts)}; name the files of one number of shards, or remove the others.");
    }

    /// <summary>Refuses to replace a file that was computed as a whole and has more than the shards do: its numbers lie nowhere else.</summary>
    private static void NeedNoLoss(string output, IReadOnlyList<string> shards)
    {
        if (!File.Exists(output) || !SweepFile.IsSweep(output))
            return;
        using SweepFile whole = SweepFile.Open(output);
        int there = Done(whole);
        if (!whole.IsMerged && shards.Sum(Done) is var done && done < there)
        {
            string what = $"{output} is a whole sweep of {whole.Points.Count} points, {there} of them done, and the shards have {done}";
            throw new CommandFailure(ExitCode.File, $"npgpu: {what}; name another --output.");
        }
    }

    private static int Done(string shard)
    {
        using SweepFile file = SweepFile.Open(shard);
        return Done(file);
    }

    private static int Done(SweepFile file) => file.Statuses.Count(status => status is PointStatus.Done or PointStatus.Burst);

    /// <summary>The shards that own a point; the others need no file.</summary>
    private static IEnumerable<int> Owners(SweepLayout layout, string shard)
    {
        int count;
        using (SweepFile file = SweepFile.Open(shard))
            count = file.Shard.Count;
        return Enumerable.Range(0, count).Where(index => layout.Hashes.Any(new Shard(index, count).Owns));
    }

    /// <summary>The whole sweep, planned anew from the configuration that a shard holds.</summary>
    private static SweepLayout LayoutOf(IReadOnlyList<string> shards)
    {
        string shard = shards[0];
        (string text, string name) = ConfigurationOf(shard);
        SweepPlanResult result = SweepPlan.Parse(text, name, []);
        if (result.Plan is not { } plan)
            throw new CommandFailure(ExitCode.Configuration, [$"npgpu: the configuration in {shard} is not valid here:", .. result.Errors.Select(error => error.ToString())]);
        return WithHashesOf(shards, SweepLoader.Layout(plan, Shard.Whole, SweepLoader.Options(name), name));
    }

    /// <summary>
    /// The hashes that the shards have, where the file of the initial state is another by now, or gone: then the shards are held against one
    /// another.
    /// </summary>
    private static SweepLayout WithHashesOf(IReadOnlyList<string> shards, SweepLayout layout)
    {
        PointHash? common = null;
        PointHash[] hashes = [.. layout.Hashes];
        foreach (string shard in shards)
        {
            using SweepFile file = SweepFile.Open(shard);
            common ??= file.BaseHash;
            if (common == layout.BaseHash)
                return layout;
            if (file.BaseHash != common || file.Axes.Count != hashes.Length)
                continue;
            foreach ((int point, PointHash hash) in file.Points.Zip(file.Hashes))
                hashes[point] = hash;
        }

        return layout with { BaseHash = common!.Value, Hashes = hashes };
    }

    private static (string Text, string Name) ConfigurationOf(string shard)
    {
        using SweepFile file = SweepFile.Open(shard);
        return (file.Configuration, file.ConfigurationName);
    }

    private static string ToText(SweepMergeReport report, int shards, string output) => $"""
        {report.Done} of {report.Points} points done, {report.Failed} failed, {report.Missing} missing, from {shards} file{(shards == 1 ? "" : "s")}
        wrote {output}

        """;

    private static System.Text.Json.Nodes.JsonObject ToJson(SweepMergeReport report, IReadOnlyList<string> shards, string output) => new()
    {
        ["outcome"] = report.Done == report.Points ? "done" : "incomplete",
        ["exitCode"] = ExitCode.Done,
        ["files"] = Json.Strings([output]),
        ["shards"] = Json.Strings(shards),
        ["points"] = report.Points,
        ["done"] = report.Done,
        ["failed"] = report.Failed,
        ["missing"] = report.Missing,
        ["missingShards"] = new System.Text.Json.Nodes.JsonArray([.. report.MissingShards.Select(index => (System.Text.Json.Nodes.JsonNode)index)]),
    };
}
