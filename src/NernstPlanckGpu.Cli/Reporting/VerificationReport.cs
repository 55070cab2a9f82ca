using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Verification;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What <c>verify</c> tells: a table for people, the same with sources for programs.</summary>
internal sealed class VerificationReport(string engine, string reason)
{
    private readonly List<VerificationRow> rows = [];

    public int Rows => rows.Count;

    public int Failed => rows.Count(row => !row.Holds && !row.IsLeftOut);

    public void Add(VerificationRow row) => rows.Add(row);

    /// <summary>The table; the last line counts.</summary>
    public string ToText()
    {
        var table = new TextTable("name", "expected", "got", "error", "limit", "order", "time", "ok") { IsAlarming = (column, cell) => column == "ok" && cell == "NO" };
        foreach (VerificationRow row in rows)
        {
            VerificationCheck check = row.Check;
            table.Add(
                check.Name, Value(row.Expected, check), Value(row.Got, check), Error(row.Error, check), Error(check.Limit, check),
                row.Order is { } order ? order.ToString("F2", CultureInfo.InvariantCulture) : "",
                row.WallTime.ToString("F2", CultureInfo.InvariantCulture) + " s", row.IsLeftOut ? "left out" : row.Holds ? "yes" : "NO");
        }

        string leftOut = rows.Any(row => row.IsLeftOut) ? $", {rows.Count(row => row.IsLeftOut)} left out" : "";
        return $"{table.Render(indent: 0)}{rows.Count} rows, {Failed} failed{leftOut}{Environment.NewLine}";
    }

    /// <summary>One line for each row that fails: what was expected, and what the limit is.</summary>
    public IEnumerable<string> Failures() => rows.Where(row => !row.Holds && !row.IsLeftOut).Select(row =>
    {
        VerificationCheck check = row.Check;
        if (row.Detail is { } detail)
            return $"{check.Name}: no value: {detail}";
        string order = check.LeastOrder is { } least && !(row.Order >= least) ? $"; order {row.Order:F2}, at least {least} expected" : "";
        return $"{check.Name}: {check.Quantity}: got {Value(row.Got, check)}, expected {Value(row.Expected, check)} ({check.Source}), "
            + $"error {Error(row.Error, check)}, {Error(check.Limit, check)} allowed{order}";
    });

    /// <summary>One line for each row that this engine cannot compute.</summary>
    public IEnumerable<string> LeftOut() => rows.Where(row => row.IsLeftOut).Select(row => $"{row.Check.Name}: left out: {row.Detail}");

    /// <summary>The same for programs.</summary>
    /// <param name="exitCode">Exit code of the command.</param>
    /// <param name="file">File that holds this object; null for none.</param>
    public JsonObject ToJson(int exitCode, string? file) => new()
    {
        ["outcome"] = Failed == 0 ? "verified" : "failed",
        ["exitCode"] = exitCode,
        ["engine"] = engine,
        ["engineReason"] = reason,
        ["wallTime"] = Json.Number(rows.Sum(row => row.WallTime)),
        ["rowCount"] = rows.Count,
        ["failedCount"] = Failed,
        ["leftOutCount"] = rows.Count(row => row.IsLeftOut),
        ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)ToJson(row))]),
        ["files"] = Json.Strings(file is null ? [] : [file]),
    };

    private static JsonObject ToJson(VerificationRow row) => new()
    {
        ["name"] = row.Check.Name,
        ["quantity"] = row.Check.Quantity,
        ["unit"] = row.Check.Unit,
        ["expected"] = Json.Number(row.Expected),
        ["got"] = Json.Number(row.Got),
        ["error"] = Json.Number(row.Error),
        ["limit"] = row.Check.Limit,
        ["errorIsRelative"] = row.Check.IsRelative,
        ["order"] = Json.Number(row.Order),
        ["leastOrder"] = Json.Number(row.Check.LeastOrder),
        ["wallTime"] = Json.Number(row.WallTime),
        ["holds"] = row.Holds,
        ["leftOut"] = row.IsLeftOut,
        ["detail"] = row.Detail,
        ["source"] = row.Check.Source,
        ["validity"] = row.Check.Validity,
    };

    private static string Value(double value, VerificationCheck check) => double.IsNaN(value) ? "none" : Quantity.Format(value, check.Unit, 8);

    private static string Error(double error, VerificationCheck check) =>
        double.IsNaN(error) ? "none" : Quantity.Format(error, check.IsRelative ? "1" : check.Unit, 3);
}
