using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Slurm;

/// <summary><c>npgpu sweep CONFIG --slurm</c>: writes the scripts, and submits them where asked to.</summary>
internal static class SlurmSweep
{
    private const int DefaultTasks = 8;

    /// <summary>Variables by which the program and its libraries are found.</summary>
    private static readonly string[] NeededVariables = ["DOTNET_ROOT", "HDF5_LIBRARY"];

    /// <param name="slurm">What is asked of Slurm.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="given">The shard of the command line.</param>
    /// <param name="points">Points of the sweep, all valid.</param>
    /// <exception cref="CommandFailure">Refused, with its reason.</exception>
    public static int Run(SlurmRequest slurm, SweepRequest sweep, Core.Sweeps.Shard? given, int points)
    {
        if (given is not null)
            throw new CommandFailure(ExitCode.Usage, "npgpu: --slurm gives every task a shard of its own; leave out --shard, and say how many with --tasks N.");
        SlurmJob job = Describe(slurm, sweep, points);
        PrepareFiles(job, sweep);
        Write(job.ArrayScript, SlurmScript.Array(job));
        Write(job.MergeScript, SlurmScript.Merge(job));
        (string Array, string Merge)? jobs = slurm.Submit ? SlurmSubmission.Submit(job) : null;
        if (sweep.Run.Json)
            Json.Print(ToJson(job, jobs));
        else if (!sweep.Run.Quiet)
            Console.Out.Write(ToText(job, jobs));
        return ExitCode.Done;
    }

    private static SlurmJob Describe(SlurmRequest slurm, SweepRequest sweep, int points)
    {
        if (slurm.Tasks > points)
            throw new CommandFailure(ExitCode.Usage, $"npgpu: --tasks {slurm.Tasks} is more than the {points} points of the sweep; give at most as many.");
        var job = new SlurmJob
        {
            Program = Program(),
            Variables = [.. NeededVariables.Select(name => (name, Environment.GetEnvironmentVariable(name) ?? "")).Where(variable => variable.Item2.Length > 0)],
            Configuration = Path.GetFullPath(sweep.Run.ConfigurationPath),
            Output = Path.GetFullPath(sweep.Run.OutputPath),
            SweepOptions = SweepOptions(sweep),
            Replace = sweep.Run.Force,
            Tasks = slurm.Tasks ?? Math.Min(DefaultTasks, points),
            Cpus = slurm.Cpus ?? slurm.Threads ?? 1,
            Request = slurm,
        };
        // A script is lines: no name may break one.
        string?[] texts = [job.Configuration, job.Output, slurm.Partition, slurm.Account, slurm.Memory, .. slurm.Extra];
        string? broken = texts.FirstOrDefault(text => text?.Any(char.IsControl) == true);
        return broken is null ? job : throw new CommandFailure(ExitCode.Usage, $"npgpu: a script for sbatch cannot hold the line break in '{broken}'; rename it.");
    }

    /// <summary>How this npgpu was started: by its own executable, or as dotnet npgpu.dll.</summary>
    private static IReadOnlyList<string> Program()
    {
        string process = Environment.ProcessPath ?? "dotnet";
        string library = Path.Combine(AppContext.BaseDirectory, "npgpu.dll");
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, library] : [process];
    }

    private static IReadOnlyList<string> SweepOptions(SweepRequest sweep)
    {
        RunRequest run = sweep.Run;
        return
        [
            "--engine", run.Engine, "--precision", run.Precision,
            .. run.Device is { } device ? ["--device", device.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            .. run.EngineOptions.Lane == "auto" ? Array.Empty<string>() : ["--lane", run.EngineOptions.Lane],
            .. run.Overrides.SelectMany(text => new[] { "--set", text }),
            .. sweep.StopOnFailure ? ["--on-failure", "stop"] : Array.Empty<string>(),
            .. sweep.RetryFailed ? ["--retry-failed"] : Array.Empty<string>(),
            .. run.Quiet ? ["--quiet"] : Array.Empty<string>(),
        ];
    }

    /// <summary>The tasks resume, so what earlier tasks left must be wanted (--resume), or is replaced by them (--force). Nothing is deleted here.</summary>
    private static void PrepareFiles(SlurmJob job, SweepRequest sweep)
    {
        if (!sweep.Resume)
        {
            OutputFile.Prepare(job.Output, sweep.Run.Force);
            string[] earlier = [.. job.ShardFiles.SelectMany(file => new[] { file, file + RunFileWriter.PartSuffix }).Where(File.Exists)];
            if (earlier.Length > 0 && !sweep.Run.Force)
                throw new CommandFailure(ExitCode.File, $"npgpu: {earlier[0]} exists; go on with it by --resume, replace it with --force, or name another file.");
            foreach (string file in job.ShardFiles)
                OutputFile.NeedIdle(file);
        }

        _ = Directory.CreateDirectory(job.Folder);
        if (job.Replace)
            File.WriteAllText(job.Marker, "");
        else
            File.Delete(job.Marker);
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
    }

    private static JsonObject ToJson(SlurmJob job, (string Array, string Merge)? jobs) => new()
    {
        ["outcome"] = jobs is null ? "written" : "submitted",
        ["exitCode"] = ExitCode.Done,
        ["files"] = Json.Strings([job.ArrayScript, job.MergeScript]),
        ["tasks"] = job.Tasks,
        ["jobs"] = jobs is null ? null : new JsonObject { ["array"] = jobs.Value.Array, ["merge"] = jobs.Value.Merge },
    };

    private static string ToText(SlurmJob job, (string Array, string Merge)? jobs)
    {
        string array = ShellWord.Quote(Path.GetRelativePath(".", job.ArrayScript));
        string merge = ShellWord.Quote(Path.GetRelativePath(".", job.MergeScript));
        string next = jobs is { } submitted
            ? $"submitted the array as job {submitted.Array} ({job.Tasks} tasks), and its merge as job {submitted.Merge}\n"
                + $"look at it with squeue --job={submitted.Array},{submitted.Merge}; the result will be {job.Output}\n"
            : $"submit them with --submit, or yourself:\n  array=$(sbatch --parsable {array})\n  sbatch {SlurmSubmission.Dependency("$array")} {merge}\n";
        return $"wrote {array} and {merge}\n{next}";
    }
}
