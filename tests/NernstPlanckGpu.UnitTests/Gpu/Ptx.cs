#if WITH_ILGPU
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>The PTX that ILGPU makes of a kernel, without a GPU or a driver.</summary>
internal static class Ptx
{
    /// <summary>The lines of an implicitly grouped kernel.</summary>
    public static string[] Of(Delegate kernel, CudaArchitecture architecture, OptimizationLevel level) =>
        Compile(EntryPointDescription.FromImplicitlyGroupedKernel(kernel.Method), architecture, level, KernelSpecialization.Empty);

    /// <summary>The lines of a kernel that is launched in groups of so many threads.</summary>
    public static string[] OfGroups(Delegate kernel, CudaArchitecture architecture, int threads) => Compile(
        EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), architecture, OptimizationLevel.O2, new KernelSpecialization(threads, null));

    private static string[] Compile(EntryPointDescription entry, CudaArchitecture architecture, OptimizationLevel level, KernelSpecialization specialization)
    {
        using Context context = Context.Create(builder => builder.Optimize(level));
        // Without NVVM, which comes with CUDA's toolkit and not with the driver: then what needs its library is an extern.
        using var backend = new PTXBackend(context, architecture, CudaInstructionSet.ISA_80, nvvmAPI: null!);
        var compiled = (PTXCompiledKernel)backend.Compile(entry, specialization);
        return [.. compiled.PTXAssembly.Split('\n').Select(line => line.Trim())];
    }

    /// <summary>Lines that declare or call a function. A call costs as much as a formula; an extern does not link.</summary>
    public static IEnumerable<string> Calls(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith(".extern", StringComparison.Ordinal) || line.StartsWith("call", StringComparison.Ordinal));

    /// <summary>Lines that compare so that a NaN counts as smaller or larger: not what C# means by a &lt; b ? c : d.</summary>
    public static IEnumerable<string> UnorderedComparisons(IEnumerable<string> lines) =>
        lines.Where(line => line.Contains("setp.ltu.", StringComparison.Ordinal) || line.Contains("setp.leu.", StringComparison.Ordinal)
            || line.Contains("setp.gtu.", StringComparison.Ordinal) || line.Contains("setp.geu.", StringComparison.Ordinal));

    /// <summary>Lines that divide, or take a root, of less than full accuracy, or that jump or spill.</summary>
    public static IEnumerable<string> Suspicious(IEnumerable<string> lines) =>
        lines.Where(line => line.Contains(".approx", StringComparison.Ordinal) || line.Contains(".f32", StringComparison.Ordinal)
            || line.Contains(".local", StringComparison.Ordinal) || line.Contains("bra ", StringComparison.Ordinal));
}
#endif
