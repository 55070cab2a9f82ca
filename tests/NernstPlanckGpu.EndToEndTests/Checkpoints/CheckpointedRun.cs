using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Checkpoints;

/// <summary>A run that saves itself often, in a folder of its own: to be interrupted, and to go on.</summary>
internal sealed class CheckpointedRun : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly string configuration;

    /// <param name="configuration">The configuration's text.</param>
    public CheckpointedRun(string configuration)
    {
        this.configuration = scratch.Write("a.json", configuration);
    }

    /// <summary>About a second of explicit steps, with many outputs.</summary>
    public static string Medium { get; } = Configurations.Replace("\"end\": \"1 ns\", \"integrator\": \"auto\"", "\"end\": \"100 us\", \"integrator\": \"rkc2\"")
        .Replace("\"count\": 5", "\"count\": 40", StringComparison.Ordinal);

    public Scratch Scratch => scratch;

    public string Output => scratch.PathOf("a.h5");

    public string Part => Output + ".part";

    public string Checkpoint => Output + ".checkpoint";

    /// <summary>What the same run gives when it is let alone.</summary>
    public string Undisturbed()
    {
        ProcessResult result = Npgpu.Run(scratch, "run", configuration, "-o", "undisturbed.h5", "--checkpoint", "off", "--quiet");
        Assert.True(result.ExitCode == 0, result.ToString());
        return scratch.PathOf("undisturbed.h5");
    }

    /// <summary>Starts it, or goes on with it where it can.</summary>
    public Process Start(string interval = "20 ms") =>
        Signals.Start(scratch, "run", configuration, "-o", "a.h5", "--resume", "--checkpoint", interval, "--quiet");

    /// <summary>Starts it and waits for a checkpoint of this start.</summary>
    public Process StartAndSave()
    {
        DateTime before = SavedAt();
        Process process = Start();
        Signals.WaitUntil(process, () => SavedAt() > before);
        return process;
    }

    /// <summary>Starts it, and sends it a signal once it has saved itself.</summary>
    public ProcessResult Interrupt(string signal)
    {
        Process process = StartAndSave();
        Signals.Send(signal, process);
        return Npgpu.Finish(process, Signals.Patience);
    }

    public ProcessResult Run(params string[] arguments) => Npgpu.Run(scratch, arguments);

    public void Dispose() => scratch.Dispose();

    private DateTime SavedAt() => File.Exists(Checkpoint) ? File.GetLastWriteTimeUtc(Checkpoint) : DateTime.MinValue;
}

/// <summary>The medium run, let alone: computed once for the tests of a class.</summary>
public sealed class UndisturbedRun : IDisposable
{
    private readonly CheckpointedRun run = new(CheckpointedRun.Medium);

    public UndisturbedRun()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Path = run.Undisturbed();
        Duration = clock.Elapsed;
    }

    public string Path { get; }

    public TimeSpan Duration { get; }

    public void Dispose() => run.Dispose();
}
