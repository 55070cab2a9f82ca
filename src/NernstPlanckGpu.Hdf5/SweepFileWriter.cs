using System.Diagnostics;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;
using NernstPlanckGpu.Hdf5.Sweeps;

namespace NernstPlanckGpu.Hdf5;

/// <summary>
/// Writes a sweep, or a shard of it, as it goes (docs/output.md): a row per point, in place, at any order. The file grows under
/// <c>.part</c>, readable at any time, and takes its final name when every row is there. A row with a status is complete, also
/// after a kill.
/// </summary>
public sealed class SweepFileWriter : ISweepSink, IDisposable
{
    /// <summary>Longest that a point waits for the file.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Time between two waits for the disk.</summary>
    private static readonly TimeSpan DiskInterval = TimeSpan.FromSeconds(5);

    /// <summary>Numbers that wait in memory at most: 8 MiB.</summary>
    private const int NumbersInMemory = 1 << 20;

    private const int PointsInMemory = 1024;

    private readonly FileContext file;
    private readonly RunFileLock fileLock;
    private readonly PointIntake intake;
    private readonly Func<SweepRowFile> reopen;
    private readonly PointStatus[] statuses;
    private readonly bool[] violations;
    private readonly SweepNumbers numbers;
    private readonly List<PendingPoint> pending = [];
    private readonly int capacity;
    private readonly Timer timer;
    private long lastWrite = Stopwatch.GetTimestamp();
    private long lastDisk = Stopwatch.GetTimestamp();
    private SweepRowFile? rows;
    private Exception? failure;
    private bool closed;

    private SweepFileWriter(string path, RunFileLock fileLock, SweepLayout layout, Provenance provenance, OpenSweep open)
    {
        FinalPath = path;
        file = new FileContext(path + RunFileWriter.PartSuffix);
        (this.fileLock, rows, statuses, Kept) = (fileLock, open.Rows, open.Statuses, open.Kept);
        intake = new PointIntake(layout, open.Shape, open.Numbers, provenance.Precision == Provenance.Mixed);
        (violations, numbers, IsFinal) = (open.Violations, open.Numbers, rows == null);
        reopen = () => SweepOpening.Reopen(path, layout, open);
        capacity = Math.Clamp(NumbersInMemory / (open.Numbers.Columns.Count + open.Shape.Columns.Sum(column => column.RowLength)), 1, PointsInMemory);
        timer = new Timer(_ => WriteLate(), null, LongestWait, LongestWait);
    }

    /// <summary>Where the file is once every point is there.</summary>
    public string FinalPath { get; }

    /// <summary>Where the file is now.</summary>
    public string CurrentPath => IsFinal ? FinalPath : file.Path;

    /// <summary>Every point is there and the file has its final name; from the start where nothing was missing.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Where <see cref="Resume"/> keeps earlier files that have computed points which the plan no longer has.</summary>
    public IReadOnlyList<string> Kept { get; }

    /// <summary>Number of points of the file.</summary>
    public int Count => statuses.Length;

    /// <summary>Points that are not computed.</summary>
    public int Missing => statuses.Count(status => status == PointStatus.Missing);

    /// <summary>Points that came to their end, with no violated certificate.</summary>
    public int Done => Enumerable.Range(0, Count).Count(IsGood);

    /// <summary>Points that failed, were refused, or are <see cref="Violated"/>.</summary>
    public int Failed => Count - Missing - Done;

    /// <summary>Points that came to their end with a violated certificate, those of earlier sessions too.</summary>
    public int Violated => violations.Count(violated => violated);

    /// <summary>How each row stands, those in memory included.</summary>
    public IReadOnlyList<PointStatus> Statuses => statuses;

    /// <summary>Creates the file of a sweep, <paramref name="path"/> + <c>.part</c>, and its folder if need be.</summary>
    /// <param name="path">Path of the finished file.</param>
    /// <param name="layout">What stays the same through the sweep.</param>
    /// <param name="provenance">Who computes, how and where.</param>
    /// <param name="overwrite">Replace a finished file of that name (only once the new one is done) and an unfinished one (at once).</param>
    /// <exception cref="RunFileExistsException">One of them exists, and overwriting was not asked for.</exception>
    /// <exception cref="RunFileBusyException">Another process is writing it.</exception>
    /// <exception cref="Hdf5Exception">It cannot be created; nothing is left behind.</exception>
    public static SweepFileWriter Create(string path, SweepLayout layout, Provenance provenance, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(provenance);
        path = Path.GetFullPath(path);
        RunFileFolder.Prepare(path);
        using Lock.Scope scope = Hdf5Library.Enter();
        return RunFileLock.Under(path, fileLock =>
        {
            RunFileFolder.MakeWay(path, overwrite);
            return new SweepFileWriter(path, fileLock, layout, provenance, SweepOpening.Start(path, layout, provenance, [], []));
        });
    }

    /// <summary>
    /// Goes on with the file of a sweep, finished or not. Where the plan is the same, in that file; else in a new one that takes
    /// the rows over whose points are the same: the old file stays until those are on the disk, and is kept (<see cref="Kept"/>) if it
    /// has others. Without a file it is <see cref="Create"/>.
    /// </summary>
    /// <param name="path">Path of the finished file.</param>
    /// <param name="layout">The plan.</param>
    /// <param name="provenance">Who computes, how and where.</param>
    /// <param name="others">Other files whose rows a new one takes over, too: those of the same sweep in other shards.</param>
    /// <exception cref="RunFileBusyException">Another process is writing it.</exception>
    /// <exception cref="Hdf5Exception">
    /// It is no sweep file, truncated, refers to shards, or cannot be written; or it has points of which none can be taken over.
    /// </exception>
    public static SweepFileWriter Resume(string path, SweepLayout layout, Provenance provenance, IReadOnlyList<string>? others = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(provenance);
        path = Path.GetFullPath(path);
        RunFileFolder.Prepare(path);
        using Lock.Scope scope = Hdf5Library.Enter();
        return RunFileLock.Under(path, fileLock => new SweepFileWriter(path, fileLock, layout, provenance, SweepOpening.Continue(path, layout, provenance, others ?? [])));
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyList<PointResult> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        Guard(() =>
        {
            foreach (PointResult point in points)
            {
                PendingPoint taken = intake.Take(point);
                if (statuses[taken.Row] != PointStatus.Missing)
                    Replace(taken.Row);
                pending.Add(taken);
                statuses[taken.Row] = taken.Status;
                violations[taken.Row] = PointVerdict.IsViolated(taken.Status, numbers.Holds(taken.Numbers));
                if (pending.Count >= capacity)
                    Write();
            }
            if (Stopwatch.GetElapsedTime(lastWrite) > LongestWait)
                Write();
        });
    }

    /// <inheritdoc/>
    public void Flush() => Guard(Write);

    /// <summary>Takes points out of the file, so that they can be computed again.</summary>
    /// <param name="rows">Rows of the file.</param>
    public void Forget(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Guard(() =>
        {
            if (rows.Count == 0)
                return;
            Write();
            OpenRows().Forget(rows);
            foreach (int row in rows)
                (statuses[row], violations[row]) = (PointStatus.Missing, false);
        });
    }

    /// <summary>Whether a row has its point.</summary>
    /// <param name="row">Row of the file.</param>
    public bool IsPresent(int row) => statuses[row] != PointStatus.Missing;

    /// <summary>Whether a row's point came to its end, with no violated certificate.</summary>
    /// <param name="row">Row of the file.</param>
    public bool IsGood(int row) => PointVerdict.HasEnded(statuses[row]) && !violations[row];

    /// <summary>Closes the file; gives it its final name if every point is there.</summary>
    public void Finish()
    {
        Guard(() =>
        {
            Write();
            Close();
            if (Missing == 0 && !IsFinal)
            {
                RunFileFolder.Publish(file.Path, FinalPath);
                IsFinal = true;
            }
        });
        fileLock.Dispose();
    }

    /// <summary>Writes what waits and closes the file, if <see cref="Finish"/> has not; then it keeps its <c>.part</c>.</summary>
    public void Dispose()
    {
        using (Hdf5Library.Enter())
        {
            timer.Dispose();
            try
            {
                if (!closed && failure == null)
                    Write();
                Close();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                failure ??= exception;
            }
        }
        fileLock.Dispose();
    }

    /// <summary>Makes way for a row that is written again: it is out of the file before its numbers change.</summary>
    private void Replace(int row)
    {
        Write();
        OpenRows().Forget([row]);
        statuses[row] = PointStatus.Missing;
    }

    /// <summary>Runs an action under the lock; after a failure, repeats that failure instead.</summary>
    private void Guard(Action action)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        if (failure != null)
            throw new Hdf5Exception(file.Path, "go on writing", failure.Message, failure);
        ObjectDisposedException.ThrowIf(closed, this);
        try
        {
            action();
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            failure = exception;
            if (exception is UnauthorizedAccessException or (IOException and not Hdf5Exception))
                throw new Hdf5Exception(file.Path, "write the file", exception.Message, exception);
            throw;
        }
    }

    private void Write()
    {
        lastWrite = Stopwatch.GetTimestamp();
        if (pending.Count == 0)
            return;
        pending.Sort((one, other) => one.Row.CompareTo(other.Row));
        SweepRowFile target = OpenRows();
        target.Write([.. pending]);
        pending.Clear();
        if (Stopwatch.GetElapsedTime(lastDisk) < DiskInterval)
            return;
        target.Synchronise();
        lastDisk = Stopwatch.GetTimestamp();
    }

    /// <summary>For points after which none comes for long. A failure is told at the next call.</summary>
    private void WriteLate()
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        if (closed || failure != null || Stopwatch.GetElapsedTime(lastWrite) < LongestWait)
            return;
        try
        {
            Write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = exception;
        }
    }

    private void Close()
    {
        if (closed)
            return;
        closed = true;
        timer.Dispose();
        if (failure is IOException)
            rows?.Dispose();
        else
            rows?.Close();
    }

    /// <summary>The file to write to; a finished one becomes a <c>.part</c> again.</summary>
    private SweepRowFile OpenRows()
    {
        rows ??= reopen();
        IsFinal = false;
        return rows;
    }
}
