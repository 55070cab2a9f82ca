using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Formulas.Implicit;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The reservoirs of one problem whose volume v changes. A ghost block keeps its amount over its initial volume, n = v c: amounts stay linear
/// invariants, which Rosenbrock steps keep exactly. The coefficients of its end face are the largest of all, so nothing of size may pass
/// there, or its rounding would be lost from the amount. Solved for is therefore not dn but x with
/// <code>dn = x + c dv − J/a,</code>
/// J: the flux of the face at the stage, as c = n/v strays from its neighbour; a: its coefficient. In x neither dv nor J stand at the face.
/// </summary>
internal sealed unsafe class SwellingReservoirs(ImplicitArrays a, EndRows ends, int k, MembraneLayout layout)
{
    private readonly double[] leftGhost = new double[a.Species], rightGhost = new double[a.Species];
    private readonly double[] leftStray = new double[a.Species], rightStray = new double[a.Species];

    private int LastBlock => a.Blocks - 1;

    private bool IsLeft => layout.LeftVolumeState >= 0;

    private bool IsRight => layout.RightVolumeState >= 0;

    /// <summary>Takes the concentrations that a step is linearised at.</summary>
    public void Linearise(double* u, double leftVolume, double rightVolume)
    {
        for (int s = 0; s < a.Species; s++) (leftGhost[s], rightGhost[s]) = (u[At(0, s)] / leftVolume, u[At(LastBlock, s)] / rightVolume);
    }

    /// <summary>Takes the fluxes of the end faces out of the rows to come.</summary>
    public void TakeEndFluxes()
    {
        for (int s = 0; s < a.Species; s++)
        {
            if (IsLeft && ends.LeftIons[s].IsReservoir) Take(leftStray, 0, s);
            if (IsRight && ends.RightIons[s].IsReservoir) Take(rightStray, a.Cells, s);
        }

        void Take(double[] stray, int face, int s)
        {
            ref double flux = ref a.Flux[Face(face, s)];
            (stray[s], flux) = (flux, 0);
        }
    }

    /// <summary>Divides the fluxes taken by the coefficients of their faces, which are linearised: −J/a on the left, J/a on the right.</summary>
    public void MeasureStray()
    {
        if (IsLeft) Measure(leftStray, ends.LeftIons, a.Left, a.ExcessLeft, 0, -1);
        if (IsRight) Measure(rightStray, ends.RightIons, a.Right, a.ExcessRight, a.Cells, 1);
    }

    // With activity coefficients a is a diagonal matrix and the product of what ln gamma does to each flux, e, and the weights of the ions, w:
    // (d + e w)⁻¹ J = J/d − e/d (w J/d)/(1 + w e/d).
    private void Measure(double[] stray, IReadOnlyList<IonEnd> ions, double* coefficient, double* excess, int face, int sign)
    {
        double weighted = 0, own = 1;
        for (int s = 0; s < a.Species; s++)
        {
            if (!ions[s].IsReservoir) continue;
            double inverse = 1 / coefficient[Face(face, s)];
            stray[s] *= sign * inverse;
            if (a.Shape.IsIdeal) continue;
            double weight = a.ActivityWeight[s * a.Problems + k];
            weighted += weight * stray[s];
            own += weight * excess[Face(face, s)] * inverse;
        }
        if (a.Shape.IsIdeal) return;
        for (int s = 0; s < a.Species; s++)
            if (ions[s].IsReservoir) stray[s] -= excess[Face(face, s)] / coefficient[Face(face, s)] * (weighted / own);
    }

    /// <summary>target += what a change of the volume takes in the rows of x.</summary>
    public void AddVolume(bool left, double change, double inverseStep, double* target) => AddRows(left, left ? leftGhost : rightGhost, change, inverseStep, target);

    /// <summary>target += what the stage's end fluxes take.</summary>
    public void AddStray(double inverseStep, double* target)
    {
        if (IsLeft) AddRows(true, leftStray, 1, inverseStep, target);
        if (IsRight) AddRows(false, rightStray, 1, inverseStep, target);
    }

    /// <summary>x plus the part of the end fluxes: v dc of the ghosts.</summary>
    public void Stray(double* x)
    {
        for (int s = 0; s < a.Species; s++)
        {
            if (IsLeft) x[At(0, s)] += leftStray[s];
            if (IsRight) x[At(LastBlock, s)] += rightStray[s];
        }
    }

    /// <summary>dn of v dc.</summary>
    public void Swell(double* x, ReadOnlySpan<double> states)
    {
        for (int s = 0; s < a.Species; s++)
        {
            if (IsLeft) x[At(0, s)] += leftGhost[s] * states[layout.LeftVolumeState];
            if (IsRight) x[At(LastBlock, s)] += rightGhost[s] * states[layout.RightVolumeState];
        }
    }

    // Storage of the ghosts, and where it stands in the row that closes the circuit, of a part of dn that is known.
    private void AddRows(bool left, double[] part, double factor, double inverseStep, double* target)
    {
        int ghost = left ? 0 : LastBlock;
        double charge = 0;
        for (int s = 0; s < a.Species; s++)
        {
            double amount = factor * (left ? ends.LeftIons[s] : ends.RightIons[s]).Volume * part[s];
            target[At(ghost, s)] -= amount * inverseStep;
            charge += a.Valence[s] * amount;
        }
        switch ((left ? ends.Left : ends.Right).Kind)
        {
            case ElectricKind.Current: target[At(ghost, a.Species)] += (left ? charge : -charge) * inverseStep; break;
            case ElectricKind.Charge: target[At(ghost, a.Species)] += charge; break;
        }
    }

    private long At(int block, int row) => ((long)block * a.Size + row) * a.Problems + k;

    private long Face(int face, int species) => ((long)face * a.Species + species) * a.Problems + k;
}
