using System.Globalization;

namespace NernstPlanckGpu.Core.Configuration.Json;

/// <summary>Kinds of JSON values.</summary>
internal enum NodeKind
{
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}

/// <summary>A member of an object with the place of its name.</summary>
internal readonly record struct NodeMember(string Name, int Line, int Column, ConfigurationNode Value);

/// <summary>A JSON value that knows where it stands.</summary>
internal sealed class ConfigurationNode
{
    private List<NodeMember>? members;
    private List<ConfigurationNode>? items;

    public required NodeKind Kind { get; init; }

    /// <summary>File, or <c>--set</c>.</summary>
    public required string File { get; init; }

    /// <summary>Line from 1; 0 for an override.</summary>
    public int Line { get; init; }

    public int Column { get; init; }

    /// <summary>The string's value; a number's or literal's text.</summary>
    public string Text { get; init; } = "";

    /// <summary>A number's value.</summary>
    public double Number { get; init; }

    public bool IsTrue => Kind == NodeKind.Boolean && Text == "true";

    public IReadOnlyList<NodeMember> Members => members ?? [];

    public IReadOnlyList<ConfigurationNode> Items => items ?? [];

    /// <summary>What a patch that made this object was laid over; null when none did.</summary>
    public ConfigurationNode? Beneath { get; private init; }

    /// <summary>What was read from this node, kept by <see cref="Forms.ReadContext.Read"/>; the node itself never changes by it.</summary>
    public object? Reading { get; set; }

    /// <summary>What was built from it, kept by <see cref="Forms.BuildMemory"/>.</summary>
    public object? Part { get; set; }

    private ConfigurationNode? Parent { get; set; }

    /// <summary>Name in the parent object; null in a list.</summary>
    private string? Key { get; set; }

    /// <summary>Index in the parent list.</summary>
    private int Index { get; set; }

    /// <summary>JSON pointer, RFC 6901; empty for the document.</summary>
    public string Pointer
    {
        get
        {
            var parts = new List<string>();
            for (var node = this; node.Parent is not null; node = node.Parent)
                parts.Add(node.Key is { } key ? Escape(key) : node.Index.ToString(CultureInfo.InvariantCulture));
            parts.Reverse();
            return string.Concat(parts.Select(part => "/" + part));
        }
    }

    /// <summary>In words, for messages.</summary>
    public string Description => Kind switch
    {
        NodeKind.Object => "an object",
        NodeKind.Array => "a list",
        NodeKind.String => Text.Length <= 40 ? $"\"{Text}\"" : $"\"{Text.AsSpan(0, 37)}...\"",
        NodeKind.Number => Text.Length <= 40 ? Text : $"{Text.AsSpan(0, 37)}...",
        _ => Text,
    };

    /// <summary>Escapes a key for a JSON pointer.</summary>
    public static string Escape(string key) =>
        key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Value of a member, or null.</summary>
    public ConfigurationNode? Find(string name)
    {
        for (var i = 0; i < members?.Count; i++)
        {
            if (members[i].Name == name)
                return members[i].Value;
        }

        return null;
    }

    /// <summary>This object with other members, which keep their own places in the file.</summary>
    public ConfigurationNode With(IEnumerable<NodeMember> others, ConfigurationNode? beneath = null) => new()
    {
        Kind = Kind,
        File = File,
        Line = Line,
        Column = Column,
        Parent = Parent,
        Key = Key,
        Index = Index,
        Beneath = beneath,
        members = [.. others],
    };

    /// <summary>
    /// This object as a patch over another, which is left as it is. The result stands where the patch stands, and its members
    /// where they come from.
    /// </summary>
    /// <param name="target">What is patched; anything but an object counts as an empty one.</param>
    /// <param name="merge">From a name, its old value if any, and the patch's, the new value; null takes the member away.</param>
    public ConfigurationNode Over(ConfigurationNode? target, Func<string, ConfigurationNode?, ConfigurationNode, ConfigurationNode?> merge)
    {
        if (Kind != NodeKind.Object)
            return this;
        var old = (target?.Members ?? []).ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        var changed = new Dictionary<string, NodeMember?>(StringComparer.Ordinal);
        foreach (var member in Members)
        {
            var value = merge(member.Name, old.GetValueOrDefault(member.Name), member.Value);
            changed[member.Name] = value is null ? null : member with { Value = value };
        }

        var kept = (target?.Members ?? []).Select(member => changed.GetValueOrDefault(member.Name, member));
        var added = Members.Where(member => !old.ContainsKey(member.Name)).Select(member => changed[member.Name]);
        return With(kept.Concat(added).OfType<NodeMember>(), target);
    }

    /// <summary>This object or list with other children in some places; all others are shared.</summary>
    /// <param name="children">Index of a member or item, and the new child, made by <see cref="InPlaceOf"/> of the old one.</param>
    public ConfigurationNode With(IReadOnlyList<(int Index, ConfigurationNode Child)> children)
    {
        var copy = new ConfigurationNode { Kind = Kind, File = File, Line = Line, Column = Column, Parent = Parent, Key = Key, Index = Index };
        copy.members = members is null ? null : [.. members];
        copy.items = items is null ? null : [.. items];
        foreach (var (index, child) in children)
        {
            if (copy.members is { } list)
                list[index] = list[index] with { Value = child };
            else
                copy.items![index] = child;
        }

        return copy;
    }

    /// <summary>A copy of this value that stands where another one does in the tree, and where this one does in the file.</summary>
    public ConfigurationNode InPlaceOf(ConfigurationNode other) => Copy(other.Parent, other.Key, other.Index);

    private ConfigurationNode Copy(ConfigurationNode? parent, string? key, int index)
    {
        var copy = new ConfigurationNode
        {
            Kind = Kind,
            File = File,
            Line = Line,
            Column = Column,
            Text = Text,
            Number = Number,
            Parent = parent,
            Key = key,
            Index = index,
        };
        copy.members = members is null ? null : [.. members.Select(member => member with { Value = member.Value.Copy(copy, member.Name, 0) })];
        copy.items = items is null ? null : [.. items.Select((item, i) => item.Copy(copy, null, i))];
        return copy;
    }

    /// <summary>Adds a member, or replaces the value of one with the same name.</summary>
    public void SetMember(string name, int line, int column, ConfigurationNode value)
    {
        value.Parent = this;
        value.Key = name;
        members ??= [];
        var index = members.FindIndex(member => member.Name == name);
        if (index < 0)
            members.Add(new(name, line, column, value));
        else
            members[index] = members[index] with { Value = value };
    }

    /// <summary>Adds a member that is known to be new.</summary>
    public void AddMember(string name, int line, int column, ConfigurationNode value)
    {
        value.Parent = this;
        value.Key = name;
        (members ??= []).Add(new(name, line, column, value));
    }

    /// <summary>Adds an item, or replaces the one at an existing index.</summary>
    public void SetItem(int index, ConfigurationNode value)
    {
        value.Parent = this;
        value.Key = null;
        value.Index = index;
        items ??= [];
        if (index < items.Count)
            items[index] = value;
        else
            items.Add(value);
    }
}
