using NernstPlanckGpu.Hdf5.Checkpoints;
using NernstPlanckGpu.Hdf5.Library;

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
        string part = path + RunFileWriter.PartSuffix, checkpoint = path + CheckpointFile.Suffix;
        if (!overwrite && Array.Find([path, part, checkpoint], File.Exists) is { } existing)
            throw new RunFileExistsException(existing, canResume: existing == part && File.Exists(checkpoint));
        // The checkpoint first: a file without one is complete in itself, a checkpoint without its file is of no use.
        File.Delete(checkpoint);
        File.Delete(part);
        DurableFile.Discard(checkpoint + DurableFile.TemporarySuffix);
        DurableFile.Discard(part + DurableFile.TemporarySuffix);
    }

    /// <summary>Gives a closed file its final name, once its bytes are on the disk.</summary>
    internal static void Publish(string part, string path) => DurableFile.Publish(part, path);

    /// <summary>Removes what only a run that goes on needs, and the half of a checkpoint that a killed process left.</summary>
    internal static void RemoveCheckpoint(string path)
    {
        string checkpoint = path + CheckpointFile.Suffix;
        DurableFile.Discard(checkpoint);
        DurableFile.Discard(checkpoint + DurableFile.TemporarySuffix);
    }
}
