using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>
/// Puts files under their names in one step, on the disk: under a temporary name beside, flushed, renamed, and the folder flushed. After
/// a kill or a failure of power there is the old file or the new one.
/// </summary>
internal static partial class DurableFile
{
    /// <summary>Suffix of a file that is not under its name yet. One that a killed process left is replaced by the next.</summary>
    internal const string TemporarySuffix = ".tmp";

    /// <summary>Writes bytes under a name, in the place of what was there.</summary>
    internal static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string temporary = path + TemporarySuffix;
        try
        {
            using (SafeFileHandle handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(handle, bytes, 0);
                RandomAccess.FlushToDisk(handle);
            }
            Rename(temporary, path);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Gives a closed file another name, in the place of what was there, once its bytes are on the disk.</summary>
    internal static void Publish(string from, string to)
    {
        using (SafeFileHandle handle = File.OpenHandle(from, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(handle);
        Rename(from, to);
    }

    /// <summary>Removes a file that is of no use; where that fails it stays, and does no harm.</summary>
    internal static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    // Makes the new name last. .NET opens no folders; Windows has nothing of the kind. Some network file systems refuse it: they have no
    // other way, so that counts for nothing.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = open(folder, 0);
        if (descriptor < 0)
            return;
        _ = fsync(descriptor);
        _ = close(descriptor);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
