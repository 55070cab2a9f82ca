using System.Runtime.InteropServices;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>
/// Turns the first SIGINT or SIGTERM into a cancellation, so that the run finishes its step and closes its file.
/// A second signal ends the process at once, as if nobody listened.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int ExitCodeOfSigint = 130;
    private const int ExitCodeOfSigterm = 143;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private int taken;

    public Interruption()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, ExitCodeOfSigint));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, ExitCodeOfSigterm));
    }

    public CancellationToken Token => source.Token;

    /// <summary>The exit code that the signal asks for; 0 while there was none.</summary>
    public int ExitCode => Volatile.Read(ref taken);

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void Take(PosixSignalContext context, int exitCode)
    {
        if (Interlocked.CompareExchange(ref taken, exitCode, 0) != 0)
            return;
        context.Cancel = true;
        source.Cancel();
    }
}
