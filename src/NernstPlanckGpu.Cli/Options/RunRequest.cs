using System.CommandLine;
using NernstPlanckGpu.Cli.Slurm;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>What the command line of <c>run</c> or <c>validate</c> asks for.</summary>
internal sealed record RunRequest
{
    public required string ConfigurationPath { get; init; }

    /// <summary>The command as typed, for the file.</summary>
    public required string CommandLine { get; init; }

    public required IReadOnlyList<string> Overrides { get; init; }

    public required string Engine { get; init; }

    /// <summary>The engine was named, not left to its default.</summary>
    public bool IsEngineNamed { get; init; }

    /// <summary>Index of the engine's device; null where none is named.</summary>
    public int? Device { get; init; }

    public required string Precision { get; init; }

    /// <summary>Options with which the CPU goes on with what a device began.</summary>
    public string OnCpu => Precision == Provenance.Mixed ? "--engine cpu --precision double" : "--engine cpu";

    /// <summary>The precision was named, not left to its default.</summary>
    public bool IsPrecisionNamed { get; init; }

    public required EngineOptions EngineOptions { get; init; }

    public required bool Json { get; init; }

    public required bool Quiet { get; init; }

    /// <summary>The file to write; only <c>run</c> has it.</summary>
    public string OutputPath { get; init; } = "";

    public bool Force { get; init; }

    /// <summary>Solve again on a finer grid, and certify the difference.</summary>
    public bool CertifiesGrid { get; init; }

    /// <summary>Go on from a checkpoint where there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>Wall time between checkpoints; null for none at all.</summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>Who computes.</summary>
    public EngineRequest EngineRequest => new(Engine, Device, EngineOptions) { Precision = Precision, Quiet = Quiet };

    public static RunRequest From(ParseResult parsed, CommonOptions options)
    {
        string configuration = parsed.GetRequiredValue(options.Configuration);
        return new()
        {
            ConfigurationPath = configuration,
            CommandLine = Typed(parsed),
            Overrides = parsed.GetValue(options.Overrides) ?? [],
            Engine = parsed.GetRequiredValue(options.Engine),
            IsEngineNamed = EngineRequest.Named(parsed, options) is not null,
            Device = parsed.GetValue(options.Device),
            Precision = parsed.GetRequiredValue(options.Precision),
            IsPrecisionNamed = EngineRequest.NamedPrecision(parsed, options) is not null,
            EngineOptions = new(Threads(parsed, options), parsed.GetRequiredValue(options.Lane)),
            Json = parsed.GetValue(options.Json),
            Quiet = parsed.GetValue(options.Quiet),
        };
    }

    public static RunRequest WithOutput(ParseResult parsed, CommonOptions options)
    {
        RunRequest request = From(parsed, options);
        string fallback = Path.Combine("results", Path.GetFileNameWithoutExtension(request.ConfigurationPath) + ".h5");
        return request with
        {
            OutputPath = parsed.GetValue(options.Output) ?? fallback,
            Force = parsed.GetValue(options.Force),
            CertifiesGrid = parsed.GetValue(options.Certify) is not null,
        };
    }

    /// <summary>A command as typed.</summary>
    public static string Typed(ParseResult parsed) => string.Join(' ', parsed.Tokens.Select(token => token.Value).Prepend("npgpu").Select(ShellWord.Quote));

    /// <summary>Threads as asked, else what Slurm gives to a task, else 0: all processors.</summary>
    public static int Threads(ParseResult parsed, CommonOptions options) => ThreadsAsked(parsed, options) ?? SlurmEnvironment.Current.CpusPerTask ?? 0;

    /// <summary>Threads as asked; null where --threads was not given.</summary>
    public static int? ThreadsAsked(ParseResult parsed, CommonOptions options) => parsed.GetValue(options.Threads) is > 0 and var threads ? threads : null;
}
