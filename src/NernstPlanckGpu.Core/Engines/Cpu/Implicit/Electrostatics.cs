namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>The potential of one problem from its charges: Poisson's equation in finite volumes, one tridiagonal solve.</summary>
internal sealed unsafe class Electrostatics(ImplicitArrays a, EndRows ends, int k)
{
    private readonly double[] diagonal = new double[a.Blocks], right = new double[a.Blocks];

    /// <summary>Writes the potential into the state.</summary>
    /// <param name="u">State with its concentrations.</param>
    /// <param name="time">s.</param>
    /// <param name="clampCharge">A D/F at a current-clamped end, mol.</param>
    public void Solve(double* u, double time, double clampCharge)
    {
        int w = a.Problems, last = a.Blocks - 1;
        for (int i = 1; i < last; i++)
        {
            diagonal[i] = Field(i - 1) + Field(i);
            double charge = 0;
            for (int s = 0; s < a.Species; s++)
                charge = Math.FusedMultiplyAdd(a.Shape.Valence[s], u[((long)i * a.Size + s) * w + k], charge);
            right[i] = Math.FusedMultiplyAdd(a.Volume[(long)i * w + k], charge, a.FixedCharge[(long)i * w + k]);
        }
        (diagonal[0], right[0]) = End(ends.Left, Field(0), time, clampCharge, ends.ReservoirCharge(u, leftEnd: true), +1);
        (diagonal[last], right[last]) = End(ends.Right, Field(last - 1), time, clampCharge, ends.ReservoirCharge(u, leftEnd: false), -1);

        // Rows are −y_(i−1) psi_(i−1) + d psi_i − y_i psi_(i+1); a prescribed potential has no neighbour.
        for (int i = 1; i <= last; i++)
        {
            double coupling = i == last && !Couples(ends.Right) ? 0 : Below(i);
            double multiple = coupling / diagonal[i - 1];
            diagonal[i] -= multiple * Above(i - 1);
            right[i] += multiple * right[i - 1];
        }
        double psi = right[last] / diagonal[last];
        u[((long)last * a.Size + a.Species) * w + k] = psi;
        for (int i = last - 1; i >= 0; i--)
        {
            psi = (right[i] + Above(i) * psi) / diagonal[i];
            u[((long)i * a.Size + a.Species) * w + k] = psi;
        }
    }

    private double Field(int face) => a.InverseResistance[(long)face * a.Problems + k];

    private double Below(int i) => Field(i - 1);

    // On an axis psi is the neighbour's, whatever the face.
    private double Above(int i) => i > 0 ? Field(i) : ends.Left.Kind == ElectricKind.Axis ? 1 : Couples(ends.Left) ? Field(0) : 0;

    private static bool Couples(ElectricEnd end) => end.Kind is not (ElectricKind.Potential or ElectricKind.Gauge);

    // Diagonal and right-hand side of an end's row, charge balanced into the stack; side is +1 on the left.
    private static (double Diagonal, double Right) End(
        ElectricEnd end, double field, double time, double clampCharge, double reservoirCharge, int side) => end.Kind switch
        {
            ElectricKind.Potential => (1, end.At(time)),
            ElectricKind.Gauge => (1, 0),
            ElectricKind.Axis => (1, 0),
            ElectricKind.Stern => (field + 1 / end.SternResistance, end.At(time) / end.SternResistance),
            ElectricKind.Charge => (field, end.At(time) + reservoirCharge),
            _ => (field, side * clampCharge),
        };
}
