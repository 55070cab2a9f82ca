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
    private readonly int[] slots;

    /// <summary>Puts the ways to the values together.</summary>
    /// <param name="node">Object or list.</param>
    /// <param name="paths">Of each slot in it: index of the slot, and members and items from here on.</param>
    public PlanBranch(ConfigurationNode node, IEnumerable<(int Slot, ArraySegment<int> Path)> paths)
    {
        this.node = node;
        var groups = paths.GroupBy(path => path.Path[0]).ToList();
        children = [.. groups.Select(group => group.Key)];
        branches = [.. groups.Select(group => group.First().Path.Count == 1 ? null
            : new PlanBranch(Child(group.Key), group.Select(path => (path.Slot, path.Path[1..]))))];
        slots = [.. groups.Select(group => group.First().Slot)];
    }

    /// <summary>The tree of a point.</summary>
    /// <param name="choice">Value of a slot.</param>
    public ConfigurationNode Tree(Func<int, ConfigurationNode> choice)
    {
        var changed = new (int, ConfigurationNode)[children.Length];
        for (var i = 0; i < changed.Length; i++)
            changed[i] = (children[i], branches[i]?.Tree(choice) ?? choice(slots[i]));
        return node.With(changed);
    }

    private ConfigurationNode Child(int index) => node.Kind == NodeKind.Object ? node.Members[index].Value : node.Items[index];
}
