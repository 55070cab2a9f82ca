using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu run CONFIG</c>: computes one run and writes its file.</summary>
internal static class RunCommand
{
    public static Command Create(CommonOptions options)
    {
        var command = new Command("run", "Compute a configuration and write its results to an HDF5 file.");
        options.AddConfigurationTo(command);
        command.Options.Add(options.Output);
        command.Options.Add(options.Force);
        command.SetAction(parsed => Run(RunRequest.WithOutput(parsed, options)));
        return command;
    }

    private static int Run(RunRequest request)
    {
        var engine = EngineChoice.For(request);
        RunConfiguration configuration = ConfigurationLoader.Load(request);
        OutputFile.Prepare(request.OutputPath, request.Force);
        Simulation simulation = PreparedRun.Of(configuration, request);
        var report = new RunReport(request, simulation.Layout, engine);
        report.Announce();

        using var interruption = new Interruption();
        RunSummary summary = Compute(request, simulation, report.Curve, interruption.Token);
        int exitCode = summary.Outcome == Outcome.Interrupted ? interruption.ExitCode : ExitCode.Of(summary);
        report.Conclude(summary, exitCode);
        return exitCode;
    }

    private static RunSummary Compute(RunRequest request, Simulation simulation, Curve? curve, CancellationToken cancellation)
    {
        var provenance = new Provenance { CommandLine = request.CommandLine, Precision = request.Precision };
        using var writer = RunFileWriter.Create(request.OutputPath, simulation.Layout, provenance, request.Force);
        using IProgressDisplay display = ProgressDisplay.Create(request.Quiet);
        return simulation.Run(curve is null ? writer : new CurveSink(writer, curve), display.Report, cancellation);
    }
}
