using System.Collections;
using System.Globalization;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Cli.Slurm;

/// <summary>What the environment variables of Slurm, and of MPI's launchers, say about this process.</summary>
internal sealed class SlurmEnvironment(IReadOnlyDictionary<string, string> variables)
{
    // MPI's launchers come first: what they start inside a Slurm job inherits a SLURM_LOCALID of 0.
    private static readonly string[] LocalRankNames =
    [
        "OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID", "MV2_COMM_WORLD_LOCAL_RANK", "PALS_LOCAL_RANKID", "SLURM_LOCALID",
    ];

    /// <summary>That of this process.</summary>
    public static SlurmEnvironment Current { get; } = new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal));

    /// <summary>CUDA_VISIBLE_DEVICES; null when not set, which is not the same as empty.</summary>
    public string? VisibleDevices => variables.GetValueOrDefault("CUDA_VISIBLE_DEVICES");

    /// <summary>Number of this process among those of its job on this machine, from 0, and the variable that says so; null outside of jobs.</summary>
    public (int Rank, string Variable)? LocalRank
    {
        get
        {
            string? name = Array.Find(LocalRankNames, IsSet);
            return name is null ? null : (Whole(name), name);
        }
    }

    /// <summary>Processors of a task, from SLURM_CPUS_PER_TASK: the default of --threads; null when not set.</summary>
    public int? CpusPerTask => IsSet("SLURM_CPUS_PER_TASK") ? Math.Max(1, Whole("SLURM_CPUS_PER_TASK")) : null;

    /// <summary>Slurm has put this job back into the queue and starts it again: what it computed before is there.</summary>
    public bool IsRestart => IsSet("SLURM_RESTART_COUNT") && Whole("SLURM_RESTART_COUNT") > 0;

    /// <summary>The part of a sweep that this process computes: the one asked for, else the task of the Slurm array, else the whole.</summary>
    /// <param name="asked">From --shard; it wins, so that some tasks of an array can be submitted again by themselves.</param>
    /// <exception cref="CommandFailure">The variables contradict each other or do not say which part.</exception>
    public Shard Shard(Shard? asked)
    {
        if (asked is { } shard)
            return shard;
        return IsSet("SLURM_ARRAY_TASK_ID") ? TaskOfArray() : Core.Sweeps.Shard.Whole;
    }

    private Shard TaskOfArray()
    {
        int task = Whole("SLURM_ARRAY_TASK_ID");
        int count = Whole("SLURM_ARRAY_TASK_COUNT");
        int first = IsSet("SLURM_ARRAY_TASK_MIN") ? Whole("SLURM_ARRAY_TASK_MIN") : 0;
        int step = IsSet("SLURM_ARRAY_TASK_STEP") ? Whole("SLURM_ARRAY_TASK_STEP") : 1;
        long index = step > 0 ? ((long)task - first) / step : -1;
        if (count < 1 || step < 1 || index < 0 || index >= count || first + (index * step) != task)
            throw Contradiction($"task {task} is not one of {count} tasks from {first} in steps of {step}");
        int last = IsSet("SLURM_ARRAY_TASK_MAX") ? Whole("SLURM_ARRAY_TASK_MAX") : first + ((count - 1) * step);
        if (((long)last - first) / step != count - 1)
            throw Contradiction($"{count} tasks between {first} and {last} leave some out");
        // Tasks 3 to 4 are two of an array submitted again, not an array of two.
        if (first > 1 || (count == 1 && first > 0))
            throw Contradiction($"an array that begins at {first} does not tell how many parts there are");
        return new((int)index, count);
    }

    private static CommandFailure Contradiction(string what) => new(
        ExitCode.Usage,
        $"npgpu: the Slurm array (SLURM_ARRAY_TASK_ID and its companions) does not name a part of the sweep: {what}.",
        "npgpu: say which part with --shard \"$SLURM_ARRAY_TASK_ID/N\", N being the number of parts, or submit an array from 0 to N-1.");

    private bool IsSet(string name) => variables.TryGetValue(name, out string? text) && text.Length > 0;

    private int Whole(string name)
    {
        string text = variables.GetValueOrDefault(name) ?? "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new CommandFailure(
                ExitCode.Usage,
                text.Length == 0 ? $"npgpu: the variable {name} is not set, though its companions are." : $"npgpu: the variable {name} is '{text}', not a whole number.",
                "npgpu: unset the scheduler's variables, or say what they should with --shard I/N and --threads N.");
    }
}
