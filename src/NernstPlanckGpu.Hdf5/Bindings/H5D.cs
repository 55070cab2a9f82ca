using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>Datasets.</summary>
internal static partial class H5D
{
    internal enum alloc_time_t
    {
        DEFAULT = 0,
        EARLY = 1,
        LATE = 2,
        INCR = 3,
    }

    internal enum layout_t
    {
        COMPACT = 0,
        CONTIGUOUS = 1,
        CHUNKED = 2,
        VIRTUAL = 3,
    }

    [LibraryImport(H5.Library, EntryPoint = "H5Dcreate2", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long create(
        long loc_id,
        string name,
        long type_id,
        long space_id,
        long lcpl_id = H5P.DEFAULT,
        long dcpl_id = H5P.DEFAULT,
        long dapl_id = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Dopen2", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long open(long file_id, string name, long dapl_id = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Dclose")]
    internal static partial int close(long dset_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Dread")]
    internal static partial int read(long dset_id, long mem_type_id, long mem_space_id, long file_space_id, long plist_id, nint buf);

    [LibraryImport(H5.Library, EntryPoint = "H5Dwrite")]
    internal static partial int write(long dset_id, long mem_type_id, long mem_space_id, long file_space_id, long plist_id, nint buf);

    [LibraryImport(H5.Library, EntryPoint = "H5Dset_extent")]
    internal static partial int set_extent(long dset_id, ulong[] size);

    [LibraryImport(H5.Library, EntryPoint = "H5Dget_space")]
    internal static partial long get_space(long dset_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Dget_create_plist")]
    internal static partial long get_create_plist(long dset_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Dget_type")]
    internal static partial long get_type(long dset_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Dvlen_reclaim")]
    internal static partial int vlen_reclaim(long type_id, long space_id, long plist_id, nint buf);
}
