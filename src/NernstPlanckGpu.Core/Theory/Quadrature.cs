namespace NernstPlanckGpu.Core.Theory;

/// <summary>Composite Gauss–Legendre quadrature on the host.</summary>
internal static class Quadrature
{
    private const int Order = 16;

    private static readonly double[] Nodes = new double[Order];
    private static readonly double[] Weights = new double[Order];

    static Quadrature()
    {
        for (int i = 0; i < Order; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (Order + 0.5)), slope = 1;
            for (int iteration = 0; iteration < 20; iteration++)
            {
                double p = x, previous = 1;
                for (int n = 2; n <= Order; n++) (p, previous) = (((2 * n - 1) * x * p - (n - 1) * previous) / n, p);
                slope = Order * (x * p - previous) / (x * x - 1);
                x -= p / slope;
            }

            Nodes[i] = x;
            Weights[i] = 2 / ((1 - x * x) * slope * slope);
        }
    }

    /// <summary>Integral of a smooth function from a to b in equal panels no wider than <paramref name="panel"/>.</summary>
    /// <param name="function">Integrand, smooth on a panel.</param>
    /// <param name="from">Lower end.</param>
    /// <param name="to">Upper end.</param>
    /// <param name="panel">Largest panel width.</param>
    public static double Integrate(Func<double, double> function, double from, double to, double panel)
    {
        int panels = Math.Max(1, (int)Math.Ceiling(Math.Abs(to - from) / panel));
        double half = (to - from) / panels / 2, sum = 0;
        for (int k = 0; k < panels; k++)
        {
            double centre = from + (2 * k + 1) * half;
            for (int i = 0; i < Order; i++) sum += Weights[i] * function(centre + half * Nodes[i]);
        }

        return sum * half;
    }
}
