using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>
/// The rows of the two ghost blocks of one problem: baths and reservoirs, and what closes the circuit. Their right-hand sides F, their dF/dt and
/// their part of M u. What is prescribed stands in the <see cref="EndView"/>s: as values for <see cref="Rates"/>, as rates for
/// <see cref="AddTimeDerivative"/>.
/// </summary>
/// <typeparam name="T">Lane of one problem.</typeparam>
/// <remarks>Checked by <c>ImplicitSystemTests</c>.</remarks>
public static unsafe class EndTerms<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Puts prescribed fluxes onto the end faces, whose own fluxes are 0.</summary>
    /// <param name="a">Memory.</param>
    public static void PutFluxes(ImplicitView a)
    {
        EndView left = EndView.Left(a), right = EndView.Right(a);
        for (int s = 0; s < a.Species; s++)
        {
            if (left.Ion(s) == IonKind.Flux) T.Store(T.Of(left.Prescribed(s)), a.Flux + a.AtFace(0, s));
            if (right.Ion(s) == IonKind.Flux) T.Store(T.Of(right.Prescribed(s)), a.Flux + a.AtFace(a.Cells, s));
        }
    }

    /// <summary>F of the ghost rows, from a state and its fluxes.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">State.</param>
    /// <param name="rate">Receiver.</param>
    public static void Rates(ImplicitView a, double* u, double* rate)
    {
        EndView left = EndView.Left(a), right = EndView.Right(a);
        int last = a.Cells + 1, psi = a.Species;
        for (int s = 0; s < psi; s++)
        {
            T.Store(Ion(left, s, T.Load(u + a.At(0, s)), -T.Load(a.Flux + a.AtFace(0, s))), rate + a.At(0, s));
            T.Store(Ion(right, s, T.Load(u + a.At(last, s)), T.Load(a.Flux + a.AtFace(a.Cells, s))), rate + a.At(last, s));
        }
        T first = T.Load(u + a.At(0, psi)), second = T.Load(u + a.At(1, psi)), end = T.Load(u + a.At(last, psi));
        T.Store(Electric(a, left, u, first, second - first, -CellRows<T>.Field(a, u, 0), true), rate + a.At(0, psi));
        T.Store(Electric(a, right, u, end, -end, CellRows<T>.Field(a, u, a.Cells), false), rate + a.At(last, psi));
    }

    /// <summary>target += factor dF/dt of all rows that prescribed quantities move.</summary>
    /// <param name="a">Memory; the ends hold rates.</param>
    /// <param name="target">Right-hand side.</param>
    /// <param name="factor">h gamma_i, s.</param>
    public static void AddTimeDerivative(ImplicitView a, double* target, T factor)
    {
        EndView left = EndView.Left(a), right = EndView.Right(a);
        int last = a.Cells + 1;
        for (int s = 0; s < a.Species; s++)
        {
            AddIon(left, s, target + a.At(0, s), target + a.At(1, s), factor, factor);
            AddIon(right, s, target + a.At(last, s), target + a.At(last - 1, s), factor, -factor);
        }
        Add(target + a.At(0, a.Species), factor * ElectricRate(a, left));
        Add(target + a.At(last, a.Species), factor * ElectricRate(a, right));
    }

    /// <summary>target += factor M u of the ghost rows: reservoirs, and the charge of a current-clamped end.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">Vector of unknowns.</param>
    /// <param name="target">Right-hand side.</param>
    /// <param name="factor">Factor.</param>
    public static void AddMass(ImplicitView a, double* u, double* target, T factor)
    {
        EndView left = EndView.Left(a), right = EndView.Right(a);
        int last = a.Cells + 1, psi = a.Species;
        for (int s = 0; s < psi; s++)
        {
            Add(target + a.At(0, s), factor * T.Of(left.Volume(s)) * T.Load(u + a.At(0, s)));
            Add(target + a.At(last, s), factor * T.Of(right.Volume(s)) * T.Load(u + a.At(last, s)));
        }
        if (left.Kind == ElectricKind.Current)
        {
            T charge = CellRows<T>.Field(a, u, 0);
            for (int s = 0; s < psi; s++) charge -= T.Of(a.Valence[s]) * T.Of(left.Volume(s)) * T.Load(u + a.At(0, s));
            Add(target + a.At(0, psi), factor * charge);
        }
        if (right.Kind == ElectricKind.Current)
        {
            T charge = CellRows<T>.Field(a, u, a.Cells);
            for (int s = 0; s < psi; s++) charge += T.Of(a.Valence[s]) * T.Of(right.Volume(s)) * T.Load(u + a.At(last, s));
            Add(target + a.At(last, psi), factor * charge);
        }
    }

    /// <summary>Charge over F that the reservoirs of an end took up since the start, mol.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">State.</param>
    /// <param name="leftEnd">Which end.</param>
    public static T ReservoirCharge(ImplicitView a, double* u, bool leftEnd)
    {
        EndView end = leftEnd ? EndView.Left(a) : EndView.Right(a);
        int block = leftEnd ? 0 : a.Cells + 1;
        T sum = T.Of(0.0);
        for (int s = 0; s < a.Species; s++)
            if (end.IsReservoir(s)) sum += T.Of(a.Valence[s]) * T.Of(end.Volume(s)) * (T.Load(u + a.At(block, s)) - T.Of(end.Start(s)));
        return sum;
    }

    /// <summary>sum z A J through a face, mol/s.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="face">Face.</param>
    public static T Current(ImplicitView a, int face)
    {
        T sum = T.Of(0.0);
        for (int s = 0; s < a.Species; s++) sum += T.Of(a.Valence[s]) * T.Load(a.Flux + a.AtFace(face, s));
        return sum;
    }

    /// <summary>The same of the species that a reservoir of an end holds.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="leftEnd">Which end.</param>
    public static T ReservoirCurrent(ImplicitView a, bool leftEnd)
    {
        EndView end = leftEnd ? EndView.Left(a) : EndView.Right(a);
        T sum = T.Of(0.0);
        for (int s = 0; s < a.Species; s++)
            if (end.IsReservoir(s)) sum += T.Of(a.Valence[s]) * T.Load(a.Flux + a.AtFace(leftEnd ? 0 : a.Cells, s));
        return sum;
    }

    /// <summary>A D/F at the current-clamped end, mol; 0 without one.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">State.</param>
    public static T ClampCharge(ImplicitView a, double* u)
    {
        if (EndView.Left(a).Kind == ElectricKind.Current) return CellRows<T>.Field(a, u, 0);
        return EndView.Right(a).Kind == ElectricKind.Current ? CellRows<T>.Field(a, u, a.Cells) : T.Of(0.0);
    }

    /// <summary>Charge over F that lies in the reservoirs beyond a current-clamped end and counts in <see cref="ClampCharge"/>, mol.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">State.</param>
    public static T ClampReservoirCharge(ImplicitView a, double* u)
    {
        if (EndView.Left(a).Kind == ElectricKind.Current) return ReservoirCharge(a, u, true);
        return EndView.Right(a).Kind == ElectricKind.Current ? -ReservoirCharge(a, u, false) : T.Of(0.0);
    }

    // Row of the potential of an end: own potential, what it is to be beside nothing, and the charge that leaves the ghost's side.
    private static T Electric(ImplicitView a, EndView end, double* u, T own, T otherwise, T charge, bool leftEnd)
    {
        T prescribed = T.Of(end.Electric);
        switch (end.Kind)
        {
            case ElectricKind.Potential: return prescribed - own;
            case ElectricKind.Stern: return (prescribed - own) / T.Of(end.SternResistance) + charge;
            case ElectricKind.Charge: return prescribed + ReservoirCharge(a, u, leftEnd) + charge;
            case ElectricKind.Current: return prescribed - Current(a, leftEnd ? 0 : a.Cells) + ReservoirCurrent(a, leftEnd);
            default: return otherwise;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Ion(EndView end, int s, T concentration, T inflow)
    {
        if (end.IsReservoir(s)) return inflow;
        return T.Of(end.Ion(s) == IonKind.Bath ? end.Prescribed(s) : 0.0) - concentration;
    }

    private static void AddIon(EndView end, int s, double* ghost, double* cell, T factor, T inwards)
    {
        if (end.Ion(s) == IonKind.Bath) Add(ghost, factor * T.Of(end.Prescribed(s)));
        else if (end.Ion(s) == IonKind.Flux) Add(cell, inwards * T.Of(end.Prescribed(s)));
    }

    private static T ElectricRate(ImplicitView a, EndView end)
    {
        T rate = T.Of(end.Electric);
        if (end.Kind == ElectricKind.Stern) rate /= T.Of(end.SternResistance);
        if (end.Kind != ElectricKind.Current) return rate;
        for (int s = 0; s < a.Species; s++)
            if (end.Ion(s) == IonKind.Flux) rate -= T.Of(a.Valence[s]) * T.Of(end.Prescribed(s));
        return rate;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* target, T term) => T.Store(T.Load(target) + term, target);
}
