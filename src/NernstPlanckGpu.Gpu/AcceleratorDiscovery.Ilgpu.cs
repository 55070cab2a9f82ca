#if WITH_ILGPU
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace NernstPlanckGpu.Gpu;

public static partial class AcceleratorDiscovery
{
    [SuppressMessage("Design", "CA1031", Justification = "A driver may fail in any way; the list of devices must not.")]
    private static BackEndReport Ask(AcceleratorKind kind, bool measures = false)
    {
        try
        {
            using Context context = Context.Create(builder => Register(builder, kind));
            // A context without a device of its own gets a simulated one: not what was asked for.
            AcceleratorInfo[] found =
                [.. context.Devices.Where(device => IsOf(kind, device)).Select(device => Describe(kind, context, device, measures))];
            return new(kind, found, found.Length > 0 ? null : WhyNone(kind));
        }
        catch (Exception exception)
        {
            Exception cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            return new(kind, [], $"the driver failed: {cause.Message}");
        }
    }

    // ILGPU hides OpenCL devices without generic address spaces unless asked for all: then this list can say why they are unusable.
    internal static Context.Builder Register(Context.Builder builder, AcceleratorKind kind) => kind switch
    {
        AcceleratorKind.Cuda => builder.Cuda(_ => true),
        AcceleratorKind.OpenCl => builder.OpenCL(_ => true),
        _ => builder.CPU(CPUDeviceKind.Default),
    };

    internal static bool IsOf(AcceleratorKind kind, Device device) => kind switch
    {
        AcceleratorKind.Cuda => device is CudaDevice,
        AcceleratorKind.OpenCl => device is CLDevice,
        _ => device is CPUDevice,
    };

    private static AcceleratorInfo Describe(AcceleratorKind kind, Context context, Device device, bool measures)
    {
        bool simulated = kind == AcceleratorKind.Simulator;
        FormulaCheck check = WhyUnusable(device) is { } why ? new(null, why) : FormulaCheck.Run(context, device);
        (PrecisionRates? rates, string? whyNoRates) = measures && check.Failure is null ? Rates(context, device) : (null, null);
        return new(
            kind,
            simulated ? "ILGPU's CPU accelerator" : device.Name.Trim(),
            simulated ? null : device.MemorySize,
            device is not CLDevice { Capabilities.Float64: false },
            device.MaxNumThreadsPerGroup,
            simulated ? null : device.MaxSharedMemoryPerGroup,
            device.WarpSize,
            device.NumMultiprocessors,
            Driver(device),
            check.Difference,
            check.Failure)
        {
            Rates = rates,
            WhyNoRates = whyNoRates,
        };
    }

    [SuppressMessage("Design", "CA1031", Justification = "A driver may fail in any way; the list of devices must not.")]
    private static (PrecisionRates? Rates, string? WhyNone) Rates(Context context, Device device)
    {
        try
        {
            return (PrecisionRates.Measure(context, device), null);
        }
        catch (Exception exception)
        {
            return (null, exception.Message.ReplaceLineEndings(" "));
        }
    }

    private static string Driver(Device device) => device switch
    {
        CudaDevice cuda => $"CUDA {cuda.DriverVersion}, {cuda.Architecture?.ToString() ?? "unknown architecture"}",
        CLDevice opencl => $"{opencl.PlatformName.Trim()}, OpenCL C {opencl.CVersion}",
        _ => "part of ILGPU",
    };

    private static string? WhyUnusable(Device device) => device switch
    {
        CudaDevice { Architecture: null } => "its architecture is unknown to ILGPU; update the driver",
        CLDevice { Capabilities.GenericAddressSpace: false } =>
            "its driver has no generic address spaces (OpenCL C 2.0, or the feature of 3.0), which ILGPU needs",
        CLDevice { Capabilities.Float64: false } => "it has no double precision",
        _ => null,
    };

    private static string? WhyNone(AcceleratorKind kind) => kind switch
    {
        AcceleratorKind.Cuda => CanLoad("nvcuda.dll", "libcuda.so.1")
            ? "the CUDA driver is installed but reports no device; see what nvidia-smi says, and CUDA_VISIBLE_DEVICES"
            : "no CUDA driver on this machine",
        AcceleratorKind.OpenCl => CanLoad("OpenCL.dll", "libOpenCL.so.1")
            ? "the OpenCL loader is installed but reports no device; install the device's OpenCL driver"
            : "no OpenCL loader on this machine",
        _ => "ILGPU reports no CPU accelerator",
    };

    private static bool CanLoad(string onWindows, string onUnix)
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? onWindows : onUnix, out nint library))
            return false;
        NativeLibrary.Free(library);
        return true;
    }
}
#endif
