using ILGPU;
using ILGPU.Runtime;
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
            throw new DeviceException(Words(accelerator.Name.Trim(), exception.Message.ReplaceLineEndings(" ")), exception);
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

    private static string Words(string name, string message) =>
        message.Contains("memory", StringComparison.OrdinalIgnoreCase) || message.Contains("MEM_OBJECT_ALLOCATION", StringComparison.OrdinalIgnoreCase)
            || message.Contains("OUT_OF_RESOURCES", StringComparison.OrdinalIgnoreCase)
            ? $"{name} has too little free memory: {message}; use fewer points at once, or --engine cpu"
            : $"{name} failed: {message}";
}
