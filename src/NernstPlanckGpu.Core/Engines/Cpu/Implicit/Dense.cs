namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Small dense systems.</summary>
internal static class Dense
{
    /// <summary>Inverts in place, without row exchange: rows are ordered so that pivots are not small.</summary>
    /// <param name="d">Matrix by rows.</param>
    /// <param name="m">Size.</param>
    public static void Invert(double[] d, int m)
    {
        for (int p = 0; p < m; p++)
        {
            double inverse = 1 / d[p * m + p];
            d[p * m + p] = 1;
            for (int c = 0; c < m; c++) d[p * m + c] *= inverse;
            for (int r = 0; r < m; r++)
            {
                if (r == p) continue;
                double multiple = d[r * m + p];
                d[r * m + p] = 0;
                for (int c = 0; c < m; c++) d[r * m + c] -= multiple * d[p * m + c];
            }
        }
    }

    /// <summary>
    /// Gauss elimination with row exchange, for border unknowns. Solves in place; the last column of the matrix is the right-hand side. Rows are
    /// scaled first, since amounts of mol stand beside numbers of 1. A singular system gives not a number.
    /// </summary>
    public static double[] Solve(double[,] m)
    {
        int n = m.GetLength(0);
        for (int r = 0; r < n; r++)
        {
            double largest = 0;
            for (int c = 0; c < n; c++) largest = Math.Max(largest, Math.Abs(m[r, c]));
            if (largest == 0) continue;
            for (int c = 0; c <= n; c++) m[r, c] /= largest;
        }
        for (int p = 0; p < n; p++)
        {
            int best = p;
            for (int r = p + 1; r < n; r++) if (Math.Abs(m[r, p]) > Math.Abs(m[best, p])) best = r;
            for (int c = 0; c <= n; c++) (m[p, c], m[best, c]) = (m[best, c], m[p, c]);
            for (int r = p + 1; r < n; r++)
            {
                double multiple = m[r, p] / m[p, p];
                for (int c = p; c <= n; c++) m[r, c] -= multiple * m[p, c];
            }
        }
        var x = new double[n];
        for (int r = n - 1; r >= 0; r--)
        {
            double sum = m[r, n];
            for (int c = r + 1; c < n; c++) sum -= m[r, c] * x[c];
            x[r] = sum / m[r, r];
        }
        return x;
    }
}
