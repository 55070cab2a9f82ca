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

    public int ExitCode { get; }

    public IReadOnlyList<string> Lines { get; }
}
