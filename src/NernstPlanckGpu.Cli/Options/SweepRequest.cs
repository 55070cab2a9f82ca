using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NernstPlanckGpu.Cli.Slurm;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>The options of <c>sweep</c> besides the common ones.</summary>
internal sealed class SweepOptionSet
{
    public Option<bool> Resume { get; } = new("--resume") { Description = "Go on where an earlier start left off; begin where there is none." };

    public Option<Shard?> Shard { get; } = new("--shard")
    {
        Description = "Compute part I (from 0) of N (default: the whole sweep, or the task of a Slurm array).",
        HelpName = "I/N",
        CustomParser = ReadShard,
    };

    public Option<string> OnFailure { get; } = new("--on-failure")
    {
        Description = "What a failed point does to those after it.",
        HelpName = "continue|stop",
        DefaultValueFactory = _ => "continue",
    };

    public Option<bool> RetryFailed { get; } = new("--retry-failed") { Description = "With --resume: compute failed points again." };

    public SweepOptionSet() => OnFailure.AcceptOnlyFromAmong("continue", "stop");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Resume, Shard, OnFailure, RetryFailed })
            command.Options.Add(option);
    }

    private static Shard? ReadShard(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        string[] parts = text.Split('/');
        if (parts is [var first, var second] && Whole(first) is { } index && Whole(second) is { } count && count >= 1)
        {
            if (index < count)
                return new Shard(index, count);
            result.AddError($"--shard {text}: there is no shard {index} of {count}; they count from 0 to {count - 1}.");
            return null;
        }

        result.AddError($"--shard takes I/N, such as 0/8 (I from 0), not '{text}'.");
        return null;
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}

/// <summary>What the command line of <c>sweep</c> asks for.</summary>
internal sealed record SweepRequest
{
    /// <summary>What it shares with <c>run</c>; its output is that of the whole sweep.</summary>
    public required RunRequest Run { get; init; }

    public required Shard Shard { get; init; }

    public bool Resume { get; init; }

    public bool StopOnFailure { get; init; }

    public bool RetryFailed { get; init; }

    /// <summary>The file that this process writes.</summary>
    public string ShardPath => PathOf(Run.OutputPath, Shard);

    /// <summary>The file of a part: results/s.h5 gives results/s.3-of-8.h5, and itself where there is one part only.</summary>
    public static string PathOf(string output, Shard shard) => shard.Count == 1 ? output
        : Path.Combine(Path.GetDirectoryName(output) ?? "", $"{Path.GetFileNameWithoutExtension(output)}.{shard.Index}-of-{shard.Count}{Path.GetExtension(output)}");

    public static SweepRequest From(ParseResult parsed, CommonOptions common, SweepOptionSet options, Func<Shard?, Shard> shard)
    {
        var run = RunRequest.WithOutput(parsed, common);
        // A task that Slurm has put back into the queue starts with the same words: now they mean to go on, not to begin anew.
        bool isRestart = SlurmEnvironment.Current.IsRestart;
        return new()
        {
            Run = run with { Force = run.Force && !isRestart },
            Shard = shard(parsed.GetValue(options.Shard)),
            Resume = parsed.GetValue(options.Resume) || isRestart,
            StopOnFailure = parsed.GetRequiredValue(options.OnFailure) == "stop",
            RetryFailed = parsed.GetValue(options.RetryFailed) && !isRestart,
        };
    }
}
