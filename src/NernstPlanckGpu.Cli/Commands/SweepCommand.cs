using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Cli.Slurm;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu sweep CONFIG</c>: computes the points of a sweep, or of a shard of it, and writes their file.</summary>
internal static class SweepCommand
{
    public static Command Create(CommonOptions options)
    {
        var command = new Command("sweep", "Compute the points of a configuration's sweep and write them to one HDF5 file.");
        var own = new SweepOptionSet();
        var slurm = new SlurmOptions();
        options.AddConfigurationTo(command);
        command.Options.Add(options.Output);
        command.Options.Add(options.Force);
        command.Options.Add(options.Certify);
        own.AddTo(command);
        slurm.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(options.Force) && result.GetValue(own.Resume))
                result.AddError("--force starts anew and --resume goes on; give one of them.");
            if (result.GetValue(own.RetryFailed) && !result.GetValue(own.Resume))
                result.AddError("--retry-failed goes with --resume: without it every point is computed anyway.");
        });
        command.SetAction(parsed => slurm.From(parsed) is { } onSlurm
            ? Plan(onSlurm with { Threads = RunRequest.ThreadsAsked(parsed, options) }, SweepRequest.From(parsed, options, own, _ => Shard.Whole), parsed.GetValue(own.Shard))
            : Run(SweepRequest.From(parsed, options, own, SlurmEnvironment.Current.Shard)));
        return command;
    }

    /// <summary>Checks every point here, and leaves computing to the tasks of a Slurm array.</summary>
    private static int Plan(SlurmRequest slurm, SweepRequest request, Shard? given)
    {
        // The devices are those of the tasks.
        EngineChoice.Check(request.Run.EngineRequest);
        return SlurmSweep.Run(slurm, request, given, SweepLoader.Load(request.Run).Axes.Count);
    }

    private static int Run(SweepRequest request)
    {
        using var engine = EngineChoice.For(request.Run);
        return Run(request, engine);
    }

    /// <summary>Computes what is missing of the sweep; returns the exit code.</summary>
    /// <param name="request">What the command line asks for.</param>
    /// <param name="engine">The engine, opened.</param>
    internal static int Run(SweepRequest request, EngineChoice engine)
    {
        using var interruption = new Interruption();
        SweepPlan plan = SweepLoader.Load(request.Run);
        SweepOptions options = SweepLoader.Options(request.Run, engine, request.StopOnFailure);
        SweepLayout layout = SweepLoader.Layout(plan, request.Shard, options, request.Run.ConfigurationPath);
        var report = new SweepReport(request, layout, engine);

        using SweepFileWriter writer = Open(request, layout);
        foreach (string kept in writer.Kept)
            Console.Error.WriteLine($"npgpu: {kept} keeps the earlier file: it has computed points that the sweep no longer has.");
        if (request.RetryFailed)
            writer.Forget([.. Enumerable.Range(0, writer.Count).Where(row => !writer.IsGood(row))]);
        report.Announce(writer.Count - writer.Missing);
        var failures = new SweepFailures(writer);
        SweepSummary summary = Compute(request, new SweepRunner(plan, layout, options), layout, writer, failures, interruption.Token);
        writer.Finish();
        int exitCode = SweepReport.ExitCodeOf(summary, writer);
        report.Conclude(summary, writer, failures, exitCode);
        return exitCode;
    }

    private static SweepSummary Compute(
        SweepRequest request, SweepRunner runner, SweepLayout layout, SweepFileWriter writer, ISweepSink sink, CancellationToken cancellation)
    {
        int[] missing = [.. Enumerable.Range(0, writer.Count).Where(row => !writer.IsPresent(row)).Select(row => layout.Points[row])];
        using IProgressDisplay display = ProgressDisplay.Create(request.Run.Quiet);
        return runner.Run(missing, writer.Count - missing.Length, sink, display.Report, cancellation);
    }

    private static SweepFileWriter Open(SweepRequest request, SweepLayout layout)
    {
        var provenance = new Provenance { CommandLine = request.Run.CommandLine, Precision = request.Run.Precision };
        string path = request.ShardPath;
        OutputFile.Prepare(path, request.Run.Force || request.Resume, canResume: true);
        return request.Resume
            ? SweepFileWriter.Resume(path, layout, provenance, ResultFiles.OfOtherShards(request.Run.OutputPath, request.Shard.Count))
            : SweepFileWriter.Create(path, layout, provenance, request.Run.Force);
    }
}
