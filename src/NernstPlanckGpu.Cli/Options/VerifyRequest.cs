using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>What the command line of <c>verify</c> asks for.</summary>
internal sealed record VerifyRequest
{
    public string Engine { get; init; } = "auto";

    /// <summary>Index of the engine's device; null where none is named.</summary>
    public int? Device { get; init; }

    public EngineOptions EngineOptions { get; init; } = new();

    /// <summary>The JSON file to write; null for none.</summary>
    public string? OutputPath { get; init; }

    public bool Force { get; init; }

    public bool Json { get; init; }

    public bool Quiet { get; init; }
}
