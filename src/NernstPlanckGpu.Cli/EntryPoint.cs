using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using NernstPlanckGpu.Cli.Commands;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli;

/// <summary>From the words of the command line to an exit code: usage errors, failures and surprises are told here.</summary>
internal static class EntryPoint
{
    [SuppressMessage("Design", "CA1031", Justification = "The last resort: a surprise becomes one line and exit code 1.")]
    public static int Run(string[] args)
    {
        try
        {
            ParseResult parsed = RootCommandFactory.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
                return ReportUsage(parsed);

            // Actions are synchronous and handle signals themselves, so no termination timeout may cut them short.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CommandFailure failure)
        {
            return Tell(failure.ExitCode, failure.Lines);
        }
        catch (Exception exception) when (exception is Hdf5Exception or IOException or UnauthorizedAccessException)
        {
            return Tell(ExitCode.File, [$"npgpu: {exception.Message}"], exception);
        }
        catch (Exception exception)
        {
            string line = $"npgpu: internal error: {exception.GetType().Name}: {FirstLine(exception.Message)}";
            return Tell(ExitCode.InternalError, [line + "; set NPGPU_DEBUG=1 to see where, and please report it"], exception);
        }
    }

    private static int ReportUsage(ParseResult parsed)
    {
        string command = parsed.CommandResult.Command is RootCommand ? "npgpu" : $"npgpu {parsed.CommandResult.Command.Name}";
        string[] errors = [.. parsed.Errors.Select(error => $"{command}: {FirstLine(error.Message)}").Distinct()];
        return Tell(ExitCode.Usage, [.. errors, $"Type '{command} --help' for the usage."]);
    }

    private static int Tell(int exitCode, IReadOnlyList<string> lines, Exception? cause = null)
    {
        foreach (string line in lines)
            Console.Error.WriteLine(line);
        if (cause is not null && Environment.GetEnvironmentVariable("NPGPU_DEBUG") == "1")
            Console.Error.WriteLine(cause);
        return exitCode;
    }

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
