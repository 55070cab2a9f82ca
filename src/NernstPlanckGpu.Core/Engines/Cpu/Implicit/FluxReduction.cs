using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// Solves (M/(h gamma) − dF/du) u = r for a step in time, balancing fluxes instead of subtracting rows. With the fluxes
/// j = (J_1 … J_S, q) through face f and what cell i keeps of them,
/// <code>j_f = A_f u_f − B_f u_(f+1),  A = [a, g; 0, y],  B = [b, g; 0, y],   j_(i−1) − j_i + r_i = S_i u_i,  S = [V/(h gamma), 0; −V z, 0],</code>
/// what lies left of a face acts on its cell as j_i = s_i − E_i u_i, and going one cell on is the block elimination
/// <code>D = A + E,   E' = S' + E D⁻¹ B,   s' = r' + A D⁻¹ s,   u = D⁻¹ (s + B u').</code>
/// It never takes b off b + V/(h gamma): after hours V/(h gamma) is 1e-13 of b, and what a closed cell keeps, or a barrier of 60 RT lets
/// through, stands in E to all digits, where rows of J_left − J_right would have lost it. E D⁻¹ B and A D⁻¹ s have a second form each, for
/// I − E D⁻¹ = A D⁻¹; of the two the one with the smaller terms is taken, entry by entry.
/// With activity coefficients A = [a + p w^T, g; 0, y] and B = [b + q w^T, g; 0, y] are dense (<see cref="ActivityFluxes{T}"/>), by matrices of rank one. The
/// same elimination holds, and V/(h gamma) still is not taken off anything, but the entries of p and q have either sign: within a block, numbers of the
/// size of d ln gamma/d ln c of a coefficient cancel. For clouds of ions that is below 1; steric ions that leave a part 1 − x of space lose a factor
/// 1/(1 − x) of the digits (<c>ActivityLongRunTests</c>).
/// </summary>
/// <remarks>State reduction of Grassmann, Taksar and Heyman, Oper. Res. 33, 1107 (1985), for blocks; <see cref="SmallSignal"/> is
/// the same with i omega for 1/(h gamma). Checked by <c>FluxReductionTests</c>.</remarks>
internal static unsafe class FluxReduction<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Factorises; the faces are linearised.</summary>
    /// <param name="a">Arrays.</param>
    /// <param name="ends">Ends of each problem of the lane.</param>
    /// <param name="inverseStep">1/(h gamma) per problem, 1/s.</param>
    public static void Factorise(ImplicitArrays a, EndReduction[] ends, double* inverseStep)
    {
        for (int k = 0; k < T.Width; k++) ends[k].Begin(inverseStep[k]);
        if (a.Shape.IsIdeal) Factorise(a, default(Ideal), inverseStep);
        else Factorise(a, default(WithExcess), inverseStep);
        for (int k = 0; k < T.Width; k++) ends[k].Finish(inverseStep[k]);
    }

    /// <summary>Solves in place for a right-hand side.</summary>
    public static void Solve(ImplicitArrays a, EndReduction[] ends, double* x)
    {
        for (int k = 0; k < T.Width; k++) ends[k].SolveFirst(x);
        if (a.Shape.IsIdeal) Forward(a, default(Ideal), x);
        else Forward(a, default(WithExcess), x);
        for (int k = 0; k < T.Width; k++) ends[k].SolveLast(x);
        switch (a.Species)
        {
            case 1: Back(a, default(Species1), x); break;
            case 2: Back(a, default(Species2), x); break;
            case 3: Back(a, default(Species3), x); break;
            case 4: Back(a, default(Species4), x); break;
            case 5: Back(a, default(Species5), x); break;
            case 6: Back(a, default(Species6), x); break;
            default: Back(a, new AnySpecies(a.Species), x); break;
        }
    }

    private static void Factorise<TModel>(ImplicitArrays a, TModel model, double* inverseStep)
        where TModel : struct, IFluxModel
    {
        switch (a.Species)
        {
            case 1: Factorise(a, default(Species1), model, inverseStep); break;
            case 2: Factorise(a, default(Species2), model, inverseStep); break;
            case 3: Factorise(a, default(Species3), model, inverseStep); break;
            case 4: Factorise(a, default(Species4), model, inverseStep); break;
            case 5: Factorise(a, default(Species5), model, inverseStep); break;
            case 6: Factorise(a, default(Species6), model, inverseStep); break;
            default: Factorise(a, new AnySpecies(a.Species), model, inverseStep); break;
        }
    }

    private static void Forward<TModel>(ImplicitArrays a, TModel model, double* x)
        where TModel : struct, IFluxModel
    {
        switch (a.Species)
        {
            case 1: Forward(a, default(Species1), model, x); break;
            case 2: Forward(a, default(Species2), model, x); break;
            case 3: Forward(a, default(Species3), model, x); break;
            case 4: Forward(a, default(Species4), model, x); break;
            case 5: Forward(a, default(Species5), model, x); break;
            case 6: Forward(a, default(Species6), model, x); break;
            default: Forward(a, new AnySpecies(a.Species), model, x); break;
        }
    }

    // a.Flow holds what lies left of cell 1 acts on it as; in the end what lies left of the last ghost does.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Factorise<TSize, TModel>(ImplicitArrays a, TSize size, TModel model, double* inverseStep)
        where TSize : struct, IBlockSize
        where TModel : struct, IFluxModel
    {
        int species = size.Species, m = species + 1, w = a.Problems;
        T* e = stackalloc T[m * m];
        T* d = stackalloc T[m * m];
        T* x = stackalloc T[m * m];
        T rate = T.Load(inverseStep);
        long blockLength = (long)m * m * w;
        for (int r = 0; r < m * m; r++) e[r] = T.Load(a.Flow + (long)r * w);
        for (int i = 1; i <= a.Cells; i++)
        {
            double* left = a.Left + (long)i * species * w, right = a.Right + (long)i * species * w, slope = a.Slope + (long)i * species * w;
            double* escape = a.Escape + i * blockLength, factor = a.Factor + i * blockLength, upper = a.Upper + i * blockLength;
            T volume = T.Load(a.Volume + (long)i * w), field = T.Load(a.InverseResistance + (long)i * w);
            for (int s = 0; s < species; s++)
            {
                e[s * m + s] = T.MultiplyAdd(volume, rate, e[s * m + s]);
                e[species * m + s] -= volume * T.Of(a.Valence[s]);
            }
            for (int r = 0; r < m * m; r++)
            {
                T.Store(e[r], escape + (long)r * w);
                d[r] = e[r];
            }
            for (int s = 0; s < species; s++)
            {
                d[s * m + s] += T.Load(left + s * w);
                d[s * m + species] += T.Load(slope + s * w);
            }
            d[species * m + species] += field;
            if (model.HasExcess) ExcessBlocks<T>.Add(size, d, a, i);
            Block<T>.Invert(size, d);
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
                T.Store(d[r], factor + (long)r * w);
                T.Store(x[r], upper + (long)r * w);
            }
            if (model.HasExcess) ExcessBlocks<T>.Pass(size, e, d, x, a, i);
            else Pass(size, e, d, x, left, right, slope, field, w);
            for (int r = 0; r < m * m; r++) e[r] = d[r];
        }
        for (int r = 0; r < m * m; r++) T.Store(e[r], a.Flow + (long)r * w);
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

    // a.Source holds s of what lies left of cell 1; in the end that of what lies left of the last ghost. x becomes D⁻¹ s.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TSize, TModel>(ImplicitArrays a, TSize size, TModel model, double* x)
        where TSize : struct, IBlockSize
        where TModel : struct, IFluxModel
    {
        int species = size.Species, m = species + 1, w = a.Problems;
        T* s = stackalloc T[m];
        T* y = stackalloc T[m];
        long blockLength = (long)m * m * w;
        for (int r = 0; r < m; r++) s[r] = T.Load(a.Source + (long)r * w);
        for (int i = 1; i <= a.Cells; i++)
        {
            double* here = x + (long)i * m * w, factor = a.Factor + i * blockLength, escape = a.Escape + i * blockLength;
            double* left = a.Left + (long)i * species * w, slope = a.Slope + (long)i * species * w;
            for (int r = 0; r < m; r++) s[r] += T.Load(here + r * w);
            for (int r = 0; r < m; r++)
            {
                T sum = T.Load(factor + (long)r * m * w) * s[0];
                for (int c = 1; c < m; c++) sum = T.MultiplyAdd(T.Load(factor + (long)(r * m + c) * w), s[c], sum);
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
                T kept = T.Load(escape + (long)r * m * w) * y[0], keptSize = T.Abs(kept);
                for (int c = 1; c < m; c++)
                {
                    T term = T.Load(escape + (long)(r * m + c) * w) * y[c];
                    kept += term;
                    keptSize += T.Abs(term);
                }
                T own = (r < species ? T.Load(left + r * w) : T.Load(a.InverseResistance + (long)i * w)) * y[r];
                T drift = r < species ? T.Load(slope + r * w) * y[species] : T.Of(0.0);
                T other = own + drift, otherSize = T.Abs(own) + T.Abs(drift);
                if (model.HasExcess && r < species)
                {
                    T excess = T.Load(a.ExcessLeft + ((long)i * species + r) * w);
                    other = T.MultiplyAdd(excess, measure, other);
                    otherSize = T.MultiplyAdd(T.Abs(excess), measureSize, otherSize);
                }
                s[r] = T.Where(otherSize, T.Abs(s[r]) + keptSize, other, s[r] - kept);
            }
        }
        for (int r = 0; r < m; r++) T.Store(s[r], a.Source + (long)r * w);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Back<TSize>(ImplicitArrays a, TSize size, double* x)
        where TSize : struct, IBlockSize
    {
        int m = size.Species + 1, w = a.Problems;
        T* next = stackalloc T[m];
        long blockLength = (long)m * m * w;
        for (int i = a.Cells; i >= 0; i--)
        {
            double* here = x + (long)i * m * w, upper = a.Upper + i * blockLength;
            for (int c = 0; c < m; c++) next[c] = T.Load(here + (long)(m + c) * w);
            for (int r = 0; r < m; r++)
            {
                T sum = T.Load(here + r * w);
                for (int c = 0; c < m; c++) sum = T.MultiplyAdd(T.Load(upper + (long)(r * m + c) * w), next[c], sum);
                T.Store(sum, here + r * w);
            }
        }
    }
}
