using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>Attributes.</summary>
internal static partial class H5A
{
    [LibraryImport(H5.Library, EntryPoint = "H5Acreate2", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long create(
        long loc_id, string attr_name, long type_id, long space_id, long acpl_id = H5P.DEFAULT, long aapl_id = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Aopen_by_name", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long open_by_name(
        long loc_id, string obj_name, string attr_name, long aapl_id = H5P.DEFAULT, long lapl_id = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Aexists_by_name", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int exists_by_name(long loc_id, string obj_name, string attr_name, long lapl_id = H5P.DEFAULT);

    [LibraryImport(H5.Library, EntryPoint = "H5Aget_type")]
    internal static partial long get_type(long attr_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Aget_space")]
    internal static partial long get_space(long attr_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Aread")]
    internal static partial int read(long attr_id, long type_id, nint buf);

    [LibraryImport(H5.Library, EntryPoint = "H5Awrite")]
    internal static partial int write(long attr_id, long mem_type_id, nint buf);

    [LibraryImport(H5.Library, EntryPoint = "H5Aclose")]
    internal static partial int close(long attr_id);
}
