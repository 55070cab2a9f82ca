using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The steady concentrations and fluxes of one species in a given potential, compartment by compartment: exact solutions of the continuity
/// equations by <see cref="SteadyChain"/>.
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
            if (c is { OpenLeft: true, OpenRight: true }) Through(u);
            else if (part.IsClosed) Closed(part, u);
            else OneSided(c, u);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Through(double* u)
    {
        fixed (double* feed = sources)
        {
            double flux = SteadyChain.Through(a.Cells, a.Left + species, a.Right + species, a.Species, u + species, a.Size, new Feed(feed), out int meeting);
            for (int f = 0; f <= a.Cells; f++) Flux[f] = flux + sources[f];
            Meeting = meeting;
        }
    }

    // Fed by one bath: the flux is what the other end and the sources take.
    private void OneSided(Compartment c, double* u)
    {
        int first = c.FirstCell, last = c.LastCell;
        double end = last == a.Cells ? RightFlux : 0, start = first == 1 ? LeftFlux : 0;
        for (int f = first - 1; f <= last; f++) Flux[f] = c.OpenLeft ? end - (sources[last] - sources[f]) : start + sources[f] - sources[first - 1];
        fixed (double* flux = Flux)
        {
            if (c.OpenLeft)
                SteadyChain.FromLeft(first - 1, c.RightVolume > 0 ? last : last - 1, a.Left + species, a.Right + species, a.Species, u + species, a.Size, 0, new Feed(flux));
            else
                SteadyChain.FromRight(last, c.LeftVolume > 0 ? first - 1 : first, a.Left + species, a.Right + species, a.Species, u + species, a.Size, 0, new Feed(flux));
        }
    }

    private void Closed(Part part, double* u)
    {
        Compartment c = part.Compartment;
        for (int f = c.FirstCell - 1; f <= c.LastCell; f++) Flux[f] = 0;
        SteadyChain.Closed(c.FirstBlock, c.LastBlock, part.Amount, a.Left + species, a.Right + species, a.Species, u + species, a.Size, new Volumes(this, c));
    }

    private readonly struct Feed(double* perFace) : ISteadyFeed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double At(int face) => perFace[face];
    }

    private readonly struct Volumes(SteadyTransport transport, Compartment compartment) : ISteadyVolumes
    {
        public double At(int block) => transport.Volume(compartment, block);
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
}
