using System.Runtime.InteropServices;
using HDF.PInvoke;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>
/// Makes an HDF5 file in memory, whose bytes are then written like any others: HDF5 itself cannot let go of a file that it failed to write.
/// Callers hold the lock of <see cref="Hdf5Library"/>.
/// </summary>
/// <remarks>The package HDF.PInvoke declares H5Fget_file_image with its last argument by reference, which the library takes by value.</remarks>
internal static unsafe class MemoryFile
{
    private const nuint Growth = 1 << 16;

    /// <summary>The bytes of a file.</summary>
    /// <param name="file">Name for messages.</param>
    /// <param name="fill">Fills the open file.</param>
    internal static byte[] Make(FileContext file, Action<long> fill)
    {
        var useMemory = (delegate* unmanaged<long, nuint, uint, int>)Function("H5Pset_fapl_core");
        using Handle access = file.PropertyList(H5P.FILE_ACCESS);
        file.Check(useMemory(access, Growth, 0), "create a file in memory");
        using Handle root = file.Own(H5F.create(file.Path, H5F.ACC_EXCL, H5P.DEFAULT, access), H5F.close, "create a file in memory");
        fill(root);
        file.Check(H5F.flush(root, H5F.scope_t.GLOBAL), "complete a file in memory");
        var image = (delegate* unmanaged<long, void*, nuint, nint>)Function("H5Fget_file_image");
        nint length = image(root, null, 0);
        file.Check(length, "copy a file from memory");
        var bytes = new byte[length];
        fixed (byte* target = bytes)
            file.Check(image(root, target, (nuint)length), "copy a file from memory");
        return bytes;
    }

    private static nint Function(string name) => NativeLibrary.GetExport(NativeHdf5.Handle, name);
}
