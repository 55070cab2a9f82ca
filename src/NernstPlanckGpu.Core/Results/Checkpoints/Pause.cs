namespace NernstPlanckGpu.Core.Results.Checkpoints;

/// <summary>Ends an engine's call when a checkpoint is due, or when the run is interrupted.</summary>
/// <param name="interval">Wall time between checkpoints; null: never due.</param>
/// <param name="interruption">The run's own cancellation.</param>
internal sealed class Pause(TimeSpan? interval, CancellationToken interruption) : IDisposable
{
    private CancellationTokenSource? due;

    /// <summary>Token for the engine's next call.</summary>
    public CancellationToken Token => interval is null ? interruption : (due ??= Start(interval.Value)).Token;

    /// <summary>The next checkpoint is due an interval from now.</summary>
    public void Restart()
    {
        due?.Dispose();
        due = null;
    }

    public void Dispose() => due?.Dispose();

    private CancellationTokenSource Start(TimeSpan wait)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(interruption);
        source.CancelAfter(wait);
        return source;
    }
}
