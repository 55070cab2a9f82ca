using System.CommandLine;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu run CONFIG</c>: computes one run and writes its file.</summary>
internal static class RunCommand
{
    public static Command Create(CommonOptions options)
    {
        var checkpoints = new CheckpointOptions();
        var command = new Command("run", "Compute a configuration and write its results to an HDF5 file.");
        options.AddConfigurationTo(command);
        foreach (Option option in new Option[] { options.Output, options.Force, options.Certify, checkpoints.Interval, checkpoints.Resume })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(options.Force) && result.GetValue(checkpoints.Resume))
                result.AddError("--force starts anew and --resume goes on; give one of them.");
        });
        command.SetAction(parsed => Run(RunRequest.WithOutput(parsed, options) with
        {
            Resume = parsed.GetValue(checkpoints.Resume),
            CheckpointInterval = checkpoints.IntervalOf(parsed),
        }));
        return command;
    }

    private static int Run(RunRequest request)
    {
        EarlierRun earlier = request.Resume ? EarlierRuns.Find(request.OutputPath) : EarlierRun.None;
        // Its checkpoint knows the engine, where none is named now.
        if (earlier == EarlierRun.Checkpointed)
            return ResumeCommand.GoOn(ResumeRequest.Of(request), ConfigurationLoader.Load(request).Source);
        using var engine = EngineChoice.For(request);
        RunConfiguration configuration = ConfigurationLoader.Load(request);
        return Begin(request, configuration, engine, earlier);
    }

    private static int Begin(RunRequest request, RunConfiguration configuration, EngineChoice engine, EarlierRun earlier)
    {
        string output = request.OutputPath, part = output + RunFileWriter.PartSuffix;
        switch (earlier)
        {
            case EarlierRun.Done:
                EarlierRuns.NeedSame(output, EarlierRuns.ConfigurationOf(output) ?? "", configuration.Source);
                return EarlierRuns.TellDone(output, request.Json, request.Quiet);
            case EarlierRun.Unfinished:
                // Killed before its first checkpoint: what it has is computed again, with the same bits.
                EarlierRuns.NeedSame(part, EarlierRuns.ConfigurationOf(part) ?? configuration.Source, configuration.Source);
                return Start(request with { Force = true }, configuration, engine);
            default:
                return Start(request, configuration, engine);
        }
    }

    private static int Start(RunRequest request, RunConfiguration configuration, EngineChoice engine)
    {
        OutputFile.Prepare(request.OutputPath, request.Force);
        return new RunSession(request, configuration, engine).Start();
    }
}
