using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Verification;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu verify</c>: problems with known answers, computed here and now.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommonOptions options)
    {
        var output = new Option<string?>("--output", "-o") { Description = "A JSON file to write the table to as well.", HelpName = "FILE" };
        var command = new Command("verify", "Compute problems with known answers and say how far this machine and engine are off.")
        {
            output, options.Force, options.Engine, options.Device, options.Precision, options.Threads, options.Lane, options.Json, options.Quiet,
        };
        command.SetAction(parsed => Run(new VerifyRequest
        {
            Engine = new(
                parsed.GetRequiredValue(options.Engine),
                parsed.GetValue(options.Device),
                new(RunRequest.Threads(parsed, options), parsed.GetRequiredValue(options.Lane)))
            {
                Precision = parsed.GetRequiredValue(options.Precision),
                Quiet = parsed.GetValue(options.Quiet),
            },
            OutputPath = parsed.GetValue(output),
            Force = parsed.GetValue(options.Force),
            Json = parsed.GetValue(options.Json),
        }));
        return command;
    }

    /// <summary>Runs the table, shows it and says in the exit code whether it holds.</summary>
    /// <param name="request">What the command line asks for.</param>
    /// <param name="checks">Checks; null: all.</param>
    internal static int Run(VerifyRequest request, IReadOnlyList<VerificationCheck>? checks = null)
    {
        using var choice = EngineChoice.For(request.Engine);
        if (request.OutputPath is { } path)
            OutputFile.Prepare(path, request.Force);
        var report = new VerificationReport(choice.Engine.Description, choice.Reason);
        if (!request.Quiet)
            Console.Error.WriteLine($"  engine      {choice.Engine.Description} ({choice.Reason})");

        using var interruption = new Interruption();
        try
        {
            foreach (VerificationRow row in VerificationTable.Run(choice.Engine, checks, interruption.Token))
                report.Add(row);
        }
        catch (OperationCanceledException)
        {
            throw new CommandFailure(interruption.ExitCode, $"npgpu: interrupted after {report.Rows} rows; nothing is written.");
        }

        int exitCode = report.Failed == 0 ? ExitCode.Done : ExitCode.Numerical;
        Show(report, request, exitCode);
        return exitCode;
    }

    private static void Show(VerificationReport report, VerifyRequest request, int exitCode)
    {
        foreach (string failure in report.Failures().Concat(request.Quiet ? [] : report.LeftOut()))
            Console.Error.WriteLine($"npgpu: {failure}");
        if (request.OutputPath is { } path)
            File.WriteAllText(path, Json.Text(report.ToJson(exitCode, path)) + "\n");
        if (request.Json)
            Json.Print(report.ToJson(exitCode, request.OutputPath));
        else if (!request.Quiet)
            Console.Out.Write(report.ToText());
    }
}
