namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>What happens to an output's names in its folder.</summary>
internal static class RunFileFolder
{
    /// <summary>Makes sure of the folder.</summary>
    internal static void Prepare(string path)
    {
        if (Directory.Exists(path))
            throw new Hdf5Exception(path, "create the output", "it is a folder; name a file in it");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new Hdf5Exception(path, "create the folder of the output", exception.Message, exception);
        }
    }

    /// <summary>Refuses what is in the way, or clears it. A finished file stays until the new one replaces it.</summary>
    internal static void MakeWay(string path, bool overwrite)
    {
        string part = path + RunFileWriter.PartSuffix;
        if (!overwrite && File.Exists(path))
            throw new RunFileExistsException(path);
        if (!overwrite && File.Exists(part))
            throw new RunFileExistsException(part);
        File.Delete(part);
    }

    /// <summary>Gives a closed file its final name, once its bytes are on the disk.</summary>
    internal static void Publish(string part, string path)
    {
        using (FileStream stream = new(part, FileMode.Open, FileAccess.ReadWrite))
            stream.Flush(flushToDisk: true);
        File.Move(part, path, overwrite: true);
    }
}
