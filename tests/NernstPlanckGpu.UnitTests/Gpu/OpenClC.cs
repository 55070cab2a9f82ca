#if WITH_ILGPU
using System.Diagnostics;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using Xunit;

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>The OpenCL C that ILGPU makes of a kernel, without a device or a driver.</summary>
internal static partial class OpenClC
{
    /// <summary>Compilers of OpenCL C that come with Debian and Ubuntu, the first that is there.</summary>
    private static readonly string? Clang = new[] { "clang", "clang-14", "clang-15", "clang-16", "clang-17", "clang-18", "clang-19" }
        .Select(name => Path.Combine("/usr/bin", name)).FirstOrDefault(File.Exists);

    /// <summary>The text of an implicitly grouped kernel.</summary>
    public static string Of(Delegate kernel) => Compile(EntryPointDescription.FromImplicitlyGroupedKernel(kernel.Method), KernelSpecialization.Empty);

    /// <summary>The text of a kernel that is launched in groups of so many threads.</summary>
    public static string OfGroups(Delegate kernel, int threads) =>
        Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), new KernelSpecialization(threads, null));

    private static string Compile(EntryPointDescription entry, KernelSpecialization specialization)
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        var constructor = typeof(CLCapabilityContext).GetConstructors().Single();
        // A device that can all that ILGPU asks for.
        var able = (CLCapabilityContext)constructor.Invoke([.. constructor.GetParameters().Select(_ => (object)true)]);
        using var backend = new CLBackend(context, able, CLDeviceVendor.Other, CLCVersion.CL20);
        return ((CLCompiledKernel)backend.Compile(entry, specialization)).Source;
    }

    /// <summary>Names that are called and are neither of the text itself nor words of the language.</summary>
    public static IReadOnlyList<string> Calls(string text)
    {
        HashSet<string> own = [.. Definition().Matches(text).Select(match => match.Groups[1].Value)];
        return [.. Call().Matches(text).Select(match => match.Groups[1].Value).Where(name => !own.Contains(name)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What clang has against the text; empty when it compiles. Skips the test where there is no clang.</summary>
    public static string Complaints(string text)
    {
        Skip.If(Clang is null, "clang is not installed");
        string file = Path.Combine(Path.GetTempPath(), $"npgpu-{Guid.NewGuid():N}.cl");
        File.WriteAllText(file, text);
        try
        {
            string[] arguments = ["-x", "cl", "-cl-std=CL2.0", "-target", "spir64", "-Xclang", "-finclude-default-header", "-fsyntax-only", file];
            using var process = Process.Start(new ProcessStartInfo(Clang!, arguments) { RedirectStandardError = true })!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : said;
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"^\s*(?:kernel\s+)?[A-Za-z_][\w\s\*]*?\b(\w+)\s*\([^;{)]*\)?\s*[;{]?\s*$", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\b(?!(?:if|for|while|switch|return|sizeof|__attribute__|reqd_work_group_size)\b)([A-Za-z_]\w*)\s*\(")]
    private static partial Regex Call();
}
#endif
