namespace NernstPlanckGpu.Core.Verification;

/// <summary>Observed order of convergence.</summary>
internal static class ObservedOrder
{
    /// <summary>Slope of log error against log size, fitted by least squares.</summary>
    /// <param name="size">Cell or step sizes, at least four.</param>
    /// <param name="error">Error at each.</param>
    public static double Fit(IReadOnlyList<double> size, IReadOnlyList<double> error)
    {
        double[] x = [.. size.Select(value => Math.Log(value))], y = [.. error.Select(value => Math.Log(value))];
        double meanX = x.Average(), meanY = y.Average();
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
