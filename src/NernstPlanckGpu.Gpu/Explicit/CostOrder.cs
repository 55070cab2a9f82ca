using System.Numerics;
using NernstPlanckGpu.Kernels.Explicit;

namespace NernstPlanckGpu.Gpu.Explicit;

/// <summary>
/// The order in which problems are begun: those that have cost most first, since a long one that began last would be waited for. Costs within a
/// quarter are taken for equal, which makes it one pass over the problems: a launch takes a fifth of a second, and sorting 1e6 of them half of that.
/// </summary>
internal static class CostOrder
{
    // Two bits behind the leading one.
    private const int Buckets = 64 * 4;

    /// <summary>Problems that have still to step.</summary>
    /// <param name="clocks">Clocks of all.</param>
    public static int[] Of(ReadOnlySpan<ProblemClock> clocks)
    {
        Span<int> end = stackalloc int[Buckets];
        foreach (ref readonly ProblemClock clock in clocks)
            if (clock.MustStep) end[Bucket(clock.Evaluations)]++;
        int count = 0;
        for (int bucket = Buckets - 1; bucket >= 0; bucket--)
        {
            int first = count;
            count += end[bucket];
            end[bucket] = first;
        }
        var order = new int[count];
        for (int i = 0; i < clocks.Length; i++)
            if (clocks[i].MustStep) order[end[Bucket(clocks[i].Evaluations)]++] = i;
        return order;
    }

    private static int Bucket(long cost)
    {
        ulong scaled = (ulong)(cost + 1) << 2;
        int lead = BitOperations.Log2(scaled);
        return (4 * (lead - 2)) + (int)((scaled >> (lead - 2)) & 3);
    }
}
