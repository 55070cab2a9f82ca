using ILGPU;

namespace NernstPlanckGpu.Kernels;

/// <summary>Evaluates <see cref="FormulaValues{T}"/> for an array of arguments, one thread each.</summary>
public static class FormulaCheckKernel
{
    /// <summary>The kernel.</summary>
    /// <param name="index">Place in both arrays.</param>
    /// <param name="arguments">Arguments.</param>
    /// <param name="values">Values at them.</param>
    public static void Run(Index1D index, ArrayView<double> arguments, ArrayView<FormulaValues<DeviceLane>> values) =>
        values[index] = FormulaValues<DeviceLane>.At(new(arguments[index]));
}
