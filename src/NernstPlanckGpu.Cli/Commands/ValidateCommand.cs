using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu validate CONFIG</c>: checks a configuration and says what it would cost; computes nothing.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommonOptions options)
    {
        var command = new Command("validate", "Check a configuration and say what it will cost, before anything runs.");
        options.AddConfigurationTo(command);
        command.SetAction(parsed => Validate(RunRequest.From(parsed, options)));
        return command;
    }

    private static int Validate(RunRequest request)
    {
        var engine = EngineChoice.For(request);
        RunConfiguration configuration = ConfigurationLoader.Load(request);
        Simulation simulation = PreparedRun.Of(configuration, request);
        var report = new EstimateReport(request, simulation.Layout, simulation.Estimate(), engine);
        if (request.Json)
            Json.Print(report.ToJson());
        else if (!request.Quiet)
            Console.Out.Write(report.ToText());
        return ExitCode.Done;
    }
}
