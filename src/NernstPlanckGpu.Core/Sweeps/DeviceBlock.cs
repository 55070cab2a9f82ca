using System.Collections.Concurrent;
using System.Diagnostics;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// Points that are alike, on a device: stepped and read by one thread, looked through by others while the device goes on with another block.
/// </summary>
internal sealed class DeviceBlock : IDisposable
{
    /// <summary>Points that a thread looks through at a time; what comes of them is handed on together.</summary>
    private const int Share = 16;

    private readonly IReadOnlyList<PointMember> members;
    private readonly IBatch batch;
    private readonly Action<IReadOnlyList<PointResult>> receiver;
    private readonly ParallelOptions threads;
    private readonly bool[] isOver;
    private readonly double[] targets;
    private readonly Stopwatch busy = new();
    private Task looking = Task.CompletedTask;

    /// <summary>Hands points to the engine.</summary>
    /// <param name="engine">Engine.</param>
    /// <param name="members">Points, alike.</param>
    /// <param name="receiver">Takes the results of those that are over; called on several threads.</param>
    /// <param name="threads">Threads that look through them.</param>
    /// <exception cref="DeviceException">The device failed.</exception>
    public DeviceBlock(IEngine engine, IReadOnlyList<PointMember> members, Action<IReadOnlyList<PointResult>> receiver, int threads)
    {
        (this.members, this.receiver, this.threads) = (members, receiver, new() { MaxDegreeOfParallelism = threads });
        (isOver, targets) = (new bool[members.Count], new double[members.Count]);
        busy.Start();
        batch = engine.Start([.. members.Select(member => member.Progress.Discrete)], members[0].Time);
        busy.Stop();
    }

    /// <summary>Points whose results have not been handed on, once nobody looks through them any more.</summary>
    public IReadOnlyList<int> Unfinished => [.. members.Where((_, i) => !isOver[i]).Select(member => member.Point)];

    /// <summary>Steps every point to its next output; what they give is looked through in the background.</summary>
    /// <param name="cancellation">Finishes the steps under way.</param>
    /// <returns>False when there was nothing more to do.</returns>
    /// <exception cref="DeviceException">The device failed.</exception>
    public bool Advance(CancellationToken cancellation)
    {
        looking.GetAwaiter().GetResult();
        // Once cancelled, another call would make interrupted points look done.
        if (cancellation.IsCancellationRequested || Array.TrueForAll(isOver, over => over)) return false;
        busy.Start();
        for (int i = 0; i < targets.Length; i++) targets[i] = isOver[i] ? batch.Status(i).Time : members[i].Progress.Target!.Value;
        batch.Advance(targets, null, cancellation);
        for (int i = 0; i < targets.Length; i++)
            if (!isOver[i]) members[i].Progress.Read(batch, i);
        busy.Stop();
        looking = Task.Run(Look, CancellationToken.None);
        return true;
    }

    /// <summary>Waits until what was read is looked through, so that nothing finished is lost, and gives the device's memory back.</summary>
    public void Dispose()
    {
        ((IAsyncResult)looking).AsyncWaitHandle.WaitOne();
        try
        {
            batch.Dispose();
        }
        catch (DeviceException)
        {
            // A lost device has nothing to give back, and why it was lost is told already.
        }
    }

    private void Look()
    {
        double wallTime = busy.Elapsed.TotalSeconds / members.Count;
        Parallel.ForEach(Partitioner.Create(0, members.Count, Share), threads, range =>
        {
            var done = new List<PointResult>();
            for (int i = range.Item1; i < range.Item2; i++)
                if (!isOver[i] && Look(i, wallTime) is { } result) done.Add(result);
            if (done.Count > 0) receiver(done);
        });
    }

    private PointResult? Look(int index, double wallTime)
    {
        PointMember member = members[index];
        try
        {
            member.Progress.Observe();
            isOver[index] = member.Progress.Target is null;
            return isOver[index] ? member.Complete(wallTime) : null;
        }
        catch (Exception exception) when (PointFailure.IsOfPoint(exception))
        {
            isOver[index] = true;
            return PointFailure.WhileStepping(member.Point, exception);
        }
    }
}
