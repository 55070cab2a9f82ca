using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Slurm;

/// <summary>A real Slurm of one node on loopback, started by tests/slurm/start-slurm.sh and stopped with the tests; where it cannot be had, the tests are skipped with the reason.</summary>
public sealed class SlurmCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string folder = Directory.CreateTempSubdirectory("npgpu-slurm-").FullName;
    private readonly string? whyNone;

    public SlurmCluster()
    {
        ProcessResult started = Bash(Script("start-slurm.sh"), folder);
        whyNone = started.ExitCode switch
        {
            0 => null,
            3 => started.Error.Trim(), // this machine cannot; anything else is a fault of ours
            _ => throw new InvalidOperationException(started.ToString()),
        };
    }

    /// <summary>What a process needs to find this cluster.</summary>
    private Dictionary<string, string?> Variables => new() { ["SLURM_CONF"] = Path.Combine(folder, "slurm.conf") };

    /// <summary>Skips the test where there is no cluster.</summary>
    public void Need() => Skip.If(whyNone is not null, whyNone);

    /// <summary>Runs a program with the cluster at hand; its failure fails the test.</summary>
    internal string Run(string workingFolder, params string[] command)
    {
        ProcessResult result = Try(workingFolder, command);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)}\n{result}");
        return result.Output;
    }

    /// <summary>The same, where a failure is expected.</summary>
    internal ProcessResult Try(string workingFolder, params string[] command) => Npgpu.Finish(Npgpu.StartProcess(workingFolder, command, Variables), Patience);

    /// <summary>Runs npgpu with the cluster at hand.</summary>
    internal string Program(string workingFolder, params string[] arguments) => Run(workingFolder, [Repository.Dotnet, Repository.Program, .. arguments]);

    /// <summary>Waits until none of the jobs is in the queue.</summary>
    internal void WaitForEnd(params string[] jobs)
    {
        Func<string> queue = () => Run(folder, "squeue", "--noheader", $"--jobs={string.Join(',', jobs)}", "--states=all", "--format=%i %T");
        string[] ended = ["COMPLETED", "FAILED", "CANCELLED", "NODE_FAIL", "TIMEOUT"];
        Wait(() => queue().Split('\n', StringSplitOptions.RemoveEmptyEntries).All(line => ended.Contains(line.Split(' ')[1])), queue);
    }

    /// <summary>Waits for something, which says what is there instead when it does not come.</summary>
    internal static void Wait(Func<bool> condition, Func<string> instead)
    {
        var waiting = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waiting.Elapsed < Patience, instead());
            Thread.Sleep(Pause);
        }
    }

    public void Dispose()
    {
        if (whyNone is null)
            _ = Bash(Script("stop-slurm.sh"), folder);
        Directory.Delete(folder, recursive: true);
    }

    private static string Script(string name) => Path.Combine(Repository.Root, "tests", "slurm", name);

    // The daemons stay behind: their output must not be the test's.
    private static ProcessResult Bash(string script, string folder) => OperatingSystem.IsWindows()
        ? new(3, "", "Slurm runs on Linux only")
        : Npgpu.Finish(Npgpu.StartProcess(folder, ["bash", script, folder]));
}
