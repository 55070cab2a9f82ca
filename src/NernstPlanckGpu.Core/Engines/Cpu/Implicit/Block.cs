using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Algebra of one cell's block, for both eliminations.</summary>
internal static unsafe class Block<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>
    /// Gauss–Jordan in place, without exchanging rows: species first, each with a positive pivot, then the potential, whose pivot only grows
    /// by the screening of the ions.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invert<TSize>(TSize size, T* d)
        where TSize : struct, IBlockSize
    {
        int m = size.Species + 1;
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
}
