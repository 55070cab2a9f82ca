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

/// <summary>The output, or an unfinished run's <c>.part</c> of it, is already there, and overwriting was not asked for.</summary>
public sealed class RunFileExistsException : Hdf5Exception
{
    /// <summary>Names the file in the way.</summary>
    /// <param name="file">The existing file: the output itself or its <c>.part</c>.</param>
    public RunFileExistsException(string file)
        : base(
            file,
            "create the output",
            file.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal)
                ? "an unfinished run left this file; keep it under another name, or ask for overwriting (--force)"
                : "it exists; choose another name, or ask for overwriting (--force)")
    {
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
