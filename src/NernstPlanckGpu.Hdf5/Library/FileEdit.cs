namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>Changes closed files in a copy that takes the file's place in one step, so that a kill meanwhile leaves the one or the other.</summary>
internal static class FileEdit
{
    /// <summary>Does it.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="operation">What a failure hinders.</param>
    /// <param name="edit">Changes the copy, and leaves it closed.</param>
    /// <exception cref="Hdf5Exception">It cannot be done; the file is as it was.</exception>
    internal static void InCopy(string path, string operation, Action<FileContext> edit)
    {
        string copy = path + DurableFile.TemporarySuffix;
        try
        {
            File.Copy(path, copy, overwrite: true);
            edit(new FileContext(copy));
            DurableFile.Publish(copy, path);
        }
        catch (Exception exception)
        {
            DurableFile.Discard(copy);
            // To .NET a limit on the size of files is an argument's fault.
            if (exception is UnauthorizedAccessException or ArgumentOutOfRangeException or (IOException and not Hdf5Exception))
                throw new Hdf5Exception(path, operation, exception.Message, exception);
            throw;
        }
    }
}
