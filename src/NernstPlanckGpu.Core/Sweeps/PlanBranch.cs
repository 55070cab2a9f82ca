using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// The part of a configuration that the axes of a sweep change: a node on the way to a value that is varied. All other nodes are
/// shared by the trees of all points, and so is one that hangs on a single axis by the points that have the same value on it.
/// </summary>
internal sealed class PlanBranch
{
    /// <summary>Values of an axis for which nodes are kept at most: memory stays flat in the number of points.</summary>
    private const int MostVariants = 4096;

    private readonly ConfigurationNode node;
    private readonly SweepAxes axes;
    private readonly (int Index, PlanSlot Slot, PlanBranch? Branch)[] children;
    private readonly int axis;
    private readonly ConfigurationNode?[]? variants;

    /// <summary>Puts the ways to the values together.</summary>
    /// <param name="node">Object or list.</param>
    /// <param name="slots">What changes in it, at least one.</param>
    /// <param name="axes">Axes.</param>
    /// <param name="depth">Steps from the root to the node.</param>
    public PlanBranch(ConfigurationNode node, IEnumerable<PlanSlot> slots, SweepAxes axes, int depth = 0)
    {
        (this.node, this.axes) = (node, axes);
        PlanSlot[] all = [.. slots];
        children = [.. all.GroupBy(slot => slot.Place.Way[depth]).Select(group => (group.Key, group.First(), Below(group)))];
        axis = all[0].Axis;
        int values = axes.Axes[axis].Values.Count;
        if (all.All(slot => slot.Axis == axis) && values <= MostVariants && 2 * values <= axes.Count)
            variants = new ConfigurationNode?[values];

        PlanBranch? Below(IGrouping<int, PlanSlot> group) =>
            group.First().Place.Way.Length == depth + 1 ? null : new(Child(group.Key), group, axes, depth + 1);
    }

    /// <summary>The node as a point has it. Safe for threads.</summary>
    /// <param name="point">Index.</param>
    public ConfigurationNode Tree(int point)
    {
        if (variants is null)
            return Make(point);
        ref var kept = ref variants[axes.Choice(point, axis)];
        if (Volatile.Read(ref kept) is { } made)
            return made;
        var one = Make(point);
        return Interlocked.CompareExchange(ref kept, one, null) ?? one;
    }

    private ConfigurationNode Make(int point)
    {
        var changed = new (int, ConfigurationNode)[children.Length];
        for (var i = 0; i < changed.Length; i++)
        {
            var (index, slot, branch) = children[i];
            changed[i] = (index, branch?.Tree(point) ?? slot.Nodes[axes.Choice(point, slot.Axis)]);
        }

        return node.With(changed);
    }

    private ConfigurationNode Child(int index) => node.Kind == NodeKind.Object ? node.Members[index].Value : node.Items[index];
}
