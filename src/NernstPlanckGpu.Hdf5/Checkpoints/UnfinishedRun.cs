using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Checkpoints;

/// <summary>A run that was interrupted or killed, with its checkpoint; locked, so that no other process goes on with it.</summary>
public sealed class UnfinishedRun : IDisposable
{
    private RunFileLock? runLock;

    private UnfinishedRun(string path, RunFileLock runLock, CheckpointHeader header, RunCheckpoint checkpoint) =>
        (Path, this.runLock, Header, Checkpoint) = (path, runLock, header, checkpoint);

    /// <summary>Full path that the finished file will have.</summary>
    public string Path { get; }

    /// <summary>What the checkpoint says of the run.</summary>
    public CheckpointHeader Header { get; }

    /// <summary>The checkpoint.</summary>
    public RunCheckpoint Checkpoint { get; }

    /// <summary>The output that a file of a run belongs to: itself, or what it is without <c>.part</c> or <c>.checkpoint</c>.</summary>
    /// <param name="path">Path of the output, its <c>.part</c> or its checkpoint.</param>
    public static string OutputOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string? suffix = Array.Find([RunFileWriter.PartSuffix, CheckpointFile.Suffix], path.EndsWith);
        return suffix == null ? path : path[..^suffix.Length];
    }

    /// <summary>Whether an output has a checkpoint.</summary>
    /// <param name="path">Path of the output.</param>
    public static bool HasCheckpoint(string path) => File.Exists(path + CheckpointFile.Suffix);

    /// <summary>Finds and locks one, and checks that its files are whole and belong together. Changes nothing.</summary>
    /// <param name="path">Path of the output.</param>
    /// <exception cref="RunFileBusyException">Another process is writing it.</exception>
    /// <exception cref="Hdf5Exception">It has no checkpoint that this program can go on from.</exception>
    public static UnfinishedRun Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        using Lock.Scope scope = Hdf5Library.Enter();
        RunFileLock runLock = RunFileLock.Take(path);
        try
        {
            (CheckpointHeader header, RunCheckpoint checkpoint) = CheckpointFile.Read(path + CheckpointFile.Suffix);
            CheckPart(path + RunFileWriter.PartSuffix, header);
            return new UnfinishedRun(path, runLock, header, checkpoint);
        }
        catch
        {
            runLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the run's file to go on: repaired, and cut back to what the checkpoint counts. What it has beyond is computed again, with the
    /// same bits. The writer takes the lock over.
    /// </summary>
    /// <param name="layout">Layout of the run, set up again.</param>
    /// <param name="commandLine">The command that goes on, for the file's history.</param>
    /// <exception cref="Hdf5Exception">The file lacks what the checkpoint counts, or cannot be written.</exception>
    public RunFileWriter GoOn(RunLayout layout, string commandLine)
    {
        ArgumentNullException.ThrowIfNull(layout);
        using Lock.Scope scope = Hdf5Library.Enter();
        ObjectDisposedException.ThrowIf(runLock == null, this);
        RunFileContinuation.Prepare(Path + RunFileWriter.PartSuffix, Checkpoint, commandLine);
        var writer = RunFileWriter.GoOn(Path, layout, runLock);
        runLock = null;
        return writer;
    }

    /// <inheritdoc/>
    public void Dispose() => runLock?.Dispose();

    private static void CheckPart(string part, CheckpointHeader header)
    {
        if (!File.Exists(part))
            throw new Hdf5Exception(part, "go on writing", "it is not here, only its checkpoint is; bring it back, or start anew (run --force)");
        using RunFile run = RunFile.Open(part);
        if (run.ReadScalar($"{RunFileSchema.Provenance}/{RunFileSchema.Started.Name}") != header.Started)
            throw new Hdf5Exception(part, "go on writing", "it is of another run than its checkpoint; bring the right one back, or start anew (run --force)");
    }
}
