using Xunit;
#if WITH_ILGPU
using ILGPU.Runtime.Cuda;
using NernstPlanckGpu.Kernels.Explicit;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>The kernels of explicit steps compile to PTX for the A100 (sm_80) and the H100 and H200 (sm_90) on a machine without a GPU.</summary>
public sealed class ExplicitKernelTextTests
{
#if WITH_ILGPU
    private static readonly Dictionary<string, Delegate> Kernels = new()
    {
        ["rkc2, 1 species"] = Of<Rkc2Stepper<DoubleBernoulli>, InRegisters<Last>, RegisterCells<Last>>(),
        ["rkc2, 4 species"] = Of<Rkc2Stepper<DoubleBernoulli>, InRegisters<And<And<And<Last>>>>, RegisterCells<And<And<And<Last>>>>>(),
        ["rkc2, in memory"] = Of<Rkc2Stepper<DoubleBernoulli>, InMemory<GroupThreads>, MemoryCells<GroupThreads>>(),
        ["euler, 3 species"] = Of<EulerStepper<DoubleBernoulli>, InRegisters<And<And<Last>>>, RegisterCells<And<And<Last>>>>(),
        ["euler, in memory"] = Of<EulerStepper<DoubleBernoulli>, InMemory<GroupThreads>, MemoryCells<GroupThreads>>(),
        ["mixed rkc2, 3 species"] = Of<Rkc2Stepper<SingleBernoulli>, InRegisters<And<And<Last>>>, RegisterCells<And<And<Last>>>>(),
        ["mixed euler, 1 species"] = Of<EulerStepper<SingleBernoulli>, InRegisters<Last>, RegisterCells<Last>>(),
        ["mixed euler, in memory"] = Of<EulerStepper<SingleBernoulli>, InMemory<GroupThreads>, MemoryCells<GroupThreads>>(),
    };

    [SkippableTheory]
    [InlineData("rkc2, 1 species", 80)]
    [InlineData("rkc2, 4 species", 80)]
    [InlineData("rkc2, 4 species", 90)]
    [InlineData("rkc2, in memory", 90)]
    [InlineData("euler, 3 species", 90)]
    [InlineData("euler, in memory", 80)]
    public void A_kernel_calls_nothing_and_keeps_its_cells_in_registers(string kernel, int architecture)
    {
        if ((kernel, architecture) is not (("rkc2, 4 species", 90) or ("euler, 3 species", 90) or ("euler, in memory", 80))) LongTest.Need();
        string[] lines = Lines(kernel, architecture);
        AssertStraight(lines);
        Assert.DoesNotContain(lines, line => line.Contains(".f32", StringComparison.Ordinal));
    }

    // Every Bernoulli function has a polynomial and a division; the double kernel has one for each species, those of an interface, and the bound's.
    [SkippableTheory]
    [InlineData("mixed rkc2, 3 species", 80)]
    [InlineData("mixed rkc2, 3 species", 90)]
    [InlineData("mixed euler, 1 species", 80)]
    [InlineData("mixed euler, in memory", 90)]
    public void A_mixed_kernel_finds_its_Bernoulli_functions_in_single_precision(string kernel, int architecture)
    {
        if ((kernel, architecture) is not ("mixed rkc2, 3 species", 90)) LongTest.Need();
        string[] lines = Lines(kernel, architecture);
        AssertStraight(lines);
        int divisions = lines.Count(line => line.StartsWith("div.rn.f32", StringComparison.Ordinal));
        Assert.True(divisions >= 3, $"{divisions} divisions in single precision");
        Assert.Equal(divisions, lines.Count(line => line.StartsWith("shl.b32", StringComparison.Ordinal) && line.EndsWith(", 23;", StringComparison.Ordinal)));
        // Constants are single from the start: only drops are converted.
        Assert.Equal(divisions, lines.Count(line => line.StartsWith("cvt.rn.f32.f64", StringComparison.Ordinal)));
        // What makes 2^k in double precision is gone, but for the powers of rkc2's step control.
        if (kernel.Contains("euler", StringComparison.Ordinal))
            Assert.DoesNotContain(lines, line => line.StartsWith("shl.b64", StringComparison.Ordinal) && line.EndsWith(", 52;", StringComparison.Ordinal));
    }

    private static string[] Lines(string kernel, int architecture) =>
        Ptx.OfGroups(Kernels[kernel], architecture == 80 ? CudaArchitecture.SM_80 : CudaArchitecture.SM_90, threads: 288);

    private static void AssertStraight(string[] lines)
    {
        Assert.Contains(lines, line => line.StartsWith(".visible .entry", StringComparison.Ordinal));
        // The group's own memory is declared outside: its size is known at the launch.
        Assert.DoesNotContain(Ptx.Calls(lines), line => !line.StartsWith(".extern .shared", StringComparison.Ordinal));
        // No approximate division or root, and nothing in a thread's local memory, which would be the device's.
        Assert.DoesNotContain(lines, line => line.Contains(".approx", StringComparison.Ordinal) || line.Contains(".ftz", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(".local", StringComparison.Ordinal));
    }

    // 256 cells and 4 species, the largest that the issue of speed asks for in a group's own memory.
    [Fact]
    public void The_memory_of_a_group_suffices_for_256_cells_and_4_species()
    {
        var shape = new BatchShape(256, 4, 2, 1e-4, 0.1, 0, 1);
        Assert.InRange(8 * GroupMemory.Words(shape, 288), 1, 24 * 1024);
    }

    private static Action<BatchViews, BatchShape, long> Of<TStepper, TResidence, TCells>()
        where TStepper : struct, IStepper
        where TResidence : struct, IResidence<TCells>
        where TCells : struct, ICells => ExplicitKernel.Run<TStepper, TResidence, TCells>;
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void A_kernel_calls_nothing_and_keeps_its_cells_in_registers()
    {
    }
#endif
}
