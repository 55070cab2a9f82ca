using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>One run of a configuration into its file, from the start or from a checkpoint.</summary>
internal sealed class RunSession
{
    private readonly RunRequest request;
    private readonly Simulation simulation;
    private readonly RunReport report;

    /// <exception cref="CommandFailure">The grid cannot be built or refined.</exception>
    public RunSession(RunRequest request, RunConfiguration configuration, EngineChoice engine)
    {
        this.request = request;
        simulation = PreparedRun.Of(configuration, request, engine);
        report = new RunReport(request, simulation.Layout, engine);
        report.Announce();
    }

    /// <summary>Computes from the start; returns the exit code.</summary>
    public int Start()
    {
        var provenance = new Provenance { CommandLine = request.CommandLine, Precision = request.Precision };
        CheckpointKeeper? keeper = Keeper(provenance.StartedSeconds);
        using var interruption = new Interruption();
        try
        {
            return Conclude(Compute(provenance, keeper, interruption.Token), keeper, interruption);
        }
        catch (DeviceException exception)
        {
            throw Lost(exception, keeper);
        }
    }

    private RunSummary Compute(Provenance provenance, CheckpointKeeper? keeper, CancellationToken cancellation)
    {
        using var writer = RunFileWriter.Create(request.OutputPath, simulation.Layout, provenance, request.Force);
        using IProgressDisplay display = ProgressDisplay.Create(request.Quiet);
        IRunSink sink = report.Curve is { } curve ? new CurveSink(writer, curve) : writer;
        if (keeper is not null)
            keeper.Writer = writer;
        return Plan(keeper) is { } plan
            ? simulation.Run(sink, plan, display.Report, cancellation)
            : simulation.Run(sink, display.Report, cancellation);
    }

    /// <summary>The device failed on the way: the file is closed and has what was computed, and there may be a checkpoint.</summary>
    private CommandFailure Lost(DeviceException exception, CheckpointKeeper? keeper)
    {
        var lines = new List<string> { $"npgpu: {exception.Message}." };
        string part = request.OutputPath + RunFileWriter.PartSuffix, output = ShellWord.Quote(request.OutputPath);
        if (File.Exists(part))
            lines.Add($"npgpu: {part} has what was computed before.");
        if (keeper is { IsKept: true })
            lines.Add($"npgpu: go on with 'npgpu resume {output}', or without the device with 'npgpu resume {output} {request.OnCpu}'.");
        return new(ExitCode.Device, lines);
    }

    /// <summary>Goes on from a checkpoint; returns the exit code.</summary>
    /// <exception cref="CommandFailure">The checkpoint does not fit.</exception>
    public int GoOn(UnfinishedRun unfinished)
    {
        report.Continue(unfinished.Checkpoint);
        CheckpointKeeper? keeper = Keeper(unfinished.Header.Started);
        if (keeper is not null)
            keeper.IsKept = true;
        using var interruption = new Interruption();
        RunFileWriter? writer = null;
        IRunSink Open()
        {
            writer = unfinished.GoOn(simulation.Layout, request.CommandLine);
            if (keeper is not null)
                keeper.Writer = writer;
            return writer;
        }

        RunSummary summary;
        try
        {
            using IProgressDisplay display = ProgressDisplay.Create(request.Quiet);
            summary = simulation.GoOn(unfinished.Checkpoint, Open, Plan(keeper), display.Report, interruption.Token);
        }
        catch (EngineRecordException exception)
        {
            string what = $"npgpu: {request.OutputPath}{CheckpointFile.Suffix}: cannot go on from the checkpoint: {exception.Message}";
            throw new CommandFailure(ExitCode.File, $"{what}; start anew (npgpu run --force).");
        }
        catch (DeviceException exception)
        {
            throw Lost(exception, keeper);
        }
        finally
        {
            writer?.Dispose();
        }
        // Without new checkpoints (--checkpoint off) the old one is as good as before.
        bool isOld = keeper is null && summary.Outcome == Outcome.Interrupted && UnfinishedRun.HasCheckpoint(request.OutputPath);
        if (isOld)
            Console.Error.WriteLine("npgpu: no checkpoint was written (--checkpoint off); the older one is gone back to.");
        return Conclude(summary, keeper, interruption, isOld ? request.OutputPath + CheckpointFile.Suffix : null);
    }

    private int Conclude(RunSummary summary, CheckpointKeeper? keeper, Interruption interruption, string? older = null)
    {
        bool isInterrupted = summary.Outcome == Outcome.Interrupted;
        string? checkpoint = isInterrupted && keeper is { IsKept: true } ? keeper.CheckpointPath : older;
        int exitCode = checkpoint is not null ? ExitCode.Checkpointed : isInterrupted ? interruption.ExitCode : ExitCode.Of(summary);
        report.Conclude(summary, exitCode, checkpoint);
        return exitCode;
    }

    private CheckpointKeeper? Keeper(double started) => !simulation.CanCheckpoint || request.CheckpointInterval is null ? null : new(
        request.OutputPath,
        new CheckpointHeader
        {
            Configuration = simulation.Layout.Configuration.Source,
            ConfigurationPath = Path.GetFullPath(request.ConfigurationPath),
            Overrides = request.Overrides,
            Engine = request.Engine,
            Precision = request.Precision,
            CertifiesGrid = request.CertifiesGrid,
            OutputPath = Path.GetFullPath(request.OutputPath),
            Started = started,
        });

    private Checkpointing? Plan(CheckpointKeeper? keeper) => keeper is null ? null : new(keeper, request.CheckpointInterval);
}
