using System.Runtime.InteropServices;
using HDF.PInvoke;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>Variable-length UTF-8 strings as HDF5 wants them: an array of pointers to zero-terminated bytes.</summary>
internal sealed class Utf8Strings : IDisposable
{
    private readonly nint[] pointers;
    private GCHandle pin;

    internal Utf8Strings(IReadOnlyList<string> values)
    {
        pointers = [.. values.Select(value => Marshal.StringToCoTaskMemUTF8(value.Replace("\0", string.Empty, StringComparison.Ordinal)))];
        pin = GCHandle.Alloc(pointers, GCHandleType.Pinned);
    }

    /// <summary>Address of the array of pointers.</summary>
    internal nint Address => pin.AddrOfPinnedObject();

    /// <summary>The datatype.</summary>
    internal static Handle Type(FileContext file)
    {
        Handle type = file.Own(H5T.copy(H5T.C_S1), H5T.close, "create the string type");
        file.Check(H5T.set_size(type, -1), "create the string type");
        file.Check(H5T.set_cset(type, H5T.cset_t.UTF8), "create the string type");
        return type;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        pin.Free();
        foreach (nint pointer in pointers)
            Marshal.FreeCoTaskMem(pointer);
    }
}
