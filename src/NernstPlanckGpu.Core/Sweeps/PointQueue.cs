namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// Results on their way from the threads that compute to the one that writes; bounded, so that a slow disk holds the computing up and memory
/// stays flat. It sleeps while it waits: a BlockingCollection spins before, which took a tenth of a processor from the computing.
/// </summary>
internal sealed class PointQueue(int capacity)
{
    private readonly object gate = new();
    private readonly Queue<IReadOnlyList<PointResult>> waiting = new();
    private bool isComplete;

    /// <summary>Adds results, once there is room.</summary>
    public void Add(IReadOnlyList<PointResult> results)
    {
        lock (gate)
        {
            while (waiting.Count >= capacity) Monitor.Wait(gate);
            waiting.Enqueue(results);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Nothing more is added.</summary>
    public void Complete()
    {
        lock (gate)
        {
            isComplete = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The next results, in the order in which they came; null when there are no more.</summary>
    public IReadOnlyList<PointResult>? Take()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !isComplete) Monitor.Wait(gate);
            if (!waiting.TryDequeue(out IReadOnlyList<PointResult>? results)) return null;
            Monitor.PulseAll(gate);
            return results;
        }
    }
}
