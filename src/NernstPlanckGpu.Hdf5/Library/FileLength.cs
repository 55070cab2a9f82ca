using Microsoft.Win32.SafeHandles;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>Length of a file, and the length that HDF5 takes it to have: what is missing would be read as zeros.</summary>
/// <param name="Bytes">Bytes that are there; 0 where there is no file.</param>
/// <param name="End">Bytes that its superblock counts; 0 where it has none of this format.</param>
internal readonly record struct FileLength(long Bytes, long End)
{
    /// <summary>Bytes are missing at the end.</summary>
    internal bool IsShort => Bytes < End;

    /// <summary>Measures a file.</summary>
    /// <exception cref="Hdf5Exception">It may not be read.</exception>
    internal static FileLength Of(string path)
    {
        if (!File.Exists(path))
            return default;
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Superblock? superblock = Superblock.Read(handle);
            return new FileLength(RandomAccess.GetLength(handle), superblock?.EndOfFile ?? 0);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new Hdf5Exception(path, "open the file", exception.Message, exception);
        }
    }

    /// <summary>The refusal of a file that is shorter than it should be.</summary>
    internal Hdf5Exception Truncated(string path, string operation, long needed) =>
        new(path, operation, $"it is truncated: {Bytes} of {needed} bytes; copy it again, or compute it anew");
}
