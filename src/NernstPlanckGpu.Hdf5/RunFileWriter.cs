using System.Diagnostics;
using HDF.PInvoke;
using Microsoft.Win32.SafeHandles;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5;

/// <summary>
/// Writes a run as it goes (docs/output.md). The file grows under <c>.part</c>, readable at any time, and takes its final name
/// when the run is done; a run that ends otherwise leaves the <c>.part</c>, closed, with its outcome in <c>provenance/outcome</c>.
/// </summary>
/// <remarks>
/// All objects are created first; then single-writer-multiple-reader mode begins, in which HDF5 orders its writes so that the
/// file is consistent at any instant. Every chunk with a filter is written once (one snapshot); chunks that fill up in steps
/// (axes, traces) have none, so that no reader meets a half-written one. A time or voltage is flushed after its values: once
/// it is in the file, its values are there. After each flush the writer's mark is taken out of the superblock, so that
/// programs that know nothing of this mode (xarray, netCDF, viewers) open the file too, while it grows and after a kill.
/// </remarks>
public sealed class RunFileWriter : IRunSink, IDisposable
{
    /// <summary>Suffix of a file that is not finished.</summary>
    public const string PartSuffix = ".part";

    /// <summary>Longest that a trace sample waits for the file.</summary>
    private static readonly TimeSpan TraceInterval = TimeSpan.FromMilliseconds(500);

    private readonly FileContext file;
    private readonly RunFileLock runLock;
    private readonly Handle root;
    private readonly RunFileObjects objects;
    private readonly SafeFileHandle superblock;
    private readonly Timer timer;
    private long lastFlush = Stopwatch.GetTimestamp();
    private Exception? failure;
    private bool closed;

    private RunFileWriter(string path, RunFileLock runLock, Handle root, RunFileObjects objects)
    {
        FinalPath = path;
        file = new FileContext(path + PartSuffix);
        (this.runLock, this.root, this.objects) = (runLock, root, objects);
        superblock = File.OpenHandle(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Superblock.ClearFlags(superblock);
        timer = new Timer(_ => FlushLateTraces(), null, TraceInterval, TraceInterval);
    }

    /// <summary>Where the file is once the run is done.</summary>
    public string FinalPath { get; }

    /// <summary>Where the file is now.</summary>
    public string CurrentPath => IsFinal ? FinalPath : file.Path;

    /// <summary>The run is done and the file has its final name.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Creates the file of a run, <paramref name="path"/> + <see cref="PartSuffix"/>, and its folder if need be.</summary>
    /// <param name="path">Path of the finished file.</param>
    /// <param name="layout">What stays the same through the run.</param>
    /// <param name="provenance">Who computes, how and where.</param>
    /// <param name="overwrite">Replace a finished file of that name (only once the new one is done) and an unfinished one (at once).</param>
    /// <exception cref="RunFileExistsException">One of them exists, and overwriting was not asked for.</exception>
    /// <exception cref="RunFileBusyException">Another process is writing it.</exception>
    /// <exception cref="Hdf5Exception">It cannot be created; nothing is left behind.</exception>
    public static RunFileWriter Create(string path, RunLayout layout, Provenance provenance, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(provenance);
        path = Path.GetFullPath(path);
        RunFileFolder.Prepare(path);
        using Lock.Scope scope = Hdf5Library.Enter();
        return RunFileLock.Under(path, runLock =>
        {
            RunFileFolder.MakeWay(path, overwrite);
            FileContext file = new(path + PartSuffix);
            try
            {
                Handle root = RunFileAccess.Create(file);
                RunFileObjects objects = RunFileCreation.Create(file, root, layout, provenance);
                file.Check(H5F.start_swmr_write(root), "start writing for readers");
                return new RunFileWriter(path, runLock, root, objects);
            }
            catch
            {
                // Not closed: see Close.
                File.Delete(file.Path);
                throw;
            }
        });
    }

    /// <summary>Goes on writing the file of an unfinished run, which has been made ready for it.</summary>
    /// <param name="path">Full path of the finished file.</param>
    /// <param name="layout">Layout of the run.</param>
    /// <param name="runLock">Lock of the output; owned from now on.</param>
    internal static RunFileWriter GoOn(string path, RunLayout layout, RunFileLock runLock)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        FileContext file = new(path + PartSuffix);
        Handle root = RunFileAccess.OpenToGoOn(file);
        return new RunFileWriter(path, runLock, root, RunFileObjects.Open(file, root, layout));
    }

    /// <inheritdoc/>
    public void Snapshot(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Guard(() =>
        {
            ReadOnlySpan<double> left = [snapshot.LeftPotential], right = [snapshot.RightPotential], place = [snapshot.Time];
            GrowingDataset[] datasets = objects.Snapshot;
            datasets[0].Append(snapshot.Concentration);
            datasets[1].Append(snapshot.Potential);
            datasets[2].Append(snapshot.ElectricField);
            datasets[3].Append(snapshot.Displacement);
            datasets[4].Append(snapshot.ChargeDensity);
            datasets[5].Append(snapshot.Flux);
            datasets[6].Append(left);
            datasets[7].Append(right);
            objects.Traces.WriteValues();
            Flush();
            objects.SnapshotAxis.Append(place);
            objects.Traces.WriteAxis();
            Flush();
            Superblock.ClearFlags(superblock);
        });
    }

    /// <inheritdoc/>
    public void Trace(in TraceSample sample)
    {
        TraceSample kept = sample;
        Guard(() =>
        {
            objects.Traces.Add(kept);
            if (objects.Traces.IsFull || Stopwatch.GetElapsedTime(lastFlush) > TraceInterval)
                FlushTraces();
        });
    }

    /// <summary>Puts everything so far on the disk, where neither a kill nor a failure of power can lose it.</summary>
    public void Sync() => Guard(() =>
    {
        FlushTraces();
        RandomAccess.FlushToDisk(superblock);
    });

    /// <summary>
    /// Writes the results and closes the file; gives it its final name if the run is complete. The checkpoint goes unless the run was interrupted.
    /// </summary>
    /// <param name="summary">How the run ended.</param>
    public void Complete(RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        Guard(() =>
        {
            FlushTraces();
            objects.Traces.WriteCurves(summary.Curves);
            objects.Results.Fill(summary);
            Flush();
            Close();
            LateResults.Add(file, summary, objects.Results);
            if (summary.Outcome.IsComplete())
            {
                RunFileFolder.Publish(file.Path, FinalPath);
                IsFinal = true;
            }
            if (summary.Outcome != Outcome.Interrupted)
                RunFileFolder.RemoveCheckpoint(FinalPath);
        });
        runLock.Dispose();
    }

    /// <summary>Closes the file, if <see cref="Complete"/> has not; then it keeps its <see cref="PartSuffix"/>.</summary>
    public void Dispose()
    {
        using (Hdf5Library.Enter())
        {
            timer.Dispose();
            try
            {
                if (!closed && failure == null)
                    FlushTraces();
                Close();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                failure ??= exception;
            }
        }
        runLock.Dispose();
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
        catch (Exception exception)
        {
            failure = exception;
            if (exception is UnauthorizedAccessException or (IOException and not Hdf5Exception))
                throw new Hdf5Exception(file.Path, "write the file", exception.Message, exception);
            throw;
        }
    }

    private void FlushTraces()
    {
        if (objects.Traces.Count == 0)
            return;
        objects.Traces.WriteValues();
        Flush();
        objects.Traces.WriteAxis();
        Flush();
        Superblock.ClearFlags(superblock);
    }

    private void Flush()
    {
        file.Check(H5F.flush(root, H5F.scope_t.GLOBAL), "write to the disk");
        lastFlush = Stopwatch.GetTimestamp();
    }

    /// <summary>For samples after which none comes for long. A failure is told at the next call.</summary>
    private void FlushLateTraces()
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        if (closed || failure != null || Stopwatch.GetElapsedTime(lastFlush) < TraceInterval)
            return;
        try
        {
            FlushTraces();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = exception;
        }
    }

    /// <summary>
    /// Closes the file, unless it could not be written: HDF5 cannot drop what it failed to write; it would try again, and leave
    /// memory behind in which the process crashes later. Such a file is left open and forgotten; what was flushed is readable.
    /// </summary>
    private void Close()
    {
        if (closed)
            return;
        closed = true;
        timer.Dispose();
        superblock.Dispose();
        if (failure is IOException)
            return;
        objects.Dispose();
        file.Check(root.Close() ? 0 : -1, "close the file");
    }
}
