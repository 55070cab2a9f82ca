using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Slurm;
using NernstPlanckGpu.Gpu;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu devices</c>: what this machine and this build can compute with.</summary>
internal static class DevicesCommand
{
    public static Command Create(CommonOptions options)
    {
        var command = new Command("devices", "List what can compute here, and what this build lacks.") { options.Json };
        command.SetAction(parsed =>
        {
            var report = new DevicesReport(AcceleratorDiscovery.Discover(measures: true), Hdf5Info.Find(), SlurmEnvironment.Current);
            if (parsed.GetValue(options.Json))
                Json.Print(report.ToJson());
            else
                Console.Out.Write(report.ToText());
            return ExitCode.Done;
        });
        return command;
    }
}
