using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>The block-tridiagonal factorisation against elimination with row exchange in the full matrix that its docstring writes out.</summary>
public unsafe class BlockTridiagonalTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(4, 3)]
    [InlineData(5, 29)]
    [InlineData(6, 7)]
    [InlineData(7, 11)]
    public void It_solves_what_the_full_matrix_solves(int species, int cells)
    {
        Check<ScalarLane>(species, cells);
        Check<Lane4>(species, cells);
        Check<Lane8>(species, cells);
    }

    private static void Check<T>(int species, int cells)
        where T : unmanaged, ILane<T>
    {
        DiscreteProblem[] problems = [.. Enumerable.Range(0, T.Width).Select(k => Discretiser.Discretise(RandomProblems.Create(cells, species, 7, 300 + k)))];
        using var system = new ImplicitSystem<T>(problems, 1, separateFaces: true);
        ImplicitArrays a = system.Arrays;
        var random = new Random(10 * species + cells);
        Fill(a, random);
        double[] rate = [.. Enumerable.Range(0, T.Width).Select(_ => Math.Exp(10 * random.NextDouble()))];
        double[][,] dense = [.. Enumerable.Range(0, T.Width).Select(k => Full(a, k, rate[k]))];
        double* x = a.Vector(0);
        for (long e = 0; e < a.VectorLength; e++)
        {
            x[e] = random.NextDouble() - 0.5;
            dense[e % T.Width][e / T.Width, a.Blocks * a.Size] = x[e];
        }
        fixed (double* step = rate) BlockTridiagonal<T>.Factorise(a, step);
        BlockTridiagonal<T>.Solve(a, x);
        for (int k = 0; k < T.Width; k++)
        {
            double[] expected = Solve(dense[k]);
            double largest = expected.Max(Math.Abs);

            // Diagonally dominant blocks: condition of some 1e3.
            for (int r = 0; r < expected.Length; r++)
                Assert.True(Math.Abs(x[(long)r * T.Width + k] - expected[r]) <= 1e-11 * largest, $"{typeof(T).Name}, problem {k}, row {r}: {x[(long)r * T.Width + k]:R} for {expected[r]:R}");
        }
    }

    // The last column is the right-hand side.
    private static double[] Solve(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        var factors = new Dense.Factors(n);
        var x = new double[n];
        for (int r = 0; r < n; r++)
        {
            for (int c = 0; c < n; c++) factors.Matrix[r, c] = matrix[r, c];
            x[r] = matrix[r, n];
        }
        factors.Factorise();
        factors.Solve(x);
        return x;
    }

    // Coefficients of size 1, both faces' rows apart, and ends that are full.
    private static void Fill(ImplicitArrays a, Random random)
    {
        int w = a.Problems, m = a.Size;
        void Random(double* target, long count, double low, double high)
        {
            for (long e = 0; e < count; e++) target[e] = low + (high - low) * random.NextDouble();
        }
        long faces = (long)(a.Cells + 1) * a.Species * w;
        foreach (nint array in new[] { (nint)a.Left, (nint)a.Right, (nint)a.LowerLeft, (nint)a.LowerRight }) Random((double*)array, faces, 0.1, 1);
        foreach (nint array in new[] { (nint)a.Slope, (nint)a.LowerSlope }) Random((double*)array, faces, 0, 0.3);
        Random(a.LocalSlope, (long)a.Blocks * a.Species * w, 0, 0.2);
        Random(a.InverseResistance, (long)(a.Cells + 1) * w, 0.5, 1);
        Random(a.Volume, (long)a.Blocks * w, 0.01, 0.02);
        Random(a.FirstUpper, m * m * w, -0.2, 0.2);
        Random(a.LastLower, m * m * w, -0.2, 0.2);
        foreach (long block in new[] { 0L, a.Blocks - 1 })
        {
            double* d = a.Factor + block * m * m * w;
            Random(d, m * m * w, -0.2, 0.2);
            for (int r = 0; r < m; r++) for (int k = 0; k < w; k++) d[(r * m + r) * w + k] += 3;
        }
    }

    private static double[,] Full(ImplicitArrays a, int k, double rate)
    {
        int w = a.Problems, m = a.Size, psi = a.Species, n = a.Blocks * m, last = a.Blocks - 1;
        var full = new double[n, n + 1];
        for (int r = 0; r < m; r++)
        {
            for (int c = 0; c < m; c++)
            {
                full[r, c] = a.Factor[(r * m + c) * w + k];
                full[r, m + c] = a.FirstUpper[(r * m + c) * w + k];
                full[last * m + r, last * m + c] = a.Factor[((long)last * m * m + r * m + c) * w + k];
                full[last * m + r, (last - 1) * m + c] = a.LastLower[(r * m + c) * w + k];
            }
        }
        for (int i = 1; i <= a.Cells; i++)
        {
            int row = i * m;
            double before = a.InverseResistance[(i - 1) * w + k], after = a.InverseResistance[i * w + k], volume = a.Volume[i * w + k];
            for (int s = 0; s < psi; s++)
            {
                long left = ((long)(i - 1) * psi + s) * w + k, right = ((long)i * psi + s) * w + k;
                full[row + s, row - m + s] = -a.LowerLeft[left];
                full[row + s, row - m + psi] = -a.LowerSlope[left];
                full[row + s, row + s] = volume * rate + a.LowerRight[left] + a.Left[right];
                full[row + s, row + psi] = a.LowerSlope[left] + a.Slope[right] + a.LocalSlope[((long)i * psi + s) * w + k];
                full[row + s, row + m + s] = -a.Right[right];
                full[row + s, row + m + psi] = -a.Slope[right];
                full[row + psi, row + s] = -volume * a.Shape.Valence[s];
            }
            full[row + psi, row - m + psi] = -before;
            full[row + psi, row + psi] = before + after;
            full[row + psi, row + m + psi] = -after;
        }
        return full;
    }
}
