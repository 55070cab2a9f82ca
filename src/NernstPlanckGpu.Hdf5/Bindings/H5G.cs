using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>Groups.</summary>
internal static partial class H5G
{
    /// <summary>Facts about a group.</summary>
    internal struct info_t
    {
        public int storage_type;
        public ulong nlinks;
        public long max_corder;
        public uint mounted;
    }

    [LibraryImport(H5.Library, EntryPoint = "H5Gcreate2", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long create(
        long loc_id, string name, long lcpl_id = H5P.DEFAULT, long gcpl_id = H5P.DEFAULT, long gapl_id = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Gopen2", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long open(long loc_id, string name, long gapl_id = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Gget_info")]
    internal static partial int get_info(long loc_id, ref info_t ginfo);

    [LibraryImport(H5.Library, EntryPoint = "H5Gclose")]
    internal static partial int close(long group_id);
}
