using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>What the command line of <c>resume</c>, or of <c>run --resume</c>, asks for.</summary>
internal sealed record ResumeRequest
{
    /// <summary>The output, as its .part and its checkpoint are named after it.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The command as typed, for the file's history.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The engine to go on with; null: the one that the run was started with.</summary>
    public string? Engine { get; init; }

    /// <summary>Index of the engine's device; null where none is named.</summary>
    public int? Device { get; init; }

    /// <summary>The precision to go on with; null: the one that the run was started with.</summary>
    public string? Precision { get; init; }

    public required EngineOptions EngineOptions { get; init; }

    /// <summary>Wall time between checkpoints; null for none at all.</summary>
    public required TimeSpan? CheckpointInterval { get; init; }

    public required bool Json { get; init; }

    public required bool Quiet { get; init; }

    public static ResumeRequest Of(RunRequest request) => new()
    {
        OutputPath = request.OutputPath,
        CommandLine = request.CommandLine,
        Engine = request.IsEngineNamed ? request.Engine : null,
        Device = request.Device,
        Precision = request.IsPrecisionNamed ? request.Precision : null,
        EngineOptions = request.EngineOptions,
        CheckpointInterval = request.CheckpointInterval,
        Json = request.Json,
        Quiet = request.Quiet,
    };

    /// <summary>The request that the run was started with, as far as its checkpoint keeps it, with what may change.</summary>
    public RunRequest With(CheckpointHeader header) => new()
    {
        ConfigurationPath = header.ConfigurationPath,
        CommandLine = CommandLine,
        Overrides = header.Overrides,
        Engine = Engine ?? header.Engine,
        Device = Device,
        Precision = Precision ?? header.Precision,
        EngineOptions = EngineOptions,
        Json = Json,
        Quiet = Quiet,
        OutputPath = OutputPath,
        CertifiesGrid = header.CertifiesGrid,
        CheckpointInterval = CheckpointInterval,
    };
}
