using Xunit;
#if WITH_ILGPU
using ILGPU;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Kernels;
using NernstPlanckGpu.Kernels.Explicit;
using NernstPlanckGpu.Kernels.Implicit;
using NernstPlanckGpu.Kernels.Steady;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>
/// Every kernel becomes OpenCL C that compiles, on a machine without a device. ILGPU 1.5.3 makes of some C# what does not, such as of a pointer and
/// a long; a driver would say so to the user alone.
/// </summary>
public sealed class OpenClTextTests
{
#if WITH_ILGPU
    private const int Threads = 256;

    private static readonly Dictionary<string, Func<string>> Kernels = new()
    {
        ["formula check"] = () => OpenClC.Of((Action<Index1D, ArrayView<double>, ArrayView<FormulaValues<DeviceLane>>>)FormulaCheckKernel.Run),
        ["euler, 3 species"] = Explicit<EulerStepper<DoubleBernoulli>, InRegistersFixed<And<And<Last>>>, RegisterCells<And<And<Last>>>>,
        ["euler, in memory"] = Explicit<EulerStepper<DoubleBernoulli>, InMemory<GroupThreads>, MemoryCells<GroupThreads>>,
        ["euler, one thread"] = Explicit<EulerStepper<DoubleBernoulli>, InMemory<OneThread>, MemoryCells<OneThread>>,
        ["rkc2, one thread"] = Explicit<Rkc2Stepper<DoubleBernoulli>, InMemory<OneThread>, MemoryCells<OneThread>>,
        ["rkc2, 1 species"] = Explicit<Rkc2Stepper<DoubleBernoulli>, InRegistersFixed<Last>, RegisterCells<Last>>,
        ["rkc2, 4 species"] = Explicit<Rkc2Stepper<DoubleBernoulli>, InRegistersFixed<And<And<And<Last>>>>, RegisterCells<And<And<And<Last>>>>>,
        ["rkc2, in memory"] = Explicit<Rkc2Stepper<DoubleBernoulli>, InMemory<GroupThreads>, MemoryCells<GroupThreads>>,
        ["mixed euler, in memory"] = Explicit<EulerStepper<SingleBernoulli>, InMemory<GroupThreads>, MemoryCells<GroupThreads>>,
        ["mixed rkc2, 3 species"] = Explicit<Rkc2Stepper<SingleBernoulli>, InRegistersFixed<And<And<Last>>>, RegisterCells<And<And<Last>>>>,
        ["implicit, 1 species"] = () => OpenClC.Of((Action<Index1D, ImplicitArguments>)ImplicitKernel.Run<Species1>),
        ["implicit, 3 species"] = () => OpenClC.Of((Action<Index1D, ImplicitArguments>)ImplicitKernel.Run<Species3>),
        ["implicit, 8 species"] = () => OpenClC.Of((Action<Index1D, ImplicitArguments>)ImplicitKernel.Run<Species8>),
        ["steady, 1 species"] = () => OpenClC.Of((Action<Index1D, SteadyArguments>)SteadyKernel.Run<OneSpecies>),
        ["steady, 3 species"] = () => OpenClC.Of((Action<Index1D, SteadyArguments>)SteadyKernel.Run<ThreeSpecies>),
        ["steady, 8 species"] = () => OpenClC.Of((Action<Index1D, SteadyArguments>)SteadyKernel.Run<EightSpecies>),
    };

    /// <summary>Much like another one.</summary>
    private static readonly string[] Doubles = ["euler, in memory", "rkc2, one thread", "rkc2, 1 species", "rkc2, 4 species", "rkc2, in memory", "mixed rkc2, 3 species", "implicit, 1 species", "implicit, 8 species", "steady, 1 species", "steady, 3 species"];

    /// <summary>What the language itself has, to the accuracy that it promises for doubles: no approximation, no function of another library.</summary>
    private static readonly string[] OfTheLanguage =
    [
        "as_double", "as_long", "fabs", "sqrt", "get_global_id", "get_group_id", "get_local_id", "get_local_size", "work_group_barrier", "atomic_fetch_add", "to_global",
    ];

    [SkippableTheory]
    [InlineData("formula check")]
    [InlineData("euler, 3 species")]
    [InlineData("euler, in memory")]
    [InlineData("euler, one thread")]
    [InlineData("rkc2, one thread")]
    [InlineData("rkc2, 1 species")]
    [InlineData("rkc2, 4 species")]
    [InlineData("rkc2, in memory")]
    [InlineData("implicit, 1 species")]
    [InlineData("implicit, 3 species")]
    [InlineData("implicit, 8 species")]
    [InlineData("steady, 1 species")]
    [InlineData("steady, 3 species")]
    [InlineData("steady, 8 species")]
    public void It_compiles_calls_only_the_language_and_has_no_single_precision(string kernel)
    {
        if (Doubles.Contains(kernel)) LongTest.Need();
        string text = Kernels[kernel]();
        Assert.DoesNotMatch(@"\bfloat\b", text);
        AssertCompiles(text, OfTheLanguage);
    }

    [SkippableTheory]
    [InlineData("mixed euler, in memory")]
    [InlineData("mixed rkc2, 3 species")]
    public void A_mixed_kernel_compiles_and_calls_only_the_language(string kernel)
    {
        if (Doubles.Contains(kernel)) LongTest.Need();
        string text = Kernels[kernel]();
        Assert.Matches(@"\bfloat\b", text);
        AssertCompiles(text, [.. OfTheLanguage, "as_float", "as_uint", "as_int"]);
    }

    private static void AssertCompiles(string text, string[] language)
    {
        Assert.Contains("kernel void", text, StringComparison.Ordinal);
        Assert.Equal("", string.Join("\n", OpenClC.Calls(text).Except(language)));
        Assert.Equal("", OpenClC.Complaints(text));
    }

    [SkippableFact]
    public void A_text_that_does_not_compile_is_told() => Assert.Contains("error", OpenClC.Complaints("kernel void a(global double* x) { x + 1L * x; }"), StringComparison.Ordinal);

    private static string Explicit<TStepper, TResidence, TCells>()
        where TStepper : struct, IStepper
        where TResidence : struct, IResidence<TCells>
        where TCells : struct, ICells => OpenClC.OfGroups((Action<BatchViews, BatchShape, long>)ExplicitKernel.Run<TStepper, TResidence, TCells>, Threads);
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void It_compiles_calls_only_the_language_and_has_no_single_precision()
    {
    }
#endif
}
