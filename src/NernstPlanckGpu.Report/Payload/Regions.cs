using System.Text.Json;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Report.Payload;

/// <summary>The regions of a file: names, ends, and which is the membrane.</summary>
internal static class Regions
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The regions in order, from the faces between which their cells lie.</summary>
    /// <param name="names">Names.</param>
    /// <param name="region">Region of each cell; negative beyond the last.</param>
    /// <param name="faces">Positions of the faces, m.</param>
    /// <param name="membranes">Whether each is a membrane.</param>
    internal static JsonArray Of(IReadOnlyList<string> names, IReadOnlyList<double> region, IReadOnlyList<double> faces, IReadOnlyList<bool> membranes)
    {
        var list = new JsonArray();
        for (int index = 0; index < names.Count; index++)
        {
            int first = -1, last = -1;
            for (int cell = 0; cell < region.Count; cell++)
            {
                if ((int)region[cell] != index)
                    continue;
                first = first < 0 ? cell : first;
                last = cell;
            }

            if (first >= 0)
                list.Add(new JsonObject { ["name"] = names[index], ["from"] = faces[first], ["to"] = faces[last + 1], ["membrane"] = index < membranes.Count && membranes[index] });
        }

        return list;
    }

    /// <summary>Which regions the configuration calls membranes; none where it cannot be read.</summary>
    internal static bool[] Membranes(string configuration)
    {
        try
        {
            using var document = JsonDocument.Parse(configuration, Lenient);
            return document.RootElement.TryGetProperty("regions", out JsonElement regions) && regions.ValueKind == JsonValueKind.Array
                ? [.. regions.EnumerateArray().Select(IsMembrane)] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The regions of a run, or of a sweep whose points share their grid.</summary>
    internal static JsonArray Of(RunFile file, string configuration) =>
        Of(file.ReadStrings("region_name"), file.Read("region"), file.Read("x_face"), Membranes(configuration));

    private static bool IsMembrane(JsonElement region) => region.ValueKind == JsonValueKind.Object
        && region.TryGetProperty("membrane", out JsonElement membrane) && membrane.ValueKind == JsonValueKind.True;
}
