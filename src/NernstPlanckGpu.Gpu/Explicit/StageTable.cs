using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Kernels.Explicit;

namespace NernstPlanckGpu.Gpu.Explicit;

/// <summary>
/// The coefficients of every number of stages of rkc2, made once: 24 MB that a device reads instead of a recurrence with three divisions
/// per stage in every thread. They are the CPU's to the last bit.
/// </summary>
internal static class StageTable
{
    private static readonly Lazy<StageRecord[]> All = new(Make);

    /// <summary>Stages of 2, of 3, … of the most stages, one after the other.</summary>
    public static StageRecord[] Stages => All.Value;

    /// <summary>Stability interval of s stages at s.</summary>
    public static double[] Stability { get; } =
        [0, 0, .. Enumerable.Range(2, Rkc2.MaximumStages - 1).Select(Rkc2.StabilityInterval)];

    private static StageRecord[] Make()
    {
        var table = new StageRecord[(Rkc2.MaximumStages * (Rkc2.MaximumStages + 1) / 2) - 1];
        int at = 0;
        for (int stages = 2; stages <= Rkc2.MaximumStages; stages++)
        {
            var stage = Chebyshev<ScalarLane>.Begin(new(stages));
            for (int j = 1; j <= stages; j++)
            {
                if (j > 1) stage.Next();
                double mu = stage.Mu.Value, nu = stage.Nu.Value;
                table[at++] = new(1 - mu - nu, mu, nu, stage.MuTilde.Value, stage.GammaTilde.Value, stage.Time.Value);
            }
        }
        return table;
    }
}
