using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Gpu;

namespace NernstPlanckGpu.UnitTests.Engines.Suite;

/// <summary>An engine of this machine and build, opened once, or the reason why there is none.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="WhyAbsent">Why there is none.</param>
/// <param name="IsSlow">Only tiny problems.</param>
public sealed record EngineUnderTest(IEngine? Engine, string? WhyAbsent, bool IsSlow = false)
{
    private static readonly Dictionary<(AcceleratorKind, EnginePrecision), Lazy<EngineUnderTest>> Devices = Enum.GetValues<AcceleratorKind>()
        .SelectMany(_ => Enum.GetValues<EnginePrecision>(), (kind, precision) => (kind, precision))
        .ToDictionary(one => one, one => new Lazy<EngineUnderTest>(() => Open(one.kind, one.precision)));

    /// <summary>The CPU engine with a lane.</summary>
    public static EngineUnderTest Cpu(string lane) => new(new CpuEngine(new(2, lane)), null);

    /// <summary>The first device of a back end.</summary>
    public static EngineUnderTest Of(AcceleratorKind kind, EnginePrecision precision = EnginePrecision.Full) => Devices[(kind, precision)].Value;

    private static EngineUnderTest Open(AcceleratorKind kind, EnginePrecision precision)
    {
        try
        {
            return new(GpuEngines.Open(kind, 0, precision), null, kind == AcceleratorKind.Simulator);
        }
        catch (DeviceException exception)
        {
            return new(null, exception.Message);
        }
    }
}

/// <summary>The suite on the CPU's scalar lane, the judge itself: what it does not pass, the suite asks wrongly.</summary>
public sealed class ScalarEngineTests : EngineSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Cpu("scalar");
}

/// <summary>The suite on the CPU's widest lane.</summary>
public sealed class SimdEngineTests : EngineSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Cpu("auto");
}

/// <summary>The suite on ILGPU's CPU accelerator.</summary>
[Xunit.Collection(OneDevice.Name)]
public sealed class SimulatorEngineTests : EngineSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Of(AcceleratorKind.Simulator);
}

/// <summary>The suite on an OpenCL device.</summary>
[Xunit.Collection(OneDevice.Name)]
public sealed class OpenClEngineTests : EngineSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Of(AcceleratorKind.OpenCl);
}

/// <summary>The suite on a CUDA device.</summary>
[Xunit.Collection(OneDevice.Name)]
public sealed class CudaEngineTests : EngineSuite
{
    /// <inheritdoc/>
    protected override EngineUnderTest Subject { get; } = EngineUnderTest.Of(AcceleratorKind.Cuda);
}

/// <summary>Tests that drive a device go one after the other: it is one.</summary>
[Xunit.CollectionDefinition(Name)]
public sealed class OneDevice
{
    /// <summary>Its name.</summary>
    public const string Name = "devices";
}
