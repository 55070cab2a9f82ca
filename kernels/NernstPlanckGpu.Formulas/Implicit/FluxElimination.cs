using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>
/// Solves (M/(h gamma) − dF/du) u = r for a step in time, balancing fluxes instead of subtracting rows. With the fluxes
/// j = (J_1 … J_S, q) through face f and what cell i keeps of them,
/// <code>j_f = A_f u_f − B_f u_(f+1),  A = [a, g; 0, y],  B = [b, g; 0, y],   j_(i−1) − j_i + r_i = S_i u_i,  S = [V/(h gamma), 0; −V z, 0],</code>
/// what lies left of a face acts on its cell as j_i = s_i − E_i u_i, and going one cell on is the block elimination
/// <code>D = A + E,   E' = S' + E D⁻¹ B,   s' = r' + A D⁻¹ s,   u = D⁻¹ (s + B u').</code>
/// It never takes b off b + V/(h gamma): after hours V/(h gamma) is 1e-13 of b, and what a closed cell keeps, or a barrier of 60 RT lets
/// through, stands in E to all digits, where rows of J_left − J_right would have lost it. E D⁻¹ B and A D⁻¹ s have a second form each, for
/// I − E D⁻¹ = A D⁻¹; of the two the one with the smaller terms is taken, entry by entry.
/// With activity coefficients A = [a + p w^T, g; 0, y] and B = [b + q w^T, g; 0, y] are dense (<see cref="ExcessBlocks{T}"/>), by matrices of rank one. The
/// same elimination holds, and V/(h gamma) still is not taken off anything, but the entries of p and q have either sign: within a block, numbers of the
/// size of d ln gamma/d ln c of a coefficient cancel. For clouds of ions that is below 1; steric ions that leave a part 1 − x of space lose a factor
/// 1/(1 − x) of the digits (<c>ActivityLongRunTests</c>).
/// </summary>
/// <remarks>State reduction of Grassmann, Taksar and Heyman, Oper. Res. 33, 1107 (1985), for blocks; <c>SmallSignal</c> is
/// the same with i omega for 1/(h gamma). Checked by <c>FluxReductionTests</c>.</remarks>
/// <typeparam name="T">Lane.</typeparam>
public static unsafe class FluxElimination<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>
    /// Factorises the cells; faces are linearised. <see cref="ImplicitView.Flow"/> holds how what lies left of cell 1 acts on it; in the end,
    /// how what lies left of the last ghost does.
    /// </summary>
    /// <param name="a">Memory.</param>
    /// <param name="size">Number of species.</param>
    /// <param name="model">What a flux depends on.</param>
    /// <param name="rate">1/(h gamma), 1/s.</param>
    /// <param name="scratch">Room for three blocks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Factorise<TSize, TModel>(ImplicitView a, TSize size, TModel model, T rate, T* scratch)
        where TSize : struct, IBlockSize
        where TModel : struct, IFluxModel
    {
        int species = size.Species, m = species + 1;
        int w = a.Stride;
        T* e = scratch, d = scratch + m * m, x = scratch + 2 * m * m;
        int blockLength = m * m * w;
        for (int r = 0; r < m * m; r++) e[r] = T.Load(a.Flow + r * w);
        for (int i = 1; i <= a.Cells; i++)
        {
            double* left = a.Left + i * species * w, right = a.Right + i * species * w, slope = a.Slope + i * species * w;
            double* escape = a.Escape + i * blockLength, factor = a.Factor + i * blockLength, upper = a.Upper + i * blockLength;
            T volume = T.Load(a.Volume + i * w), field = T.Load(a.InverseResistance + i * w);
            for (int s = 0; s < species; s++)
            {
                e[s * m + s] = T.MultiplyAdd(volume, rate, e[s * m + s]);
                e[species * m + s] -= volume * T.Of(a.Valence[s]);
            }
            for (int r = 0; r < m * m; r++)
            {
                T.Store(e[r], escape + r * w);
                d[r] = e[r];
            }
            for (int s = 0; s < species; s++)
            {
                d[s * m + s] += T.Load(left + s * w);
                d[s * m + species] += T.Load(slope + s * w);
            }
            d[species * m + species] += field;
            if (model.HasExcess) ExcessBlocks<T>.Add(size, d, a, i);
            Block<T>.Invert(m, d);
            for (int r = 0; r < m; r++)
            {
                T last = d[r * m + species] * field;
                for (int s = 0; s < species; s++)
                {
                    x[r * m + s] = d[r * m + s] * T.Load(right + s * w);
                    last = T.MultiplyAdd(d[r * m + s], T.Load(slope + s * w), last);
                }
                x[r * m + species] = last;
            }
            if (model.HasExcess) ExcessBlocks<T>.AddInverse(size, d, x, a, i);
            for (int r = 0; r < m * m; r++)
            {
                T.Store(d[r], factor + r * w);
                T.Store(x[r], upper + r * w);
            }
            if (model.HasExcess) ExcessBlocks<T>.Pass(size, e, d, x, a, i);
            else Pass(size, e, d, x, left, right, slope, field, w);
            for (int r = 0; r < m * m; r++) e[r] = d[r];
        }
        for (int r = 0; r < m * m; r++) T.Store(e[r], a.Flow + r * w);
    }

    // next = E X, or B − A X, which is the same.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass<TSize>(TSize size, T* e, T* next, T* x, double* left, double* right, double* slope, T field, int w)
        where TSize : struct, IBlockSize
    {
        int species = size.Species, m = species + 1;
        for (int c = 0; c < m; c++)
        {
            for (int r = 0; r < m; r++)
            {
                T kept = e[r * m] * x[c], keptSize = T.Abs(kept);
                for (int l = 1; l < m; l++)
                {
                    T term = e[r * m + l] * x[l * m + c];
                    kept += term;
                    keptSize += T.Abs(term);
                }
                T given, own, drift;
                if (r < species)
                {
                    given = c == r ? T.Load(right + r * w) : c == species ? T.Load(slope + r * w) : T.Of(0.0);
                    own = T.Load(left + r * w) * x[r * m + c];
                    drift = T.Load(slope + r * w) * x[species * m + c];
                }
                else
                {
                    given = c == species ? field : T.Of(0.0);
                    own = field * x[r * m + c];
                    drift = T.Of(0.0);
                }
                T otherSize = T.Abs(given) + T.Abs(own) + T.Abs(drift);
                next[r * m + c] = T.Where(otherSize, keptSize, given - own - drift, kept);
            }
        }
    }

    /// <summary>
    /// x becomes D⁻¹ s. <see cref="ImplicitView.Source"/> holds s of what lies left of cell 1; in the end that of what lies left of the last ghost.
    /// </summary>
    /// <param name="a">Memory.</param>
    /// <param name="size">Number of species.</param>
    /// <param name="model">What a flux depends on.</param>
    /// <param name="x">Right-hand side.</param>
    /// <param name="scratch">Room for two columns of a block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TSize, TModel>(ImplicitView a, TSize size, TModel model, double* x, T* scratch)
        where TSize : struct, IBlockSize
        where TModel : struct, IFluxModel
    {
        int species = size.Species, m = species + 1;
        int w = a.Stride;
        T* s = scratch, y = scratch + m;
        int blockLength = m * m * w;
        for (int r = 0; r < m; r++) s[r] = T.Load(a.Source + r * w);
        for (int i = 1; i <= a.Cells; i++)
        {
            double* here = x + i * m * w, factor = a.Factor + i * blockLength, escape = a.Escape + i * blockLength;
            double* left = a.Left + i * species * w, slope = a.Slope + i * species * w;
            for (int r = 0; r < m; r++) s[r] += T.Load(here + r * w);
            for (int r = 0; r < m; r++)
            {
                T sum = T.Load(factor + r * m * w) * s[0];
                for (int c = 1; c < m; c++) sum = T.MultiplyAdd(T.Load(factor + (r * m + c) * w), s[c], sum);
                y[r] = sum;
                T.Store(sum, here + r * w);
            }
            T measure = T.Of(0.0), measureSize = T.Of(0.0);
            if (model.HasExcess)
            {
                for (int t = 0; t < species; t++)
                {
                    T term = T.Load(a.ActivityWeight + t * w) * y[t];
                    measure += term;
                    measureSize += T.Abs(term);
                }
            }
            for (int r = 0; r < m; r++)
            {
                T kept = T.Load(escape + r * m * w) * y[0], keptSize = T.Abs(kept);
                for (int c = 1; c < m; c++)
                {
                    T term = T.Load(escape + (r * m + c) * w) * y[c];
                    kept += term;
                    keptSize += T.Abs(term);
                }
                T own = (r < species ? T.Load(left + r * w) : T.Load(a.InverseResistance + i * w)) * y[r];
                T drift = r < species ? T.Load(slope + r * w) * y[species] : T.Of(0.0);
                T other = own + drift, otherSize = T.Abs(own) + T.Abs(drift);
                if (model.HasExcess && r < species)
                {
                    T excess = T.Load(a.ExcessLeft + (i * species + r) * w);
                    other = T.MultiplyAdd(excess, measure, other);
                    otherSize = T.MultiplyAdd(T.Abs(excess), measureSize, otherSize);
                }
                s[r] = T.Where(otherSize, T.Abs(s[r]) + keptSize, other, s[r] - kept);
            }
        }
        for (int r = 0; r < m; r++) T.Store(s[r], a.Source + r * w);
    }

    /// <summary>u = D⁻¹ s + D⁻¹ B u', from the last ghost's u to the first's.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="size">Number of species.</param>
    /// <param name="x">Of <see cref="Forward{TSize, TModel}"/>; then the solution.</param>
    /// <param name="next">Room for a column of a block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Back<TSize>(ImplicitView a, TSize size, double* x, T* next)
        where TSize : struct, IBlockSize
    {
        int m = size.Species + 1;
        int w = a.Stride;
        int blockLength = m * m * w;
        for (int i = a.Cells; i >= 0; i--)
        {
            double* here = x + i * m * w, upper = a.Upper + i * blockLength;
            for (int c = 0; c < m; c++) next[c] = T.Load(here + (m + c) * w);
            for (int r = 0; r < m; r++)
            {
                T sum = T.Load(here + r * w);
                for (int c = 0; c < m; c++) sum = T.MultiplyAdd(T.Load(upper + (r * m + c) * w), next[c], sum);
                T.Store(sum, here + r * w);
            }
        }
    }
}
