using System.Text;
using System.Text.Json.Nodes;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What <c>status</c> says.</summary>
internal static class StatusReport
{
    private const int MostFailures = 20;

    /// <param name="files">The files that count.</param>
    /// <param name="beside">Others of the same names, of an earlier state perhaps: merged before, or finished before an axis changed.</param>
    public static string ToText(IReadOnlyList<FileStatus> files, IReadOnlyList<FileStatus> beside)
    {
        var text = new StringBuilder();
        FileStatus[] sweeps = [.. files.Where(file => file.Run is null)];
        if (sweeps.Length > 0)
            _ = text.Append(Sweeps(sweeps));
        foreach (FileStatus run in files.Where(file => file.Run is not null))
            _ = text.AppendLine($"  {run.Path}: {run.State}: {run.Run}");
        foreach (FileStatus file in beside)
            _ = text.AppendLine($"  beside it {file.Path}: {file.State}: {file.Run ?? Counts(file)}");
        FileStatus.Failure[] failures = [.. sweeps.SelectMany(file => file.Failures).OrderBy(failure => failure.Point)];
        foreach (FileStatus.Failure failure in failures.Take(MostFailures))
            _ = text.AppendLine($"  {failure.Description}: {failure.Message}");
        if (failures.Length > MostFailures)
            _ = text.AppendLine($"  and {failures.Length - MostFailures} more failures; --json has all");
        return text.ToString();
    }

    /// <param name="files">The files that count.</param>
    /// <param name="beside">Others of the same names.</param>
    public static JsonObject ToJson(IReadOnlyList<FileStatus> files, IReadOnlyList<FileStatus> beside) => new()
    {
        ["files"] = new JsonArray([.. files.Select(ToJson)]),
        ["beside"] = new JsonArray([.. beside.Select(ToJson)]),
        ["points"] = files.Where(file => file.Run is null).Sum(file => file.Count),
        ["done"] = files.Sum(file => file.Done),
        ["failed"] = files.Sum(file => file.Failures.Count),
        ["missing"] = files.Sum(file => file.Missing),
    };

    private static string Sweeps(FileStatus[] files)
    {
        var table = new TextTable("file", "shard", "points", "done", "failed", "missing", "") { IsAlarming = (column, cell) => column == "failed" && cell != "0" };
        // Shards of another number hold the same points: together with these they would count twice.
        IGrouping<int, FileStatus>[] groups = [.. files.GroupBy(file => file.Shard?.Count ?? 1)];
        foreach (IGrouping<int, FileStatus> group in groups)
        {
            foreach (FileStatus file in group)
                table.Add(file.Path, file.Shard?.ToString() ?? "", $"{file.Count}", $"{file.Done}", $"{file.Failures.Count}", $"{file.Missing}", file.State);
            if (group.Count() < 2 && (group.Key == 1 || groups.Length == 1))
                continue;
            string failed = $"{group.Sum(file => file.Failures.Count)}";
            string name = groups.Length == 1 || group.Key == 1 ? "together" : $"shards of {group.Key} together";
            table.Add(name, "", $"{group.Sum(file => file.Count)}", $"{group.Sum(file => file.Done)}", failed, $"{group.Sum(file => file.Missing)}", "");
        }

        return table.Render();
    }

    private static string Counts(FileStatus file) => $"{file.Done} of {file.Count} points done, {file.Failures.Count} failed, {file.Missing} missing";

    private static JsonNode ToJson(FileStatus file)
    {
        var json = new JsonObject { ["file"] = file.Path, ["state"] = file.State };
        if (file.Run is { } run)
        {
            json["run"] = run;
            json["snapshots"] = file.Count;
            return json;
        }

        json["shard"] = file.Shard?.ToString();
        json["points"] = file.Count;
        json["done"] = file.Done;
        json["failed"] = file.Failures.Count;
        json["missing"] = file.Missing;
        json["failures"] = new JsonArray([.. file.Failures.Select(failure => (JsonNode)new JsonObject
        {
            ["point"] = failure.Point,
            ["description"] = failure.Description,
            ["status"] = Json.Name(failure.Status),
            ["message"] = failure.Message,
        })]);
        return json;
    }
}
