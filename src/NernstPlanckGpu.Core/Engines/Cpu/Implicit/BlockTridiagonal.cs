using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// Block Thomas factorisation of W = M/(h gamma) − dF/du, cell by cell by <see cref="SteadyBlocks{T}"/>. The end blocks are dense and given. Blocks
/// are kept inverted: a product has no chain of dependent divisions.
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
        var rows = new Rows(a, size.Species, w);
        long blockLength = (long)m * m * w;
        double* factor = a.Factor, upper = a.Upper;
        Load(d, factor, m * m, w);
        Block<T>.Invert(m, d);
        Store(d, factor, m * m, w);
        for (int c = 0; c < m; c++)
        {
            for (int r = 0; r < m; r++) column[r] = T.Load(a.FirstUpper + (r * m + c) * w);
            SteadyBlocks<T>.Multiply(m, d, column, upper + c * w, m * w);
        }
        for (int i = 1; i <= a.Cells; i++)
        {
            double* previous = upper;
            factor += blockLength;
            upper += blockLength;
            SteadyBlocks<T>.Diagonal(rows, size.Species, i, rate, d);
            SteadyBlocks<T>.Eliminate(rows, size.Species, i, previous, w, d);
            Block<T>.Invert(m, d);
            Store(d, factor, m * m, w);
            SteadyBlocks<T>.Upper(rows, size.Species, i, d, column, upper, w);
        }
        double* last = factor + blockLength;
        Load(d, last, m * m, w);
        for (int r = 0; r < m; r++)
            for (int c = 0; c < m; c++)
                for (int l = 0; l < m; l++)
                    d[r * m + c] = T.MultiplyAdd(-T.Load(a.LastLower + (r * m + l) * w), T.Load(upper + (l * m + c) * w), d[r * m + c]);
        Block<T>.Invert(m, d);
        Store(d, last, m * m, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Solve<TSize>(ImplicitArrays a, TSize size, double* x)
        where TSize : struct, IBlockSize
    {
        int m = size.Species + 1, w = a.Problems, last = a.Blocks - 1;
        T* y = stackalloc T[m];
        var rows = new Rows(a, size.Species, w);
        long blockLength = (long)m * m * w;
        double* factor = a.Factor, here = x;
        for (int r = 0; r < m; r++) y[r] = T.Load(here + r * w);
        Apply(size, factor, y, here, w);
        for (int i = 1; i < last; i++)
        {
            double* before = here;
            here += m * w;
            factor += blockLength;
            for (int r = 0; r < m; r++) y[r] = T.Load(here + r * w);
            SteadyBlocks<T>.Forward(rows, size.Species, i, before, w, y);
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
            for (int r = 0; r < m; r++) T.Store(SteadyBlocks<T>.Backward(m, upper + r * m * w, w, T.Load(row + r * w), y), row + r * w);
        }
    }

    // The coefficients as the arrays have them: what a row does not balance is 0 there.
    private readonly struct Rows(ImplicitArrays a, int species, int w) : ISteadyRows<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T LowerLeft(int cell, int s) => T.Load(a.LowerLeft + Face(cell - 1, s));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T LowerRight(int cell, int s) => T.Load(a.LowerRight + Face(cell - 1, s));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T LowerSlope(int cell, int s) => T.Load(a.LowerSlope + Face(cell - 1, s));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T UpperLeft(int cell, int s) => T.Load(a.Left + Face(cell, s));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T UpperRight(int cell, int s) => T.Load(a.Right + Face(cell, s));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T UpperSlope(int cell, int s) => T.Load(a.Slope + Face(cell, s));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T LocalSlope(int cell, int s) => T.Load(a.LocalSlope + Face(cell, s));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Field(int face) => T.Load(a.InverseResistance + (long)face * w);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Volume(int cell) => T.Load(a.Volume + (long)cell * w);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Valence(int s) => T.Of(a.Valence[s]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private long Face(int face, int s) => ((long)face * species + s) * w;
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
