using ILGPU;

namespace NernstPlanckGpu.Kernels.Steady;

/// <summary>What the steady kernel is given; see <see cref="SteadyLayout"/>.</summary>
/// <param name="Problems">Problems of this launch.</param>
/// <param name="Sets">Sets of constants.</param>
/// <param name="MostIterations">Most Newton iterations.</param>
/// <param name="Layout">Layout.</param>
/// <param name="Work">Work, with the results first.</param>
/// <param name="Constants">Constants, interleaved by set.</param>
/// <param name="SetOf">Set of each problem.</param>
/// <param name="Values">Values, interleaved by problem.</param>
/// <param name="Structure">Integers of the group.</param>
/// <param name="Status">Outcome and iterations, [2][problem].</param>
public readonly record struct SteadyArguments(
    int Problems, int Sets, int MostIterations, SteadyLayout Layout, ArrayView<double> Work, ArrayView<double> Constants, ArrayView<int> SetOf,
    ArrayView<double> Values, ArrayView<int> Structure, ArrayView<int> Status);

/// <summary>How a problem came out of the kernel.</summary>
public static class SteadyStatus
{
    /// <summary>Converged.</summary>
    public const int Found = 0;

    /// <summary>Still moving after the most iterations.</summary>
    public const int Moving = 1;

    /// <summary>A concentration is negative or no number.</summary>
    public const int NoConcentration = 2;

    /// <summary>An update of the potential is no number.</summary>
    public const int NoUpdate = 3;
}
