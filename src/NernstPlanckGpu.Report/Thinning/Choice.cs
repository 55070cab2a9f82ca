namespace NernstPlanckGpu.Report.Thinning;

/// <summary>Which of many to keep.</summary>
internal static class Choice
{
    /// <summary>Indices of so many, evenly spread, the first and the last among them.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="most">How many to keep at most.</param>
    internal static int[] Even(int count, int most)
    {
        if (most >= count)
            return [.. Enumerable.Range(0, count)];
        if (most <= 1)
            return most == 1 ? [count - 1] : [];
        return [.. Enumerable.Range(0, most).Select(i => (int)Math.Round(i * (count - 1.0) / (most - 1)))];
    }

    /// <summary>
    /// Indices of cells: the first, the last and both beside every interface always, the others evenly between: cells lie close where
    /// profiles are steep, so an even choice keeps the steep parts.
    /// </summary>
    /// <param name="region">Region of each cell.</param>
    /// <param name="most">How many to keep, where the interfaces do not need more.</param>
    internal static int[] Cells(IReadOnlyList<double> region, int most)
    {
        int count = region.Count;
        if (most >= count)
            return Even(count, count);
        var kept = new SortedSet<int> { 0, count - 1 };
        for (int i = 1; i < count; i++)
        {
            if (region[i] != region[i - 1])
                kept.UnionWith([i - 1, i]);
        }

        int[] others = [.. Enumerable.Range(0, count).Except(kept)];
        int free = Math.Max(0, most - kept.Count);
        for (int i = 0; i < free; i++)
            _ = kept.Add(others[(int)((i + 0.5) * others.Length / free)]);
        return [.. kept];
    }

    /// <summary>
    /// Indices of samples that keep the shape of every trace: of each stretch of samples the least and the largest value of each trace,
    /// and the first and last sample of all.
    /// </summary>
    /// <param name="traces">Traces of equal length.</param>
    /// <param name="most">How many to keep at most; at least 2.</param>
    internal static int[] Samples(IReadOnlyList<double[]> traces, int most)
    {
        int count = traces.Count == 0 ? 0 : traces[0].Length;
        if (most >= count)
            return Even(count, count);
        int stretches = (most - 2) / (2 * traces.Count);
        if (stretches < 1)
            return Even(count, most);
        var kept = new SortedSet<int> { 0, count - 1 };
        for (int stretch = 0; stretch < stretches; stretch++)
        {
            int first = (int)((long)stretch * count / stretches), end = (int)((long)(stretch + 1) * count / stretches);
            foreach (double[] trace in traces)
                kept.UnionWith(Extremes(trace, first, end));
        }

        return [.. kept];
    }

    private static IEnumerable<int> Extremes(double[] trace, int first, int end)
    {
        int least = -1, largest = -1;
        for (int i = first; i < end; i++)
        {
            if (double.IsNaN(trace[i]))
                continue;
            if (least < 0 || trace[i] < trace[least])
                least = i;
            if (largest < 0 || trace[i] > trace[largest])
                largest = i;
        }

        return least < 0 ? [] : [least, largest];
    }
}
