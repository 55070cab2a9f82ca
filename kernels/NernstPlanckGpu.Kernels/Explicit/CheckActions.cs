using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>Error of a step in what was integrated, and the smallest concentration.</summary>
/// <param name="site">Problem.</param>
/// <param name="step">h, s.</param>
public struct ErrorAction(Site site, double step) : ICellAction
{
    /// <summary>Sum of the squares of the thread's scaled errors.</summary>
    public double Squares { get; private set; }

    /// <summary>Smallest concentration, mol/m³; not above 0.</summary>
    public double Smallest { get; private set; }

    /// <inheritdoc/>
    public readonly void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        int side = site.SideOf(cell);
        if (side >= 0 && !site.IsReservoir(side, species)) return;
        double error = StepControl.ScaledError<DeviceLane>(
            new(place.Start), new(place.Previous), new(step), new(place.StartRate), new(place.Before), new(site.Shape.RelativeTolerance),
            new(site.Shape.AbsoluteTolerance)).Value;
        Squares += error * error;
        Smallest = Explicit.Smallest.Of(place.Previous, Smallest);
    }

    /// <inheritdoc/>
    public readonly void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }
}

/// <summary>Sum and extremes of one species over the cells, and over reservoirs.</summary>
/// <param name="site">Problem.</param>
/// <param name="wanted">Species.</param>
public struct ExtremesAction(Site site, int wanted) : ICellAction
{
    /// <summary>Smallest, mol/m³; not above 0.</summary>
    public double Lowest { get; private set; }

    /// <summary>Largest, mol/m³; not below 0.</summary>
    public double Highest { get; private set; }

    /// <summary>Sum of 0 times each: 0, unless one is not finite.</summary>
    public double Finite { get; private set; }

    /// <inheritdoc/>
    public readonly void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }

    /// <inheritdoc/>
    public void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace
    {
        int side = site.SideOf(cell);
        if (species != wanted || (side >= 0 && !site.IsReservoir(side, species))) return;
        double c = place.Previous;
        Lowest = Smallest.Of(c, Lowest);
        Highest = Largest.Of(c, Highest);
        Finite += c - c;
    }

    /// <inheritdoc/>
    public readonly void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace
    {
    }
}
