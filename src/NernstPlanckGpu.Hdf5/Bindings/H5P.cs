using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>Property lists.</summary>
internal static partial class H5P
{
    internal const long DEFAULT = 0;
    internal const uint CRT_ORDER_TRACKED = 0x0001;
    internal const uint CRT_ORDER_INDEXED = 0x0002;

    internal static long FILE_CREATE { get; } = H5.Global("H5P_CLS_FILE_CREATE_ID_g");

    internal static long FILE_ACCESS { get; } = H5.Global("H5P_CLS_FILE_ACCESS_ID_g");

    internal static long GROUP_CREATE { get; } = H5.Global("H5P_CLS_GROUP_CREATE_ID_g");

    internal static long DATASET_CREATE { get; } = H5.Global("H5P_CLS_DATASET_CREATE_ID_g");

    internal static long DATASET_ACCESS { get; } = H5.Global("H5P_CLS_DATASET_ACCESS_ID_g");

    internal static long LINK_CREATE { get; } = H5.Global("H5P_CLS_LINK_CREATE_ID_g");

    [LibraryImport(H5.Library, EntryPoint = "H5Pcreate")]
    internal static partial long create(long cls_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Pclose")]
    internal static partial int close(long plist);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_libver_bounds")]
    internal static partial int set_libver_bounds(
        long plist, H5F.libver_t low = H5F.libver_t.EARLIEST, H5F.libver_t high = H5F.libver_t.V110);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_link_creation_order")]
    internal static partial int set_link_creation_order(long gcpl_id, uint crt_order_flags);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_attr_creation_order")]
    internal static partial int set_attr_creation_order(long ocpl_id, uint crt_order_flags);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_char_encoding")]
    internal static partial int set_char_encoding(long plist_id, H5T.cset_t encoding);

    [LibraryImport(H5.Library, EntryPoint = "H5Pget_layout")]
    internal static partial H5D.layout_t get_layout(long plist_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_chunk")]
    internal static partial int set_chunk(long plist_id, int ndims, ulong[] dims);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_deflate")]
    internal static partial int set_deflate(long plist_id, uint level);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_shuffle")]
    internal static partial int set_shuffle(long plist_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_fill_value")]
    internal static partial int set_fill_value(long plist_id, long type_id, nint value);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_alloc_time")]
    internal static partial int set_alloc_time(long plist_id, H5D.alloc_time_t alloc_time);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_chunk_cache")]
    internal static partial int set_chunk_cache(long dapl_id, nint rdcc_nslots, nint rdcc_nbytes, double rdcc_w0);

    [LibraryImport(H5.Library, EntryPoint = "H5Pset_virtual", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int set_virtual(long dcpl_id, long vspace_id, string src_file_name, string src_dset_name, long src_space_id);
}
