using NernstPlanckGpu.Formulas.Steady;

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

    /// <summary>A matrix with its <see cref="BorderElimination"/>.</summary>
    /// <param name="n">Size.</param>
    internal sealed class Factors(int n)
    {
        private readonly double[] scale = new double[n], moved = new double[n];
        private readonly int[] order = new int[n];

        /// <summary>The matrix, to be filled before <see cref="Factorise"/>, which overwrites it.</summary>
        public double[,] Matrix { get; } = new double[n, n];

        public unsafe void Factorise()
        {
            fixed (double* m = Matrix, rowScale = scale)
            fixed (int* rowOrder = order) BorderElimination.Factorise(n, m, rowScale, rowOrder);
        }

        /// <summary>Solves in place.</summary>
        public unsafe void Solve(Span<double> x)
        {
            fixed (double* m = Matrix, rowScale = scale, room = moved, value = x)
            fixed (int* rowOrder = order) BorderElimination.Solve(n, m, rowScale, rowOrder, room, value);
        }
    }
}
