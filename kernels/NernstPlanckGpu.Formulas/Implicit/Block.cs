using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>Algebra of one cell's block, for every elimination.</summary>
/// <typeparam name="T">Lane.</typeparam>
public static unsafe class Block<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>
    /// Gauss–Jordan in place, without exchanging rows: species first, each with a positive pivot, then the potential, whose pivot only grows
    /// by the screening of the ions.
    /// </summary>
    /// <param name="m">Size: the species and the potential.</param>
    /// <param name="d">The block by rows; then its inverse.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invert(int m, T* d)
    {
        T one = T.Of(1.0);
        for (int p = 0; p < m; p++)
        {
            T inverse = one / d[p * m + p];
            d[p * m + p] = one;
            for (int c = 0; c < m; c++) d[p * m + c] = inverse * d[p * m + c];
            for (int r = 0; r < m; r++)
            {
                if (r == p) continue;
                T multiple = d[r * m + p];
                d[r * m + p] = T.Of(0.0);
                for (int c = 0; c < m; c++) d[r * m + c] = T.MultiplyAdd(-multiple, d[p * m + c], d[r * m + c]);
            }
        }
    }
    /// <summary>The same of an end's block, with every product rounded.</summary>
    /// <param name="d">Matrix by rows, ordered so that pivots are not small; then its inverse.</param>
    /// <param name="m">Size.</param>
    public static void InvertEnd(T* d, int m)
    {
        T one = T.Of(1.0);
        for (int p = 0; p < m; p++)
        {
            T inverse = one / d[p * m + p];
            d[p * m + p] = one;
            for (int c = 0; c < m; c++) d[p * m + c] = d[p * m + c] * inverse;
            for (int r = 0; r < m; r++)
            {
                if (r == p) continue;
                T multiple = d[r * m + p];
                d[r * m + p] = T.Of(0.0);
                for (int c = 0; c < m; c++) d[r * m + c] = d[r * m + c] - multiple * d[p * m + c];
            }
        }
    }
}
