using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Names of the coordinates of a sweep.</summary>
public static class AxisNames
{
    /// <summary>Names of datasets, axes and groups of all result files, which no axis of a sweep may have.</summary>
    public static IReadOnlySet<string> Reserved { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        // Axes, and what lies on them.
        "time", "species", "x", "x_face", "cell", "face", "region_name", "region", "valence", "diffusivity",
        "face_area", "cell_volume", "cells", "snapshots", "snapshot", "sample", "trace", "message_byte",
        // Fields.
        "concentration", "potential", "electric_field", "displacement", "charge_density", "flux", "left_potential", "right_potential",
        // Results.
        "membrane_potential", "current_density", "steps", "rejected_steps", "evaluations", "time_reached", "iv", "impedance", "traces", "theory", "certificate", "result", "membrane", "provenance",
        // The points of a sweep.
        "point", "points", "index", "hash", "status", "message", "present", "wall_time", "mixed_precision", "sweep", "axes", "shard", "done", "entry",
    };

    /// <summary>True for a name that result files of a configuration have already: that of the curve's axis among them.</summary>
    /// <param name="name">Name.</param>
    /// <param name="root">The configuration.</param>
    internal static bool IsReserved(string name, ConfigurationNode root) => Reserved.Contains(name) || (name, root.Find("mode")?.Text) is ("voltage", "iv") or ("frequency", "impedance");

    /// <summary>Name after the path: its parts joined by "_", with the names of regions and species in place of their numbers.</summary>
    /// <param name="root">The configuration.</param>
    /// <param name="keys">Parts of the path.</param>
    internal static string Default(ConfigurationNode root, IReadOnlyList<string> keys)
    {
        var parts = new List<string>();
        var node = root;
        foreach (var key in keys)
        {
            var isItem = node.Kind == NodeKind.Array;
            node = isItem ? node.Items[int.Parse(key, CultureInfo.InvariantCulture)] : node.Find(key)!;
            parts.Add(isItem && node.Kind == NodeKind.Object && node.Find("name") is { Kind: NodeKind.String } name ? name.Text : key);
        }

        return string.Join('_', parts).Replace('/', '_');
    }
}
