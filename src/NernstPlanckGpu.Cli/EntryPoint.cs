using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Commands;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli;

/// <summary>From the words of the command line to an exit code: usage errors, failures and surprises are told here.</summary>
internal static class EntryPoint
{
    /// <summary>What System.CommandLine adds to the error that matters when a command's name is wrong.</summary>
    private const string NoCommand = "Required command was not provided.";

    [SuppressMessage("Design", "CA1031", Justification = "The last resort: a surprise becomes one line and exit code 1.")]
    public static int Run(string[] args)
    {
        RootCommand root = RootCommandFactory.Create();
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            return ReportUsage(parsed);
        bool json = parsed.GetResult("--json") is not null && parsed.GetValue<bool>("--json");
        try
        {
            // Actions are synchronous and handle signals themselves, so no termination timeout may cut them short.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CommandFailure failure)
        {
            return Tell(failure.ExitCode, failure.Lines, json, failure: failure);
        }
        catch (DeviceException exception)
        {
            return Tell(ExitCode.Device, [$"npgpu: {exception.Message}."], json, exception);
        }
        catch (Exception exception) when (exception is Hdf5Exception or IOException or UnauthorizedAccessException)
        {
            return Tell(ExitCode.File, [$"npgpu: {exception.Message}"], json, exception);
        }
        catch (Exception exception)
        {
            string what = $"npgpu: internal error: {exception.GetType().Name}: {FirstLine(exception.Message)}";
            return Tell(ExitCode.InternalError, [what + "; set NPGPU_DEBUG=1 to see where, and please report it"], json, exception);
        }
    }

    private static int ReportUsage(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = command is RootCommand ? "npgpu" : $"npgpu {command.Name}";
        IEnumerable<string> errors = parsed.Tokens.Count == 0 && parsed.UnmatchedTokens.Count == 0
            ? [$"which command? One of {string.Join(", ", command.Subcommands.Select(subcommand => subcommand.Name))}."]
            : parsed.Errors.Select(error => FirstLine(error.Message)).Where(message => message != NoCommand).Distinct();
        return Tell(ExitCode.Usage, [.. errors.Select(error => $"{name}: {error}"), $"Type '{name} --help' for the usage."]);
    }

    private static int Tell(
        int exitCode, IReadOnlyList<string> lines, bool json = false, Exception? cause = null, CommandFailure? failure = null)
    {
        foreach (string line in lines)
            Console.Error.WriteLine(line);
        if (cause is not null && Environment.GetEnvironmentVariable("NPGPU_DEBUG") == "1")
            Console.Error.WriteLine(cause);
        if (json)
            Json.Print(Refusal(exitCode, lines, failure));
        return exitCode;
    }

    private static JsonObject Refusal(int exitCode, IReadOnlyList<string> lines, CommandFailure? failure) => new()
    {
        ["outcome"] = failure?.Outcome is { } outcome ? Json.Name(outcome) : "refused",
        ["exitCode"] = exitCode,
        ["message"] = failure?.Outcome?.Describe(),
        ["detail"] = failure?.Detail,
        ["errors"] = Json.Strings(lines),
        ["files"] = new JsonArray(),
    };

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
