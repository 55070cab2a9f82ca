using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>An axis whose path is found: the value that it varies, and the way to it.</summary>
/// <param name="Raw">The axis as it is written.</param>
/// <param name="Target">The value in the configuration.</param>
/// <param name="Keys">Parts of the path.</param>
/// <param name="Way">The same as indices of members and items.</param>
internal sealed record PlacedAxis(RawAxis Raw, ConfigurationNode Target, string[] Keys, int[] Way)
{
    /// <summary>What goes with it.</summary>
    public IReadOnlyList<PlacedAxis> With { get; init; } = [];

    /// <summary>Itself and what goes with it.</summary>
    public IEnumerable<PlacedAxis> All => With.Prepend(this);
}

/// <summary>Finds the values that the axes vary, and refuses what cannot be varied.</summary>
internal sealed class PlanPaths(ConfigurationNode root, ReadContext context)
{
    private const string Whole = "vary it in another configuration";

    /// <summary>The axis with its place; null when there is something wrong, which is reported.</summary>
    public PlacedAxis? Find(RawAxis axis)
    {
        var (place, path) = (axis.Path.Node!, axis.Path.Value!);
        if (path.Length < 2 || path[0] != '/')
            return Refuse(place, $"{place.Description} is not a path of the configuration", "write a JSON pointer, such as \"/regions/0/length\"");
        string[] keys = [.. path[1..].Split('/').Select(Overrides.Unescape)];
        var way = new int[keys.Length];
        var node = root;
        for (var depth = 0; depth < keys.Length; depth++)
        {
            way[depth] = IndexOf(node, keys[depth]);
            if (way[depth] < 0)
            {
                var missing = "/" + string.Join('/', keys.Take(depth + 1).Select(ConfigurationNode.Escape));
                return Refuse(place, $"{missing} is not in the configuration", Overrides.Hint(node, keys[depth]) is { Length: > 0 } hint
                    ? hint[2..] : "write a path whose value stands in the configuration, or write a value there first");
            }

            node = node.Kind == NodeKind.Object ? node.Members[way[depth]].Value : node.Items[way[depth]];
        }

        if (WhyNot(keys) is { } why)
            return Refuse(place, why.Message, why.Remedy);
        PlacedAxis[] with = [.. axis.With.Select(Find).OfType<PlacedAxis>()];
        return with.Length == axis.With.Count ? new(axis, node, keys, way) { With = with } : null;
    }

    /// <summary>Reports axes that vary the same value, or one another's.</summary>
    public void CheckApart(IReadOnlyList<PlacedAxis> axes)
    {
        for (var i = 0; i < axes.Count; i++)
        {
            for (var k = 0; k < i; k++)
            {
                var (mine, other) = (axes[i].Way, axes[k].Way);
                var shorter = Math.Min(mine.Length, other.Length);
                if (!mine.AsSpan(0, shorter).SequenceEqual(other.AsSpan(0, shorter)))
                    continue;
                var place = axes[i].Raw.Path.Node!;
                context.Report(place, mine.Length == other.Length ? $"two axes vary {axes[i].Raw.Path.Value}"
                    : $"this axis and that of {axes[k].Raw.Path.Value} vary the same value", "remove one of them, or put their values together");
                break;
            }
        }
    }

    private static (string Message, string Remedy)? WhyNot(string[] keys) => keys switch
    {
        ["schemaVersion" or "$schema" or "title", ..] => ("this changes nothing of a run", "remove this axis"),
        ["mode", ..] => ("all points of a sweep have one mode", Whole),
        ["output", ..] => ("all points of a sweep have one output", Whole),
        ["species" or "regions"] => ($"all points of a sweep have the same {keys[0]}", $"vary a key of one of them, such as /{keys[0]}/0/{KeyOf(keys[0])}"),
        ["species" or "regions", _] => ("the name of all points is one", $"vary a key below, such as /{keys[0]}/{keys[1]}/{KeyOf(keys[0])}"),
        ["species" or "regions", _, "name"] => ("the name of all points is one", "remove this axis"),
        _ => null,
    };

    private static string KeyOf(string list) => list == "species" ? "diffusivity" : "length";

    private static int IndexOf(ConfigurationNode node, string key)
    {
        if (node.Kind == NodeKind.Array)
            return int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < node.Items.Count ? index : -1;
        for (var i = 0; i < node.Members.Count; i++)
        {
            if (node.Members[i].Name == key)
                return i;
        }

        return -1;
    }

    private PlacedAxis? Refuse(ConfigurationNode place, string message, string remedy)
    {
        context.Report(place, message, remedy);
        return null;
    }
}
