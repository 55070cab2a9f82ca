namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Gauss elimination with row exchange for the few border unknowns.</summary>
internal static class Dense
{
    /// <summary>Solves in place; the last column of the matrix is the right-hand side. A singular system gives not a number.</summary>
    public static double[] Solve(double[,] m)
    {
        int n = m.GetLength(0);
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
