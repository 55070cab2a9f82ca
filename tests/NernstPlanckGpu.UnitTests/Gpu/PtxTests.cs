using Xunit;
#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime.Cuda;
using NernstPlanckGpu.Kernels;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>Kernels compile to straight PTX for the A100 (sm_80) and the H100 and H200 (sm_90), on a machine without a GPU.</summary>
/// <remarks>ILGPU 1.5.3 writes ".target sm_80" for both, the newest that it knows a use for; the driver goes on from there.</remarks>
public sealed class PtxTests
{
#if WITH_ILGPU
    private static readonly Dictionary<string, Delegate> Kernels = new()
    {
        ["check"] = (Action<Index1D, ArrayView<double>, ArrayView<FormulaValues<DeviceLane>>>)FormulaCheckKernel.Run,
        ["operations"] = (Action<Index1D, ArrayView<double>, ArrayView<double>, ArrayView<double>>)LaneKernels.Operations,
        ["step"] = (Action<Index1D, ArrayView<double>, ArrayView<double>, ArrayView<double>>)LaneKernels.Step,
        ["activity"] = (Action<Index1D, ArrayView<double>, ArrayView<double>, ArrayView<double>>)LaneKernels.Activity,
        ["membrane"] = (Action<Index1D, ArrayView<double>, ArrayView<double>, ArrayView<double>>)LaneKernels.Membrane,
        ["mixed"] = (Action<Index1D, ArrayView<double>, ArrayView<double>, ArrayView<double>>)LaneKernels.MixedBernoulli,
        ["single"] = (Action<Index1D, ArrayView<double>, ArrayView<double>, ArrayView<double>>)LaneKernels.Single,
        ["fused"] = (Action<Index1D, ArrayView<double>, ArrayView<double>, ArrayView<double>>)LaneKernels.Fused,
        ["constant"] = (Action<Index1D, ArrayView<double>, ArrayView<double>, ArrayView<double>>)LaneKernels.ConstantOnTheLeft,
    };

    [Theory]
    [InlineData("check", 80)]
    [InlineData("check", 90)]
    [InlineData("operations", 80)]
    [InlineData("operations", 90)]
    [InlineData("step", 80)]
    [InlineData("step", 90)]
    [InlineData("activity", 80)]
    [InlineData("activity", 90)]
    [InlineData("membrane", 80)]
    [InlineData("membrane", 90)]
    public void A_kernel_is_straight_arithmetic_in_double_precision(string kernel, int architecture)
    {
        foreach (OptimizationLevel level in new[] { OptimizationLevel.O1, OptimizationLevel.O2 })
        {
            string[] lines = Compile(kernel, architecture, level);
            Assert.Contains(lines, line => line.StartsWith(".visible .entry", StringComparison.Ordinal));
            Assert.Empty(Ptx.Calls(lines));
            Assert.Empty(Ptx.UnorderedComparisons(lines));
            Assert.Empty(Ptx.Suspicious(lines));
        }
    }

    // Single precision is what it is there for; its division and root are the correctly rounded ones, and denormals stay.
    [Theory]
    [InlineData("mixed", 80)]
    [InlineData("mixed", 90)]
    [InlineData("single", 80)]
    [InlineData("single", 90)]
    public void A_kernel_in_single_precision_is_straight_arithmetic(string kernel, int architecture)
    {
        foreach (OptimizationLevel level in new[] { OptimizationLevel.O1, OptimizationLevel.O2 })
        {
            string[] lines = Compile(kernel, architecture, level);
            Assert.Empty(Ptx.Calls(lines));
            Assert.Empty(Ptx.UnorderedComparisons(lines));
            Assert.Empty(Ptx.Suspicious([.. lines.Where(line => line.Contains(".approx", StringComparison.Ordinal) || !line.Contains(".f32", StringComparison.Ordinal))]));
            Assert.DoesNotContain(lines, line => line.Contains(".ftz", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.StartsWith("div.rn.f32", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.StartsWith("div.rn.f64", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_check_for_calls_finds_one() => Assert.NotEmpty(Ptx.Calls(Compile("fused", 80, OptimizationLevel.O2)));

    [Fact]
    public void The_check_for_comparisons_finds_a_constant_on_the_left() =>
        Assert.NotEmpty(Ptx.UnorderedComparisons(Compile("constant", 80, OptimizationLevel.O2)));

    // ILGPU makes (x + a) + b into x + (a + b): beside 1.5 2^52 the first constant would be gone, and the sine with it.
    [Fact]
    public void Constants_that_rounding_depends_on_are_not_added_up()
    {
        string[] lines = Compile("check", 90, OptimizationLevel.O2);
        foreach (double constant in new[] { 0.375, 0.25 })
            Assert.Contains(lines, line => line.Contains($"0d{BitConverter.DoubleToInt64Bits(constant):x16}", StringComparison.OrdinalIgnoreCase)
                || line.Contains($"0d{BitConverter.DoubleToInt64Bits(-constant):x16}", StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Compile(string kernel, int architecture, OptimizationLevel level) =>
        Ptx.Of(Kernels[kernel], architecture == 80 ? CudaArchitecture.SM_80 : CudaArchitecture.SM_90, level);
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void A_kernel_is_straight_arithmetic_in_double_precision()
    {
    }
#endif
}
