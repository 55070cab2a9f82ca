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

    /// <summary>Puts the ways to the values together.</summary>
    /// <param name="node">Object or list.</param>
    /// <param name="paths">Of each axis that changes something in it: index of the axis, and members and items from here on.</param>
    public PlanBranch(ConfigurationNode node, IEnumerable<(int Axis, ArraySegment<int> Path)> paths)
    {
        this.node = node;
        var groups = paths.GroupBy(path => path.Path[0]).ToList();
        children = [.. groups.Select(group => group.Key)];
        branches = [.. groups.Select(group => group.First().Path.Count == 1 ? null
            : new PlanBranch(Child(group.Key), group.Select(path => (path.Axis, path.Path[1..]))))];
        axes = [.. groups.Select(group => group.First().Axis)];
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

    private ConfigurationNode Child(int index) => node.Kind == NodeKind.Object ? node.Members[index].Value : node.Items[index];
}
