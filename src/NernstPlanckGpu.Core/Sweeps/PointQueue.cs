namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// What is on its way between threads, such as results to the one that writes; bounded, so that a slow disk holds the computing up and
/// memory stays flat. It sleeps while it waits: a BlockingCollection spins before, which took a tenth of a processor from the computing.
/// </summary>
/// <typeparam name="T">What is on its way: results, or points to compute.</typeparam>
internal sealed class PointQueue<T>(int capacity)
    where T : class
{
    private readonly object gate = new();
    private readonly Queue<T> waiting = new();
    private bool isComplete;

    /// <summary>Adds something, once there is room.</summary>
    public void Add(T item)
    {
        lock (gate)
        {
            while (waiting.Count >= capacity) Monitor.Wait(gate);
            waiting.Enqueue(item);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits for room without adding anything.</summary>
    public void WaitForRoom()
    {
        lock (gate)
            while (waiting.Count >= capacity && !isComplete) Monitor.Wait(gate);
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

    /// <summary>The next, in the order in which they came; null when there are no more.</summary>
    public T? Take()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !isComplete) Monitor.Wait(gate);
            if (!waiting.TryDequeue(out T? item)) return null;
            Monitor.PulseAll(gate);
            return item;
        }
    }
}
