using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Gpu;

/// <summary>What a driver reports, in the words of the engine.</summary>
internal static class Faults
{
    /// <summary>Does something on a device.</summary>
    /// <exception cref="DeviceException">The device failed, or has too little memory.</exception>
    public static void Guard(Accelerator accelerator, Action action) => Guard(accelerator, () =>
    {
        action();
        return 0;
    });

    /// <summary>Gets something from a device.</summary>
    /// <exception cref="DeviceException">The device failed, or has too little memory.</exception>
    public static T Guard<T>(Accelerator accelerator, Func<T> action)
    {
        try
        {
            // A driver's context belongs to a thread; engines are used by others than the one that opened them.
            using ScopedAcceleratorBinding binding = accelerator.BindScoped();
            return action();
        }
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException or InternalCompilerException or NotSupportedException)
        {
            throw new DeviceException(Words(accelerator.Name.Trim(), exception), exception);
        }
    }

    /// <summary>
    /// Starts a kernel. One at a time on a device: ILGPU keeps one kernel for all who load it, and behind OpenCL its arguments are set before it is
    /// started, so that another thread's would take their place.
    /// </summary>
    public static void Launch(Accelerator accelerator, Action start)
    {
        lock (accelerator) start();
    }

    /// <summary>Gives memory and streams back. A lost device has nothing to give, and why it was lost is told already.</summary>
    public static void Release(Action action)
    {
        try
        {
            action();
        }
        catch (AcceleratorException)
        {
        }
    }

    /// <summary>
    /// Memory did not suffice. By the driver's code: ILGPU gives OpenCL's without a message, and CUDA tells of a kernel that reaches beyond its
    /// memory in words that speak of memory, too. NVIDIA's OpenCL says "out of resources" of such a kernel.
    /// </summary>
    public static bool IsOutOfMemory(Exception exception) => exception switch
    {
        OutOfMemoryException => true,
        CLException { Error: CLError.CL_OUT_OF_HOST_MEMORY or CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_INVALID_BUFFER_SIZE } => true,
        CudaException cuda => cuda.Error == nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY) || cuda.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>What an exception of a driver says, with the device's name.</summary>
    public static string Words(string name, Exception exception)
    {
        string message = exception is CLException { Error: not CLError.CL_SUCCESS } cl ? cl.Error.ToString() : exception.Message.ReplaceLineEndings(" ");
        return IsOutOfMemory(exception)
            ? $"{name} has too little free memory: {message}; use fewer points at once, or --engine cpu"
            : $"{name} failed: {message}";
    }
}
