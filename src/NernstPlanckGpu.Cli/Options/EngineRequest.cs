using System.CommandLine;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>What the command line says about who computes.</summary>
/// <param name="Engine">auto, cpu, cuda, opencl or simulator.</param>
/// <param name="Device">Index of the device in that back end; null where none is named.</param>
/// <param name="Cpu">How the CPU engine runs, or what the host does beside a device.</param>
internal sealed record EngineRequest(string Engine, int? Device, EngineOptions Cpu)
{
    /// <summary>double or mixed.</summary>
    public string Precision { get; init; } = "double";

    /// <summary>No warnings.</summary>
    public bool Quiet { get; init; }

    /// <summary>The engine where it was named on the command line; null where its default stands.</summary>
    public static string? Named(ParseResult parsed, CommonOptions options) => Named(parsed, options.Engine);

    /// <summary>The precision where it was named on the command line; null where its default stands.</summary>
    public static string? NamedPrecision(ParseResult parsed, CommonOptions options) => Named(parsed, options.Precision);

    private static string? Named(ParseResult parsed, Option<string> option) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;
}
