using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>Files.</summary>
internal static partial class H5F
{
    internal const uint ACC_RDONLY = 0x0000u;
    internal const uint ACC_RDWR = 0x0001u;
    internal const uint ACC_EXCL = 0x0004u;
    internal const uint ACC_SWMR_WRITE = 0x0020u;
    internal const uint ACC_SWMR_READ = 0x0040u;

    internal enum scope_t
    {
        LOCAL = 0,
        GLOBAL = 1,
    }

    internal enum libver_t
    {
        EARLIEST = 0,
        V18 = 1,
        V110 = 2,
    }

    [LibraryImport(H5.Library, EntryPoint = "H5Fcreate", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long create(string filename, uint flags, long create_plist = H5P.DEFAULT, long access_plist = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Fopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long open(string filename, uint flags, long plist = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Fclose")]
    internal static partial int close(long file_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Fflush")]
    internal static partial int flush(long object_id, scope_t scope);

    [LibraryImport(H5.Library, EntryPoint = "H5Fstart_swmr_write")]
    internal static partial int start_swmr_write(long file_id);
}
