using System.Text;
using System.Text.Json.Nodes;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What <c>status</c> says.</summary>
internal static class StatusReport
{
    private const int MostFailures = 20;

    public static string ToText(IReadOnlyList<FileStatus> files)
    {
        var text = new StringBuilder();
        FileStatus[] sweeps = [.. files.Where(file => file.Run is null)];
        if (sweeps.Length > 0)
            _ = text.Append(Sweeps(sweeps));
        foreach (FileStatus run in files.Where(file => file.Run is not null))
            _ = text.AppendLine($"  {run.Path}: {run.State}: {run.Run}");
        FileStatus.Failure[] failures = [.. sweeps.SelectMany(file => file.Failures).OrderBy(failure => failure.Point)];
        foreach (FileStatus.Failure failure in failures.Take(MostFailures))
            _ = text.AppendLine($"  {failure.Description}: {failure.Message}");
        if (failures.Length > MostFailures)
            _ = text.AppendLine($"  and {failures.Length - MostFailures} more failures; --json has all");
        return text.ToString();
    }

    public static JsonObject ToJson(IReadOnlyList<FileStatus> files) => new()
    {
        ["files"] = new JsonArray([.. files.Select(ToJson)]),
        ["points"] = files.Where(file => file.Run is null).Sum(file => file.Count),
        ["done"] = files.Sum(file => file.Done),
        ["failed"] = files.Sum(file => file.Failures.Count),
        ["missing"] = files.Sum(file => file.Missing),
    };

    private static string Sweeps(FileStatus[] files)
    {
        var table = new TextTable("file", "shard", "points", "done", "failed", "missing", "");
        foreach (FileStatus file in files)
            table.Add(file.Path, file.Shard?.ToString() ?? "", $"{file.Count}", $"{file.Done}", $"{file.Failures.Count}", $"{file.Missing}", file.State);
        if (files.Length > 1)
        {
            string failed = $"{files.Sum(file => file.Failures.Count)}";
            table.Add("together", "", $"{files.Sum(file => file.Count)}", $"{files.Sum(file => file.Done)}", failed, $"{files.Sum(file => file.Missing)}", "");
        }

        return table.Render();
    }

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
