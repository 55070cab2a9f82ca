using System.ComponentModel;
using System.Diagnostics;
using NernstPlanckGpu.Cli.Options;

namespace NernstPlanckGpu.Cli.Slurm;

/// <summary>Hands scripts to sbatch.</summary>
internal static class SlurmSubmission
{
    /// <summary>The condition on which the merge job waits: all tasks have ended, however they did.</summary>
    public static string Dependency(string arrayJob) => $"--dependency=afterany:{arrayJob}";

    /// <summary>Submits both scripts; returns the numbers of the array and of the merge job.</summary>
    /// <exception cref="CommandFailure">There is no sbatch, or it refuses.</exception>
    public static (string Array, string Merge) Submit(SlurmJob job)
    {
        string array = Sbatch(job.ArrayScript, []);
        return (array, Sbatch(job.MergeScript, [Dependency(array)], $"npgpu: the array is submitted, as job {array}; stop it with scancel {array}."));
    }

    private static string Sbatch(string script, IReadOnlyList<string> options, params IReadOnlyList<string> besides)
    {
        var start = new ProcessStartInfo("sbatch", ["--parsable", .. options, script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string[] said = error.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (process.ExitCode != 0)
                throw new CommandFailure(ExitCode.Usage, [$"npgpu: sbatch refuses {script}:", .. said.Select(line => $"  {line}"), .. besides]);
            // JOB or JOB;CLUSTER
            return output.Trim().Split(';')[0];
        }
        catch (Win32Exception)
        {
            throw new CommandFailure(
                ExitCode.Usage,
                "npgpu: --submit needs Slurm's sbatch, which is not to be found here (PATH).",
                $"npgpu: the scripts are written; on a machine of the cluster: sbatch {ShellWord.Quote(script)}");
        }
    }
}
