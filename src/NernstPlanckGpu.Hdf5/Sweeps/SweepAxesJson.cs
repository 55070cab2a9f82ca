using System.Text.Json;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>The axes of a sweep as a text in its file.</summary>
internal static class SweepAxesJson
{
    /// <summary>Writes them.</summary>
    internal static string Write(SweepAxes axes)
    {
        var list = new JsonArray();
        foreach (SweepAxis axis in axes.Axes)
        {
            list.Add(new JsonObject
            {
                ["path"] = axis.Path,
                ["name"] = axis.Name,
                ["unit"] = axis.Unit,
                ["values"] = new JsonArray([.. axis.Values.Select(value => JsonNode.Parse(value.Json))]),
                ["numbers"] = axis.IsNumeric ? new JsonArray([.. axis.Values.Select(value => JsonValue.Create(value.Number))]) : null,
            });
        }
        return new JsonObject { ["combine"] = axes.Combination == SweepCombination.Zip ? "zip" : "grid", ["axes"] = list }.ToJsonString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static SweepAxes Read(string text)
    {
        JsonNode json = JsonNode.Parse(text)!;
        SweepAxis[] axes =
        [
            .. json["axes"]!.AsArray().Select(axis => new SweepAxis(
                axis!["path"]!.GetValue<string>(),
                axis["name"]!.GetValue<string>(),
                axis["unit"]!.GetValue<string>(),
                [.. axis["values"]!.AsArray().Select((value, i) => new SweepValue(
                    value?.ToJsonString() ?? "null", axis["numbers"]?[i]?.GetValue<double>() ?? double.NaN))])),
        ];
        return new SweepAxes(axes, json["combine"]!.GetValue<string>() == "zip" ? SweepCombination.Zip : SweepCombination.Grid);
    }
}
