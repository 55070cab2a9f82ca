using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>Largest coefficients of the faces, in the place of the fluxes, and the largest relaxation rate.</summary>
/// <param name="site">Problem.</param>
/// <param name="closure">Q, mol.</param>
public struct CoefficientAction<TBernoulli>(Site site, double closure) : ICellAction
    where TBernoulli : struct, IBernoulliKind
{
    private FaceFlux<TBernoulli> flux = new(site, closure, largest: true);
    private double resistance, relaxation;

    /// <summary>Largest relaxation rate of the thread's faces, 1/s.</summary>
    public double Relaxation { get; private set; }

    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
        flux.Begin(cell, ref face);
        resistance = face.Resistance;
        relaxation = 0;
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        double largest = flux.Of(cell, species, ref place);
        GroupMemory memory = site.Memory;
        relaxation += SpectralBound.Relaxation<DeviceLane>(
            new(site.Valence(species)), new(largest), new(memory.Concentration(species, cell)), new(memory.Concentration(species, cell + 1)),
            new(resistance)).Value;
    }

    /// <inheritdoc/>
    public void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace => Relaxation = Largest.Of(Relaxation, relaxation);
}

/// <summary>Largest outflow rate of the cells, and of the reservoirs.</summary>
/// <param name="site">Problem.</param>
public struct OutflowAction(Site site) : ICellAction
{
    private double inverseVolume;

    /// <summary>Of the thread's cells, 1/s.</summary>
    public double Outflow { get; private set; }

    /// <summary>Of the thread's reservoirs, 1/s.</summary>
    public double Reservoir { get; private set; }

    /// <inheritdoc/>
    public void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace => inverseVolume = face.InverseVolume;

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        GroupMemory memory = site.Memory;
        int side = site.SideOf(cell);
        double left = memory.LeftFlux(species, cell), right = memory.LeftFlux(species, cell + 1);
        if (side >= 0) Reservoir = Largest.Of(Reservoir, (side == 0 ? right : left) * site.GhostInverseVolume(side, species));
        else Outflow = Largest.Of(Outflow, SpectralBound.Outflow<DeviceLane>(new(left), new(right), new(inverseVolume)).Value);
    }

    /// <inheritdoc/>
    public void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }
}
