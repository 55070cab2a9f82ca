using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>The volume of the reservoir inside, over its initial one, at which the cell bursts.</summary>
/// <param name="Ratio">Relative volume; > 1.</param>
internal readonly record struct BurstLimit(double Ratio)
{
    /// <summary>Relative precision of that volume.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>The limit of a problem; null where the membrane bears any volume.</summary>
    public static BurstLimit? Of(MembraneLayout layout) =>
        layout.LeftVolumeState >= 0 && layout.Problem.Mechanisms.OfType<WaterFlux>().Single().BurstRatio is { } ratio ? new(ratio) : null;

    /// <summary>True where the cell has burst.</summary>
    public bool IsReached(double volume) => volume >= Ratio * (1 - Tolerance);

    /// <summary>The step that ends at the limit by the secant of a trial step that goes beyond it, s; infinite where the membrane bears it.</summary>
    public double LongestStep(double before, double after, double step)
    {
        double share = after > before && !IsReached(before) ? (Ratio - before) / (after - before) : double.PositiveInfinity;
        return share < 1 - Tolerance ? share * step : double.PositiveInfinity;
    }
}
