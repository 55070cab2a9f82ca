using System.Text;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Slurm;

/// <summary>The text of the two scripts for sbatch: the array that computes, and the job that merges its files afterwards.</summary>
internal static class SlurmScript
{
    /// <summary>
    /// Starts one shard per task, tells it to save its work when Slurm's warning comes, and puts the task back into the queue while
    /// something is left to do. Submitted again as it is, it computes only what is missing.
    /// </summary>
    public static string Array(SlurmJob job)
    {
        var text = new StringBuilder("#!/bin/bash\n# Written by npgpu sweep --slurm.\n");
        Directive(text, "--job-name", job.Name);
        Directive(text, "--array", $"0-{job.Tasks - 1}{(job.Request.MaxRunning is { } most ? $"%{most}" : "")}");
        Common(text, job, job.Cpus, Path.Combine(job.Folder, "task-%a.log"));
        Directive(text, "--time", job.Request.Time);
        if (job.Request.Gpus > 0)
            Directive(text, "--gres", $"gpu:{job.Request.Gpus}");
        Directive(text, "--signal", $"B:USR1@{SlurmTime.Warning}");
        _ = text.Append("#SBATCH --requeue\n");
        Extra(text, job);
        _ = text.Append("set -u\n");
        Exports(text, job);
        return text.Append($$"""

            restarts=${SLURM_RESTART_COUNT:-0}
            say() { printf '%s task %s on %s: %s\n' "$(date +%FT%T)" "$SLURM_ARRAY_TASK_ID" "$(hostname)" "$*" >&2; }

            # again COUNT LIMIT WHY: puts this task back into the queue, unless that was so, or it was there, too often.
            again() {
                if [ "$1" -ge "$2" ] || [ "$restarts" -ge {{job.Request.MaxRestarts}} ]; then
                    say "$3; not started again after $restarts restarts"
                    return
                fi
                say "$3; back into the queue" # first, since Slurm ends this script as soon as it is asked
                scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" ||
                    say "Slurm does not take it: submit this script again for the rest"
            }

            # Slurm's warning goes to this script only. SIGTERM (scancel, preemption) goes to all processes; who cancels wants no requeue.
            child=
            warned=
            ended=
            caught=
            trap 'caught=yes warned=yes; [ -z "$child" ] || kill -s USR1 "$child"' USR1
            trap 'caught=yes ended=yes; [ -z "$child" ] || kill -s TERM "$child"' TERM

            # Kills are counted by themselves: restarts for time do not use up what is forgiven.
            killed={{ShellWord.Quote(Path.Combine(job.Folder, "task-"))}}$SLURM_ARRAY_TASK_ID.kills
            [ "$restarts" -gt 0 ] || rm -f "$killed"
            kills=$(cat "$killed" 2>/dev/null || echo 0)
            {{Start(job)}}
            say "start, after $restarts restarts"
            {{Words(job.Program)}} sweep {{ShellWord.Quote(job.Configuration)}} --output {{ShellWord.Quote(job.Output)}} \
                --shard "$SLURM_ARRAY_TASK_ID/{{job.Tasks}}" --threads {{Threads(job)}} "$how" {{Words(job.SweepOptions)}} &
            child=$!
            [ -z "$warned" ] || kill -s USR1 "$child"
            [ -z "$ended" ] || kill -s TERM "$child"
            while :; do
                caught=
                wait "$child"
                status=$?
                [ -n "$caught" ] || break # a signal ends the wait, not the child
            done

            say "exit code $status"
            [ -z "$ended" ] || exit "$status"
            case $status in
                {{ExitCode.Checkpointed}} | {{ExitCode.UserSignal}}) again "$restarts" {{job.Request.MaxRestarts}} 'out of time' ;;
                13[0-9] | 14[0-9])
                    echo $((kills + 1)) >"$killed"
                    again "$kills" {{KillsForgiven}} 'npgpu was killed'
                    ;;
            esac
            exit "$status"

            """).ToString();
    }

    /// <summary>
    /// Merges what files there are into one, and says what is missing. It runs when all tasks have ended, however they did: a failed point
    /// or a lost task must not keep the results of the others from the user.
    /// </summary>
    public static string Merge(SlurmJob job)
    {
        var text = new StringBuilder("#!/bin/bash\n# Written by npgpu sweep --slurm.\n");
        Directive(text, "--job-name", job.Name + "-merge");
        Common(text, job, 1, Path.Combine(job.Folder, "merge.log"));
        Extra(text, job);
        _ = text.Append("set -u\n");
        Exports(text, job);
        if (job.Tasks > 1)
            AppendMerge(text, job);
        return text.Append($"{Words(job.Program)} status {ShellWord.Quote(job.Output)}\n").ToString();
    }

    private static void AppendMerge(StringBuilder text, SlurmJob job) => text.Append($$"""

        set --
        task=0
        while [ "$task" -lt {{job.Tasks}} ]; do
            file={{FileOf(job, "$task")}}
            part=$file{{RunFileWriter.PartSuffix}} # not all of its points are there; beside a finished file it is of a newer plan
            [ ! -e "$part" ] || file=$part
            if {{IsThere(job, "$file")}}; then
                set -- "$@" "$file"
            else
                printf 'task %s left no file\n' "$task" >&2
            fi
            task=$((task + 1))
        done
        [ $# -gt 0 ] || exit {{ExitCode.File}}
        {{Words(job.Program)}} merge "$@" --output {{ShellWord.Quote(job.Output)}} --force || exit

        """);

    /// <summary>How a task begins: it goes on with what is there, except with what is to be replaced.</summary>
    private static string Start(SlurmJob job) => !job.Replace ? "how=--resume" : $$"""
        # What is older than this file is replaced; what this script wrote itself is gone on with when it is submitted again.
        file={{FileOf(job, "$SLURM_ARRAY_TASK_ID")}}
        how=--force
        if {{IsThere(job, "$file")}} || {{IsThere(job, "$file" + RunFileWriter.PartSuffix)}}; then
            how=--resume
        fi
        """;

    private static string IsThere(SlurmJob job, string file) => job.Replace ? $"[ \"{file}\" -nt {ShellWord.Quote(job.Marker)} ]" : $"[ -e \"{file}\" ]";

    /// <summary>The file of a task in the words of the shell.</summary>
    private static string FileOf(SlurmJob job, string task) => job.Tasks == 1 ? ShellWord.Quote(job.Output)
        : $"{ShellWord.Quote(Path.ChangeExtension(job.Output, null))}.{task}-of-{job.Tasks}{(Path.GetExtension(job.Output) is { Length: > 0 } extension ? ShellWord.Quote(extension) : "")}";

    /// <summary>As many as asked for, else as many as the task has processors.</summary>
    private static string Threads(SlurmJob job) => job.Request.Threads is { } threads ? $"{threads}" : $"\"${{SLURM_CPUS_PER_TASK:-{job.Cpus}}}\"";

    /// <summary>A task whose npgpu was killed, perhaps for its memory, comes back so often: on another node it may live.</summary>
    private const int KillsForgiven = 3;

    private static void Common(StringBuilder text, SlurmJob job, int cpus, string log)
    {
        Directive(text, "--ntasks", "1");
        Directive(text, "--cpus-per-task", $"{cpus}");
        Directive(text, "--partition", job.Request.Partition);
        Directive(text, "--account", job.Request.Account);
        Directive(text, "--mem", job.Request.Memory);
        Directive(text, "--output", LogPath(log));
        Directive(text, "--open-mode", "append");
    }

    /// <summary>In a log's name a percent sign means something to Slurm; only that of the last part is meant so.</summary>
    private static string LogPath(string log) =>
        Path.Combine(Path.GetDirectoryName(log)!.Replace("%", "%%", StringComparison.Ordinal), Path.GetFileName(log));

    private static void Extra(StringBuilder text, SlurmJob job)
    {
        foreach (string option in job.Request.Extra)
            _ = text.Append($"#SBATCH {option}\n");
    }

    private static void Exports(StringBuilder text, SlurmJob job)
    {
        foreach ((string name, string value) in job.Variables)
            _ = text.Append($"export {name}={ShellWord.Quote(value)}\n");
    }

    /// <summary>One option in a comment line; sbatch reads double quotes and backslashes there as a shell does.</summary>
    private static void Directive(StringBuilder text, string option, string? value)
    {
        if (value is null)
            return;
        bool isPlain = ShellWord.Quote(value) == value;
        string quoted = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        _ = text.Append($"#SBATCH {option}={(isPlain ? value : $"\"{quoted}\"")}\n");
    }

    private static string Words(IEnumerable<string> words) => string.Join(' ', words.Select(ShellWord.Quote));
}
