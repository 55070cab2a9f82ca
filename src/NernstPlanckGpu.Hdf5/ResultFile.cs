using NernstPlanckGpu.Hdf5.Checkpoints;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5;

/// <summary>What a file of results holds.</summary>
public enum ResultKind
{
    /// <summary>One run.</summary>
    Run,

    /// <summary>A sweep, a shard of one, or a merged one.</summary>
    Sweep,
}

/// <summary>Tells files of this program from others before anything is read of them.</summary>
public static class ResultFile
{
    private const string Operation = "read the results";

    /// <summary>What a file holds.</summary>
    /// <param name="path">Path of a file, finished or not.</param>
    /// <exception cref="Hdf5Exception">There is none, it is no HDF5 file, it is truncated, or it is none of this program's results.</exception>
    public static ResultKind KindOf(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
            throw new Hdf5Exception(path, Operation, "it is a folder; name a file in it");
        FileLength length = FileLength.Of(path);
        // The superblock of a file that is being written counts bytes that have not reached the disk.
        if (length.IsShort && !path.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal))
            throw length.Truncated(path, Operation, length.End);
        using RunFile file = RunFile.Open(path);
        if (file.HasAttribute("/", "problemHash"))
            throw new Hdf5Exception(path, Operation, $"it is a checkpoint, which holds no results; name its run, {UnfinishedRun.OutputOf(path)}");
        if (!file.IsDataset($"{RunFileSchema.Provenance}/{RunFileSchema.Configuration.Name}"))
            throw new Hdf5Exception(path, Operation, "it is an HDF5 file, but none that npgpu run or npgpu sweep wrote: it has no provenance/config");
        return SweepFile.IsSweep(file) ? ResultKind.Sweep : ResultKind.Run;
    }
}
