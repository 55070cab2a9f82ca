using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.Hdf5;

/// <summary>A file could not be written or read (exit code 5): which file, what was being done, why.</summary>
public class Hdf5Exception : IOException
{
    /// <summary>Builds the message "file: cannot operation: reason".</summary>
    /// <param name="file">Path.</param>
    /// <param name="operation">What was being done, as a verb phrase ("write the dataset flux").</param>
    /// <param name="reason">Why it failed: the system's words where it gave some, else HDF5's innermost reason.</param>
    /// <param name="inner">Cause, or null.</param>
    public Hdf5Exception(string file, string operation, string reason, Exception? inner = null)
        : base($"{file}: cannot {operation}: {reason}", inner)
    {
        File = file;
        Operation = operation;
        Reason = reason;
    }

    /// <summary>Path.</summary>
    public string File { get; }

    /// <summary>What was being done.</summary>
    public string Operation { get; }

    /// <summary>Why it failed.</summary>
    public string Reason { get; }
}

/// <summary>The output, or what an unfinished run left of it, is already there, and overwriting was not asked for.</summary>
public sealed class RunFileExistsException : Hdf5Exception
{
    /// <summary>Names the file in the way.</summary>
    /// <param name="file">The existing file: the output itself, its <c>.part</c> or its checkpoint.</param>
    /// <param name="canResume">It is the <c>.part</c> of a run that can go on from its checkpoint.</param>
    public RunFileExistsException(string file, bool canResume = false)
        : base(file, "create the output", Remedy(file, canResume))
    {
    }

    private static string Remedy(string file, bool canResume)
    {
        if (canResume)
            return "an unfinished run left this file and a checkpoint; go on with it (npgpu resume, or run --resume), or ask for overwriting (--force)";
        if (file.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal))
            return "an unfinished run left this file; keep it under another name, or ask for overwriting (--force)";
        if (file.EndsWith(CheckpointFile.Suffix, StringComparison.Ordinal))
            return "an unfinished run left this checkpoint, and its .part is not here; bring it back and go on (npgpu resume), or ask for overwriting (--force)";
        return "it exists; choose another name, or ask for overwriting (--force)";
    }
}

/// <summary>Another process is writing the same output.</summary>
public sealed class RunFileBusyException : Hdf5Exception
{
    /// <summary>Names the file that is being written.</summary>
    /// <param name="file">Path of the output.</param>
    /// <param name="inner">What the system said.</param>
    public RunFileBusyException(string file, Exception? inner = null)
        : base(file, "write the output", "another run is writing it; wait for its end, or choose another name", inner)
    {
    }
}
