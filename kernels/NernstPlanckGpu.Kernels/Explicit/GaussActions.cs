using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>The charge of each cell, and q for the neighbour on the right; both lie where fluxes and concentrations do otherwise.</summary>
/// <param name="site">Problem.</param>
public struct CellChargeAction(Site site) : ICellAction
{
    private double charge;

    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        charge = site.Batch.Faces[site.FaceRow(3) + cell];
        GroupMemory memory = site.Memory;
        memory.Concentration(0, cell) = face.Start;
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace => charge += site.Valence(species) * place.Start;

    /// <inheritdoc/>
    public readonly void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        GroupMemory memory = site.Memory;
        memory.LeftFlux(0, cell + 1) = site.SideOf(cell) < 0 ? charge / face.InverseVolume : 0;
    }
}

/// <summary>How far the q of neighbouring faces are from the charge between them.</summary>
/// <param name="site">Problem.</param>
public struct DriftAction(Site site) : ICellAction
{
    /// <summary>Largest violation of Gauss's law, mol/m³.</summary>
    public double Drift { get; private set; }

    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        if (site.SideOf(cell) >= 0) return;
        GroupMemory memory = site.Memory;
        double jump = memory.Concentration(0, cell) - memory.Concentration(0, cell - 1);
        Drift = Largest.Of(DeviceLane.Abs(new((jump - memory.LeftFlux(0, cell + 1)) * face.InverseVolume)).Value, Drift);
    }

    /// <inheritdoc/>
    public readonly void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
    }

    /// <inheritdoc/>
    public readonly void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }
}

/// <summary>q from the charge that lies left of a face.</summary>
/// <param name="site">Problem.</param>
/// <param name="first">q of the left end, mol.</param>
/// <param name="stretches">Stretches of cells that were added up.</param>
public readonly struct ChargeAction(Site site, double first, int stretches) : ICellAction
{
    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        GroupMemory memory = site.Memory;
        int length = (site.Shape.Row + stretches - 1) / stretches;
        double before = first;
        for (int stretch = 0; stretch < cell / length; stretch++) before += memory.Given(0, stretch);
        face.Start = cell > site.Shape.Cells ? 0 : before + memory.LeftFlux(0, cell + 1);
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
    }

    /// <inheritdoc/>
    public void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }
}
