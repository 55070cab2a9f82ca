using System.Reflection;

namespace NernstPlanckGpu.Cli;

/// <summary>A package that a build may lack.</summary>
/// <param name="Name">Package name.</param>
/// <param name="Version">Version asked for.</param>
/// <param name="IsPresent">Part of this build.</param>
/// <param name="Why">Why it is not, or an empty string.</param>
internal sealed record OptionalPackage(string Name, string Version, bool IsPresent, string Why)
{
    /// <summary>What to do to have it.</summary>
    public string HowToGet =>
        $"add a package source that holds {Name} {Version} ('dotnet nuget add source URL'), then './run.sh setup'";
}

/// <summary>What was decided when this program was built; run.sh passes the reasons.</summary>
internal static class BuildFacts
{
    private static readonly Dictionary<string, string> Metadata = typeof(BuildFacts).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .DistinctBy(attribute => attribute.Key)
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value ?? "");

    public static OptionalPackage Ilgpu { get; } = Read("Ilgpu", "ILGPU");

    public static OptionalPackage HdfPInvoke { get; } = Read("HdfPInvoke", "HDF.PInvoke.1.10");

    /// <summary>Version of the program.</summary>
    public static string Version { get; } =
        typeof(BuildFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static OptionalPackage Read(string key, string package)
    {
        bool present = Metadata.GetValueOrDefault($"With{key}") == "true";
        string why = Metadata.GetValueOrDefault($"{key}Reason", "");
        if (why.Length == 0)
            why = $"built with -p:With{key}=false";
        return new(package, Metadata.GetValueOrDefault($"{key}Version", ""), present, present ? "" : why);
    }
}
