using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Steady;

/// <summary>
/// Block Thomas elimination, cell by cell, of M/(h gamma) − dF/du in the concentrations and the reduced potential psi of a cell. A row of species s in cell i reads
/// <code>−a_(i−1) c_(i−1) − g_(i−1) psi_(i−1) + (V/(h gamma) + b_(i−1) + a_i) c_i + (g_(i−1) + g_i) psi_i − b_i c_(i+1) − g_i psi_(i+1)</code>
/// and its Poisson row −y psi_(i−1) + (y_(i−1) + y_i) psi_i − y_i psi_(i+1) − V sum z c. Numbers in memory stand <c>stride</c> apart, so that
/// problems may be interleaved; blocks are stored by rows. Checked by <c>SteadyBatchTests</c> and every steady state of the CPU engine.
/// </summary>
public static unsafe class SteadyBlocks<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>The block (i, i) before elimination.</summary>
    /// <param name="rows">Coefficients.</param>
    /// <param name="species">N.</param>
    /// <param name="i">Cell, 1 … n.</param>
    /// <param name="rate">1/(h gamma), 1/s; 0 for a steady state.</param>
    /// <param name="d">Block, (N + 1)².</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Diagonal<TRows>(TRows rows, int species, int i, T rate, T* d)
        where TRows : struct, ISteadyRows<T>
    {
        int m = species + 1;
        T volume = rows.Volume(i), zero = T.Of(0.0);
        for (int s = 0; s < species; s++)
        {
            for (int c = 0; c < species; c++) d[s * m + c] = zero;
            T outflow = rows.LowerRight(i, s) + rows.UpperLeft(i, s);
            T diagonal = T.MultiplyAdd(volume, rate, outflow);
            // A cell that a species can neither enter nor leave, in a steady state: its concentration stays.
            d[s * m + s] = T.Where(-diagonal, zero, diagonal, T.Of(1.0));
            d[s * m + species] = rows.LowerSlope(i, s) + rows.UpperSlope(i, s) + rows.LocalSlope(i, s);
            d[species * m + s] = -(volume * rows.Valence(s));
        }
        d[species * m + species] = rows.Field(i - 1) + rows.Field(i);
    }

    /// <summary>Takes (i, i − 1) times the previous block's upper one off the diagonal block.</summary>
    /// <param name="rows">Coefficients.</param>
    /// <param name="species">N.</param>
    /// <param name="i">Cell, 1 … n.</param>
    /// <param name="previous">Upper block of cell i − 1.</param>
    /// <param name="stride">Distance of its numbers.</param>
    /// <param name="d">Block of cell i.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Eliminate<TRows>(TRows rows, int species, int i, double* previous, int stride, T* d)
        where TRows : struct, ISteadyRows<T>
    {
        int m = species + 1;
        T field = rows.Field(i - 1);
        for (int c = 0; c < m; c++)
        {
            T potential = T.Load(previous + (species * m + c) * stride);
            for (int s = 0; s < species; s++)
            {
                T sum = T.MultiplyAdd(rows.LowerSlope(i, s), potential, d[s * m + c]);
                d[s * m + c] = T.MultiplyAdd(rows.LowerLeft(i, s), T.Load(previous + (s * m + c) * stride), sum);
            }
            d[species * m + c] = T.MultiplyAdd(field, potential, d[species * m + c]);
        }
    }

    /// <summary>The inverted block times (i, i + 1), whose columns hold −b_s alone and, the last one, −g_s and −y.</summary>
    /// <param name="rows">Coefficients.</param>
    /// <param name="species">N.</param>
    /// <param name="i">Cell, 1 … n.</param>
    /// <param name="d">Inverted block.</param>
    /// <param name="column">Room for N + 1.</param>
    /// <param name="upper">Receiver.</param>
    /// <param name="stride">Distance of its numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Upper<TRows>(TRows rows, int species, int i, T* d, T* column, double* upper, int stride)
        where TRows : struct, ISteadyRows<T>
    {
        int m = species + 1;
        for (int c = 0; c < species; c++)
        {
            T coefficient = -rows.UpperRight(i, c);
            for (int r = 0; r < m; r++) T.Store(coefficient * d[r * m + c], upper + (r * m + c) * stride);
            column[c] = -rows.UpperSlope(i, c);
        }
        column[species] = -rows.Field(i);
        Multiply(m, d, column, upper + species * stride, m * stride);
    }

    /// <summary>target = matrix times vector.</summary>
    /// <param name="m">Size.</param>
    /// <param name="d">Matrix.</param>
    /// <param name="x">Vector.</param>
    /// <param name="target">Receiver.</param>
    /// <param name="stride">Distance of its numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(int m, T* d, T* x, double* target, int stride)
    {
        for (int r = 0; r < m; r++)
        {
            T sum = d[r * m] * x[0];
            for (int c = 1; c < m; c++) sum = T.MultiplyAdd(d[r * m + c], x[c], sum);
            T.Store(sum, target + r * stride);
        }
    }

    /// <summary>Adds what the cell before takes off the right-hand side of a cell: y += (a c + g psi, y psi) of the cell before.</summary>
    /// <param name="rows">Coefficients.</param>
    /// <param name="species">N.</param>
    /// <param name="i">Cell, 1 … n.</param>
    /// <param name="before">Solution of cell i − 1 so far.</param>
    /// <param name="stride">Distance of its numbers.</param>
    /// <param name="y">Right-hand side of cell i, N + 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TRows>(TRows rows, int species, int i, double* before, int stride, T* y)
        where TRows : struct, ISteadyRows<T>
    {
        T potential = T.Load(before + species * stride);
        for (int s = 0; s < species; s++)
        {
            T sum = T.MultiplyAdd(rows.LowerSlope(i, s), potential, y[s]);
            y[s] = T.MultiplyAdd(rows.LowerLeft(i, s), T.Load(before + s * stride), sum);
        }
        y[species] = T.MultiplyAdd(rows.Field(i - 1), potential, y[species]);
    }

    /// <summary>One row of the way back: x_i − upper x_(i+1).</summary>
    /// <param name="m">Size.</param>
    /// <param name="row">Row of the upper block.</param>
    /// <param name="stride">Distance of its numbers.</param>
    /// <param name="value">x_i of the way there.</param>
    /// <param name="next">x_(i+1), m.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Backward(int m, double* row, int stride, T value, T* next)
    {
        T sum = value;
        for (int c = 0; c < m; c++) sum = T.MultiplyAdd(-T.Load(row + c * stride), next[c], sum);
        return sum;
    }
}
