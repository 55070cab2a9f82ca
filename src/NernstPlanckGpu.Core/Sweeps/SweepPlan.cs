using System.Text;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>A configuration with a sweep: its points, one by one. Safe for threads.</summary>
public sealed class SweepPlan
{
    private readonly PlanPoints points;

    internal SweepPlan(PlanPoints points) => this.points = points;

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

    /// <summary>
    /// Content hash of a point: of its configuration without sweep, title and $schema, the fields that are stored, and the content
    /// of the file that it starts from. Order of members, comments and how a number is written do not count; units do. It does not
    /// depend on the other points. Points with the same configuration have the same hash.
    /// </summary>
    /// <param name="point">Index.</param>
    public PointHash Hash(int point) => points.Hash(point);

    /// <summary>The configuration of a point, or its errors; those name the point. Its <see cref="RunConfiguration.Source"/> is empty.</summary>
    /// <param name="point">Index.</param>
    public ConfigurationResult Configuration(int point)
    {
        var errors = new List<ConfigurationError>();
        var run = points.Read(point, errors);
        return new(run, [.. errors.Select(error => error with { Message = $"{Axes.Describe(point)}: {error.Message}" })]);
    }

    /// <summary>Reads a configuration file with a sweep and checks every point.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <param name="overrides">Overrides <c>/json/pointer=value</c>, as the command line's <c>--set</c>; applied before the axes.</param>
    /// <param name="threads">Threads that check points; 0: all processors.</param>
    public static SweepPlanResult Read(string path, IReadOnlyList<string> overrides, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(overrides);
        var bytes = ConfigurationFile.Read(path, out var error);
        return bytes is null ? new(null, [error!]) : new PlanReader(path, threads).Read(bytes, overrides);
    }

    /// <summary>The same from a text.</summary>
    /// <param name="text">JSON text.</param>
    /// <param name="fileName">Name for messages; its folder is the start of relative paths.</param>
    /// <param name="overrides">Overrides.</param>
    /// <param name="threads">Threads that check points; 0: all processors.</param>
    public static SweepPlanResult Parse(string text, string fileName, IReadOnlyList<string> overrides, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(overrides);
        return new PlanReader(fileName, threads).Read(Encoding.UTF8.GetBytes(text), overrides);
    }
}

/// <summary>A plan, or all of its errors (those of the points up to a limit).</summary>
/// <param name="Plan">Null when there are errors.</param>
/// <param name="Errors">Errors; empty when the sweep can start.</param>
public sealed record SweepPlanResult(SweepPlan? Plan, IReadOnlyList<ConfigurationError> Errors);
