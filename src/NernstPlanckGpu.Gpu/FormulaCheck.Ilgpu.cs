#if WITH_ILGPU
using System.Diagnostics.CodeAnalysis;
using ILGPU;
using ILGPU.Runtime;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Kernels;

namespace NernstPlanckGpu.Gpu;

public sealed partial record FormulaCheck
{
    // 1e-3 to 300 in 24 steps of one ratio, with either sign: small drops, both sides of every reduction, large ones.
    internal static readonly double[] Arguments =
        [.. Enumerable.Range(0, 48).Select(i => (i % 2 == 0 ? 1.0 : -1.0) * 1e-3 * Math.Pow(3e5, i / 47.0))];

    /// <summary>Evaluates the formulas on a device. Never throws: a device that fails is a reason in words.</summary>
    /// <param name="context">ILGPU's context of the device.</param>
    /// <param name="device">The device.</param>
    [SuppressMessage("Design", "CA1031", Justification = "A driver may fail in any way; the list of devices must not.")]
    public static FormulaCheck Run(Context context, Device device)
    {
        try
        {
            return Judge(Evaluate(context, device));
        }
        catch (Exception exception)
        {
            return new(null, $"its first kernel failed: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Compares values of a device at the arguments of the check with the scalar lane's.</summary>
    internal static FormulaCheck Judge(IReadOnlyList<FormulaValues<DeviceLane>> values)
    {
        double largest = 0;
        for (int i = 0; i < Arguments.Length; i++)
        {
            FormulaValues<ScalarLane> expected = FormulaValues<ScalarLane>.At(new(Arguments[i]));
            FormulaValues<DeviceLane> value = values[i];
            ReadOnlySpan<double> differences =
            [
                Relative(expected.Bernoulli, value.Bernoulli),
                Relative(expected.Exponential, value.Exponential),
                Relative(expected.Logarithm, value.Logarithm),
                Math.Abs(value.Sine.Value - expected.Sine.Value) / Math.Max(1.0, Math.Abs(Arguments[i])),
                Relative(expected.FluxFromLeft, value.FluxFromLeft),
                Relative(expected.FluxFromRight, value.FluxFromRight),
            ];
            foreach (double difference in differences)
            {
                if (!double.IsFinite(difference))
                    return new(null, $"its formulas give a value that is not finite at {Arguments[i]:G3}");
                largest = Math.Max(largest, difference);
            }
        }

        return new(largest, largest <= Tolerance
            ? null
            : $"its formulas differ from the CPU's by {largest:0.0e+0}; rounding explains {Tolerance:0e+0}");
    }

    private static FormulaValues<DeviceLane>[] Evaluate(Context context, Device device)
    {
        using Accelerator accelerator = device.CreateAccelerator(context);
        using MemoryBuffer1D<double, Stride1D.Dense> arguments = accelerator.Allocate1D(Arguments);
        using MemoryBuffer1D<FormulaValues<DeviceLane>, Stride1D.Dense> values =
            accelerator.Allocate1D<FormulaValues<DeviceLane>>(Arguments.Length);
        Action<Index1D, ArrayView<double>, ArrayView<FormulaValues<DeviceLane>>> kernel = accelerator
            .LoadAutoGroupedStreamKernel<Index1D, ArrayView<double>, ArrayView<FormulaValues<DeviceLane>>>(FormulaCheckKernel.Run);
        kernel(Arguments.Length, arguments.View, values.View);
        accelerator.Synchronize();
        return values.GetAsArray1D();
    }

    private static double Relative(ScalarLane expected, DeviceLane value) =>
        Math.Abs(value.Value - expected.Value) / Math.Abs(expected.Value);
}
#endif
