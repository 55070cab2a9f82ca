using System.CommandLine;
using System.Globalization;

namespace NernstPlanckGpu.Cli.Slurm;

/// <summary>The options with which <c>sweep</c> writes and submits a Slurm array.</summary>
internal sealed class SlurmOptions
{
    private readonly Option<bool> slurm = new("--slurm") { Description = "Compute nothing: write the scripts of a Slurm array and of the job that merges its files." };

    private readonly Option<bool> submit = new("--submit") { Description = "With --slurm: hand the scripts to sbatch." };

    private readonly Option<int?> tasks = Count("--tasks", "With --slurm: tasks of the array (default: 8, or as many as points).", 1);

    private readonly Option<int?> cpus = Count("--cpus", "With --slurm: processors per task, and its threads where --threads is not given (default: as --threads, else 1).", 1);

    private readonly Option<int?> gpus = Count("--gpus", "With --slurm: GPUs per task (default: 1 with --engine cuda or opencl, else 0).", 0);

    private readonly Option<int?> maxRunning = Count("--max-running", "With --slurm: tasks that run at a time (default: all).", 1);

    private readonly Option<int?> maxRestarts = Count("--max-restarts", "With --slurm: how often a task goes back into the queue (default: 100).", 0);

    private readonly Option<string?> time = new("--time") { Description = "With --slurm: time limit of a task, such as 2:00:00 or 1-12 (default: the partition's).", HelpName = "TIME" };

    private readonly Option<string?> partition = new("--partition") { Description = "With --slurm: the partition.", HelpName = "NAME" };

    private readonly Option<string?> account = new("--account") { Description = "With --slurm: the account.", HelpName = "NAME" };

    private readonly Option<string?> memory = new("--mem") { Description = "With --slurm: memory of a task, such as 4G.", HelpName = "SIZE" };

    private readonly Option<string[]> extra = new("--sbatch")
    {
        Description = "With --slurm: another option for sbatch, such as --sbatch=--qos=low; may be repeated.",
        HelpName = "OPTION",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    private Option[] OfArray => [submit, tasks, cpus, gpus, maxRunning, maxRestarts, time, partition, account, memory, extra];

    /// <summary>Adds the options, and refuses those of the array without --slurm.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(slurm);
        foreach (Option option in OfArray)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(slurm) is not null)
                return;
            foreach (Option option in OfArray.Where(option => result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name} says how to run on Slurm: add --slurm, or leave it out.");
        });
        time.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && SlurmTime.Problem(text) is { } problem)
                result.AddError($"--time {text}: {problem}");
        });
        extra.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => !text.StartsWith('-')))
                result.AddError($"--sbatch takes an option of sbatch with its dashes, such as --sbatch=--qos=low, not '{text}'.");
        });
    }

    /// <summary>What was asked for; null without --slurm.</summary>
    public SlurmRequest? From(ParseResult parsed) => !parsed.GetValue(slurm) ? null : new()
    {
        Submit = parsed.GetValue(submit),
        Tasks = parsed.GetValue(tasks),
        Cpus = parsed.GetValue(cpus),
        Gpus = parsed.GetValue(gpus) ?? (parsed.GetValue<string>("--engine") is "cuda" or "opencl" ? 1 : 0),
        MaxRunning = parsed.GetValue(maxRunning),
        MaxRestarts = parsed.GetValue(maxRestarts) ?? 100,
        Time = parsed.GetValue(time),
        Partition = parsed.GetValue(partition),
        Account = parsed.GetValue(account),
        Memory = parsed.GetValue(memory),
        Extra = parsed.GetValue(extra) ?? [],
    };

    private static Option<int?> Count(string name, string description, int least)
    {
        var option = new Option<int?>(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least)
                    return value;
                result.AddError($"{name} takes a whole number of at least {least}, not '{text}'.");
                return null;
            },
        };
        return option;
    }
}

/// <summary>What the command line asks of Slurm; null where Slurm decides.</summary>
internal sealed record SlurmRequest
{
    public bool Submit { get; init; }

    public int? Tasks { get; init; }

    public int? Cpus { get; init; }

    /// <summary>Threads of a task, from --threads; null for as many as it has processors.</summary>
    public int? Threads { get; init; }

    public int Gpus { get; init; }

    public int? MaxRunning { get; init; }

    public int MaxRestarts { get; init; } = 100;

    public string? Time { get; init; }

    public string? Partition { get; init; }

    public string? Account { get; init; }

    public string? Memory { get; init; }

    public IReadOnlyList<string> Extra { get; init; } = [];
}
