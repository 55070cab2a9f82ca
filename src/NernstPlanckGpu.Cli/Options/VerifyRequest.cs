using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>What the command line of <c>verify</c> asks for.</summary>
internal sealed record VerifyRequest
{
    public EngineRequest Engine { get; init; } = new("auto", null, new EngineOptions());

    /// <summary>The JSON file to write; null for none.</summary>
    public string? OutputPath { get; init; }

    public bool Force { get; init; }

    public bool Json { get; init; }

    public bool Quiet => Engine.Quiet;
}
