using System.CommandLine;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>What the command line of <c>run</c> or <c>validate</c> asks for.</summary>
internal sealed record RunRequest
{
    public required string ConfigurationPath { get; init; }

    /// <summary>The command as typed, for the file.</summary>
    public required string CommandLine { get; init; }

    public required IReadOnlyList<string> Overrides { get; init; }

    public required string Engine { get; init; }

    public required string Precision { get; init; }

    public required EngineOptions EngineOptions { get; init; }

    public required bool Json { get; init; }

    public required bool Quiet { get; init; }

    /// <summary>The file to write; only <c>run</c> has it.</summary>
    public string OutputPath { get; init; } = "";

    public bool Force { get; init; }

    /// <summary>Go on from a checkpoint where there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>Wall time between checkpoints; null for none at all.</summary>
    public TimeSpan? CheckpointInterval { get; init; }

    public static RunRequest From(ParseResult parsed, CommonOptions options)
    {
        string configuration = parsed.GetRequiredValue(options.Configuration);
        return new()
        {
            ConfigurationPath = configuration,
            CommandLine = Typed(parsed),
            Overrides = parsed.GetValue(options.Overrides) ?? [],
            Engine = parsed.GetRequiredValue(options.Engine),
            Precision = parsed.GetRequiredValue(options.Precision),
            EngineOptions = new(parsed.GetValue(options.Threads), parsed.GetRequiredValue(options.Lane)),
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
        };
    }

    /// <summary>A command as typed.</summary>
    public static string Typed(ParseResult parsed) => string.Join(' ', parsed.Tokens.Select(token => token.Value).Prepend("npgpu").Select(Quote));

    /// <summary>A word as a shell would take it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(symbol => char.IsAsciiLetterOrDigit(symbol) || "-_./=:,+@%".Contains(symbol, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
