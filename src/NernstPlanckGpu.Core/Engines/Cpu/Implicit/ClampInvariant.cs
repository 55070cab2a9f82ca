using NernstPlanckGpu.Core.Discretisation;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// What a clamped current leaves as it is where no ion passes from end to end, and so what the steady voltage follows from. With dq_f/dt = I − sum z J_f
/// at every face f, and the flux of each species fixed at some face f_s of its own (a wall, a closed end, a prescribed flux),
/// <code>G = q_f + sum over s of z_s N_s,    N_s: amount between f and f_s, counted positive to the right,    dG/dt = I − sum z_s J_s(f_s) = 0.</code>
/// The face f with the fewest cells between is taken: in a wall that stops every ion nothing but q_f is left.
/// </summary>
internal sealed unsafe class ClampInvariant
{
    private readonly record struct Run(int Species, int First, int Last, double Weight);

    private readonly ImplicitArrays a;
    private readonly EndRows ends;
    private readonly List<Run> runs = [];
    private readonly int face, firstCharge, lastCharge;
    private readonly double ions, side;

    /// <summary>Takes the value that the initial state has.</summary>
    /// <param name="arrays">Arrays of one problem.</param>
    /// <param name="ends">Its ends.</param>
    /// <param name="transport">Species, none of them charged and passing.</param>
    /// <param name="u">Initial concentrations.</param>
    /// <param name="isLeft">The left end is clamped.</param>
    /// <param name="endCharge">Initial A D/F of the clamped end, mol.</param>
    public ClampInvariant(ImplicitArrays arrays, EndRows ends, SteadyTransport[] transport, double* u, bool isLeft, double endCharge)
    {
        (a, this.ends) = (arrays, ends);
        int[][] walls = [.. transport.Select((t, s) => a.Shape.Valence[s] == 0 ? [] : FixedFaces(t))];
        int Nearest(int[] faces, int at) => faces.MinBy(f => Math.Abs(f - at));
        int Between(int at) => walls.Where(faces => faces.Length > 0).Sum(faces => Math.Abs(Nearest(faces, at) - at));
        face = Enumerable.Range(0, a.Cells + 1).MinBy(Between);
        for (int s = 0; s < walls.Length; s++)
        {
            if (walls[s].Length == 0) continue;
            int wall = Nearest(walls[s], face);
            if (wall != face) runs.Add(new(s, Math.Min(wall, face) + 1, Math.Max(wall, face), wall > face ? a.Shape.Valence[s] : -a.Shape.Valence[s]));
        }
        // From the clamped end to the face, where the charge of the cells lies between.
        (firstCharge, lastCharge, side) = isLeft ? (1, face, 1.0) : (face + 1, a.Cells, -1.0);
        double between = 0;
        for (int i = firstCharge; i <= lastCharge; i++)
            for (int s = 0; s < a.Species; s++) between += a.Shape.Valence[s] * a.Volume[i] * u[(long)i * a.Size + s];
        ions = endCharge + side * between + Amounts(u);
    }

    /// <summary>What the invariant lacks in a state, mol.</summary>
    public double Missing(double* u)
    {
        double fixedCharge = 0;
        for (int i = firstCharge; i <= lastCharge; i++) fixedCharge += a.FixedCharge[i];
        return ions + side * fixedCharge - Change(u);
    }

    /// <summary>Its change by a change of the state, to which it is linear.</summary>
    public double Change(double* x)
    {
        double field = a.InverseResistance[face] * (x[(long)face * a.Size + a.Species] - x[(long)(face + 1) * a.Size + a.Species]);
        return field + Amounts(x);
    }

    private double Amounts(double* x)
    {
        double sum = 0;
        foreach (Run run in runs)
            for (int i = run.First; i <= run.Last; i++) sum += run.Weight * Volume(run.Species, i) * x[(long)i * a.Size + run.Species];
        return sum;
    }

    // A ghost has the volume of the species' reservoir.
    private double Volume(int species, int block) =>
        block == 0 ? ends.LeftIons[species].Volume : block > a.Cells ? ends.RightIons[species].Volume : a.Volume[block];

    // Faces whose flux nothing in the stack moves; −1 and n + 1 lie beyond a reservoir.
    private int[] FixedFaces(SteadyTransport transport)
    {
        var faces = new List<int>();
        foreach (SteadyTransport.Part part in transport.Parts)
        {
            Compartment c = part.Compartment;
            if (!c.OpenLeft) faces.Add(c.FirstCell == 1 && c.LeftVolume > 0 ? -1 : c.FirstCell - 1);
            if (!c.OpenRight) faces.Add(c.LastCell == a.Cells && c.RightVolume > 0 ? a.Cells + 1 : c.LastCell);
        }
        return [.. faces];
    }
}
