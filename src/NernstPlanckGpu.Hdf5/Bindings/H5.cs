using System.Runtime.InteropServices;
using NernstPlanckGpu.Hdf5.Library;

namespace HDF.PInvoke;

// The few functions of the HDF5 C library that the project uses, under the names and signatures of the package
// HDF.PInvoke.1.10: the rest of the project compiles unchanged with either.

/// <summary>The library as a whole.</summary>
internal static partial class H5
{
    /// <summary>Name that the resolver of <see cref="NativeHdf5"/> turns into the system's library.</summary>
    internal const string Library = "hdf5";

    internal enum index_t
    {
        NAME = 0,
        CRT_ORDER = 1,
    }

    internal enum iter_order_t
    {
        INC = 0,
        DEC = 1,
    }

    [LibraryImport(Library, EntryPoint = "H5open")]
    internal static partial int open();

    [LibraryImport(Library, EntryPoint = "H5dont_atexit")]
    internal static partial int dont_atexit();

    [LibraryImport(Library, EntryPoint = "H5get_libversion")]
    internal static partial int get_libversion(ref uint majnum, ref uint minnum, ref uint relnum);

    /// <summary>The value of a global identifier such as H5T_IEEE_F64LE_g; valid once the library is open.</summary>
    internal static long Global(string name)
    {
        _ = open();
        return Marshal.ReadInt64(NativeLibrary.GetExport(NativeHdf5.Handle, name));
    }
}
