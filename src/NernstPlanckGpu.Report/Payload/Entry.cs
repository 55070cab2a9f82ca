using System.Text.Json.Nodes;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Report.Payload;

/// <summary>Single numbers and texts with their name, unit and meaning, as the file has them.</summary>
internal static class Entry
{
    /// <summary>JSON has no infinities and no NaN: they are words.</summary>
    internal static JsonNode? Number(double value) => value switch
    {
        _ when double.IsFinite(value) => JsonValue.Create(value),
        double.PositiveInfinity => JsonValue.Create("infinite"),
        double.NegativeInfinity => JsonValue.Create("-infinite"),
        _ => null,
    };

    /// <summary>A dataset of one value.</summary>
    internal static JsonObject Of(RunFile file, string path) => new()
    {
        ["name"] = path[(path.LastIndexOf('/') + 1)..],
        ["value"] = file.IsNumeric(path) ? Number(file.ReadScalar(path)) : file.ReadText(path),
        ["unit"] = Attribute(file, path, "units"),
        ["meaning"] = Attribute(file, path, "long_name"),
    };

    /// <summary>A text attribute; empty where there is none.</summary>
    internal static string Attribute(RunFile file, string path, string name) => file.ReadAttribute(path, name) is [string first, ..] ? first : "";

    /// <summary>All of a group, or none where the file has no such group.</summary>
    internal static JsonArray Group(RunFile file, string group, Func<string, bool>? choose = null)
    {
        if (!file.Names("/").Contains(group))
            return [];
        return [.. file.Names(group).Where(name => choose?.Invoke(name) ?? true).Select(name => Of(file, $"{group}/{name}"))];
    }
}
