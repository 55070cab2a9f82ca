namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>Takes a problem from the device's memory.</summary>
/// <param name="site">Problem.</param>
public readonly struct LoadAction(Site site) : ICellAction
{
    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        face.Start = site.Batch.State[site.StateRow(site.Shape.Species) + cell];
        face.Resistance = site.Batch.Faces[site.FaceRow(0) + cell];
        face.Weight = site.Batch.Faces[site.FaceRow(1) + cell];
        face.InverseVolume = site.Batch.Faces[site.FaceRow(2) + cell];
        face.Interface = site.Batch.InterfaceOfFace[cell];
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        place.Start = site.Batch.State[site.StateRow(species) + cell];
        place.Conductance = site.Batch.Conductance[((((long)site.Problem * site.Shape.Species) + species) * site.Shape.Row) + cell];
    }

    /// <inheritdoc/>
    public void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }
}

/// <summary>Puts a problem back: its last accepted state.</summary>
/// <param name="site">Problem.</param>
public readonly struct StoreAction(Site site) : ICellAction
{
    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace => site.Batch.State[site.StateRow(site.Shape.Species) + cell] = face.Start;

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace => site.Batch.State[site.StateRow(species) + cell] = place.Start;

    /// <inheritdoc/>
    public void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }
}

/// <summary>
/// Y_0 + a F_0 with its baths, told to the neighbours, and the thread's part of sum w q. With a = 0 the start itself, with a = h mu~_1 the
/// first stage.
/// </summary>
/// <param name="site">Problem.</param>
/// <param name="share">a, s.</param>
/// <param name="drives">Which of the drives' values are those of the state.</param>
public struct SettleAction(Site site, double share, int drives) : ICellAction
{
    private double reservoir;

    /// <summary>Part of sum w q.</summary>
    public double WeightedCharge { get; private set; }

    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        double charge = Moved(face.Start, share == 0 ? 0 : face.StartRate);
        face.Previous = charge;
        face.Before = face.Start;
        WeightedCharge += face.Weight * charge;
        reservoir = 0;
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        int side = site.SideOf(cell);
        double c = Moved(place.Start, share == 0 ? 0 : place.StartRate);
        if (side >= 0)
        {
            if (site.IsBath(side, species)) c = site.EndValue(drives, side, species);
            reservoir += site.ReservoirCharge(side, species, c);
        }
        place.Previous = c;
        place.Before = place.Start;
        GroupMemory memory = site.Memory;
        memory.Concentration(species, cell) = c;
    }

    /// <inheritdoc/>
    public readonly void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace => site.TellEndCharge(cell, face.Previous, reservoir);

    private readonly double Moved(double start, double rate) => (share * rate) + start;
}

/// <summary>Puts the fluxes of the settled state beside it, and its baths into it.</summary>
/// <param name="site">Problem.</param>
public readonly struct GatherAction(Site site) : ICellAction
{
    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        GroupMemory memory = site.Memory;
        place.Start = place.Previous;
        site.Batch.Fluxes[((((long)site.Problem * site.Shape.Species) + species) * site.Shape.Row) + cell] = memory.LeftFlux(species, cell + 1);
    }

    /// <inheritdoc/>
    public void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }
}

/// <summary>Makes the last stage the start, and with it its rate where the integrator has one.</summary>
/// <param name="withRate">The rates at the end were found.</param>
public readonly struct AcceptAction(bool withRate) : ICellAction
{
    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace => Take(ref face);

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace => Take(ref place);

    /// <inheritdoc/>
    public void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }

    private void Take<TUnknown>(ref TUnknown unknown)
        where TUnknown : struct, IUnknown
    {
        unknown.Start = unknown.Previous;
        if (withRate) unknown.StartRate = unknown.Before;
    }
}
