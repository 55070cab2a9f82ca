using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>Dataspaces.</summary>
internal static partial class H5S
{
    internal const int ALL = 0;
    internal const ulong UNLIMITED = ulong.MaxValue;

    internal enum class_t
    {
        NO_CLASS = -1,
        SCALAR = 0,
        SIMPLE = 1,
        NULL = 2,
    }

    internal enum seloper_t
    {
        SET = 0,
        OR = 1,
    }

    [LibraryImport(H5.Library, EntryPoint = "H5Screate")]
    internal static partial long create(class_t type);

    [LibraryImport(H5.Library, EntryPoint = "H5Screate_simple")]
    internal static partial long create_simple(int rank, ulong[] dims, ulong[] maxdims);

    [LibraryImport(H5.Library, EntryPoint = "H5Sselect_hyperslab")]
    internal static partial int select_hyperslab(
        long space_id, seloper_t op, ulong[] start, ulong[]? stride, ulong[] count, ulong[]? block);

    [LibraryImport(H5.Library, EntryPoint = "H5Sget_simple_extent_ndims")]
    internal static partial int get_simple_extent_ndims(long space_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Sget_simple_extent_dims")]
    internal static partial int get_simple_extent_dims(long space_id, [In, Out] ulong[] dims, [In, Out] ulong[]? maxdims);

    [LibraryImport(H5.Library, EntryPoint = "H5Sclose")]
    internal static partial int close(long space_id);
}
