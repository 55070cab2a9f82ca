using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Gpu;

/// <summary>Opens devices as engines.</summary>
public static class GpuEngines
{
    /// <summary>Opens a device; no other is taken in its place.</summary>
    /// <param name="kind">Back end.</param>
    /// <param name="device">Index of the device in the list of <see cref="AcceleratorDiscovery"/> of that back end.</param>
    /// <param name="precision">Precision of its arithmetic; mixed is for explicit steps alone.</param>
    /// <param name="threads">Threads of the processors that help a device; 0: all.</param>
    /// <exception cref="DeviceException">It is not there, or cannot compute; the caller lists what is there.</exception>
    public static IEngine Open(AcceleratorKind kind, int device = 0, EnginePrecision precision = EnginePrecision.Full, int threads = 0)
    {
#if WITH_ILGPU
        return GpuEngine.Open(kind, device, precision, threads);
#else
        throw new DeviceException("this build has no GPU engine: the package ILGPU was not there when it was made");
#endif
    }
}
