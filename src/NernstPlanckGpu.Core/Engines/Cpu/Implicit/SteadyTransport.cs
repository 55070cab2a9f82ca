using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The steady concentrations and fluxes of one species in a given potential. In one dimension the flux through a compartment is
/// one number, so the continuity equations are solved exactly, without subtraction: concentrations come out positive and
/// fluxes uniform to the last bit, whatever the barriers. With J_f = a_f c_f − b_f c_(f+1) and J_f = J + S_f (S: what sources
/// give up to face f), eliminating the cells from the left bath c_0 on keeps
/// <code>J = A c_0 − e c_i − g,    A' = a A/(e + a),   e' = b e/(e + a),   g' = (a g + e S)/(e + a).</code>
/// </summary>
internal sealed unsafe class SteadyTransport
{
    private readonly ImplicitArrays a;
    private readonly int species, original;
    private readonly double[] sources;
    private readonly Part[] parts;

    /// <summary>A compartment: at equilibrium (no flux) or not.</summary>
    /// <param name="Compartment">Cells and ends.</param>
    /// <param name="IsEquilibrium">No flux anywhere in it.</param>
    /// <param name="Amount">Conserved amount of a closed one, mol.</param>
    internal sealed record Part(Compartment Compartment, bool IsEquilibrium, double Amount)
    {
        /// <summary>Concentrations are linked to no bath and no neighbour: they stay.</summary>
        public bool IsInert => IsClosed && Compartment is { LeftVolume: 0, RightVolume: 0 } && Compartment.FirstCell == Compartment.LastCell;

        /// <summary>No bath at either end, and nothing feeds it: its amount is conserved.</summary>
        public bool IsClosed => IsEquilibrium && !Compartment.OpenLeft && !Compartment.OpenRight;
    }

    public SteadyTransport(
        DiscreteProblem problem, ImplicitArrays arrays, int species, IReadOnlyList<Compartment> compartments, EndRows ends,
        SourceFluxes sourceFluxes, double[][] initial)
    {
        (a, this.species) = (arrays, species);
        original = arrays.Shape.Order[species];
        sources = new double[a.Cells + 1];
        double[] volumes = problem.Volumes();
        if (problem.Problem.Sources?[original] is not null)
        {
            var rows = new double[a.Cells * a.Species];
            fixed (double* row = rows) sourceFluxes.AddRates(row, 1, a.Species, 1, 0);
            for (int i = 0; i < a.Cells; i++) sources[i + 1] = sources[i] + rows[i * a.Species + species];
        }
        IonEnd left = ends.LeftIons[species], right = ends.RightIons[species];
        LeftFlux = left.IsFlux ? left.Prescribed!.At(0) : 0;
        RightFlux = right.IsFlux ? right.Prescribed!.At(0) : 0;
        parts = [.. compartments.Select(c => new Part(
            c, !c.HasFlux && !(c.OpenLeft && c.OpenRight) && !HasSources(c), Amount(c, initial[original], volumes)))];
    }

    /// <summary>Prescribed flux at the two ends, mol/s.</summary>
    public double LeftFlux { get; }

    public double RightFlux { get; }

    public IReadOnlyList<Part> Parts => parts;

    /// <summary>True when the species passes from end to end.</summary>
    public bool Passes => parts is [{ Compartment: { OpenLeft: true, OpenRight: true } }];

    /// <summary>Steady flux of a species that does not pass through an end, whatever the potential: what is prescribed, or what the bath there has to balance, mol/s.</summary>
    /// <param name="left">The left end, else the right one.</param>
    public double EndFlux(bool left)
    {
        Compartment c = parts[left ? 0 : ^1].Compartment;
        double gain = sources[c.LastCell] - sources[c.FirstCell - 1];
        if (left) return c.OpenLeft ? (c.LastCell == a.Cells ? RightFlux : 0) - gain : LeftFlux;
        return c.OpenRight ? (c.FirstCell == 1 ? LeftFlux : 0) + gain : RightFlux;
    }

    /// <summary>Flux per face, mol/s.</summary>
    public double[] Flux { get; private set; } = [];

    /// <summary>Cells up to this one were found from their left neighbours, the others from their right ones.</summary>
    public int Meeting { get; private set; }

    /// <summary>Why no steady state can exist, or null.</summary>
    public string? Impossible(string name)
    {
        foreach (Part part in parts)
        {
            Compartment c = part.Compartment;
            if (c.OpenLeft || c.OpenRight || part.IsEquilibrium) continue;
            double gain = (c.FirstCell == 1 ? LeftFlux : 0) - (c.LastCell == a.Cells ? RightFlux : 0) + sources[c.LastCell] - sources[c.FirstCell - 1];
            return gain == 0
                ? $"{name} has sources or prescribed fluxes but no bath: its steady amount is not determined; give it a bath, or integrate in time"
                : $"{name} gains {gain:g4} mol/s and has no bath to lose it to: it has no steady state";
        }
        return null;
    }

    /// <summary>Concentrations for the face coefficients that stand in the arrays; writes them into the state.</summary>
    public void Solve(double* u)
    {
        if (Flux.Length == 0) Flux = new double[a.Cells + 1];
        foreach (Part part in parts)
        {
            Compartment c = part.Compartment;
            if (part.IsInert) continue;
            if (c is { OpenLeft: true, OpenRight: true }) Through(c, u);
            else if (part.IsClosed) Closed(part, u);
            else OneSided(c, u);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Through(Compartment c, double* u)
    {
        int n = a.Cells;
        double left = u[At(0)], right = u[At(n + 1)], conduct = a.Left[Face(0)], escape = a.Right[Face(0)], gained = 0;
        for (int f = 1; f <= n; f++)
        {
            double forward = a.Left[Face(f)], back = a.Right[Face(f)], inverse = 1 / (escape + forward);
            gained = (forward * gained + escape * (sources[f] - sources[0])) * inverse;
            conduct *= forward * inverse;
            escape *= back * inverse;
        }
        double flux = conduct * left - escape * right - gained;
        for (int f = 0; f <= n; f++) Flux[f] = flux + sources[f];
        // From each bath inwards while that adds and does not take away.
        int meeting = 0;
        while (meeting < n && Flux[meeting] < 0) meeting++;
        for (int f = 0; f < meeting; f++) u[At(f + 1)] = (a.Left[Face(f)] * u[At(f)] - Flux[f]) / a.Right[Face(f)];
        Meeting = meeting;
        for (int f = n; f > meeting; f--) u[At(f)] = (Flux[f] + a.Right[Face(f)] * u[At(f + 1)]) / a.Left[Face(f)];
    }

    // Fed by one bath: the flux is what the other end and the sources take.
    private void OneSided(Compartment c, double* u)
    {
        int first = c.FirstCell, last = c.LastCell;
        if (c.OpenLeft)
        {
            double end = last == a.Cells ? RightFlux : 0;
            for (int f = first - 1; f <= last; f++) Flux[f] = end - (sources[last] - sources[f]);
            int stop = c.RightVolume > 0 ? last : last - 1;
            for (int f = first - 1; f <= stop; f++) u[At(f + 1)] = (a.Left[Face(f)] * u[At(f)] - Flux[f]) / a.Right[Face(f)];
            return;
        }
        double start = first == 1 ? LeftFlux : 0;
        for (int f = first - 1; f <= last; f++) Flux[f] = start + sources[f] - sources[first - 1];
        int from = c.LeftVolume > 0 ? 0 : 1;
        for (int f = last; f >= first - 1 + from; f--) u[At(f)] = (Flux[f] + a.Right[Face(f)] * u[At(f + 1)]) / a.Left[Face(f)];
    }

    // Boltzmann's distribution of a conserved amount.
    private void Closed(Part part, double* u)
    {
        Compartment c = part.Compartment;
        int first = c.FirstBlock, last = c.LastBlock;
        for (int f = c.FirstCell - 1; f <= c.LastCell; f++) Flux[f] = 0;
        double weight = 1, sum = 0;
        for (int i = first; i <= last; i++)
        {
            if (i > first) weight *= a.Left[Face(i - 1)] / a.Right[Face(i - 1)];
            u[At(i)] = weight;
            sum += weight * Volume(c, i);
        }
        double scale = part.Amount / sum;
        for (int i = first; i <= last; i++) u[At(i)] *= scale;
    }

    /// <summary>Volume of a cell, or of the compartment's reservoir in a ghost, m³.</summary>
    public double Volume(Compartment c, int block) => block == 0 ? c.LeftVolume : block > a.Cells ? c.RightVolume : a.Volume[block];

    private static double Amount(Compartment c, double[] initial, double[] volumes)
    {
        double sum = c.LeftVolume * initial[0] + c.RightVolume * initial[^1];
        for (int i = c.FirstCell; i <= c.LastCell; i++) sum += initial[i] * volumes[i - 1];
        return sum;
    }

    private bool HasSources(Compartment c)
    {
        for (int i = c.FirstCell; i <= c.LastCell; i++) if (sources[i] != sources[i - 1]) return true;
        return false;
    }

    private long At(int block) => (long)block * a.Size + species;

    private long Face(int face) => (long)face * a.Species + species;
}
