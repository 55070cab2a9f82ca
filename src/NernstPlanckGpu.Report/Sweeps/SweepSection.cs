using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Report.Payload;

namespace NernstPlanckGpu.Report.Sweeps;

/// <summary>What the page shows of a sweep.</summary>
internal static class SweepSection
{
    /// <summary>The table of points has at most this part of the room; the profiles have the rest.</summary>
    private const double TableShare = 0.5;

    /// <summary>Reads it.</summary>
    /// <param name="path">Path of a sweep's file: whole, shard or merged, finished or not.</param>
    /// <param name="room">Bytes that it may take in the page.</param>
    internal static JsonObject Of(string path, long room)
    {
        using SweepFile file = SweepFile.Open(path);
        JsonObject section = Facts(file, path);
        var rows = new SweepRows(file);
        section["axes"] = new JsonArray([.. file.Axes.Axes.Select(Axis)]);
        section["grid"] = file.Axes.Combination == SweepCombination.Grid;
        section["counts"] = rows.Counts();
        section["failures"] = rows.Failures();
        section["failureCount"] = rows.FailureCount;
        section["statusNames"] = rows.Names();
        section["provenance"] = Entry.Group(file.Contents, "provenance", name => name is not ("config" or "axes"));
        section["species"] = new JsonArray([.. file.Contents.Species.Select(name => new JsonObject { ["name"] = name })]);
        var leftOut = new JsonArray();
        long left = room - JsonSize.Of(section);
        section["table"] = SweepColumns.Of(file, rows, (long)(left * TableShare), leftOut);
        section["profiles"] = SweepProfiles.Of(file, rows, left - JsonSize.Of(section["table"]!), leftOut);
        section["leftOut"] = leftOut;
        return section;
    }

    private static JsonObject Facts(SweepFile file, string path) => new()
    {
        ["kind"] = "sweep",
        ["path"] = path,
        ["bytes"] = new FileInfo(path).Length,
        ["title"] = Entry.Attribute(file.Contents, "/", "title"),
        ["mode"] = file.Contents.ReadText("provenance/mode"),
        ["finished"] = !path.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal),
        ["merged"] = file.IsMerged,
        ["shard"] = file.Shard.Count > 1 ? file.Shard.ToString() : "",
        ["pointCount"] = file.Axes.Count,
        ["rowCount"] = file.Points.Count,
        ["config"] = file.Configuration,
    };

    private static JsonObject Axis(SweepAxis axis) => new()
    {
        ["name"] = axis.Name,
        ["path"] = axis.Path,
        ["unit"] = axis.Unit,
        ["numeric"] = axis.IsNumeric,
        ["numbers"] = axis.IsNumeric ? NumberArray.Of([.. axis.Values.Select(value => value.Number)]) : null,
        ["texts"] = new JsonArray([.. axis.Values.Select(value => (JsonNode)value.Json)]),
    };
}
