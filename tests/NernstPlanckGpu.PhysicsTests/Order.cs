namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Observed order of convergence.</summary>
internal static class Order
{
    /// <summary>Slope of log error against log size, fitted by least squares.</summary>
    public static double Fit(IReadOnlyList<double> size, IReadOnlyList<double> error)
    {
        double[] x = [.. size.Select(value => Math.Log(value))], y = [.. error.Select(value => Math.Log(value))];
        double mx = x.Average(), my = y.Average();
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx));
    }

    /// <summary>
    /// Order of numbers from grids each twice as fine as the one before, from the differences of neighbours: with
    /// value = limit + C h^p they fall by 2^p as well, and no exact limit is needed. One number more than differences fitted.
    /// </summary>
    public static double OfDoubling(IReadOnlyList<double> values)
    {
        double[] differences = [.. values.Skip(1).Zip(values, (fine, coarse) => Math.Abs(fine - coarse))];
        return Fit([.. differences.Select((_, i) => Math.Pow(0.5, i))], differences);
    }

    public static string Show(IEnumerable<double> values) => string.Join(", ", values.Select(value => value.ToString("E3")));
}
