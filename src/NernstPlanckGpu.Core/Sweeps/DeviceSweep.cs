using System.Collections.Concurrent;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// Computes points on one device. Some threads prepare points and gather those that are alike into blocks as large as the engine wants them; two
/// threads drive the device, each a block, so that it computes one while the other's outputs are copied and looked through.
/// </summary>
/// <remarks>
/// A batch is called by the thread that drives its block; read it is by others too. What cannot be computed costs the point; a failed device ends the sweep by a
/// <see cref="DeviceException"/>, when every point that was finished has been handed on.
/// </remarks>
internal sealed class DeviceSweep
{
    /// <summary>Threads that drive the device, each with a block on it.</summary>
    private const int Drivers = 2;

    /// <summary>Largest number of points that a thread takes to prepare, so that threads end together.</summary>
    private const int LargestShare = 16;

    /// <summary>Of the memory that there is, the part that a block may hold: two are on the device, others being prepared or waiting.</summary>
    private const int MemoryShare = 16;

    private readonly IEngine engine;
    private readonly SweepSession session;
    private readonly PointQueue<IReadOnlyList<PointResult>> results;
    private readonly int threads;
    private readonly CancellationToken cancellation;
    private readonly PointPreparation preparation;
    private readonly PointBins bins;
    private readonly PointQueue<PointMember[]> ready = new(1);
    private readonly ConcurrentStack<int[]> again = new();
    private int preparing;

    /// <param name="setup">What the points share.</param>
    /// <param name="engine">Engine.</param>
    /// <param name="session">Points to compute.</param>
    /// <param name="results">Where they go.</param>
    /// <param name="threads">Threads that prepare.</param>
    /// <param name="cancellation">Ends the sweep after the steps under way.</param>
    public DeviceSweep(
        PointSetup setup, IEngine engine, SweepSession session, PointQueue<IReadOnlyList<PointResult>> results, int threads,
        CancellationToken cancellation)
    {
        (this.engine, this.session, this.results, this.threads, this.cancellation) = (engine, session, results, threads, cancellation);
        preparation = new(setup, engine, cancellation);
        preparing = threads;
        bins = new(session.Points.Count, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryShare);
    }

    /// <summary>What is to be run, each on a thread of its own.</summary>
    public IEnumerable<Action> Work => Enumerable.Repeat<Action>(Prepare, threads).Concat(Enumerable.Repeat<Action>(Drive, Drivers));

    private void Prepare()
    {
        int share = Math.Clamp(session.Points.Count / (4 * threads), 1, LargestShare);
        try
        {
            while (!cancellation.IsCancellationRequested && session.Next(share) is { Length: > 0 } points)
                foreach (int point in points) Prepare(point);
        }
        catch
        {
            session.Stop();
            throw;
        }
        finally
        {
            if (Interlocked.Decrement(ref preparing) == 0)
            {
                foreach (PointMember[] block in bins.Rest()) ready.Add(block);
                ready.Complete();
            }
        }
    }

    private void Prepare(int point)
    {
        // While a block waits for the device, no more is prepared: else each thread would come to hold a whole block.
        ready.WaitForRoom();
        if (cancellation.IsCancellationRequested || session.IsStopped) return;
        if (Begin(point) is { } member && bins.Add(member, out PointMember[]? block)) ready.Add(block);
    }

    private PointMember? Begin(int point)
    {
        (PointMember? member, PointResult? result) = preparation.Begin(point);
        if (result is not null) results.Add([result]);
        return member;
    }

    private void Drive()
    {
        try
        {
            while (Next() is { } members)
            {
                using DeviceBlock? block = Start(members);
                while (block is not null && Advance(block)) { }
            }
        }
        catch
        {
            session.Stop();
            throw;
        }
        finally
        {
            // Those that prepare may be waiting for room.
            while (ready.Take() is not null) { }
        }
    }

    // The next points to hand to the device; null where there are no more.
    private PointMember[]? Next()
    {
        while (again.TryPop(out int[]? points))
            if (points.Select(Begin).OfType<PointMember>().ToArray() is { Length: > 0 } members) return members;
        if (cancellation.IsCancellationRequested || session.IsStopped) return null;
        PointMember[]? block = ready.Take();
        return session.IsStopped ? null : block;
    }

    private DeviceBlock? Start(PointMember[] members)
    {
        try
        {
            return members[0] is TransientMember
                ? new TransientBlock(engine, [.. members.Cast<TransientMember>()], results.Add, threads)
                : new SteadyBlock(engine, [.. members.Cast<SteadyMember>()], results.Add, threads);
        }
        catch (Exception exception) when (PointFailure.IsOfPoint(exception))
        {
            Split([.. members.Select(member => member.Point)], exception);
            return null;
        }
    }

    private bool Advance(DeviceBlock block)
    {
        try
        {
            return block.Advance(cancellation);
        }
        catch (Exception exception) when (PointFailure.IsOfPoint(exception))
        {
            Split(block.Unfinished, exception);
            return false;
        }
    }

    // Whose fault it was is seen alone; by halves, since there may be thousands and only one at fault.
    private void Split(IReadOnlyList<int> points, Exception exception)
    {
        if (points.Count == 1) results.Add([PointFailure.WhileStepping(points[0], exception)]);
        if (points.Count < 2) return;
        again.Push([.. points.Skip(points.Count / 2)]);
        again.Push([.. points.Take(points.Count / 2)]);
    }
}
