using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>Links.</summary>
internal static partial class H5L
{
    [LibraryImport(H5.Library, EntryPoint = "H5Lcreate_soft", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int create_soft(
        string link_target, long link_loc_id, string link_name, long lcpl_id = H5P.DEFAULT, long lapl_id = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Lexists", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int exists(long loc_id, string name, long lapl_id = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Lget_name_by_idx", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint get_name_by_idx(
        long loc_id, string group_name, H5.index_t idx_type, H5.iter_order_t order, ulong n, nint name, nint size, long lapl_id);
}
