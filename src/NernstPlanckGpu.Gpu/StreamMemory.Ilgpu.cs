#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime;

namespace NernstPlanckGpu.Gpu;

/// <summary>Memory of a device that is filled in the stream of those who use it, and not in that of all.</summary>
internal static class StreamMemory
{
    /// <summary>Takes memory for an array and copies it there.</summary>
    /// <param name="stream">Stream of its device.</param>
    /// <param name="values">Array.</param>
    public static MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(this AcceleratorStream stream, T[] values)
        where T : unmanaged
    {
        MemoryBuffer1D<T, Stride1D.Dense> buffer = stream.Accelerator.Allocate1D<T>(values.Length);
        buffer.CopyFromCPU(stream, values);
        return buffer;
    }
}
#endif
