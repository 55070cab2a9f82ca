using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu resume FILE</c>: goes on with an interrupted or killed run from its checkpoint.</summary>
internal static class ResumeCommand
{
    public static Command Create(CommonOptions options)
    {
        var checkpoints = new CheckpointOptions();
        var file = new Argument<string>("FILE") { Description = "The output of the run, its .part or its .checkpoint." };
        var command = new Command("resume", "Go on with an interrupted run from its checkpoint, to the same bits.")
        {
            file, checkpoints.Interval, options.Engine, options.Device, options.Precision, options.Threads, options.Lane, options.Json, options.Quiet,
        };
        command.SetAction(parsed => Resume(new ResumeRequest
        {
            OutputPath = UnfinishedRun.OutputOf(parsed.GetRequiredValue(file)),
            CommandLine = RunRequest.Typed(parsed),
            Engine = EngineRequest.Named(parsed, options),
            Device = parsed.GetValue(options.Device),
            Precision = EngineRequest.NamedPrecision(parsed, options),
            EngineOptions = new(RunRequest.Threads(parsed, options), parsed.GetRequiredValue(options.Lane)),
            CheckpointInterval = checkpoints.IntervalOf(parsed),
            Json = parsed.GetValue(options.Json),
            Quiet = parsed.GetValue(options.Quiet),
        }));
        return command;
    }

    private static int Resume(ResumeRequest request)
    {
        string output = request.OutputPath, part = output + RunFileWriter.PartSuffix;
        if (!UnfinishedRun.HasCheckpoint(output) && Array.Find([part, output], EarlierRuns.IsSweep) is { } sweep)
            throw new CommandFailure(ExitCode.File, $"npgpu: {sweep} is of a sweep, which goes on with: {SweepCommandOf(output)}");
        return EarlierRuns.Find(output) switch
        {
            EarlierRun.Done => EarlierRuns.TellDone(output, request.Json, request.Quiet),
            EarlierRun.Checkpointed => GoOn(request),
            EarlierRun.Unfinished => throw new CommandFailure(
                ExitCode.File,
                $"npgpu: {part} has no checkpoint (runs in time write one by interval and when they are interrupted); start anew with 'npgpu run CONFIG --force'."),
            _ => throw new CommandFailure(ExitCode.File, $"npgpu: there is no run {output}, nor its .part; name the output of an interrupted run."),
        };
    }

    private static string SweepCommandOf(string output) => ResultFiles.ShardOf(output) is var (whole, shard)
        ? $"npgpu sweep CONFIG --resume -o {ShellWord.Quote(whole)} --shard {shard}"
        : $"npgpu sweep CONFIG --resume -o {ShellWord.Quote(output)}";

    /// <summary>Goes on from the checkpoint of an output.</summary>
    /// <param name="request">What the command line asks for.</param>
    /// <param name="configuration">The configuration that the run has to have; null: whichever it has.</param>
    internal static int GoOn(ResumeRequest request, string? configuration = null)
    {
        using var unfinished = UnfinishedRun.Open(request.OutputPath);
        if (configuration is not null)
            EarlierRuns.NeedSame(request.OutputPath + CheckpointFile.Suffix, unfinished.Header.Configuration, configuration);
        RunRequest run = request.With(unfinished.Header);
        using var engine = EngineChoice.For(run);
        return new RunSession(run, ConfigurationLoader.Load(unfinished.Header.Configuration, run), engine).GoOn(unfinished);
    }
}
