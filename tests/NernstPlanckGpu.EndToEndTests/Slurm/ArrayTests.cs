using System.Text.Json;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.EndToEndTests.Slurm;

/// <summary>A sweep as an array of a real Slurm, through everything that happens to arrays.</summary>
public sealed class ArrayTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>
{
    private const int Tasks = 8;
    private const int Points = 400;
    private const int Lost = 1;
    private const int Killed = 2;
    private const int Warned = 3;

    /// <summary>
    /// One task's npgpu is killed and one task is warned of the end of its time, both in mid-run: they come back by themselves. One task is
    /// killed with its script, and Slurm leaves it so: what it lacks is missing in the merged file, until the same scripts are
    /// submitted again. The end is that of one process, bit by bit.
    /// </summary>
    [SkippableFact]
    public void Killed_and_requeued_tasks_leave_the_bits_of_one_process()
    {
        cluster.Need();
        using var scratch = new Scratch();
        _ = scratch.Write("a sweep/s.json", Sweep());
        string folder = scratch.PathOf("a sweep");
        (string array, string merge) = Submit(folder);

        WhenInMidRun(folder, new()
        {
            [Killed] = () => Kill(folder, Killed, withScript: false),
            [Warned] = () => cluster.Run(folder, "scancel", "--batch", "--signal=USR1", $"{array}_{Warned}"),
            [Lost] = () => Kill(folder, Lost, withScript: true),
        });
        _ = cluster.Program(folder, "sweep", "s.json", "-o", "whole.h5", "--threads", "2");
        cluster.WaitForEnd(array, merge);

        AssertLog(folder, Killed, "npgpu was killed; back into the queue", "start, after 1 restarts", "exit code 0");
        AssertLog(folder, Warned, "exit code 75", "out of time; back into the queue", "start, after 1 restarts", "exit code 0");
        Assert.DoesNotContain("exit code", Log(folder, Lost), StringComparison.Ordinal);
        using (var partial = SweepFile.Open(Merged(folder)))
            Assert.InRange(partial.Statuses.Count(status => status == PointStatus.Missing), 1, Points / 4);

        array = cluster.Run(folder, "sbatch", "--parsable", "results/s.h5.slurm/sweep.sbatch").Trim();
        merge = cluster.Run(folder, "sbatch", "--parsable", $"--dependency=afterany:{array}", "results/s.h5.slurm/merge.sbatch").Trim();
        cluster.WaitForEnd(array, merge);
        AssertSameBits(Path.Combine(folder, "whole.h5"), Merged(folder));
    }

    [SkippableFact]
    public void A_cancelled_array_stays_away_and_what_Slurm_refuses_is_told()
    {
        LongTest.Need();
        cluster.Need();
        using var scratch = new Scratch();
        _ = scratch.Write("s.json", Sweep());
        ProcessResult refused = cluster.Try(
            scratch.Folder, Repository.Dotnet, Repository.Program, "sweep", "s.json", "--slurm", "--submit", "--tasks", "2", "--partition", "nowhere");
        Assert.True(refused.ExitCode == 2, refused.ToString());
        Assert.Contains("sbatch refuses", refused.Error, StringComparison.Ordinal);
        Assert.Contains("nvalid partition", refused.Error, StringComparison.Ordinal);

        (string array, string merge) = Submit(scratch.Folder);
        WhenInMidRun(scratch.Folder, new() { [Warned] = () => cluster.Run(scratch.Folder, "scancel", array, merge) });
        cluster.WaitForEnd(array, merge);
        SlurmCluster.Wait(() => Log(scratch.Folder, Warned).Contains("exit code", StringComparison.Ordinal), () => Log(scratch.Folder, Warned));
        Assert.Contains("exit code 75", Log(scratch.Folder, Warned), StringComparison.Ordinal);
        Assert.DoesNotContain("back into the queue", Log(scratch.Folder, Warned), StringComparison.Ordinal);
        using var saved = SweepFile.Open(Part(scratch.Folder, Warned));
        Assert.Contains(PointStatus.Done, saved.Statuses);
    }

    /// <summary>Points of some 150 ms each: a task takes seconds, in blocks of 8 points, and writes its file once a second.</summary>
    private static string Sweep() => Document.With(
        Document.Set("time", """{ "end": "100 ns", "integrator": "rkc2", "relativeTolerance": 1e-6 }"""),
        Document.Set("sweep", $$"""{ "axes": [ { "path": "/boundaries/left/electric/potential", "linspace": ["-120 mV", "60 mV", {{Points}}] } ] }"""));

    private (string Array, string Merge) Submit(string folder)
    {
        string printed = cluster.Program(folder, "sweep", "s.json", "-o", "results/s.h5", "--slurm", "--submit", "--tasks", $"{Tasks}", "--time", "10", "--json");
        JsonElement jobs = JsonDocument.Parse(printed).RootElement.GetProperty("jobs");
        return (jobs.GetProperty("array").GetString()!, jobs.GetProperty("merge").GetString()!);
    }

    private static string Merged(string folder) => Path.Combine(folder, "results", "s.h5");

    private static string Part(string folder, int task) => Path.Combine(folder, "results", $"s.{task}-of-{Tasks}.h5.part");

    private static string Log(string folder, int task)
    {
        string path = Path.Combine(folder, "results", "s.h5.slurm", $"task-{task}.log");
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private static void AssertLog(string folder, int task, params string[] lines)
    {
        foreach (string line in lines)
            Assert.True(Log(folder, task).Contains(line, StringComparison.Ordinal), $"'{line}' is not in the log:\n{Log(folder, task)}");
    }

    /// <summary>Does something to each task as soon as some of its points are there, and some are not.</summary>
    private static void WhenInMidRun(string folder, Dictionary<int, Action> actions) => SlurmCluster.Wait(
        () =>
        {
            foreach (int task in actions.Keys.Where(task => HasPoints(Part(folder, task))).ToArray())
            {
                actions[task]();
                _ = actions.Remove(task);
            }

            return actions.Count == 0;
        },
        () => string.Concat(actions.Keys.Select(task => $"task {task} was not met in mid-run:\n{Log(folder, task)}\n")));

    private static bool HasPoints(string path)
    {
        try
        {
            using var file = SweepFile.Open(path);
            return file.Statuses.Contains(PointStatus.Done);
        }
        catch (Exception exception) when (exception is Hdf5Exception or IOException)
        {
            return false; // not there yet, or just being made
        }
    }

    /// <summary>Kills the npgpu of a task, found by its words, and the script that started it or not.</summary>
    private void Kill(string folder, int task, bool withScript)
    {
        string process = cluster.Run(folder, "pgrep", "--full", $"^[^ ]*(dotnet|npgpu) .*{folder}/results/s.h5 --shard {task}/{Tasks}").Trim();
        string script = cluster.Run(folder, "ps", "-o", "ppid=", "-p", process).Trim();
        _ = cluster.Run(folder, ["kill", "-KILL", .. withScript ? new[] { script } : [], process]);
    }

    private static void AssertSameBits(string expectedPath, string actualPath)
    {
        using var expected = SweepFile.Open(expectedPath);
        using var actual = SweepFile.Open(actualPath);
        Assert.Equal(expected.Points, actual.Points);
        Assert.Equal(expected.Hashes, actual.Hashes);
        Assert.All(actual.Statuses, status => Assert.Equal(PointStatus.Done, status));
        string[] names = [.. expected.Datasets.Select(dataset => dataset.Name).Where(IsResult)];
        Assert.Contains("concentration", names);
        foreach (string name in names)
        {
            double[] wanted = expected.ReadRows(name, 0, Points);
            double[] found = actual.ReadRows(name, 0, Points);
            int[] unlike = [.. Enumerable.Range(0, wanted.Length).Where(i => BitConverter.DoubleToInt64Bits(wanted[i]) != BitConverter.DoubleToInt64Bits(found[i]))];
            Assert.True(unlike.Length == 0, unlike.Length == 0 ? "" : $"{name}: {unlike.Length} of {wanted.Length} numbers differ, first at {unlike[0]}: {wanted[unlike[0]]:R} and {found[unlike[0]]:R}");
        }
    }

    private static bool IsResult(string dataset) => !dataset.Contains("wall", StringComparison.OrdinalIgnoreCase);
}
