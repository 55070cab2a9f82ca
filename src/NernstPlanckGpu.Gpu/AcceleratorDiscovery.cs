namespace NernstPlanckGpu.Gpu;

/// <summary>Asks every back end of ILGPU for its devices. Never throws: a missing or broken driver is a reason in words.</summary>
public static partial class AcceleratorDiscovery
{
    /// <summary>True when this build contains ILGPU.</summary>
    public static bool HasIlgpu =>
#if WITH_ILGPU
        true;
#else
        false;
#endif

    /// <summary>One report per back end: CUDA, OpenCL, simulator; empty in a build without ILGPU.</summary>
    /// <param name="measures">Measure what each device does in a second, too.</param>
    public static IReadOnlyList<BackEndReport> Discover(bool measures = false)
    {
#if WITH_ILGPU
        return [Ask(AcceleratorKind.Cuda, measures), Ask(AcceleratorKind.OpenCl, measures), Ask(AcceleratorKind.Simulator)];
#else
        return [];
#endif
    }

#if WITH_ILGPU
    /// <summary>The report of one back end.</summary>
    /// <param name="kind">Back end.</param>
    public static BackEndReport Of(AcceleratorKind kind) => Ask(kind);
#endif
}
