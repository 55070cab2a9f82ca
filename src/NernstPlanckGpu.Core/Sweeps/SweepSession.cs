using System.Diagnostics;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>The points that are still to be begun, shared by the threads, and the counts, kept by one of them.</summary>
internal sealed class SweepSession(IReadOnlyList<int> points, int present, ISweepSink sink, Action<SweepProgress>? report)
{
    private const double ReportInterval = 0.1;

    private readonly long start = Stopwatch.GetTimestamp();
    private int next, done, failed;
    private double nextReport;
    private bool stopped;

    public IReadOnlyList<int> Points => points;

    public PointResult? FirstFailure { get; private set; }

    /// <summary>No other point is begun.</summary>
    public bool IsStopped => Volatile.Read(ref stopped);

    public void Stop() => Volatile.Write(ref stopped, true);

    public SweepProgress Progress => new(done, failed, present, points.Count + present, Stopwatch.GetElapsedTime(start).TotalSeconds);

    public int[] Next(int size)
    {
        if (IsStopped) return [];
        // Cannot overflow: each thread asks once beyond the end.
        int first = Interlocked.Add(ref next, size) - size;
        return [.. Enumerable.Range(first, Math.Clamp(points.Count - first, 0, size)).Select(i => points[i])];
    }

    public void Take(IReadOnlyList<PointResult> results)
    {
        sink.Add(results);
        done += results.Count;
        foreach (PointResult result in results)
        {
            if (result.IsGood) continue;
            failed++;
            FirstFailure ??= result;
        }
        SweepProgress now = Progress;
        if (report is null || now.Elapsed < nextReport) return;
        nextReport = now.Elapsed + ReportInterval;
        report(now);
    }
}
