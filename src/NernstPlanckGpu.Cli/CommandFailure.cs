using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Cli;

/// <summary>A command cannot go on for a reason that the user can mend: the lines to print, and the exit code.</summary>
internal sealed class CommandFailure : Exception
{
    public CommandFailure(int exitCode, params IReadOnlyList<string> lines)
        : base(string.Join(Environment.NewLine, lines))
    {
        ExitCode = exitCode;
        Lines = lines;
    }

    /// <summary>A computation failed before there was a file to write it to.</summary>
    public CommandFailure(Outcome outcome, string detail)
        : this(Cli.ExitCode.Numerical, $"npgpu: stopped: {outcome.Describe()}.", $"npgpu: {detail}")
    {
        Outcome = outcome;
        Detail = detail;
    }

    public int ExitCode { get; }

    /// <summary>How a computation failed; null for a refusal.</summary>
    public Outcome? Outcome { get; }

    /// <summary>Where and why it failed; null for a refusal.</summary>
    public string? Detail { get; }

    public IReadOnlyList<string> Lines { get; }
}
