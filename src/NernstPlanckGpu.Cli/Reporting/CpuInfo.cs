using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>The processor: its name, its cores, and the SIMD lanes of the CPU engine that it has.</summary>
internal static class CpuInfo
{
    private const string LinuxProcessorFile = "/proc/cpuinfo";
    private const string LinuxNameKey = "model name";

    public static string Name { get; } = FindName();

    public static int Cores => Environment.ProcessorCount;

    /// <summary>Each lane: its name for --lane, what it is, whether this processor has it.</summary>
    public static IReadOnlyList<(string Lane, string Meaning, bool Available)> Lanes { get; } =
    [
        ("512", "AVX-512, 8 doubles at a time", Avx512F.IsSupported),
        ("256", "AVX2 with fused multiply-add, 4 doubles at a time", Avx2.IsSupported && Fma.IsSupported),
        ("scalar", "one double at a time", true),
    ];

    private static string FindName()
    {
        string fallback = $"{RuntimeInformation.ProcessArchitecture} processor";
        if (!File.Exists(LinuxProcessorFile))
            return fallback;
        string? line = File.ReadLines(LinuxProcessorFile).FirstOrDefault(line => line.StartsWith(LinuxNameKey, StringComparison.Ordinal));
        return line?.Split(':', 2)[^1].Trim() ?? fallback;
    }
}
