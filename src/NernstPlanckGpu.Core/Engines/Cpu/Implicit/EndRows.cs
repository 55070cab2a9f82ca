using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The rows of the two ghost blocks of one problem: baths and reservoirs, and what closes the circuit. Their right-hand sides F,
/// their blocks of M/(h gamma) − dF/du, their dF/dt and their part of M u. Scalar, since they are two blocks of many.
/// </summary>
internal sealed unsafe class EndRows
{
    private readonly ImplicitArrays a;
    private readonly ImplicitView view;
    private readonly int k;
    private ElectricEnd leftEnd, rightEnd;
    private readonly EndDrives drives;
    private readonly IonEnd[] leftIons, rightIons;
    private readonly double[] valence;

    public EndRows(DiscreteProblem problem, ImplicitArrays arrays, int k)
    {
        (a, this.k) = (arrays, k);
        view = arrays.View(k);
        valence = arrays.Shape.Valence;
        drives = new(problem, arrays.Shape.Order);
        (leftIons, rightIons) = (drives.LeftIons, drives.RightIons);
        leftEnd = Load(EndView.Left(view), drives.Left);
        rightEnd = Load(EndView.Right(view), drives.Right);
        for (int s = 0; s < leftIons.Length; s++)
        {
            EndView.Left(view).Load(s, leftIons[s].Kind, leftIons[s].Volume, leftIons[s].Start);
            EndView.Right(view).Load(s, rightIons[s].Kind, rightIons[s].Volume, rightIons[s].Start);
        }
    }

    public ElectricEnd Left
    {
        get => leftEnd;
        set => leftEnd = Load(EndView.Left(view), value);
    }

    public ElectricEnd Right
    {
        get => rightEnd;
        set => rightEnd = Load(EndView.Right(view), value);
    }

    /// <summary>Ionic conditions in the pack's order.</summary>
    public IReadOnlyList<IonEnd> LeftIons => leftIons;

    public IReadOnlyList<IonEnd> RightIons => rightIons;

    private int LastFace => a.Cells;

    private int LastBlock => a.Blocks - 1;

    /// <summary>Enters the pieces that hold from a time on; returns the next corner.</summary>
    public double Enter(double time) => drives.Enter(time);

    /// <summary>Puts prescribed fluxes onto the end faces, whose own fluxes are 0.</summary>
    public void AddPrescribedFluxes(double time)
    {
        Prescribe(time);
        EndTerms<ScalarLane>.PutFluxes(view);
    }

    /// <summary>F of the ghost rows, from a state and its fluxes.</summary>
    public void Rates(double* u, double* rate, double time)
    {
        Prescribe(time);
        EndTerms<ScalarLane>.Rates(view, u + k, rate + k);
    }

    /// <summary>target += factor dF/dt of all rows that prescribed quantities move.</summary>
    public void AddTimeDerivative(double* target, double factor, double time)
    {
        PrescribeRates(time);
        EndTerms<ScalarLane>.AddTimeDerivative(view, target + k, new(factor));
    }

    /// <summary>target += factor M u of the ghost rows: reservoirs, and the charge of a current-clamped end.</summary>
    public void AddMass(double* u, double* target, double factor) => EndTerms<ScalarLane>.AddMass(view, u + k, target + k, new(factor));

    /// <summary>Sets baths to their values at a time.</summary>
    public void SetGhosts(double* u, double time)
    {
        Prescribe(time);
        PoissonSolve<ScalarLane>.SetGhosts(view, u + k);
    }

    /// <summary>Writes the potential that the charges of a state make.</summary>
    public void SolvePotential(double* u, double time, double clampCharge)
    {
        Prescribe(time);
        fixed (double* scratch = new double[2 * a.Blocks * a.Problems]) PoissonSolve<ScalarLane>.Solve(view, u + k, new(clampCharge), scratch);
    }

    /// <summary>Writes the ghost blocks of M inverseStep − dF/du and their neighbours, for a steady state's elimination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Linearise(double inverseStep)
    {
        int m = a.Size, psi = a.Species, w = a.Problems;
        double* first = a.Factor + k, last = a.Factor + (long)LastBlock * m * m * w + k;
        double* upper = a.FirstUpper + k, lower = a.LastLower + k;
        for (int e = 0; e < m * m; e++) first[e * w] = last[e * w] = upper[e * w] = lower[e * w] = 0;
        for (int s = 0; s < a.Species; s++)
        {
            bool leftOpen = leftIons[s].IsReservoir, rightOpen = rightIons[s].IsReservoir;
            long left = Face(0, s), right = Face(LastFace, s);
            first[(s * m + s) * w] = leftOpen ? leftIons[s].Volume * inverseStep + a.Left[left] : 1;
            last[(s * m + s) * w] = rightOpen ? rightIons[s].Volume * inverseStep + a.Right[right] : 1;
            if (leftOpen)
            {
                upper[(s * m + s) * w] = -a.Right[left];
                first[(s * m + psi) * w] = a.Slope[left];
                upper[(s * m + psi) * w] = -a.Slope[left];
            }
            if (rightOpen)
            {
                lower[(s * m + s) * w] = -a.Left[right];
                lower[(s * m + psi) * w] = -a.Slope[right];
                last[(s * m + psi) * w] = a.Slope[right];
            }
        }
        double leftField = a.InverseResistance[k], rightField = a.InverseResistance[LastFace * w + k];
        Close(Left, leftIons, first, upper, leftField);
        Close(Right, rightIons, last, lower, rightField);
    }

    /// <summary>Charge over F that the reservoirs of an end took up since the start, mol.</summary>
    public double ReservoirCharge(double* u, bool leftEnd) => EndTerms<ScalarLane>.ReservoirCharge(view, u + k, leftEnd).Value;

    /// <summary>A D/F at the current-clamped end, mol; 0 without one.</summary>
    public double ClampCharge(double* u) => EndTerms<ScalarLane>.ClampCharge(view, u + k).Value;

    /// <summary>Charge over F that lies in the reservoirs beyond a current-clamped end and counts in <see cref="ClampCharge"/>, mol.</summary>
    public double ClampReservoirCharge(double* u) => EndTerms<ScalarLane>.ClampReservoirCharge(view, u + k).Value;

    /// <summary>sum z A J through an end's face.</summary>
    public double Current(int face) => EndTerms<ScalarLane>.Current(view, face).Value;

    /// <summary>The same of the species that a reservoir of that end holds.</summary>
    public double ReservoirCurrent(bool leftEnd) => EndTerms<ScalarLane>.ReservoirCurrent(view, leftEnd).Value;

    private static ElectricEnd Load(EndView view, ElectricEnd end)
    {
        (view.Kind, view.SternResistance) = (end.Kind, end.SternResistance);
        return end;
    }

    private void Prescribe(double time)
    {
        EndView left = EndView.Left(view), right = EndView.Right(view);
        (left.Electric, right.Electric) = (Left.At(time), Right.At(time));
        for (int s = 0; s < a.Species; s++)
        {
            left.Prescribe(s, leftIons[s].Prescribed?.At(time) ?? 0);
            right.Prescribe(s, rightIons[s].Prescribed?.At(time) ?? 0);
        }
    }

    private void PrescribeRates(double time)
    {
        EndView left = EndView.Left(view), right = EndView.Right(view);
        (left.Electric, right.Electric) = (Left.RateAt(time), Right.RateAt(time));
        for (int s = 0; s < a.Species; s++)
        {
            left.Prescribe(s, leftIons[s].Prescribed?.RateAt(time) ?? 0);
            right.Prescribe(s, rightIons[s].Prescribed?.RateAt(time) ?? 0);
        }
    }

    // The potential's row of an end; a current clamp is a potential or a charge in a steady state. own is the ghost's block, next its neighbour's.
    private void Close(ElectricEnd end, IonEnd[] ions, double* own, double* next, double field)
    {
        int m = a.Size, psi = a.Species, w = a.Problems, row = psi * m;
        switch (end.Kind)
        {
            case ElectricKind.Potential or ElectricKind.Gauge:
                own[(row + psi) * w] = 1;
                return;
            case ElectricKind.Axis:
                (own[(row + psi) * w], next[(row + psi) * w]) = (1, -1);
                return;
            case ElectricKind.Stern:
                own[(row + psi) * w] = 1 / end.SternResistance + field;
                next[(row + psi) * w] = -field;
                return;
            case ElectricKind.Charge:
                (own[(row + psi) * w], next[(row + psi) * w]) = (field, -field);
                for (int s = 0; s < ions.Length; s++)
                    if (ions[s].IsReservoir) own[(row + s) * w] = -valence[s] * ions[s].Volume;
                return;
        }
    }

    private long Face(int face, int species) => ((long)face * a.Species + species) * a.Problems + k;
}
