using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Small dense systems.</summary>
internal static class Dense
{
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
