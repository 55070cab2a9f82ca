namespace NernstPlanckGpu.Core.Results.Checkpoints;

/// <summary>
/// Stops the engine when a checkpoint is due or the run is interrupted. It is asked after every step: a timer's callback needs a free thread
/// of the pool, which a batch or a test run may not leave it.
/// </summary>
/// <param name="interval">Between checkpoints; null: only when interrupted.</param>
/// <param name="now">Wall time, s.</param>
/// <param name="interruption">Interrupts the run.</param>
internal sealed class Pause(TimeSpan? interval, double now, CancellationToken interruption) : IDisposable
{
    private readonly double wait = interval?.TotalSeconds ?? double.PositiveInfinity;
    private CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(interruption);
    private double due = now + (interval?.TotalSeconds ?? double.PositiveInfinity);

    /// <summary>Token for the engine's next call.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Cancels the token where a checkpoint is due.</summary>
    /// <param name="now">Wall time, s.</param>
    public void Check(double now)
    {
        if (now >= due) source.Cancel();
    }

    /// <summary>The next checkpoint is due an interval from now.</summary>
    /// <param name="now">Wall time, s.</param>
    public void Restart(double now)
    {
        due = now + wait;
        source.Dispose();
        source = CancellationTokenSource.CreateLinkedTokenSource(interruption);
    }

    public void Dispose() => source.Dispose();
}
