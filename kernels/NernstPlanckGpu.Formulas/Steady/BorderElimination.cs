using System.Runtime.CompilerServices;

namespace NernstPlanckGpu.Formulas.Steady;

/// <summary>
/// Gauss elimination with row exchange, for border unknowns and several right-hand sides. Rows are scaled first, since amounts of mol stand
/// beside numbers of 1. A singular matrix gives not a number.
/// </summary>
public static unsafe class BorderElimination
{
    /// <summary>Factorises in place.</summary>
    /// <param name="n">Size.</param>
    /// <param name="m">Matrix by rows.</param>
    /// <param name="scale">Receives the scale of each row.</param>
    /// <param name="order">Receives the order of the rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Factorise(int n, double* m, double* scale, int* order)
    {
        for (int r = 0; r < n; r++)
        {
            double largest = 0;
            for (int c = 0; c < n; c++)
            {
                double size = Math.Abs(m[r * n + c]);
                largest = size > largest ? size : largest;
            }
            order[r] = r;
            scale[r] = largest > 0 ? largest : 1;
            for (int c = 0; c < n; c++) m[r * n + c] /= scale[r];
        }
        for (int p = 0; p < n; p++)
        {
            int best = p;
            for (int r = p + 1; r < n; r++) best = Math.Abs(m[r * n + p]) > Math.Abs(m[best * n + p]) ? r : best;
            for (int c = 0; c < n; c++)
            {
                double kept = m[p * n + c];
                m[p * n + c] = m[best * n + c];
                m[best * n + c] = kept;
            }
            int row = order[p];
            order[p] = order[best];
            order[best] = row;
            for (int r = p + 1; r < n; r++)
            {
                double multiple = m[r * n + p] / m[p * n + p];
                m[r * n + p] = multiple;
                for (int c = p + 1; c < n; c++) m[r * n + c] -= multiple * m[p * n + c];
            }
        }
    }

    /// <summary>Solves in place.</summary>
    /// <param name="n">Size.</param>
    /// <param name="m">Factors.</param>
    /// <param name="scale">Of <see cref="Factorise"/>.</param>
    /// <param name="order">Of <see cref="Factorise"/>.</param>
    /// <param name="moved">Room for n.</param>
    /// <param name="x">Right-hand side, then the solution.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Solve(int n, double* m, double* scale, int* order, double* moved, double* x)
    {
        for (int r = 0; r < n; r++)
        {
            double sum = x[order[r]] / scale[order[r]];
            for (int c = 0; c < r; c++) sum -= m[r * n + c] * moved[c];
            moved[r] = sum;
        }
        for (int r = n - 1; r >= 0; r--)
        {
            double sum = moved[r];
            for (int c = r + 1; c < n; c++) sum -= m[r * n + c] * x[c];
            x[r] = sum / m[r * n + r];
        }
    }
}
