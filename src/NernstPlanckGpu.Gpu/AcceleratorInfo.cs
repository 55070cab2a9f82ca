namespace NernstPlanckGpu.Gpu;

/// <summary>Which of ILGPU's back ends drives an accelerator.</summary>
public enum AcceleratorKind
{
    /// <summary>An NVIDIA GPU through the CUDA driver.</summary>
    Cuda,

    /// <summary>A GPU or other device through an OpenCL driver.</summary>
    OpenCl,

    /// <summary>ILGPU's own CPU accelerator: it checks kernels, and is far too slow to compute with.</summary>
    Simulator,
}

/// <summary>An accelerator that ILGPU sees.</summary>
/// <param name="Kind">Back end.</param>
/// <param name="Name">The driver's name of the device.</param>
/// <param name="MemoryBytes">Device memory, bytes; null for the simulator, which has the host's.</param>
/// <param name="DoublePrecision">True where the device computes in double precision.</param>
/// <param name="MaximumGroupSize">Threads in one group.</param>
/// <param name="SharedMemoryBytes">Shared memory of one group, bytes; null where the device sets no limit.</param>
/// <param name="WarpSize">Threads that step together.</param>
/// <param name="Multiprocessors">Multiprocessors.</param>
/// <param name="Driver">Driver or language version, and architecture where known.</param>
/// <param name="FormulaDifference">Largest relative difference of its formulas from the CPU's; null where they did not run.</param>
/// <param name="Unusable">Why kernels cannot run here, or null when they can.</param>
public sealed record AcceleratorInfo(
    AcceleratorKind Kind,
    string Name,
    long? MemoryBytes,
    bool DoublePrecision,
    int MaximumGroupSize,
    long? SharedMemoryBytes,
    int WarpSize,
    int Multiprocessors,
    string Driver,
    double? FormulaDifference,
    string? Unusable)
{
    /// <summary>What it does in a second; null where that was not asked for, or where nothing can be measured.</summary>
    public PrecisionRates? Rates { get; init; }

    /// <summary>Why its rates could not be measured, though that was asked for; null where they were.</summary>
    public string? WhyNoRates { get; init; }
}

/// <summary>What one back end found.</summary>
/// <param name="Kind">Back end.</param>
/// <param name="Accelerators">Its devices, usable or not.</param>
/// <param name="WhyNone">Why it has none, or null when it has some.</param>
public sealed record BackEndReport(AcceleratorKind Kind, IReadOnlyList<AcceleratorInfo> Accelerators, string? WhyNone);
