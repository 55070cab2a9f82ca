using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>A configuration with a sweep: its points, one by one. Safe for threads.</summary>
public sealed class SweepPlan
{
    /// <summary>Axes and points.</summary>
    public required SweepAxes Axes { get; init; }

    /// <summary>Title of the configuration.</summary>
    public required string Title { get; init; }

    /// <summary>The configuration text with its sweep, overrides applied.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the configuration file.</summary>
    public required string FileName { get; init; }

    /// <summary>See <see cref="SweepLayout.BaseHash"/>.</summary>
    public required PointHash BaseHash { get; init; }

    /// <summary>See <see cref="SweepLayout.Fields"/>.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>See <see cref="SweepLayout.IsGridShared"/>.</summary>
    public required bool IsGridShared { get; init; }

    /// <summary>See <see cref="SweepLayout.ArePlacesShared"/>.</summary>
    public required bool ArePlacesShared { get; init; }

    /// <summary>Content hash of a point.</summary>
    /// <param name="point">Index.</param>
    public PointHash Hash(int point) => throw new NotImplementedException();

    /// <summary>The configuration of a point, or its errors; those name the point. Its <see cref="RunConfiguration.Source"/> is empty.</summary>
    /// <param name="point">Index.</param>
    public ConfigurationResult Configuration(int point) => throw new NotImplementedException();

    /// <summary>Reads a configuration file with a sweep and checks every point.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <param name="overrides">Overrides <c>/json/pointer=value</c>, as the command line's <c>--set</c>; applied before the axes.</param>
    /// <param name="threads">Threads that check points; 0: all processors.</param>
    public static SweepPlanResult Read(string path, IReadOnlyList<string> overrides, int threads = 0) => throw new NotImplementedException();

    /// <summary>The same from a text.</summary>
    /// <param name="text">JSON text.</param>
    /// <param name="fileName">Name for messages; its folder is the start of relative paths.</param>
    /// <param name="overrides">Overrides.</param>
    /// <param name="threads">Threads that check points; 0: all processors.</param>
    public static SweepPlanResult Parse(string text, string fileName, IReadOnlyList<string> overrides, int threads = 0) => throw new NotImplementedException();
}

/// <summary>A plan, or all of its errors (those of the points up to a limit).</summary>
/// <param name="Plan">Null when there are errors.</param>
/// <param name="Errors">Errors; empty when the sweep can start.</param>
public sealed record SweepPlanResult(SweepPlan? Plan, IReadOnlyList<ConfigurationError> Errors);
