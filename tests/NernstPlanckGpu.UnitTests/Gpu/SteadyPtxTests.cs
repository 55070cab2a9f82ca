using Xunit;
#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime.Cuda;
using NernstPlanckGpu.Kernels.Steady;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>The steady kernel compiles to PTX that links and computes in double precision, on a machine without a GPU.</summary>
public sealed class SteadyPtxTests
{
#if WITH_ILGPU
    private static readonly Dictionary<int, Action<Index1D, SteadyArguments>> Kernels = new()
    {
        [1] = SteadyKernel.Run<OneSpecies>,
        [3] = SteadyKernel.Run<ThreeSpecies>,
        [8] = SteadyKernel.Run<EightSpecies>,
    };

    [SkippableTheory]
    [InlineData(1, 90)]
    [InlineData(3, 80)]
    [InlineData(3, 90)]
    [InlineData(8, 90)]
    public void It_calls_nothing_and_rounds_as_doubles_do(int species, int architecture)
    {
        if ((species, architecture) is (1, 90) or (3, 90))
            LongTest.Need();
        foreach (OptimizationLevel level in new[] { OptimizationLevel.O1, OptimizationLevel.O2 })
        {
            string[] lines = Ptx.Of(Kernels[species], architecture == 80 ? CudaArchitecture.SM_80 : CudaArchitecture.SM_90, level);
            Assert.Contains(lines, line => line.StartsWith(".visible .entry", StringComparison.Ordinal));
            Assert.Empty(Ptx.Calls(lines));
            Assert.DoesNotContain(lines, line => line.Contains(".approx", StringComparison.Ordinal) || line.Contains(".f32", StringComparison.Ordinal));
            // Blocks of a cell lie in local memory; whether a compiler takes them into registers is its own affair.
            Assert.Contains(lines, line => line.StartsWith(".local", StringComparison.Ordinal));
        }
    }
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void It_calls_nothing_and_rounds_as_doubles_do()
    {
    }
#endif
}
