using NernstPlanckGpu.Cli;
using NernstPlanckGpu.Cli.Slurm;
using NernstPlanckGpu.Core.Sweeps;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Slurm;

/// <summary>What Slurm's variables make of a process, and what is said when they contradict each other.</summary>
public class SlurmEnvironmentTests
{
    [Fact]
    public void Without_an_array_the_whole_sweep_is_computed()
    {
        Assert.Equal(Shard.Whole, Of("").Shard(null));
        Assert.Equal(Shard.Whole, Of("SLURM_JOB_ID=7 SLURM_LOCALID=0").Shard(null));
    }

    [Theory]
    [InlineData("ID=0 COUNT=8", 0, 8)]
    [InlineData("ID=7 COUNT=8", 7, 8)]
    [InlineData("ID=5 COUNT=8 MIN=0 MAX=7 STEP=1", 5, 8)]
    [InlineData("ID=8 COUNT=8 MIN=1 MAX=8 STEP=1", 7, 8)]
    [InlineData("ID=6 COUNT=4 MIN=0 MAX=6 STEP=2", 3, 4)]
    [InlineData("ID=6 COUNT=4 MIN=0 MAX=7 STEP=2", 3, 4)] // 0-7:2, where Slurm keeps the 7
    [InlineData("ID=0 COUNT=1 MIN=0 MAX=0 STEP=1", 0, 1)]
    public void A_task_of_an_array_is_a_shard(string array, int index, int count) => Assert.Equal(new Shard(index, count), Array(array).Shard(null));

    [Theory]
    [InlineData("ID=8 COUNT=8", "task 8 is not one of 8 tasks from 0")]
    [InlineData("ID=3 COUNT=8 MIN=4 MAX=11 STEP=1", "task 3 is not one of 8 tasks from 4")]
    [InlineData("ID=3 COUNT=4 MIN=0 MAX=6 STEP=2", "in steps of 2")]
    [InlineData("ID=3 COUNT=3 MIN=0 MAX=0 STEP=0", "in steps of 0")]
    [InlineData("ID=0 COUNT=0", "task 0 is not one of 0 tasks")]
    [InlineData("ID=1 COUNT=3 MIN=1 MAX=9 STEP=1", "3 tasks between 1 and 9 leave some out")] // --array=1,2,9
    [InlineData("ID=3 COUNT=2 MIN=3 MAX=4 STEP=1", "an array that begins at 3")] // two tasks of an array, submitted again
    [InlineData("ID=1 COUNT=1 MIN=1 MAX=1 STEP=1", "an array that begins at 1")]
    public void An_array_that_names_no_part_is_refused(string array, string reason)
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(() => Array(array).Shard(null));
        Assert.Equal(ExitCode.Usage, failure.ExitCode);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("--shard", failure.Message, StringComparison.Ordinal);
        Assert.Equal(new Shard(3, 8), Array(array).Shard(new Shard(3, 8)));
    }

    [Theory]
    [InlineData("ID=1", "SLURM_ARRAY_TASK_COUNT is not set")]
    [InlineData("ID=one COUNT=8", "SLURM_ARRAY_TASK_ID is 'one'")]
    [InlineData("ID=-1 COUNT=8", "SLURM_ARRAY_TASK_ID is '-1'")]
    [InlineData("ID=99999999999 COUNT=8", "SLURM_ARRAY_TASK_ID is '99999999999'")]
    public void A_variable_that_is_missing_or_no_number_is_named(string array, string reason)
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(() => Array(array).Shard(null));
        Assert.Equal(ExitCode.Usage, failure.ExitCode);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("SLURM_LOCALID=3", 3)]
    [InlineData("OMPI_COMM_WORLD_LOCAL_RANK=2 SLURM_LOCALID=0", 2)] // mpirun inside a Slurm job
    [InlineData("MPI_LOCALRANKID=1", 1)]
    public void The_local_rank_is_that_of_the_innermost_launcher(string variables, int? rank) => Assert.Equal(rank, Of(variables).LocalRank?.Rank);

    [Theory]
    [InlineData("", null, false)]
    [InlineData("SLURM_CPUS_PER_TASK=4 SLURM_RESTART_COUNT=0", 4, false)]
    [InlineData("SLURM_CPUS_PER_TASK= SLURM_RESTART_COUNT=2", null, true)]
    public void Processors_and_restarts_are_read(string variables, int? processors, bool isRestart)
    {
        Assert.Equal(processors, Of(variables).CpusPerTask);
        Assert.Equal(isRestart, Of(variables).IsRestart);
    }

    private static SlurmEnvironment Array(string array) =>
        Of(string.Join(' ', array.Split(' ').Select(word => $"SLURM_ARRAY_TASK_{word}")));

    private static SlurmEnvironment Of(string variables) => new(variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Split('=')).ToDictionary(parts => parts[0], parts => parts[1]));
}
