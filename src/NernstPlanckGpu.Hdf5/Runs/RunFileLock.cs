namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>
/// One writer per output: a lock on a file beside it, held while the run writes. The system drops the lock when the process
/// dies, so a lock file left by a killed run is in nobody's way.
/// </summary>
internal sealed class RunFileLock : IDisposable
{
    private readonly FileStream stream;

    private RunFileLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock of an output.</summary>
    /// <param name="path">Path of the output.</param>
    /// <exception cref="RunFileBusyException">Another writer holds it.</exception>
    /// <exception cref="Hdf5Exception">The folder cannot be written.</exception>
    internal static RunFileLock Take(string path)
    {
        string lockPath = path + ".lock";
        try
        {
            return new RunFileLock(new FileStream(
                lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or DirectoryNotFoundException or PathTooLongException)
        {
            throw new Hdf5Exception(path, "create the output", exception.Message, exception);
        }
        catch (IOException exception) when (File.Exists(lockPath))
        {
            throw new RunFileBusyException(path, exception);
        }
        catch (IOException exception)
        {
            throw new Hdf5Exception(path, "create the output", exception.Message, exception);
        }
    }

    /// <summary>Takes the lock of an output for what writes it, which owns it from then on; gives it back when that cannot be made.</summary>
    /// <param name="path">Path of the output.</param>
    /// <param name="make">Makes the writer.</param>
    internal static T Under<T>(string path, Func<RunFileLock, T> make)
    {
        RunFileLock fileLock = Take(path);
        try
        {
            return make(fileLock);
        }
        catch (Exception exception)
        {
            fileLock.Dispose();
            if (exception is UnauthorizedAccessException or (IOException and not Hdf5Exception))
                throw new Hdf5Exception(path, "create the output", exception.Message, exception);
            throw;
        }
    }

    /// <summary>Releases the lock and removes its file.</summary>
    public void Dispose() => stream.Dispose();
}
