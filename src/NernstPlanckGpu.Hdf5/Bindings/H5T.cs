using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>Datatypes.</summary>
internal static partial class H5T
{
    internal enum class_t
    {
        NO_CLASS = -1,
        INTEGER = 0,
        FLOAT = 1,
        TIME = 2,
        STRING = 3,
        BITFIELD = 4,
        OPAQUE = 5,
        COMPOUND = 6,
        REFERENCE = 7,
        ENUM = 8,
        VLEN = 9,
        ARRAY = 10,
    }

    internal enum cset_t
    {
        ASCII = 0,
        UTF8 = 1,
    }

    internal enum str_t
    {
        NULLTERM = 0,
        NULLPAD = 1,
        SPACEPAD = 2,
    }

    internal static long C_S1 { get; } = H5.Global("H5T_C_S1_g");

    internal static long IEEE_F64LE { get; } = H5.Global("H5T_IEEE_F64LE_g");

    internal static long NATIVE_DOUBLE { get; } = H5.Global("H5T_NATIVE_DOUBLE_g");

    internal static long STD_I8LE { get; } = H5.Global("H5T_STD_I8LE_g");

    internal static long STD_U8LE { get; } = H5.Global("H5T_STD_U8LE_g");

    internal static long STD_I32LE { get; } = H5.Global("H5T_STD_I32LE_g");

    internal static long STD_I64LE { get; } = H5.Global("H5T_STD_I64LE_g");

    internal static long NATIVE_INT64 { get; } = H5.Global("H5T_NATIVE_INT64_g");

    internal static long NATIVE_INT32 { get; } = H5.Global("H5T_NATIVE_INT32_g");

    internal static long STD_REF_OBJ { get; } = H5.Global("H5T_STD_REF_OBJ_g");

    [LibraryImport(H5.Library, EntryPoint = "H5Tcopy")]
    internal static partial long copy(long type_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Tcreate")]
    internal static partial long create(class_t cls, nint size);

    [LibraryImport(H5.Library, EntryPoint = "H5Tinsert", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int insert(long dtype_id, string name, nint offset, long field_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Tvlen_create")]
    internal static partial long vlen_create(long base_type_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Tset_size")]
    internal static partial int set_size(long dtype_id, nint size);

    [LibraryImport(H5.Library, EntryPoint = "H5Tset_cset")]
    internal static partial int set_cset(long dtype_id, cset_t cset);

    [LibraryImport(H5.Library, EntryPoint = "H5Tset_strpad")]
    internal static partial int set_strpad(long dtype_id, str_t strpad);

    [LibraryImport(H5.Library, EntryPoint = "H5Tget_class")]
    internal static partial class_t get_class(long dtype_id);

    [LibraryImport(H5.Library, EntryPoint = "H5Tclose")]
    internal static partial int close(long type_id);
}
