using Xunit;
#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime.Cuda;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Kernels.Implicit;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>The kernel of implicit steps compiles to PTX without a GPU, and calls nothing.</summary>
public sealed class ImplicitPtxTests
{
#if WITH_ILGPU
    private static readonly Dictionary<int, Delegate> Kernels = new()
    {
        [1] = (Action<Index1D, ImplicitArguments>)ImplicitKernel.Run<Species1>,
        [3] = (Action<Index1D, ImplicitArguments>)ImplicitKernel.Run<Species3>,
        [8] = (Action<Index1D, ImplicitArguments>)ImplicitKernel.Run<Species8>,
    };

    [Theory]
    [InlineData(1, 80)]
    [InlineData(3, 90)]
    [InlineData(8, 80)]
    public void The_kernel_calls_nothing_and_keeps_three_blocks_in_local_memory(int species, int architecture)
    {
        string[] lines = Ptx.Of(Kernels[species], architecture == 80 ? CudaArchitecture.SM_80 : CudaArchitecture.SM_90, OptimizationLevel.O2);
        Assert.Contains(lines, line => line.StartsWith(".visible .entry", StringComparison.Ordinal));
        Assert.Empty(Ptx.Calls(lines));
        Assert.DoesNotContain(lines, line => line.Contains(".approx", StringComparison.Ordinal) || line.Contains(".f32", StringComparison.Ordinal));
        string depot = Assert.Single(lines, line => line.StartsWith(".local", StringComparison.Ordinal));
        Assert.EndsWith($"[{3 * (species + 1) * (species + 1) * sizeof(double)}];", depot, StringComparison.Ordinal);
    }
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void The_kernel_calls_nothing_and_keeps_three_blocks_in_local_memory()
    {
    }
#endif
}
