namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Small dense systems.</summary>
internal static class Dense
{
    /// <summary>
    /// Gauss elimination with row exchange, for border unknowns and several right-hand sides. Rows are scaled first, since amounts of mol stand
    /// beside numbers of 1. A singular matrix gives not a number.
    /// </summary>
    /// <param name="n">Size.</param>
    internal sealed class Factors(int n)
    {
        private readonly double[] scale = new double[n], moved = new double[n];
        private readonly int[] order = new int[n];

        /// <summary>The matrix, to be filled before <see cref="Factorise"/>, which overwrites it.</summary>
        public double[,] Matrix { get; } = new double[n, n];

        public void Factorise()
        {
            double[,] m = Matrix;
            for (int r = 0; r < n; r++)
            {
                double largest = 0;
                for (int c = 0; c < n; c++) largest = Math.Max(largest, Math.Abs(m[r, c]));
                (order[r], scale[r]) = (r, largest > 0 ? largest : 1);
                for (int c = 0; c < n; c++) m[r, c] /= scale[r];
            }
            for (int p = 0; p < n; p++)
            {
                int best = p;
                for (int r = p + 1; r < n; r++) if (Math.Abs(m[r, p]) > Math.Abs(m[best, p])) best = r;
                for (int c = 0; c < n; c++) (m[p, c], m[best, c]) = (m[best, c], m[p, c]);
                (order[p], order[best]) = (order[best], order[p]);
                for (int r = p + 1; r < n; r++)
                {
                    double multiple = m[r, p] /= m[p, p];
                    for (int c = p + 1; c < n; c++) m[r, c] -= multiple * m[p, c];
                }
            }
        }

        /// <summary>Solves in place.</summary>
        public void Solve(Span<double> x)
        {
            for (int r = 0; r < n; r++)
            {
                double sum = x[order[r]] / scale[order[r]];
                for (int c = 0; c < r; c++) sum -= Matrix[r, c] * moved[c];
                moved[r] = sum;
            }
            for (int r = n - 1; r >= 0; r--)
            {
                double sum = moved[r];
                for (int c = r + 1; c < n; c++) sum -= Matrix[r, c] * x[c];
                x[r] = sum / Matrix[r, r];
            }
        }
    }
}
