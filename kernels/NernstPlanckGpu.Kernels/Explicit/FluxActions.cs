using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>The fluxes of a face from the concentrations on its two sides, whichever kind of face it is.</summary>
/// <param name="site">Problem.</param>
/// <param name="closure">Q, mol.</param>
internal struct FaceFlux(Site site, double closure)
{
    private double charge, drop, magnitude, bernoulli;
    private int item;

    /// <summary>Drop of the reduced potential over a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin<TFace>(ref TFace face)
        where TFace : struct, IFace
    {
        charge = face.Previous + closure;
        drop = Ampere.Drop<DeviceLane>(new(face.Resistance), new(face.Previous), new(closure)).Value;
        item = face.Interface;
        magnitude = -1;
    }

    /// <summary>A J of a species, mol/s; or with <paramref name="largest"/> the larger of its two coefficients, m³/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Of<TPlace>(int cell, int species, ref TPlace place, bool largest)
        where TPlace : struct, IPlace
    {
        GroupMemory memory = site.Memory;
        double left = memory.Concentration(species, cell), right = memory.Concentration(species, cell + 1);
        if (item >= 0) return AtInterface(species, left, right, largest);
        DeviceLane drive = ScharfetterGummel.Drive<DeviceLane>(new(site.Valence(species)), new(drop)), size = DeviceLane.Abs(drive);
        // Species are ordered by |z|: neighbours with the same share the Bernoulli function. The branch is the same for all threads.
        if (size.Value != magnitude) bernoulli = Bernoulli.OfMagnitude(drive).Value;
        magnitude = size.Value;
        return largest
            ? ScharfetterGummel.LargestCoefficient<DeviceLane>(new(place.Conductance), new(bernoulli), drive).Value
            : ScharfetterGummel.Flux<DeviceLane>(new(place.Conductance), new(bernoulli), drive, new(left), new(right)).Value;
    }

    private readonly double AtInterface(int species, double left, double right, bool largest)
    {
        InterfaceRecord r = site.Batch.Interfaces[((((long)site.Problem * site.Shape.Interfaces) + item) * site.Shape.Species) + species];
        InterfaceFlux.Coefficients<DeviceLane> face = InterfaceFlux.AtFace<DeviceLane>(
            new(r.LeftConductance), new(r.RightConductance), new(r.LeftShare * charge), new(r.RightShare * charge), new(r.Partition), new(r.InversePartition));
        return largest ? DeviceLane.Max(face.Left, face.Right).Value : InterfaceFlux.Flux<DeviceLane>(face, new(left), new(right)).Value;
    }
}

/// <summary>First half of an evaluation: fluxes for the neighbour on the right, and the new q, which needs no neighbour.</summary>
/// <param name="site">Problem.</param>
/// <param name="move">What is made of the rate.</param>
/// <param name="closure">Q, mol.</param>
/// <param name="time">Time of the evaluated state, s.</param>
public struct FluxAction<TMove>(Site site, TMove move, double closure, double time) : ICellAction
    where TMove : struct, IMove
{
    private FaceFlux flux = new(site, closure);
    private double current;

    /// <summary>The thread's part of sum w q of the new state.</summary>
    public double WeightedCharge { get; private set; }

    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        flux.Begin(ref face);
        current = 0;
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        double j = flux.Of(cell, species, ref place, largest: false);
        if (cell == 0 || cell == site.Shape.Cells)
        {
            int side = cell == 0 ? 0 : 1;
            if (site.EndOf(side, species) == (int)EndKind.Flux) j += site.EndValue(side, species, time);
        }
        GroupMemory memory = site.Memory;
        memory.LeftFlux(species, cell + 1) = j;
        current += site.Valence(species) * j;
    }

    /// <inheritdoc/>
    public void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        double charge = move.Charge(face, current);
        move.Take(ref face, charge);
        WeightedCharge += face.Weight * charge;
    }
}

/// <summary>Second half: every cell by the fluxes of its two faces.</summary>
/// <param name="site">Problem.</param>
/// <param name="move">What is made of the rate.</param>
/// <param name="time">Time of the new state, s.</param>
public struct UpdateAction<TMove>(Site site, TMove move, double time) : ICellAction
    where TMove : struct, IMove
{
    private double inverseVolume, reservoir;

    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        inverseVolume = face.InverseVolume;
        reservoir = 0;
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        GroupMemory memory = site.Memory;
        int side = site.SideOf(cell);
        double left = memory.LeftFlux(species, cell);
        // Beyond the last ghost there is no face.
        double right = side == 1 ? 0 : memory.LeftFlux(species, cell + 1);
        double c = move.Cell(place, side < 0 ? inverseVolume : site.GhostInverseVolume(side, species), left - right);
        if (move.GivesState)
        {
            if (side >= 0)
            {
                if (site.IsBath(side, species)) c = site.EndValue(side, species, time);
                reservoir += site.ReservoirCharge(side, species, c);
            }
            memory.Concentration(species, cell) = c;
        }
        move.Take(ref place, c);
    }

    /// <inheritdoc/>
    public readonly void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        if (move.GivesState) site.TellEndCharge(cell, face.Previous, reservoir);
    }
}
