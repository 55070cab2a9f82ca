using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>How far an earlier start of a run came, as its files show.</summary>
internal enum EarlierRun
{
    /// <summary>There is nothing of it.</summary>
    None,

    /// <summary>It left its .part, and no checkpoint.</summary>
    Unfinished,

    /// <summary>It left a checkpoint.</summary>
    Checkpointed,

    /// <summary>It is done.</summary>
    Done,
}

/// <summary>Finds earlier runs.</summary>
internal static class EarlierRuns
{
    /// <summary>How far the run of an output came. A checkpoint beside a finished file counts only with its .part: else it is a remainder.</summary>
    public static EarlierRun Find(string output)
    {
        bool isDone = File.Exists(output), hasPart = File.Exists(output + RunFileWriter.PartSuffix);
        return UnfinishedRun.HasCheckpoint(output) && (hasPart || !isDone) ? EarlierRun.Checkpointed
            : isDone ? EarlierRun.Done
            : hasPart ? EarlierRun.Unfinished : EarlierRun.None;
    }

    /// <summary>Refuses a file of an earlier run of another configuration.</summary>
    /// <exception cref="CommandFailure">It is of another configuration.</exception>
    public static void NeedSame(string file, string earlier, string now)
    {
        if (earlier != now)
            throw new CommandFailure(ExitCode.File, $"npgpu: {file} is of another configuration; name another output, or replace it with --force.");
    }

    /// <summary>The configuration that a run file has; null where the file cannot be read, as after a kill at its very start.</summary>
    public static string? ConfigurationOf(string file)
    {
        try
        {
            using RunFile run = RunFile.Open(file);
            return run.ReadText("provenance/config");
        }
        catch (Hdf5Exception)
        {
            return null;
        }
    }

    /// <summary>Whether a file is there and a sweep's; one that cannot be read, as after a kill at its very start, is not known to be.</summary>
    public static bool IsSweep(string file)
    {
        try
        {
            return File.Exists(file) && SweepFile.IsSweep(file);
        }
        catch (Hdf5Exception)
        {
            return false;
        }
    }

    /// <summary>Says that a run is done already; returns the exit code that it had.</summary>
    public static int TellDone(string output, bool json, bool quiet)
    {
        RunFileSummary summary = RunFile.ReadSummary(output);
        int exitCode = summary.Certificate.GetValueOrDefault("holds") == 1 ? ExitCode.Done : ExitCode.Numerical;
        string message = $"{ShellWord.Quote(output)} is done already";
        if (json)
        {
            Json.Print(new JsonObject
            {
                ["outcome"] = Json.Name(summary.Outcome),
                ["exitCode"] = exitCode,
                ["message"] = message,
                ["files"] = Json.Strings([output]),
            });
        }
        else if (!quiet)
            Console.Out.WriteLine(message);
        return exitCode;
    }
}
