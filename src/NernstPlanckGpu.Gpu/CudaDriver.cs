using System.Runtime.InteropServices;
using System.Text;

namespace NernstPlanckGpu.Gpu;

/// <summary>
/// What the CUDA driver itself says about its devices, without a context on any: a machine without the driver is left after one failed look for
/// its library, so that a program that only wants to know loses no time.
/// </summary>
public static unsafe class CudaDriver
{
    private const int NameLength = 256;

    /// <summary>Names of the devices that this process sees, in the order of their indices; none, and why, where there are none.</summary>
    public static (IReadOnlyList<string> Names, string? WhyNone) Devices()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out nint driver))
            return ([], "no CUDA driver on this machine");
        if (!NativeLibrary.TryGetExport(driver, "cuInit", out nint init) || !NativeLibrary.TryGetExport(driver, "cuDeviceGetCount", out nint getCount)
            || !NativeLibrary.TryGetExport(driver, "cuDeviceGetName", out nint getName))
            return ([], "the CUDA driver lacks its functions");
        int count = 0;
        int error = ((delegate* unmanaged<uint, int>)init)(0);
        if (error == 0)
            error = ((delegate* unmanaged<int*, int>)getCount)(&count);
        if (error != 0 || count == 0)
            return ([], error == 0 ? "the CUDA driver reports no device" : $"the CUDA driver reports error {error}");
        return ([.. Enumerable.Range(0, count).Select(device => Name(getName, device))], null);
    }

    private static string Name(nint getName, int device)
    {
        byte* text = stackalloc byte[NameLength];
        int error = ((delegate* unmanaged<byte*, int, int, int>)getName)(text, NameLength, device);
        return error == 0 ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text)).Trim() : $"device {device}";
    }
}
