using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>The axes of a sweep in words, and for programs.</summary>
internal static class SweepText
{
    /// <summary>Number of points, and the axes that make them: "185 points: outer_K (5), voltage (37), each with each".</summary>
    public static string Extent(SweepAxes axes)
    {
        string names = string.Join(", ", axes.Axes.Select(axis => $"{axis.Name} ({axis.Values.Count})"));
        string how = axes.Combination == SweepCombination.Zip ? "together" : "each with each";
        return $"{axes.Count} points: {names}{(axes.Axes.Count > 1 ? $", {how}" : "")}";
    }

    public static JsonArray ToJson(SweepAxes axes) =>
    [
        .. axes.Axes.Select(axis => (JsonNode)new JsonObject
        {
            ["name"] = axis.Name,
            ["path"] = axis.Path,
            ["unit"] = axis.Unit,
            ["values"] = axis.Values.Count,
        }),
    ];
}
