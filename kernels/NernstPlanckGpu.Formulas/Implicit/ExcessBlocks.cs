using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>
/// What activity coefficients add to the blocks of a <see cref="FluxElimination{T}"/>: A = [a + p w^T, g; 0, y], B = [b + q w^T, g; 0, y], with p and q
/// of each face in <see cref="ImplicitView.ExcessLeft"/> and <see cref="ImplicitView.ExcessRight"/> and the weights w of the model's measure.
/// </summary>
/// <typeparam name="T">Lane.</typeparam>
public static unsafe class ExcessBlocks<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>d += p w^T of a face.</summary>
    /// <param name="size">Number of species.</param>
    /// <param name="d">Block by rows.</param>
    /// <param name="a">Memory.</param>
    /// <param name="face">Face.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add<TSize>(TSize size, T* d, ImplicitView a, int face)
        where TSize : struct, IBlockSize
    {
        int species = size.Species, m = species + 1;
        int w = a.Stride;
        double* excess = a.ExcessLeft + face * species * w;
        for (int s = 0; s < species; s++)
            for (int t = 0; t < species; t++)
                d[s * m + t] = T.MultiplyAdd(T.Load(excess + s * w), T.Load(a.ActivityWeight + t * w), d[s * m + t]);
    }

    /// <summary>x += D⁻¹ q w^T, the inverse being d.</summary>
    /// <param name="size">Number of species.</param>
    /// <param name="d">Inverse by rows.</param>
    /// <param name="x">Block by rows.</param>
    /// <param name="a">Memory.</param>
    /// <param name="face">Face.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddInverse<TSize>(TSize size, T* d, T* x, ImplicitView a, int face)
        where TSize : struct, IBlockSize
    {
        int species = size.Species, m = species + 1;
        int w = a.Stride;
        double* excess = a.ExcessRight + face * species * w;
        for (int r = 0; r < m; r++)
        {
            T sum = T.Of(0.0);
            for (int s = 0; s < species; s++) sum = T.MultiplyAdd(d[r * m + s], T.Load(excess + s * w), sum);
            for (int t = 0; t < species; t++) x[r * m + t] = T.MultiplyAdd(sum, T.Load(a.ActivityWeight + t * w), x[r * m + t]);
        }
    }

    /// <summary>next = E X, or B − A X, which is the same: entry by entry the one with the smaller terms.</summary>
    /// <param name="size">Number of species.</param>
    /// <param name="e">E by rows.</param>
    /// <param name="next">E of the next cell.</param>
    /// <param name="x">X = D⁻¹ B.</param>
    /// <param name="a">Memory.</param>
    /// <param name="face">Face.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Pass<TSize>(TSize size, T* e, T* next, T* x, ImplicitView a, int face)
        where TSize : struct, IBlockSize
    {
        int species = size.Species, m = species + 1;
        int w = a.Stride;
        int at = face * species * w;
        T field = T.Load(a.InverseResistance + face * w), zero = T.Of(0.0);
        for (int c = 0; c < m; c++)
        {
            T measure = zero, measureSize = zero;
            for (int t = 0; t < species; t++)
            {
                T term = T.Load(a.ActivityWeight + t * w) * x[t * m + c];
                measure += term;
                measureSize += T.Abs(term);
            }
            for (int r = 0; r < m; r++)
            {
                T kept = zero, keptSize = zero, other, otherSize;
                for (int l = 0; l < m; l++)
                {
                    T term = e[r * m + l] * x[l * m + c];
                    kept += term;
                    keptSize += T.Abs(term);
                }
                if (r < species)
                {
                    int row = at + r * w;
                    T given = c == r ? T.Load(a.Right + row) : c == species ? T.Load(a.Slope + row) : zero;
                    T own = T.Load(a.Left + row) * x[r * m + c], drift = T.Load(a.Slope + row) * x[species * m + c];
                    T excess = T.Load(a.ExcessLeft + row), beyond = c < species ? T.Load(a.ExcessRight + row) * T.Load(a.ActivityWeight + c * w) : zero;
                    other = given - own - drift + (beyond - excess * measure);
                    otherSize = T.Abs(given) + T.Abs(own) + T.Abs(drift) + T.Abs(beyond) + T.Abs(excess) * measureSize;
                }
                else
                {
                    T given = c == species ? field : zero, own = field * x[r * m + c];
                    other = given - own;
                    otherSize = T.Abs(given) + T.Abs(own);
                }
                next[r * m + c] = T.Where(otherSize, keptSize, other, kept);
            }
        }
    }
}
