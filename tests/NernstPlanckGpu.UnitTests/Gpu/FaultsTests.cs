using Xunit;
#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Gpu;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>A full device and a broken one are told apart, by the driver's code.</summary>
public sealed class FaultsTests
{
#if WITH_ILGPU
    [Theory]
    [InlineData(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE, true)]
    [InlineData(CLError.CL_OUT_OF_HOST_MEMORY, true)]
    [InlineData(CLError.CL_OUT_OF_RESOURCES, false)]
    [InlineData(CLError.CL_INVALID_BUFFER_SIZE, true)]
    [InlineData(CLError.CL_DEVICE_NOT_AVAILABLE, false)]
    [InlineData(CLError.CL_MEM_COPY_OVERLAP, false)]
    public void Codes_of_OpenCL(CLError error, bool isFull) => AssertTold(new CLException(error), isFull, error.ToString());

    [Theory]
    [InlineData("out of memory", true)]
    [InlineData("an illegal memory access was encountered", false)]
    [InlineData("too many resources requested for launch", false)]
    public void Words_of_CUDA(string message, bool isFull) => AssertTold(new CudaException(message), isFull, message);

    /// <summary>What the driver really says, on the devices that are here.</summary>
    [SkippableTheory]
    [InlineData(AcceleratorKind.Cuda)]
    [InlineData(AcceleratorKind.OpenCl)]
    public void More_than_a_device_has_is_too_much_memory(AcceleratorKind kind)
    {
        int usable = AcceleratorDiscovery.Of(kind).Accelerators.ToList().FindIndex(device => device.Unusable is null);
        Skip.If(usable < 0, $"no {kind} device on this machine");
        using Context context = Context.Create(builder => AcceleratorDiscovery.Register(builder, kind));
        using Accelerator accelerator = context.Devices.Where(device => AcceleratorDiscovery.IsOf(kind, device)).ElementAt(usable).CreateAccelerator(context);
        DeviceException exception = Assert.Throws<DeviceException>(() => Faults.Guard(accelerator, () => accelerator.Allocate1D<double>(accelerator.MemorySize).Dispose()));
        Assert.True(Faults.IsOutOfMemory(exception.InnerException!), exception.ToString());
        Assert.Contains("too little free memory", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertTold(Exception exception, bool isFull, string reason)
    {
        Assert.Equal(isFull, Faults.IsOutOfMemory(exception));
        string words = Faults.Words("the device", exception);
        Assert.Contains(reason, words, StringComparison.Ordinal);
        Assert.StartsWith(isFull ? "the device has too little free memory: " : "the device failed: ", words, StringComparison.Ordinal);
    }
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void Codes_of_OpenCL()
    {
    }
#endif
}
