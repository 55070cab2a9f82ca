using System.Diagnostics;
using NernstPlanckGpu.Cli.Slurm;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Slurm;

/// <summary>The text of the scripts for sbatch.</summary>
public class SlurmScriptTests
{
    /// <summary>Names as unpleasant as a file system allows, short of line breaks.</summary>
    internal static SlurmJob Unpleasant { get; } = new()
    {
        Program = ["/opt/dot net/dotnet", "/home/o'brien/npgpu.dll"],
        Variables = [("HDF5_LIBRARY", "/opt/h d f/libhdf5.so")],
        Configuration = "/home/o'brien/50 % $HOME `id`/s.json",
        Output = "/home/o'brien/50 % \"x\"/s.h5",
        SweepOptions = ["--set", "/regions/1/length=5 nm"],
        Tasks = 5,
        Cpus = 2,
        Request = new SlurmRequest
        {
            MaxRunning = 3,
            Gpus = 1,
            Time = "2:00:00",
            Partition = "long",
            Account = "bio physics",
            Memory = "4G",
            MaxRestarts = 7,
            Extra = ["--qos=low", "--mail-type=END"],
        },
    };

    [Fact]
    public void The_array_says_what_was_asked_for()
    {
        string[] lines = SlurmScript.Array(Unpleasant).Split('\n');
        Assert.Equal(
            [
                "#!/bin/bash",
                "# Written by npgpu sweep --slurm.",
                "#SBATCH --job-name=npgpu-s",
                "#SBATCH --array=0-4%3",
                "#SBATCH --ntasks=1",
                "#SBATCH --cpus-per-task=2",
                "#SBATCH --partition=long",
                "#SBATCH --account=\"bio physics\"",
                "#SBATCH --mem=4G",
                """#SBATCH --output="/home/o'brien/50 %% \"x\"/s.h5.slurm/task-%a.log" """.TrimEnd(),
                "#SBATCH --open-mode=append",
                "#SBATCH --time=2:00:00",
                "#SBATCH --gres=gpu:1",
                "#SBATCH --signal=B:USR1@120",
                "#SBATCH --requeue",
                "#SBATCH --qos=low",
                "#SBATCH --mail-type=END",
                "set -u",
                "export HDF5_LIBRARY='/opt/h d f/libhdf5.so'",
            ],
            lines[..19]);
        Assert.Contains(
            """'/opt/dot net/dotnet' '/home/o'\''brien/npgpu.dll' sweep '/home/o'\''brien/50 % $HOME `id`/s.json' --output '/home/o'\''brien/50 % "x"/s.h5' \""",
            lines);
        Assert.Contains(
            "    --shard \"$SLURM_ARRAY_TASK_ID/5\" --threads \"${SLURM_CPUS_PER_TASK:-2}\" \"$how\" --set '/regions/1/length=5 nm' &",
            lines);
    }

    [Fact]
    public void What_was_not_asked_for_is_left_to_Slurm()
    {
        string text = SlurmScript.Array(Unpleasant with { Request = new() });
        foreach (string option in new[] { "--time", "--partition", "--account", "--mem", "--gres", "--qos", "%3" })
            Assert.DoesNotContain(option, text, StringComparison.Ordinal);
        Assert.Contains("--signal=B:USR1@120", text, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --requeue", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_merge_takes_one_core_and_no_array()
    {
        string text = SlurmScript.Merge(Unpleasant);
        Assert.Contains("#SBATCH --cpus-per-task=1\n", text, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --qos=low\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("--array", text, StringComparison.Ordinal);
        Assert.DoesNotContain("--gres", text, StringComparison.Ordinal);
        Assert.Contains("npgpu.dll' merge \"$@\" --output ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_task_has_nothing_to_merge()
    {
        string text = SlurmScript.Merge(Unpleasant with { Tasks = 1 });
        Assert.DoesNotContain("merge \"$@\"", text, StringComparison.Ordinal);
        Assert.EndsWith("""npgpu.dll' status '/home/o'\''brien/50 % "x"/s.h5'""" + "\n", text, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("bash", "-n")]
    [InlineData("shellcheck", "--severity=warning")]
    public void Both_scripts_are_clean(string checker, string option)
    {
        SlurmJob replacing = Unpleasant with { Replace = true };
        string[] scripts = [.. new[] { Unpleasant, replacing }.SelectMany(job => new[] { SlurmScript.Array(job), SlurmScript.Merge(job) })];
        foreach (string script in scripts)
        {
            using Process process = Start(checker, option, "-");
            process.StandardInput.Write(script);
            process.StandardInput.Close();
            string said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{checker}: {said}\n{script}");
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments[0] == "-n" ? arguments[..1] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SkipException($"{program} is not installed");
        }
    }
}
