using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results.Membrane;

namespace NernstPlanckGpu.Core.Results;

/// <summary>Amount of a species in the stack and its reservoirs, summed without loss.</summary>
internal static class HeldAmount
{
    /// <summary>mol.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="volume">Of its cells, m³.</param>
    /// <param name="concentration">Of the species, ghosts included, mol/m³.</param>
    /// <param name="species">Species.</param>
    /// <param name="relativeVolume">Volumes of the reservoirs over the initial ones.</param>
    public static double Of(DiscreteProblem problem, double[] volume, double[] concentration, int species, (double Left, double Right) relativeVolume)
    {
        CompensatedSum sum = default;
        for (int i = 0; i < problem.Cells; i++) sum.Add(concentration[i + 1] * volume[i]);
        sum.Add(ReservoirAmount.Of(problem.LeftGhostInverseVolume[species], concentration[0], relativeVolume.Left));
        sum.Add(ReservoirAmount.Of(problem.RightGhostInverseVolume[species], concentration[^1], relativeVolume.Right));
        return sum.Value;
    }
}
