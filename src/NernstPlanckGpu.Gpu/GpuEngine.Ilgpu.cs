#if WITH_ILGPU
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Gpu;

/// <summary>The GPU engine: one device.</summary>
internal sealed class GpuEngine : IEngine
{
    private GpuEngine(AcceleratorKind kind) => Description = kind.ToString();

    public string Description { get; }

    public int Width => 1;

    public static GpuEngine Open(AcceleratorKind kind, int device) => throw new DeviceException($"{kind} {device}: not built yet");

    public string? WhyNot(DiscreteProblem problem, TimeSettings settings) => "not built yet";

    public IBatch Start(IReadOnlyList<DiscreteProblem> problems, TimeSettings settings) => throw new DeviceException("not built yet");

    public ISteadyState Steady(DiscreteProblem problem) => throw new DeviceException("not built yet");

    public void Dispose()
    {
    }
}
#endif
