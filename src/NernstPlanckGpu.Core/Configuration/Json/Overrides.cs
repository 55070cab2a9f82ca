using System.Globalization;
using System.Text;

namespace NernstPlanckGpu.Core.Configuration.Json;

/// <summary>Applies <c>--set /regions/1/length="5 nm"</c> to a tree.</summary>
internal static class Overrides
{
    public const string File = "--set";

    /// <summary>Applies overrides in order; what cannot be applied is reported.</summary>
    public static void Apply(ConfigurationNode root, IReadOnlyList<string> overrides, List<ConfigurationError> errors)
    {
        foreach (var assignment in overrides)
        {
            var split = assignment.IndexOf('=', StringComparison.Ordinal);
            var pointer = split < 0 ? assignment : assignment[..split].Trim();
            if (split < 0 || !pointer.StartsWith('/') || pointer.Length < 2)
                errors.Add(new(File, 0, 0, pointer,
                    $"\"{assignment}\" is not POINTER=VALUE", "write, for example, --set '/regions/1/length=5 nm'"));
            else
                Set(root, pointer, assignment[(split + 1)..], errors);
        }
    }

    private static void Set(ConfigurationNode root, string pointer, string text, List<ConfigurationError> errors)
    {
        var keys = pointer[1..].Split('/').Select(Unescape).ToArray();
        var parent = root;
        for (var depth = 0; depth < keys.Length - 1; depth++)
        {
            var child = Child(parent, keys[depth]);
            if (child is null)
            {
                var missing = "/" + string.Join('/', keys.Take(depth + 1).Select(ConfigurationNode.Escape));
                errors.Add(new(File, 0, 0, pointer, $"{missing} does not exist",
                    $"write a path whose parent exists{Hint(parent, keys[depth])}"));
                return;
            }

            parent = child;
        }

        var before = errors.Count;
        var value = Value(text, errors);
        for (var i = before; i < errors.Count; i++)
            errors[i] = errors[i] with { Pointer = pointer + errors[i].Pointer };
        if (!Assign(parent, keys[^1], value))
        {
            errors.Add(new(File, 0, 0, pointer, $"{Name(parent)} has no \"{keys[^1]}\"", parent.Kind == NodeKind.Array
                ? $"write an index from 0 to {parent.Items.Count - 1}"
                : $"{Name(parent)} is {parent.Description}; write a path into an object or a list"));
        }
    }

    private static string Name(ConfigurationNode node) => node.Pointer.Length == 0 ? "the document" : node.Pointer;

    private static bool Assign(ConfigurationNode parent, string key, ConfigurationNode value)
    {
        if (parent.Kind == NodeKind.Object)
            parent.SetMember(key, 0, 0, value);
        else if (Index(parent, key) is { } index)
            parent.SetItem(index, value);
        else
            return false;
        return true;
    }

    private static ConfigurationNode? Child(ConfigurationNode parent, string key) =>
        parent.Kind == NodeKind.Object ? parent.Find(key) : Index(parent, key) is { } index ? parent.Items[index] : null;

    private static int? Index(ConfigurationNode parent, string key) =>
        parent.Kind == NodeKind.Array && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < parent.Items.Count
            ? index
            : null;

    /// <summary>What may have been meant, for the end of a remedy; empty when nothing comes near.</summary>
    public static string Hint(ConfigurationNode parent, string key) => parent.Kind switch
    {
        NodeKind.Object when Suggestion.Closest(key, parent.Members.Select(member => member.Name)) is { } closest =>
            $"; did you mean \"{closest}\"?",
        NodeKind.Array => $"; the index runs from 0 to {parent.Items.Count - 1}",
        _ => "",
    };

    /// <summary>JSON where it is JSON, else the text itself as a string.</summary>
    private static ConfigurationNode Value(string text, List<ConfigurationError> errors)
    {
        var found = new List<ConfigurationError>();
        var node = JsonTreeReader.Read(Encoding.UTF8.GetBytes(text), File, positioned: false, found);
        if (node is null)
            return new() { Kind = NodeKind.String, File = File, Text = text };
        errors.AddRange(found);
        return node;
    }

    /// <summary>A key of a JSON pointer as it is in the tree.</summary>
    public static string Unescape(string key) =>
        key.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
