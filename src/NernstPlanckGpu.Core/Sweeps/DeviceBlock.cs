using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results.Runs;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// Points that are alike, on a device: computed by one thread, looked through by others while the device goes on with another block.
/// </summary>
/// <param name="points">Points.</param>
/// <param name="receiver">Takes the results of those that are over; called on several threads.</param>
/// <param name="threads">Threads that look through them.</param>
internal abstract class DeviceBlock(IReadOnlyList<int> points, Action<IReadOnlyList<PointResult>> receiver, int threads) : IDisposable
{
    /// <summary>Points that a thread looks through at a time; what comes of them is handed on together.</summary>
    private const int Share = 16;

    private readonly int[] points = [.. points];
    private readonly bool[] isOver = new bool[points.Count];
    private readonly Stopwatch busy = new();
    private Task looking = Task.CompletedTask;

    /// <summary>Points whose results have not been handed on, once nobody looks through them any more.</summary>
    public IReadOnlyList<int> Unfinished => [.. points.Where((_, i) => !isOver[i])];

    /// <summary>Brings every point to where there is something to look at; that is done in the background.</summary>
    /// <param name="cancellation">Finishes the steps under way.</param>
    /// <returns>False when there was nothing more to do.</returns>
    /// <exception cref="DeviceException">The device failed.</exception>
    public bool Advance(CancellationToken cancellation)
    {
        looking.GetAwaiter().GetResult();
        // Once cancelled, another call would make interrupted points look done.
        if (cancellation.IsCancellationRequested || Array.TrueForAll(isOver, over => over)) return false;
        Busy(() => Compute(cancellation));
        looking = Task.Run(Look, CancellationToken.None);
        return true;
    }

    /// <summary>Waits until what was read is looked through, so that nothing finished is lost, and gives the device's memory back.</summary>
    public void Dispose()
    {
        ((IAsyncResult)looking).AsyncWaitHandle.WaitOne();
        try
        {
            Release();
        }
        catch (DeviceException)
        {
            // A lost device has nothing to give back, and why it was lost is told already.
        }
    }

    /// <summary>The point is over: its result has been handed on, or it has none.</summary>
    protected bool IsOver(int index) => isOver[index];

    /// <summary>Does what the points share the wall time of.</summary>
    protected void Busy(Action work)
    {
        busy.Start();
        work();
        busy.Stop();
    }

    /// <summary>Lets the device compute, on the thread that drives it.</summary>
    protected abstract void Compute(CancellationToken cancellation);

    /// <summary>Looks at what came of a point.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="wallTime">Its part of the wall time so far, s.</param>
    /// <returns>Whether it is over, and its result; null where it goes on, or was interrupted.</returns>
    protected abstract (bool IsOver, PointResult? Result) LookAt(int index, double wallTime);

    /// <summary>An error while it was looked at that costs the point and no more.</summary>
    protected virtual bool IsOfPoint(Exception exception) => PointFailure.IsOfPoint(exception);

    /// <summary>Gives the device's memory back.</summary>
    protected abstract void Release();

    private void Look()
    {
        try
        {
            LookAtAll();
        }
        catch (AggregateException exception) when (exception.InnerExceptions.Count == 1)
        {
            // What Parallel wrapped: whose fault it is depends on what it is.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    private void LookAtAll()
    {
        double wallTime = busy.Elapsed.TotalSeconds / points.Length;
        Parallel.ForEach(Partitioner.Create(0, points.Length, Share), new() { MaxDegreeOfParallelism = threads }, range =>
        {
            var done = new List<PointResult>();
            for (int i = range.Item1; i < range.Item2; i++)
                if (!isOver[i] && Look(i, wallTime) is { } result) done.Add(result);
            if (done.Count > 0) receiver(done);
        });
    }

    private PointResult? Look(int index, double wallTime)
    {
        try
        {
            (isOver[index], PointResult? result) = LookAt(index, wallTime);
            return result;
        }
        catch (Exception exception) when (IsOfPoint(exception))
        {
            isOver[index] = true;
            return PointFailure.WhileStepping(points[index], exception);
        }
    }
}

/// <summary>Points in time: stepped to their next outputs, and read by those who look through them.</summary>
internal sealed class TransientBlock : DeviceBlock
{
    private readonly IReadOnlyList<TransientMember> members;
    private readonly double[] targets;
    private IBatch batch = null!;

    /// <summary>Hands points to the engine.</summary>
    /// <param name="engine">Engine.</param>
    /// <param name="members">Points, alike.</param>
    /// <param name="receiver">See <see cref="DeviceBlock"/>.</param>
    /// <param name="threads">See <see cref="DeviceBlock"/>.</param>
    /// <exception cref="DeviceException">The device failed.</exception>
    public TransientBlock(IEngine engine, IReadOnlyList<TransientMember> members, Action<IReadOnlyList<PointResult>> receiver, int threads)
        : base([.. members.Select(member => member.Point)], receiver, threads)
    {
        (this.members, targets) = (members, new double[members.Count]);
        Busy(() => batch = engine.Start([.. members.Select(member => member.Progress.Discrete)], members[0].Time));
    }

    protected override void Compute(CancellationToken cancellation)
    {
        for (int i = 0; i < targets.Length; i++) targets[i] = IsOver(i) ? batch.Status(i).Time : members[i].Progress.Target!.Value;
        batch.Advance(targets, null, cancellation);
        batch.Gather();
    }

    protected override (bool IsOver, PointResult? Result) LookAt(int index, double wallTime)
    {
        TransientMember member = members[index];
        member.Progress.Observe(batch, index);
        return member.Progress.Target is null ? (true, member.Complete(wallTime)) : (false, null);
    }

    protected override void Release() => batch.Dispose();
}

/// <summary>Points about steady states: all that they want next is found in one batch, and read by those who look through it.</summary>
internal sealed class SteadyBlock : DeviceBlock
{
    private readonly IEngine engine;

    // Null once it is over: its results are on their way to the file, and the block holds thousands.
    private readonly SteadyMember?[] members;
    private SteadyRound? round;

    /// <summary>Takes points over.</summary>
    /// <param name="engine">Engine.</param>
    /// <param name="members">Points, alike.</param>
    /// <param name="receiver">See <see cref="DeviceBlock"/>.</param>
    /// <param name="threads">See <see cref="DeviceBlock"/>.</param>
    public SteadyBlock(IEngine engine, IReadOnlyList<SteadyMember> members, Action<IReadOnlyList<PointResult>> receiver, int threads)
        : base([.. members.Select(member => member.Point)], receiver, threads) => (this.engine, this.members) = (engine, [.. members]);

    protected override void Compute(CancellationToken cancellation)
    {
        round?.Dispose();
        round = null;
        round = new(engine, [.. members.Select((member, i) => IsOver(i) ? [] : member!.Wanted)]);
        round.Solve(cancellation);
    }

    protected override (bool IsOver, PointResult? Result) LookAt(int index, double wallTime)
    {
        SteadyMember member = members[index]!;
        member.Take(round!, index);
        if (member.Wanted.Length > 0) return (false, null);
        members[index] = null;
        return (true, member.Complete(wallTime));
    }

    // Reading asks nothing of the device: what goes wrong there is the state's fault.
    protected override bool IsOfPoint(Exception exception) => exception is DeviceException || base.IsOfPoint(exception);

    protected override void Release() => round?.Dispose();
}
