using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>
/// The two ghost blocks of one problem in a <see cref="FluxElimination{T}"/>. A row of a ghost is held (bath, imposed potential),
/// or passes its flux on to a store: J = r − V/(h gamma) c of a reservoir, q = r − psi/R of a Stern layer, q = r + sum zV c of a
/// charged wall, q = h gamma (r − sum z J of baths) + sum zV c of a clamped current.
/// </summary>
/// <remarks>
/// Four blocks are kept between factorising and solving: what the left ghost's right-hand side does to the ghost itself, and to the source left of
/// cell 1; the inverse of the right ghost's block, and what of the source left of it enters it. Checked by <c>FluxReductionTests</c>.
/// </remarks>
/// <typeparam name="T">Lane of one problem.</typeparam>
public static unsafe class EndElimination<T>
    where T : unmanaged, ILane<T>
{
    private const int Own = 0, First = 1, LastInverse = 2, LastSource = 3;

    /// <summary>Eliminates the left ghost: its factor, and how it acts on cell 1.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="model">What a flux depends on.</param>
    /// <param name="inverseStep">1/(h gamma), 1/s.</param>
    /// <param name="scratch">Room for three blocks.</param>
    public static void Begin<TModel>(ImplicitView a, TModel model, T inverseStep, T* scratch)
        where TModel : struct, IFluxModel
    {
        EndView end = EndView.Left(a);
        int psi = a.Species, m = a.Size;
        T* d = scratch, x = scratch + m * m;
        T step = T.Of(1.0) / inverseStep, field = T.Load(a.InverseResistance);
        Clear(d, m);
        Clear(x, m);
        for (int s = 0; s < psi; s++)
        {
            d[s * m + s] = T.Of(1.0);
            if (!end.IsReservoir(s)) continue;
            d[s * m + s] = T.Of(end.Volume(s)) * inverseStep + Left(a, s);
            d[s * m + psi] = x[s * m + psi] = Slope(a, s);
            x[s * m + s] = Right(a, s);
            if (model.HasExcess) AddExcess(a, d, x, s, s, T.Of(1.0));
        }
        d[psi * m + psi] = T.Of(1.0);
        switch (end.Kind)
        {
            case ElectricKind.Axis:
                x[psi * m + psi] = T.Of(1.0);
                break;
            case ElectricKind.Stern:
                d[psi * m + psi] = T.Of(1.0) / T.Of(end.SternResistance) + field;
                x[psi * m + psi] = field;
                break;
            case ElectricKind.Charge:
            case ElectricKind.Current:
                Float(a, model, d, x, step, field);
                break;
            default:
                break;
        }
        Block<T>.InvertEnd(d, m);
        T* product = scratch + 2 * m * m;
        Multiply(d, x, product, m);
        // Everything there depends on the difference of the potentials alone.
        if (end.Kind is ElectricKind.Charge or ElectricKind.Current)
            for (int r = 0; r < m; r++) x[r * m + psi] = T.Of(r == psi ? 1.0 : 0.0);
        if (end.Kind == ElectricKind.Current)
            for (int r = 0; r < m; r++) d[r * m + psi] = d[r * m + psi] * step;
        for (int e = 0; e < m * m; e++)
        {
            T.Store(x[e], a.Upper + e * a.Stride);
            T.Store(d[e], Kept(a, Own) + e * a.Stride);
        }
        Act(a, model, d, x, inverseStep, step);
    }

    /// <summary>Factorises the right ghost from what lies left of it.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="inverseStep">1/(h gamma), 1/s.</param>
    /// <param name="scratch">Room for two blocks.</param>
    public static void Finish(ImplicitView a, T inverseStep, T* scratch)
    {
        EndView end = EndView.Right(a);
        int psi = a.Species, m = a.Size;
        T* d = scratch, source = scratch + m * m;
        T step = T.Of(1.0) / inverseStep;
        Clear(d, m);
        Clear(source, m);
        for (int s = 0; s < psi; s++)
        {
            if (!end.IsReservoir(s))
            {
                d[s * m + s] = T.Of(1.0);
                continue;
            }
            AddFlow(a, d, source, s, s, T.Of(1.0));
            d[s * m + s] += T.Of(end.Volume(s)) * inverseStep;
        }
        switch (end.Kind)
        {
            case ElectricKind.Stern:
                AddFlow(a, d, source, psi, psi, T.Of(1.0));
                d[psi * m + psi] += T.Of(1.0) / T.Of(end.SternResistance);
                break;
            case ElectricKind.Charge:
            case ElectricKind.Current:
                AddFlow(a, d, source, psi, psi, T.Of(1.0));
                for (int s = 0; s < psi; s++)
                {
                    d[psi * m + s] -= T.Of(a.Valence[s]) * T.Of(end.Volume(s));
                    if (end.Kind == ElectricKind.Current && !end.IsReservoir(s)) AddFlow(a, d, source, psi, s, step * T.Of(a.Valence[s]));
                }
                break;
            default:
                d[psi * m + psi] = T.Of(1.0);
                break;
        }
        Block<T>.InvertEnd(d, m);
        for (int e = 0; e < m * m; e++)
        {
            T.Store(d[e], Kept(a, LastInverse) + e * a.Stride);
            T.Store(source[e], Kept(a, LastSource) + e * a.Stride);
        }
    }

    /// <summary>What the left ghost's right-hand side does: its own part, and the source left of cell 1.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="right">Right-hand side.</param>
    /// <param name="scratch">Room for a column of a block.</param>
    public static void SolveFirst(ImplicitView a, double* right, T* scratch)
    {
        int m = a.Size;
        int w = a.Stride;
        for (int r = 0; r < m; r++) scratch[r] = T.Load(right + r * w);
        for (int r = 0; r < m; r++)
        {
            T own = T.Of(0.0), source = T.Of(0.0);
            for (int c = 0; c < m; c++)
            {
                own += T.Load(Kept(a, Own) + (r * m + c) * w) * scratch[c];
                source += T.Load(Kept(a, First) + (r * m + c) * w) * scratch[c];
            }
            T.Store(own, right + r * w);
            T.Store(source, a.Source + r * w);
        }
    }

    /// <summary>Solves the right ghost.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="inverseStep">1/(h gamma), 1/s.</param>
    /// <param name="right">Right-hand side.</param>
    /// <param name="scratch">Room for a column of a block.</param>
    public static void SolveLast(ImplicitView a, T inverseStep, double* right, T* scratch)
    {
        int m = a.Size, psi = a.Species;
        int w = a.Stride;
        double* here = right + a.At(a.Cells + 1, 0);
        bool clamps = EndView.Right(a).Kind == ElectricKind.Current;
        for (int r = 0; r < m; r++)
        {
            T sum = T.Load(here + r * w);
            if (r == psi && clamps) sum = sum * -(T.Of(1.0) / inverseStep);
            for (int c = 0; c < m; c++) sum += T.Load(Kept(a, LastSource) + (r * m + c) * w) * T.Load(a.Source + c * w);
            scratch[r] = sum;
        }
        for (int r = 0; r < m; r++)
        {
            T sum = T.Of(0.0);
            for (int c = 0; c < m; c++) sum += T.Load(Kept(a, LastInverse) + (r * m + c) * w) * scratch[c];
            T.Store(sum, here + r * w);
        }
    }

    // The row of a charged wall or a clamped current: y (psi_0 − psi_1) − sum zV c_0 (+ h gamma sum z J of baths) = r.
    private static void Float<TModel>(ImplicitView a, TModel model, T* d, T* x, T step, T field)
        where TModel : struct, IFluxModel
    {
        EndView end = EndView.Left(a);
        int psi = a.Species, m = a.Size;
        bool clamps = end.Kind == ElectricKind.Current;
        T slope = field;
        for (int s = 0; s < psi; s++)
        {
            T z = T.Of(a.Valence[s]);
            d[psi * m + s] = -z * T.Of(end.Volume(s));
            if (!clamps || end.IsReservoir(s)) continue;
            slope += step * z * Slope(a, s);
            d[psi * m + s] += step * z * Left(a, s);
            x[psi * m + s] = step * z * Right(a, s);
        }
        if (model.HasExcess)
            for (int s = 0; s < psi; s++)
                if (clamps && !end.IsReservoir(s)) AddExcess(a, d, x, psi, s, step * T.Of(a.Valence[s]));
        d[psi * m + psi] = x[psi * m + psi] = slope;
    }

    // a.Flow: E of what lies left of cell 1; First: its source by the ghost's right-hand side.
    private static void Act<TModel>(ImplicitView a, TModel model, T* q, T* x, T inverseStep, T step)
        where TModel : struct, IFluxModel
    {
        EndView end = EndView.Left(a);
        int psi = a.Species, m = a.Size;
        for (int c = 0; c < m; c++)
        {
            // Of psi_0 − psi_1: what it takes of u_1, and what the right-hand side gives.
            T difference = T.Of(c == psi ? 1.0 : 0.0) - x[psi * m + c];
            for (int s = 0; s < psi; s++)
            {
                T store = T.Of(end.Volume(s)) * inverseStep, left = Left(a, s), slope = Slope(a, s), flow = store * x[s * m + c];
                if (!end.IsReservoir(s))
                {
                    flow = (c == s ? Right(a, s) : T.Of(0.0)) + slope * difference;
                    if (model.HasExcess) flow += ExcessFlow(a, x, s, c);
                }
                T source = left * q[s * m + c] + slope * q[psi * m + c];
                if (model.HasExcess) source += ExcessSource(a, q, s, c);
                if (end.IsReservoir(s)) source = T.Where(store, left, T.Of(c == s ? 1.0 : 0.0) - store * q[s * m + c], source);
                Set(a, s, c, flow, source);
            }
            ActOfPotential(a, q, x, c, difference, step);
        }
    }

    // Column c of the potential's row: q passed on from the ghost.
    private static void ActOfPotential(ImplicitView a, T* q, T* x, int c, T difference, T step)
    {
        EndView end = EndView.Left(a);
        int psi = a.Species, m = a.Size;
        T field = T.Load(a.InverseResistance), unit = T.Of(c == psi ? 1.0 : 0.0);
        bool passesBath = false;
        for (int s = 0; s < psi; s++) passesBath |= !end.IsReservoir(s);
        bool isClamp = end.Kind == ElectricKind.Current;
        if (end.Kind == ElectricKind.Charge || (isClamp && !passesBath))
        {
            T flow = T.Of(0.0), source = isClamp ? unit * step : unit;
            for (int s = 0; s < psi; s++)
            {
                T capacity = T.Of(a.Valence[s]) * T.Of(end.Volume(s));
                flow -= capacity * x[s * m + c];
                source += capacity * q[s * m + c];
            }
            Set(a, psi, c, flow, source);
        }
        else if (end.Kind == ElectricKind.Stern)
        {
            T layer = T.Of(1.0) / T.Of(end.SternResistance);
            Set(a, psi, c, layer * x[psi * m + c], T.Where(layer, field, unit - layer * q[psi * m + c], field * q[psi * m + c]));
        }
        else Set(a, psi, c, field * difference, field * q[psi * m + c]);
    }

    // What the flux of species s through the left end adds to a row of d and x by its dependence on all species.
    private static void AddExcess(ImplicitView a, T* d, T* x, int row, int s, T part)
    {
        int m = a.Size;
        for (int t = 0; t < a.Species; t++)
        {
            d[row * m + t] += part * T.Load(a.ExcessLeft + s * a.Stride) * Weight(a, t);
            x[row * m + t] += part * T.Load(a.ExcessRight + s * a.Stride) * Weight(a, t);
        }
    }

    // −dJ_s of a bath by u_1 through ln gamma, on both sides: reservoirs of other species beside the bath move with u_1.
    private static T ExcessFlow(ImplicitView a, T* x, int s, int c)
    {
        T ghost = T.Of(0.0);
        for (int t = 0; t < a.Species; t++) ghost += Weight(a, t) * x[t * a.Size + c];
        T beyond = c < a.Species ? T.Load(a.ExcessRight + s * a.Stride) * Weight(a, c) : T.Of(0.0);
        return beyond - T.Load(a.ExcessLeft + s * a.Stride) * ghost;
    }

    // dJ_s by the ghost's right-hand side through ln gamma.
    private static T ExcessSource(ImplicitView a, T* q, int s, int c)
    {
        T ghost = T.Of(0.0);
        for (int t = 0; t < a.Species; t++) ghost += Weight(a, t) * q[t * a.Size + c];
        return T.Load(a.ExcessLeft + s * a.Stride) * ghost;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Weight(ImplicitView a, int t) => T.Load(a.ActivityWeight + t * a.Stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* Kept(ImplicitView a, int index) => a.EndBlocks + index * a.Size * a.Size * a.Stride;

    private static void Set(ImplicitView a, int row, int column, T flow, T source)
    {
        int at = (row * a.Size + column) * a.Stride;
        T.Store(flow, a.Flow + at);
        T.Store(source, Kept(a, First) + at);
    }

    // The row takes its part of j = s − E u.
    private static void AddFlow(ImplicitView a, T* d, T* source, int row, int flux, T part)
    {
        int m = a.Size;
        source[row * m + flux] += part;
        for (int c = 0; c < m; c++) d[row * m + c] += part * T.Load(a.Flow + (flux * m + c) * a.Stride);
    }

    private static void Clear(T* block, int m)
    {
        for (int e = 0; e < m * m; e++) block[e] = T.Of(0.0);
    }

    // right becomes left times right.
    private static void Multiply(T* left, T* right, T* product, int m)
    {
        for (int r = 0; r < m; r++)
        {
            for (int c = 0; c < m; c++)
            {
                T sum = T.Of(0.0);
                for (int l = 0; l < m; l++) sum += left[r * m + l] * right[l * m + c];
                product[r * m + c] = sum;
            }
        }
        for (int e = 0; e < m * m; e++) right[e] = product[e];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Left(ImplicitView a, int s) => T.Load(a.Left + s * a.Stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Right(ImplicitView a, int s) => T.Load(a.Right + s * a.Stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Slope(ImplicitView a, int s) => T.Load(a.Slope + s * a.Stride);
}
