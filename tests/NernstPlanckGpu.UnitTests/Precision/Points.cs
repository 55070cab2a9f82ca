namespace NernstPlanckGpu.UnitTests.Precision;

/// <summary>Arguments at which formulas are tried, the same in every run.</summary>
internal static class Points
{
    /// <summary>What breaks careless code.</summary>
    public static double[] Special { get; } =
    [
        0.0, -0.0, double.Epsilon, -double.Epsilon, 2.3e-310, -2.3e-310, 1e-300, -1e-300, 2.2250738585072014e-308, 1e-17, -1e-17, 1e-8, -1e-8, 0.5, 1, -1,
    ];

    /// <summary>Uniform in [low, high).</summary>
    public static IEnumerable<double> Linear(int count, double low, double high, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++) yield return low + (high - low) * random.NextDouble();
    }

    /// <summary>Of either sign, uniform in the logarithm of the magnitude.</summary>
    public static IEnumerable<double> Logarithmic(int count, double low, double high, int seed)
    {
        var random = new Random(seed);
        double from = Math.Log(low), to = Math.Log(high);
        for (int i = 0; i < count; i++)
            yield return Math.Exp(from + (to - from) * random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1);
    }

    /// <summary>The doubles nearest to every multiple of ln2/2 up to a magnitude, both signs, with neighbours on either side.</summary>
    public static IEnumerable<double> AroundHalfLn2(double magnitude)
    {
        for (int k = 1; k * 0.34657359027997264 < magnitude; k++)
        {
            double at = k * 0.34657359027997264;
            foreach (double x in new[] { Math.BitDecrement(at), at, Math.BitIncrement(at), at * (1 + 1e-13), at * (1 - 1e-13) })
            {
                yield return x;
                yield return -x;
            }
        }
    }
}
