using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Cli.Slurm;

/// <summary>Everything that the scripts of an array and of its merge job say. Paths are absolute.</summary>
internal sealed record SlurmJob
{
    /// <summary>The words that start npgpu.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Variables without which the program would not start on a node whose jobs inherit nothing.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables { get; init; } = [];

    /// <summary>The configuration.</summary>
    public required string Configuration { get; init; }

    /// <summary>The file of the whole sweep.</summary>
    public required string Output { get; init; }

    /// <summary>Options of the sweep that every task gets: --set, --engine and so on.</summary>
    public IReadOnlyList<string> SweepOptions { get; init; } = [];

    /// <summary>What is there of the tasks' files is replaced; a script that is submitted again goes on all the same.</summary>
    public bool Replace { get; init; }

    /// <summary>Tasks of the array.</summary>
    public required int Tasks { get; init; }

    /// <summary>Processors per task.</summary>
    public required int Cpus { get; init; }

    /// <summary>The rest of what the command line asks of Slurm.</summary>
    public required SlurmRequest Request { get; init; }

    /// <summary>Name in the queue.</summary>
    public string Name => $"npgpu-{Path.GetFileNameWithoutExtension(Output)}";

    /// <summary>Where the scripts and logs lie: results/s.h5.slurm beside results/s.h5.</summary>
    public string Folder => Output + ".slurm";

    /// <summary>An empty file; with <see cref="Replace"/> what is older than it counts as not there.</summary>
    public string Marker => Path.Combine(Folder, "replaced");

    /// <summary>The script of the array.</summary>
    public string ArrayScript => Path.Combine(Folder, "sweep.sbatch");

    /// <summary>The script of the merge job.</summary>
    public string MergeScript => Path.Combine(Folder, "merge.sbatch");

    /// <summary>The files of the tasks.</summary>
    public IEnumerable<string> ShardFiles => Enumerable.Range(0, Tasks).Select(task => SweepRequest.PathOf(Output, new Shard(task, Tasks)));
}
