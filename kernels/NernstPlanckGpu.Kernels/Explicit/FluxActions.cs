using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>
/// The fluxes of a face from the concentrations on its two sides, whichever kind of face it is; or with <paramref name="largest"/> the larger
/// of the two coefficients of each, m³/s. Those of an interface are found for all species at once, in a loop: unrolled they would be most
/// of the kernel, for a few faces.
/// </summary>
/// <param name="site">Problem.</param>
/// <param name="closure">Q, mol.</param>
/// <param name="largest">Coefficients are wanted.</param>
internal struct FaceFlux<TBernoulli>(Site site, double closure, bool largest)
    where TBernoulli : struct, IBernoulliKind
{
    private double drop, magnitude, bernoulli;
    private bool isInterface;

    /// <summary>Drop of the reduced potential over a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        drop = Ampere.Drop<DeviceLane>(new(face.Resistance), new(face.Previous), new(closure)).Value;
        magnitude = -1;
        int item = face.Interface;
        isInterface = item >= 0;
        if (isInterface) AtInterface(cell, item, face.Previous + closure);
    }

    /// <summary>A J of a species, mol/s, or its coefficient; the neighbours are told.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Of<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        GroupMemory memory = site.Memory;
        if (isInterface) return memory.LeftFlux(species, cell + 1);
        DeviceLane drive = ScharfetterGummel.Drive<DeviceLane>(new(site.Valence(species)), new(drop)), size = DeviceLane.Abs(drive);
        // Species are ordered by |z|: neighbours with the same share the Bernoulli function. The branch is the same for all threads.
        if (size.Value != magnitude) bernoulli = TBernoulli.OfMagnitude(drive).Value;
        magnitude = size.Value;
        double value = largest
            ? ScharfetterGummel.LargestCoefficient<DeviceLane>(new(place.Conductance), new(bernoulli), drive).Value
            : ScharfetterGummel.Flux<DeviceLane>(
                new(place.Conductance), new(bernoulli), drive, new(memory.Concentration(species, cell)), new(memory.Concentration(species, cell + 1))).Value;
        memory.LeftFlux(species, cell + 1) = value;
        return value;
    }

    private readonly void AtInterface(int cell, int item, double charge)
    {
        GroupMemory memory = site.Memory;
        for (int s = 0; s < site.Shape.Species; s++)
        {
            InterfaceRecord r = site.Batch.Interfaces[((((long)site.Problem * site.Shape.Interfaces) + item) * site.Shape.Species) + s];
            DeviceLane left = new(r.LeftShare * charge), right = new(r.RightShare * charge);
            InterfaceFlux.Coefficients<DeviceLane> face = InterfaceFlux.FromMagnitudes<DeviceLane>(
                new(r.LeftConductance), new(r.RightConductance), left, right, new(r.Partition), new(r.InversePartition),
                TBernoulli.OfMagnitude(left), TBernoulli.OfMagnitude(right));
            memory.LeftFlux(s, cell + 1) = largest
                ? DeviceLane.Max(face.Left, face.Right).Value
                : InterfaceFlux.Flux<DeviceLane>(face, new(memory.Concentration(s, cell)), new(memory.Concentration(s, cell + 1))).Value;
        }
    }
}

/// <summary>First half of an evaluation: fluxes for the neighbour on the right, and the new q, which needs no neighbour.</summary>
/// <param name="site">Problem.</param>
/// <param name="move">What is made of the rate.</param>
/// <param name="closure">Q, mol.</param>
/// <param name="drives">Which of the drives' values are those of the evaluated state.</param>
public struct FluxAction<TMove, TBernoulli>(Site site, TMove move, double closure, int drives) : ICellAction
    where TMove : struct, IMove
    where TBernoulli : struct, IBernoulliKind
{
    private FaceFlux<TBernoulli> flux = new(site, closure, largest: false);
    private double current;

    /// <summary>The thread's part of sum w q of the new state.</summary>
    public double WeightedCharge { get; private set; }

    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        flux.Begin(cell, ref face);
        current = 0;
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        double j = flux.Of(cell, species, ref place);
        int side = cell == 0 ? 0 : 1;
        // Nothing else passes where a flux is given.
        if ((cell == 0 || cell == site.Shape.Cells) && site.EndOf(side, species) == (int)EndKind.Flux)
        {
            j = site.EndValue(drives, side, species);
            GroupMemory memory = site.Memory;
            memory.LeftFlux(species, cell + 1) = j;
        }
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
/// <param name="drives">Which of the drives' values are those of the new state.</param>
public struct UpdateAction<TMove>(Site site, TMove move, int drives) : ICellAction
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
                if (site.IsBath(side, species)) c = site.EndValue(drives, side, species);
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
