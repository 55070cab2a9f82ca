using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>The potential of one problem from its charges: Poisson's equation in finite volumes, one tridiagonal solve.</summary>
/// <typeparam name="T">Lane of one problem.</typeparam>
/// <remarks>Checked by <c>ImplicitSystemTests</c>.</remarks>
public static unsafe class PoissonSolve<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Sets baths to their prescribed concentrations, and ghosts that hold nothing to 0.</summary>
    /// <param name="a">Memory; the ends hold values.</param>
    /// <param name="u">State.</param>
    public static void SetGhosts(ImplicitView a, double* u)
    {
        EndView left = EndView.Left(a), right = EndView.Right(a);
        for (int s = 0; s < a.Species; s++)
        {
            if (!left.IsReservoir(s)) T.Store(T.Of(left.Ion(s) == IonKind.Bath ? left.Prescribed(s) : 0.0), u + a.At(0, s));
            if (!right.IsReservoir(s)) T.Store(T.Of(right.Ion(s) == IonKind.Bath ? right.Prescribed(s) : 0.0), u + a.At(a.Cells + 1, s));
        }
    }

    /// <summary>Writes the potential into the state.</summary>
    /// <param name="a">Memory; the ends hold values.</param>
    /// <param name="u">State with its concentrations.</param>
    /// <param name="clampCharge">A D/F at a current-clamped end, mol.</param>
    /// <param name="scratch">Room for two numbers of each block, as far apart as problems are.</param>
    public static void Solve(ImplicitView a, double* u, T clampCharge, double* scratch)
    {
        int last = a.Cells + 1;
        int w = a.Stride;
        double* diagonal = scratch, right = scratch + (last + 1) * w;
        for (int i = 1; i < last; i++)
        {
            T charge = T.Of(0.0);
            for (int s = 0; s < a.Species; s++) charge = T.MultiplyAdd(T.Of(a.Valence[s]), T.Load(u + a.At(i, s)), charge);
            T.Store(Field(a, i - 1) + Field(a, i), diagonal + i * w);
            T.Store(T.MultiplyAdd(T.Load(a.Volume + i * w), charge, T.Load(a.FixedCharge + i * w)), right + i * w);
        }
        End(EndView.Left(a), Field(a, 0), clampCharge, EndTerms<T>.ReservoirCharge(a, u, true), diagonal, right);
        End(
            EndView.Right(a), Field(a, last - 1), -clampCharge, EndTerms<T>.ReservoirCharge(a, u, false), diagonal + last * w, right + last * w);

        // Rows are −y_(i−1) psi_(i−1) + d psi_i − y_i psi_(i+1); a prescribed potential has no neighbour.
        T above = FirstAbove(a), pivot = T.Load(diagonal), load = T.Load(right);
        for (int i = 1; i <= last; i++)
        {
            T coupling = i == last && !Couples(EndView.Right(a)) ? T.Of(0.0) : Field(a, i - 1);
            T multiple = coupling / pivot;
            pivot = T.Load(diagonal + i * w) - multiple * above;
            load = T.Load(right + i * w) + multiple * load;
            T.Store(pivot, diagonal + i * w);
            T.Store(load, right + i * w);
            if (i < last) above = Field(a, i);
        }
        T psi = load / pivot;
        T.Store(psi, u + a.At(last, a.Species));
        for (int i = last - 1; i >= 0; i--)
        {
            above = i > 0 ? Field(a, i) : FirstAbove(a);
            psi = (T.Load(right + i * w) + above * psi) / T.Load(diagonal + i * w);
            T.Store(psi, u + a.At(i, a.Species));
        }
    }

    private static T Field(ImplicitView a, int face) => T.Load(a.InverseResistance + face * a.Stride);

    // On an axis psi is the neighbour's, whatever the face.
    private static T FirstAbove(ImplicitView a)
    {
        EndView end = EndView.Left(a);
        if (end.Kind == ElectricKind.Axis) return T.Of(1.0);
        return Couples(end) ? Field(a, 0) : T.Of(0.0);
    }

    private static bool Couples(EndView end) => end.Kind != ElectricKind.Potential && end.Kind != ElectricKind.Gauge;

    // Diagonal and right-hand side of an end's row, charge balanced into the stack.
    private static void End(EndView end, T field, T clampCharge, T reservoirCharge, double* diagonal, double* right)
    {
        T prescribed = T.Of(end.Electric), resistance = T.Of(end.SternResistance), one = T.Of(1.0);
        T own = one, load = T.Of(0.0);
        switch (end.Kind)
        {
            case ElectricKind.Potential:
                load = prescribed;
                break;
            case ElectricKind.Stern:
                (own, load) = (field + one / resistance, prescribed / resistance);
                break;
            case ElectricKind.Charge:
                (own, load) = (field, prescribed + reservoirCharge);
                break;
            case ElectricKind.Current:
                (own, load) = (field, clampCharge);
                break;
            default:
                break;
        }
        T.Store(own, diagonal);
        T.Store(load, right);
    }
}
