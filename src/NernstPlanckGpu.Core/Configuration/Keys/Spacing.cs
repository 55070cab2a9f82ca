namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>Numbers between two ends, as a person would write them.</summary>
internal static class Spacing
{
    /// <summary>Most numbers of a series.</summary>
    public const int MostPoints = 1_000_000;

    /// <summary>Ends below it, times <see cref="MostPoints"/>, are within the range of decimal numbers.</summary>
    private const double LargestDecimal = 1e20;

    /// <summary>Equal intervals from the first to the last number, both included; in decimals where that keeps them apart.</summary>
    /// <param name="first">First number.</param>
    /// <param name="last">Last number.</param>
    /// <param name="count">How many; ≥ 2.</param>
    public static double[] Linear(double first, double last, int count)
    {
        if (Math.Max(Math.Abs(first), Math.Abs(last)) < LargestDecimal)
        {
            double[] decimals = Between(first, last, count, i => Decimal(first, last, i, count));
            if (AreApart(decimals, last > first))
                return decimals;
        }

        return Between(first, last, count, i => Mean(first, last, i, count));
    }

    /// <summary>Equal ratios from the first to the last number, both included.</summary>
    /// <param name="first">First number; > 0.</param>
    /// <param name="last">Last number; > 0.</param>
    /// <param name="count">How many; ≥ 2.</param>
    public static double[] Logarithmic(double first, double last, int count) =>
        Between(first, last, count, i => Math.Pow(10, Mean(Math.Log10(first), Math.Log10(last), i, count)));

    /// <summary>True where the numbers strictly ascend, or descend.</summary>
    public static bool AreApart(IReadOnlyList<double> values, bool ascend)
    {
        for (var i = 1; i < values.Count; i++)
        {
            if (!(ascend ? values[i] > values[i - 1] : values[i] < values[i - 1]))
                return false;
        }

        return true;
    }

    // The ends as they are written, not as rounding leaves them.
    private static double[] Between(double first, double last, int count, Func<int, double> inner) =>
        [first, .. Enumerable.Range(1, count - 2).Select(inner), last];

    private static double Mean(double low, double high, int i, int count) => (low * (count - 1 - i) + high * i) / (count - 1);

    // From -120 mV to 60 mV by 5 mV this meets -70 mV and 0 mV themselves, so that results can be looked up by them; + 0.0
    // makes no zero negative.
    private static double Decimal(double low, double high, int i, int count) =>
        (double)(((decimal)low * (count - 1 - i) + (decimal)high * i) / (count - 1)) + 0.0;
}
