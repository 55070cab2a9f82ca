using System.Reflection;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5;

/// <summary>Who computed a file, how and where; configuration, engine and integrator come from the run's layout.</summary>
public sealed record Provenance
{
    /// <summary>Version of the program.</summary>
    public string Version { get; init; } = ProgramVersion;

    /// <summary>The command as typed.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Device ("CPU", or the GPU's name).</summary>
    public string Device { get; init; } = "CPU";

    /// <summary>The <see cref="Precision"/> in which a part of the arithmetic is single.</summary>
    public const string Mixed = "mixed";

    /// <summary>Precision of the arithmetic: double, or <see cref="Mixed"/>.</summary>
    public string Precision { get; init; } = "double";

    /// <summary>Name of the machine.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>When the run started.</summary>
    public DateTimeOffset Started { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The same as the file has it, s since 1970.</summary>
    public double StartedSeconds => ResultSlots.Epoch(Started);

    /// <summary>Version of this program.</summary>
    public static string ProgramVersion =>
        typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
