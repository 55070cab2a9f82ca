using System.Diagnostics.CodeAnalysis;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Gathers points that are alike until there are enough for a block. Safe for threads.</summary>
/// <param name="count">Points in all.</param>
/// <param name="memory">Most bytes that those of a block hold.</param>
internal sealed class PointBins(int count, long memory)
{
    private readonly Dictionary<object, List<PointMember>> bins = [];
    private int waiting;

    /// <summary>Takes a point.</summary>
    /// <param name="member">Point.</param>
    /// <param name="block">Points that are alike, now enough of them; or the most there are, where too many of other kinds wait.</param>
    public bool Add(PointMember member, [NotNullWhen(true)] out PointMember[]? block)
    {
        int enough = (int)Math.Clamp(memory / member.Bytes, 1, Size(member.Width));
        lock (bins)
        {
            object kind = member.Kind;
            if (!bins.TryGetValue(kind, out List<PointMember>? bin)) bins.Add(kind, bin = []);
            bin.Add(member);
            waiting++;
            // Where every point is of a kind of its own, no bin is ever full.
            block = bin.Count >= enough ? Take(kind) : waiting >= 2 * enough ? Take(bins.MaxBy(pair => pair.Value.Count).Key) : null;
        }
        return block is not null;
    }

    /// <summary>What is left, once no more points come.</summary>
    public IReadOnlyList<PointMember[]> Rest()
    {
        lock (bins) return [.. bins.Keys.ToArray().Select(Take)];
    }

    // Blocks of one size: a last one with a few points would take the device as long as a full one.
    private int Size(int width)
    {
        int blocks = Math.Max(1, (count + width - 1) / width);
        return Math.Max(1, (count + blocks - 1) / blocks);
    }

    private PointMember[] Take(object kind)
    {
        _ = bins.Remove(kind, out List<PointMember>? bin);
        waiting -= bin!.Count;
        return [.. bin];
    }
}
