using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The rows of the two ghost blocks of one problem: baths and reservoirs, and what closes the circuit. Their right-hand sides F,
/// their blocks of M/(h gamma) − dF/du, their dF/dt and their part of M u. Scalar, since they are two blocks of many.
/// </summary>
internal sealed unsafe class EndRows
{
    private readonly ImplicitArrays a;
    private readonly int k;
    private readonly IonEnd[] leftIons, rightIons;
    private readonly double[] valence;

    public EndRows(DiscreteProblem problem, ImplicitArrays arrays, int k)
    {
        (a, this.k) = (arrays, k);
        double[] area = problem.FaceAreas();
        int[] order = arrays.Shape.Order;
        valence = arrays.Shape.Valence;
        Left = new(problem, isLeft: true, area[0]);
        Right = new(problem, isLeft: false, area[^1]);
        leftIons = [.. order.Select(s => IonEnd.Of(problem.Problem.Left.Ions[s], area[0], problem.LeftGhostInverseVolume[s]))];
        rightIons = [.. order.Select(s => IonEnd.Of(problem.Problem.Right.Ions[s], area[^1], problem.RightGhostInverseVolume[s]))];
    }

    public ElectricEnd Left { get; set; }

    public ElectricEnd Right { get; set; }

    /// <summary>Ionic conditions in the pack's order.</summary>
    public IReadOnlyList<IonEnd> LeftIons => leftIons;

    public IReadOnlyList<IonEnd> RightIons => rightIons;

    private int LastFace => a.Cells;

    private int LastBlock => a.Blocks - 1;

    /// <summary>Enters the pieces that hold from a time on; returns the next corner.</summary>
    public double Enter(double time)
    {
        double corner = Math.Min(Left.Enter(time), Right.Enter(time));
        foreach (IonEnd ion in leftIons.Concat(rightIons))
            if (ion.Prescribed is { } drive) corner = Math.Min(corner, drive.Enter(time));
        return corner;
    }

    /// <summary>Puts prescribed fluxes onto the end faces, whose own fluxes are 0.</summary>
    public void AddPrescribedFluxes(double time)
    {
        for (int s = 0; s < a.Species; s++)
        {
            if (leftIons[s].IsFlux) a.Flux[Face(0, s)] = leftIons[s].Prescribed!.At(time);
            if (rightIons[s].IsFlux) a.Flux[Face(LastFace, s)] = rightIons[s].Prescribed!.At(time);
        }
    }

    /// <summary>F of the ghost rows, from a state and its fluxes.</summary>
    public void Rates(double* u, double* rate, double time)
    {
        for (int s = 0; s < a.Species; s++)
        {
            rate[At(0, s)] = Ion(leftIons[s], u[At(0, s)], -a.Flux[Face(0, s)], time);
            rate[At(LastBlock, s)] = Ion(rightIons[s], u[At(LastBlock, s)], a.Flux[Face(LastFace, s)], time);
        }
        int psi = a.Species;
        double first = u[At(0, psi)], last = u[At(LastBlock, psi)];
        double leftCharge = a.InverseResistance[k] * (first - u[At(1, psi)]);
        double rightCharge = a.InverseResistance[LastFace * a.Problems + k] * (u[At(LastBlock - 1, psi)] - last);
        rate[At(0, psi)] = Left.Kind switch
        {
            ElectricKind.Potential => Left.At(time) - first,
            ElectricKind.Stern => (Left.At(time) - first) / Left.SternResistance - leftCharge,
            ElectricKind.Charge => Left.At(time) + ReservoirCharge(u, leftEnd: true) - leftCharge,
            ElectricKind.Current => Left.At(time) - Current(0) + ReservoirCurrent(leftEnd: true),
            _ => u[At(1, psi)] - first,
        };
        rate[At(LastBlock, psi)] = Right.Kind switch
        {
            ElectricKind.Potential => Right.At(time) - last,
            ElectricKind.Stern => (Right.At(time) - last) / Right.SternResistance + rightCharge,
            ElectricKind.Charge => Right.At(time) + ReservoirCharge(u, leftEnd: false) + rightCharge,
            ElectricKind.Current => Right.At(time) - Current(LastFace) + ReservoirCurrent(leftEnd: false),
            _ => -last,
        };
    }

    /// <summary>target += factor dF/dt of all rows that prescribed quantities move.</summary>
    public void AddTimeDerivative(double* target, double factor, double time)
    {
        for (int s = 0; s < a.Species; s++)
        {
            AddIon(leftIons[s], At(0, s), At(1, s), +1);
            AddIon(rightIons[s], At(LastBlock, s), At(LastBlock - 1, s), -1);
        }
        target[At(0, a.Species)] += factor * Electric(Left, leftIons);
        target[At(LastBlock, a.Species)] += factor * Electric(Right, rightIons);

        void AddIon(IonEnd ion, long ghost, long cell, int inwards)
        {
            if (ion.Prescribed is null) return;
            double rate = ion.Prescribed.RateAt(time);
            if (ion.IsBath) target[ghost] += factor * rate;
            else target[cell] += factor * inwards * rate;
        }

        double Electric(ElectricEnd end, IonEnd[] ions)
        {
            double rate = end.RateAt(time);
            if (end.Kind == ElectricKind.Stern) rate /= end.SternResistance;
            if (end.Kind != ElectricKind.Current) return rate;
            for (int s = 0; s < ions.Length; s++)
                if (ions[s].IsFlux) rate -= valence[s] * ions[s].Prescribed!.RateAt(time);
            return rate;
        }
    }

    /// <summary>target += factor M u of the ghost rows: reservoirs, and the charge of a current-clamped end.</summary>
    public void AddMass(double* u, double* target, double factor)
    {
        for (int s = 0; s < a.Species; s++)
        {
            target[At(0, s)] += factor * leftIons[s].Volume * u[At(0, s)];
            target[At(LastBlock, s)] += factor * rightIons[s].Volume * u[At(LastBlock, s)];
        }
        int psi = a.Species;
        if (Left.Kind == ElectricKind.Current)
        {
            double charge = a.InverseResistance[k] * (u[At(0, psi)] - u[At(1, psi)]);
            for (int s = 0; s < a.Species; s++) charge -= valence[s] * leftIons[s].Volume * u[At(0, s)];
            target[At(0, psi)] += factor * charge;
        }
        if (Right.Kind == ElectricKind.Current)
        {
            double charge = a.InverseResistance[LastFace * a.Problems + k] * (u[At(LastBlock - 1, psi)] - u[At(LastBlock, psi)]);
            for (int s = 0; s < a.Species; s++) charge += valence[s] * rightIons[s].Volume * u[At(LastBlock, s)];
            target[At(LastBlock, psi)] += factor * charge;
        }
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
    public double ReservoirCharge(double* u, bool leftEnd)
    {
        double sum = 0;
        IonEnd[] ions = leftEnd ? leftIons : rightIons;
        for (int s = 0; s < ions.Length; s++)
            if (ions[s].IsReservoir) sum += valence[s] * ions[s].Volume * (u[At(leftEnd ? 0 : LastBlock, s)] - ions[s].Start);
        return sum;
    }

    /// <summary>sum z A J through an end's face.</summary>
    public double Current(int face)
    {
        double sum = 0;
        for (int s = 0; s < a.Species; s++) sum += valence[s] * a.Flux[Face(face, s)];
        return sum;
    }

    /// <summary>The same of the species that a reservoir of that end holds.</summary>
    public double ReservoirCurrent(bool leftEnd)
    {
        double sum = 0;
        IonEnd[] ions = leftEnd ? leftIons : rightIons;
        for (int s = 0; s < ions.Length; s++)
            if (ions[s].IsReservoir) sum += valence[s] * a.Flux[Face(leftEnd ? 0 : LastFace, s)];
        return sum;
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

    private static double Ion(IonEnd ion, double concentration, double inflow, double time)
    {
        if (ion.IsReservoir) return inflow;
        return (ion.IsBath ? ion.Prescribed!.At(time) : 0) - concentration;
    }

    private long At(int block, int row) => ((long)block * a.Size + row) * a.Problems + k;

    private long Face(int face, int species) => ((long)face * a.Species + species) * a.Problems + k;
}
