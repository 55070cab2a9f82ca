using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>The error stack.</summary>
internal static partial class H5E
{
    internal const long DEFAULT = 0;

    internal enum direction_t
    {
        H5E_WALK_UPWARD = 0,
        H5E_WALK_DOWNWARD = 1,
    }

    /// <summary>One entry of the stack.</summary>
    internal struct error_t
    {
        public long cls_id;
        public long maj_num;
        public long min_num;
        public uint line;
        [MarshalAs(UnmanagedType.LPStr)]
        public string func_name;
        [MarshalAs(UnmanagedType.LPStr)]
        public string file_name;
        [MarshalAs(UnmanagedType.LPStr)]
        public string desc;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int auto_t(long estack, nint client_data);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int walk_t(uint n, [In] ref error_t err_desc, nint client_data);

    [LibraryImport(H5.Library, EntryPoint = "H5Eset_auto2")]
    internal static partial int set_auto(long estack_id, auto_t? func, nint client_data);

    [LibraryImport(H5.Library, EntryPoint = "H5Ewalk2")]
    internal static partial int walk(long estack_id, direction_t direction, walk_t func, nint client_data);

    [LibraryImport(H5.Library, EntryPoint = "H5Eclear2")]
    internal static partial int clear(long estack_id);
}
