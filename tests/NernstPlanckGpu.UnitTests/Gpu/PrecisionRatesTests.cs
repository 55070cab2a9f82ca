using Xunit;
#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime.Cuda;
using NernstPlanckGpu.Gpu;
using NernstPlanckGpu.Kernels;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>What measures a device does the operations that it counts, and no others.</summary>
public sealed class PrecisionRatesTests
{
#if WITH_ILGPU
    [Theory]
    [InlineData(false, "f64", "f32")]
    [InlineData(true, "f32", "")]
    public void A_turn_is_eight_products_and_sums_of_its_precision(bool isSingle, string own, string other)
    {
        string[] lines = Ptx.Of(
            isSingle ? (Action<Index1D, ArrayView<double>, int>)RateKernel.Run<SingleLane> : RateKernel.Run<DeviceLane>, CudaArchitecture.SM_90, OptimizationLevel.O2);
        Assert.Empty(Ptx.Calls(lines));
        // Products of the loop; those of the argument and of the sum at the end are no more than a few besides.
        Assert.Equal(RateKernel.OperationsPerTurn / 2, lines.Count(line => line.Contains($"fma.rn.{own}", StringComparison.Ordinal) || line.Contains($"mul.{own}", StringComparison.Ordinal)) - (isSingle ? 0 : 1));
        if (other.Length > 0) Assert.DoesNotContain(lines, line => line.Contains(other, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_device_does_no_more_in_double_than_in_single()
    {
        AcceleratorInfo[] devices = [.. AcceleratorDiscovery.Discover(measures: true).SelectMany(report => report.Accelerators).Where(device => device.Kind != AcceleratorKind.Simulator)];
        Skip.If(devices.Length == 0, "no CUDA or OpenCL device on this machine");
        foreach (AcceleratorInfo device in devices.Where(device => device.Unusable is null))
        {
            Assert.Null(device.WhyNoRates);
            Assert.InRange(device.Rates!.InDouble, 1e8, 1e15);
            Assert.InRange(device.Rates.Ratio, 1e-3, 1.3);
        }
    }
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void A_turn_is_eight_products_and_sums_of_its_precision()
    {
    }
#endif
}
