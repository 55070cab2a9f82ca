using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// Block Thomas factorisation of W = M/(h gamma) − dF/du. With the face coefficients J = a c_L − b c_R, g = dJ/d(drop), y = 1/b_f,
/// a row of species s in cell i reads
/// <code>−a_(i−1) c_(i−1) − g_(i−1) psi_(i−1) + (V/(h gamma) + b_(i−1) + a_i) c_i + (g_(i−1) + g_i) psi_i − b_i c_(i+1) − g_i psi_(i+1)</code>
/// and its Poisson row −y psi_(i−1) + (y_(i−1) + y_i) psi_i − y_i psi_(i+1) − V sum z c. The end blocks are dense and given. Inside a
/// block no rows are exchanged: species first, each with a positive pivot, then the potential, whose pivot only grows by
/// the screening of the ions. Blocks are kept inverted: a product has no chain of dependent divisions.
/// </summary>
internal static unsafe class BlockTridiagonal<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>
    /// Factorises. <see cref="ImplicitArrays.Factor"/> holds the two dense end blocks, <see cref="ImplicitArrays.FirstUpper"/> and
    /// <see cref="ImplicitArrays.LastLower"/> their neighbours; the rest is made from the face coefficients.
    /// </summary>
    /// <param name="a">Arrays.</param>
    /// <param name="inverseStep">1/(h gamma) per problem, 1/s; 0 for a steady state.</param>
    public static void Factorise(ImplicitArrays a, double* inverseStep)
    {
        switch (a.Species)
        {
            case 1: Factorise(a, default(Species1), inverseStep); break;
            case 2: Factorise(a, default(Species2), inverseStep); break;
            case 3: Factorise(a, default(Species3), inverseStep); break;
            case 4: Factorise(a, default(Species4), inverseStep); break;
            case 5: Factorise(a, default(Species5), inverseStep); break;
            case 6: Factorise(a, default(Species6), inverseStep); break;
            default: Factorise(a, new AnySpecies(a.Species), inverseStep); break;
        }
    }

    /// <summary>Solves in place for a right-hand side.</summary>
    public static void Solve(ImplicitArrays a, double* x)
    {
        switch (a.Species)
        {
            case 1: Solve(a, default(Species1), x); break;
            case 2: Solve(a, default(Species2), x); break;
            case 3: Solve(a, default(Species3), x); break;
            case 4: Solve(a, default(Species4), x); break;
            case 5: Solve(a, default(Species5), x); break;
            case 6: Solve(a, default(Species6), x); break;
            default: Solve(a, new AnySpecies(a.Species), x); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Factorise<TSize>(ImplicitArrays a, TSize size, double* inverseStep)
        where TSize : struct, IBlockSize
    {
        int m = size.Species + 1, w = a.Problems;
        T* d = stackalloc T[m * m];
        T* column = stackalloc T[m];
        T rate = T.Load(inverseStep);
        long blockLength = (long)m * m * w;
        double* factor = a.Factor, upper = a.Upper;
        Load(d, factor, m * m, w);
        Block<T>.Invert(size, d);
        Store(d, factor, m * m, w);
        for (int c = 0; c < m; c++)
        {
            for (int r = 0; r < m; r++) column[r] = T.Load(a.FirstUpper + (r * m + c) * w);
            Multiply(size, d, column, upper + c * w, w);
        }
        for (int i = 1; i <= a.Cells; i++)
        {
            double* previous = upper;
            factor += blockLength;
            upper += blockLength;
            Diagonal(a, size, i, rate, d);
            Eliminate(a, size, i, previous, d);
            Block<T>.Invert(size, d);
            Store(d, factor, m * m, w);
            UpperBlock(a, size, i, d, column, upper);
        }
        double* last = factor + blockLength;
        Load(d, last, m * m, w);
        for (int r = 0; r < m; r++)
            for (int c = 0; c < m; c++)
                for (int l = 0; l < m; l++)
                    d[r * m + c] = T.MultiplyAdd(-T.Load(a.LastLower + (r * m + l) * w), T.Load(upper + (l * m + c) * w), d[r * m + c]);
        Block<T>.Invert(size, d);
        Store(d, last, m * m, w);
    }

    // The block (i, i) before elimination.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Diagonal<TSize>(ImplicitArrays a, TSize size, int i, T rate, T* d)
        where TSize : struct, IBlockSize
    {
        int species = size.Species, m = species + 1, w = a.Problems;
        long left = (long)(i - 1) * species * w, right = left + species * w;
        double* valence = a.Valence;
        T volume = T.Load(a.Volume + (long)i * w), zero = T.Of(0.0);
        for (int s = 0; s < species; s++)
        {
            for (int c = 0; c < species; c++) d[s * m + c] = zero;
            T outflow = T.Load(a.LowerRight + left + s * w) + T.Load(a.Left + right + s * w);
            T diagonal = T.MultiplyAdd(volume, rate, outflow);
            // A cell that a species can neither enter nor leave, in a steady state: its concentration stays.
            d[s * m + s] = T.Where(-diagonal, zero, diagonal, T.Of(1.0));
            d[s * m + species] = T.Load(a.LowerSlope + left + s * w) + T.Load(a.Slope + right + s * w)
                + T.Load(a.LocalSlope + ((long)i * species + s) * w);
            d[species * m + s] = -(volume * T.Of(valence[s]));
        }
        d[species * m + species] = T.Load(a.InverseResistance + (long)(i - 1) * w) + T.Load(a.InverseResistance + (long)i * w);
    }

    // Takes (i, i − 1) times the previous block's Upper off the diagonal block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eliminate<TSize>(ImplicitArrays a, TSize size, int i, double* previous, T* d)
        where TSize : struct, IBlockSize
    {
        int species = size.Species, m = species + 1, w = a.Problems;
        double* slope = a.LowerSlope + (long)(i - 1) * species * w, left = a.LowerLeft + (long)(i - 1) * species * w;
        T field = T.Load(a.InverseResistance + (long)(i - 1) * w);
        for (int c = 0; c < m; c++)
        {
            T potential = T.Load(previous + (species * m + c) * w);
            for (int s = 0; s < species; s++)
            {
                T sum = T.MultiplyAdd(T.Load(slope + s * w), potential, d[s * m + c]);
                d[s * m + c] = T.MultiplyAdd(T.Load(left + s * w), T.Load(previous + (s * m + c) * w), sum);
            }
            d[species * m + c] = T.MultiplyAdd(field, potential, d[species * m + c]);
        }
    }

    // Diagonal inverse times (i, i + 1): its columns hold −b_s alone, the last one −g_s and −y.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UpperBlock<TSize>(ImplicitArrays a, TSize size, int i, T* d, T* column, double* upper)
        where TSize : struct, IBlockSize
    {
        int species = size.Species, m = species + 1, w = a.Problems;
        long face = (long)i * species * w;
        for (int c = 0; c < species; c++)
        {
            T coefficient = -T.Load(a.Right + face + c * w);
            for (int r = 0; r < m; r++) T.Store(coefficient * d[r * m + c], upper + (r * m + c) * w);
            column[c] = -T.Load(a.Slope + face + c * w);
        }
        column[species] = -T.Load(a.InverseResistance + (long)i * w);
        Multiply(size, d, column, upper + species * w, w);
    }

    // Column of a block: matrix times vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TSize>(TSize size, T* d, T* x, double* column, int w)
        where TSize : struct, IBlockSize
    {
        int m = size.Species + 1;
        for (int r = 0; r < m; r++)
        {
            T sum = d[r * m] * x[0];
            for (int c = 1; c < m; c++) sum = T.MultiplyAdd(d[r * m + c], x[c], sum);
            T.Store(sum, column + r * m * w);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Solve<TSize>(ImplicitArrays a, TSize size, double* x)
        where TSize : struct, IBlockSize
    {
        int species = size.Species, m = species + 1, w = a.Problems, last = a.Blocks - 1;
        T* y = stackalloc T[m];
        long blockLength = (long)m * m * w;
        double* factor = a.Factor, here = x, slope = a.LowerSlope, left = a.LowerLeft, field = a.InverseResistance;
        for (int r = 0; r < m; r++) y[r] = T.Load(here + r * w);
        Apply(size, factor, y, here, w);
        for (int i = 1; i < last; i++)
        {
            double* before = here;
            here += m * w;
            factor += blockLength;
            T potential = T.Load(before + species * w);
            for (int s = 0; s < species; s++)
            {
                T sum = T.MultiplyAdd(T.Load(slope + s * w), potential, T.Load(here + s * w));
                y[s] = T.MultiplyAdd(T.Load(left + s * w), T.Load(before + s * w), sum);
            }
            y[species] = T.MultiplyAdd(T.Load(field), potential, T.Load(here + species * w));
            slope += species * w;
            left += species * w;
            field += w;
            Apply(size, factor, y, here, w);
        }
        double* end = here + m * w;
        for (int r = 0; r < m; r++)
        {
            y[r] = T.Load(end + r * w);
            for (int c = 0; c < m; c++) y[r] = T.MultiplyAdd(-T.Load(a.LastLower + (r * m + c) * w), T.Load(here + c * w), y[r]);
        }
        Apply(size, factor + blockLength, y, end, w);
        double* upper = a.Upper + (last - 1) * blockLength;
        for (int i = last - 1; i >= 0; i--, upper -= blockLength)
        {
            double* row = x + (long)i * m * w;
            for (int c = 0; c < m; c++) y[c] = T.Load(row + (m + c) * w);
            for (int r = 0; r < m; r++)
            {
                T sum = T.Load(row + r * w);
                for (int c = 0; c < m; c++) sum = T.MultiplyAdd(-T.Load(upper + (r * m + c) * w), y[c], sum);
                T.Store(sum, row + r * w);
            }
        }
    }

    // target = block times y.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply<TSize>(TSize size, double* block, T* y, double* target, int w)
        where TSize : struct, IBlockSize
    {
        int m = size.Species + 1;
        for (int r = 0; r < m; r++)
        {
            T sum = T.Load(block + r * m * w) * y[0];
            for (int c = 1; c < m; c++) sum = T.MultiplyAdd(T.Load(block + (r * m + c) * w), y[c], sum);
            T.Store(sum, target + r * w);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(T* d, double* source, int count, int w)
    {
        for (int i = 0; i < count; i++) d[i] = T.Load(source + (long)i * w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* d, double* target, int count, int w)
    {
        for (int i = 0; i < count; i++) T.Store(d[i], target + (long)i * w);
    }
}
