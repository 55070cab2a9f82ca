using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>
/// Turns the first SIGINT, SIGTERM or SIGUSR1 into a cancellation, so that the work finishes its step, saves what it can and closes its
/// file. A second signal ends the process at once, as if nobody listened; but not one that comes on the heels of the first, since a
/// scheduler may signal a whole process tree whose parts hand the signal on to each other.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private long takenAt;
    private int taken;

    public Interruption()
    {
        Listen(PosixSignal.SIGINT, Cli.ExitCode.Interrupted);
        Listen(PosixSignal.SIGTERM, Cli.ExitCode.Terminated);
        // What Slurm sends before a job's time is over, where asked to (--signal=USR1@120). .NET has no name for it, nor Windows the signal.
        if (!OperatingSystem.IsWindows())
            Listen((PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10), Cli.ExitCode.UserSignal);
    }

    public CancellationToken Token => source.Token;

    /// <summary>The exit code that the signal asks for where nothing can go on from a checkpoint; 0 while there was no signal.</summary>
    public int ExitCode => Volatile.Read(ref taken);

    public void Dispose()
    {
        // A handler may be running still: it finds its source whole, since a source without a timer holds nothing to dispose of.
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
    }

    private void Listen(PosixSignal signal, int exitCode) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context => Take(context, exitCode)));

    private void Take(PosixSignalContext context, int exitCode)
    {
        long now = Stopwatch.GetTimestamp();
        long first = Interlocked.CompareExchange(ref takenAt, now, 0);
        context.Cancel = first == 0 || Stopwatch.GetElapsedTime(first, now) < Echo;
        if (first != 0)
            return;
        Volatile.Write(ref taken, exitCode);
        source.Cancel();
    }
}
