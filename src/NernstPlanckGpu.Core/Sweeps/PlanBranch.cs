using System.Buffers.Binary;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// The part of a configuration that the axes of a sweep change: a node on the way to a value that is varied. All other nodes are
/// shared by the trees of all points.
/// </summary>
internal sealed class PlanBranch
{
    private readonly ConfigurationNode node;
    private readonly int[] children;
    private readonly PlanBranch?[] branches;
    private readonly int[] axes;
    private readonly byte[] hashed;
    private readonly int[] places;

    /// <summary>Puts the ways to the values together.</summary>
    /// <param name="node">Object or list.</param>
    /// <param name="paths">Of each axis that changes something in it: index of the axis, and members and items from here on.</param>
    /// <param name="leftOut">Names of members that do not count for the hash.</param>
    public PlanBranch(ConfigurationNode node, IEnumerable<(int Axis, ArraySegment<int> Path)> paths, IReadOnlyCollection<string> leftOut)
    {
        this.node = node;
        var groups = paths.GroupBy(path => path.Path[0]).OrderBy(group => group.Key).ToList();
        children = [.. groups.Select(group => group.Key)];
        branches = [.. groups.Select(group => group.First().Path.Count == 1 ? null
            : new PlanBranch(Child(group.Key), group.Select(path => (path.Axis, path.Path[1..])), []))];
        axes = [.. groups.Select(group => group.First().Axis)];
        (hashed, places) = ContentHash.Template(node, children, leftOut);
    }

    /// <summary>The tree of a point.</summary>
    /// <param name="choice">Value of an axis.</param>
    public ConfigurationNode Tree(Func<int, ConfigurationNode> choice)
    {
        var changed = new (int, ConfigurationNode)[children.Length];
        for (var i = 0; i < changed.Length; i++)
            changed[i] = (children[i], branches[i]?.Tree(choice) ?? choice(axes[i]));
        return node.With(changed);
    }

    /// <summary>Hash of the tree of a point.</summary>
    /// <param name="choice">Hash of the value of an axis.</param>
    public UInt128 Hash(Func<int, UInt128> choice)
    {
        Span<byte> bytes = hashed.Length <= 2048 ? stackalloc byte[hashed.Length] : new byte[hashed.Length];
        hashed.CopyTo(bytes);
        for (var i = 0; i < places.Length; i++)
            BinaryPrimitives.WriteUInt128BigEndian(bytes[places[i]..], branches[i]?.Hash(choice) ?? choice(axes[i]));
        return ContentHash.Of(bytes);
    }

    private ConfigurationNode Child(int index) => node.Kind == NodeKind.Object ? node.Members[index].Value : node.Items[index];
}
