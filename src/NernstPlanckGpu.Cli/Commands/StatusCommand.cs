using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu status FILE…</c>: how far files of runs and sweeps are; they may be growing.</summary>
internal static class StatusCommand
{
    public static Command Create(CommonOptions options)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files of runs or sweeps, finished or not, or checkpoints; the name of a sweep's output stands for its shards, and what else has that name is told beside them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var table = new Option<bool>("--table") { Description = "Print every point of a sweep with its results, between tabs, numbers in SI; of the file of that name where there is one, else of its shards." };
        var command = new Command("status", "Say what is done, failed and missing in files of runs and sweeps, also while they grow.") { files, table, options.Json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(table) && result.GetValue(options.Json))
                result.AddError("--table prints lines of numbers and --json one object; give one of them.");
        });
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files), parsed.GetValue(table), parsed.GetValue(options.Json)));
        return command;
    }

    private static int Run(string[] names, bool table, bool json)
    {
        if (table)
        {
            // A merged file has all points in one table.
            foreach (string path in ResultFiles.Find(names))
            {
                using var points = new SweepTable(path);
                points.WriteAll(Console.Out);
            }

            return ExitCode.Done;
        }

        (IReadOnlyList<string> current, IReadOnlyList<string> beside) = ResultFiles.FindState(names);
        FileStatus[] all = [.. current.Select(FileStatus.Of)], earlier = [.. beside.Select(FileStatus.Of)];
        if (json)
            Json.Print(StatusReport.ToJson(all, earlier));
        else
            Console.Out.Write(StatusReport.ToText(all, earlier));
        return ExitCode.Done;
    }
}
