using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;

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
        using var engine = EngineChoice.For(request);
        SweepPlan? sweep = ConfigurationLoader.IsSweep(request) ? SweepLoader.Load(request) : null;
        Simulation simulation = PreparedRun.Of(sweep is null ? ConfigurationLoader.Load(request) : FirstOf(sweep, request), request, engine);
        var report = new EstimateReport(request, simulation.Layout, simulation.Estimate(), engine, sweep?.Axes);
        if (request.Json)
            Json.Print(report.ToJson());
        else if (!request.Quiet)
            Console.Out.Write(report.ToText());
        return ExitCode.Done;
    }

    private static RunConfiguration FirstOf(SweepPlan sweep, RunRequest request) =>
        StoredInitialState.Resolve(sweep.Configuration(0).Configuration! with { Title = sweep.Title }, request.ConfigurationPath);
}
