using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Slurm;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Gpu;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>The engine that computes, opened, and why this one. A named engine is never replaced silently by another.</summary>
/// <param name="engine">Engine; closed with this.</param>
/// <param name="reason">Why, one sentence without a full stop.</param>
internal sealed class EngineChoice(IEngine engine, string reason) : IDisposable
{
    private const string Slow = "for checking kernels only: thousands of times slower than --engine cpu";

    public IEngine Engine => engine;

    public string Reason => reason;

    /// <summary>The engine where it is not the CPU's.</summary>
    public IEngine? Device => engine is CpuEngine ? null : engine;

    public void Dispose() => engine.Dispose();

    /// <exception cref="CommandFailure">The engine, its device or the precision asked for is not there.</exception>
    public static EngineChoice For(RunRequest request) => For(request.EngineRequest);

    /// <exception cref="CommandFailure">The engine, its device or the precision asked for is not there.</exception>
    public static EngineChoice For(EngineRequest request)
    {
        Check(request);
        if (KindOf(request.Engine) is not { } kind)
            return new(new CpuEngine(request.Cpu), request.Engine == "cpu" ? "asked for" : WhyCpu());
        (int device, string rank) = DeviceOf(kind, request);
        IEngine opened;
        try
        {
            opened = GpuEngines.Open(kind, device, request.Precision == Provenance.Mixed ? EnginePrecision.Mixed : EnginePrecision.Full, request.Cpu.Threads);
        }
        catch (DeviceException exception)
        {
            throw Refusal(request, exception.Message);
        }

        bool isSimulator = kind == AcceleratorKind.Simulator;
        if (isSimulator && !request.Quiet)
            Console.Error.WriteLine($"npgpu: the simulator is {Slow}.");
        return new(opened, "asked for" + (isSimulator ? "; " + Slow : rank));
    }

    /// <summary>Refuses what is not in this build or version, without a look at devices: those of another machine may be meant.</summary>
    /// <exception cref="CommandFailure">It is not.</exception>
    public static void Check(EngineRequest request)
    {
        if (KindOf(request.Engine) is not null && !AcceleratorDiscovery.HasIlgpu)
        {
            string why = $"this build has the CPU engine only: {BuildFacts.Ilgpu.Why}";
            throw new CommandFailure(ExitCode.Device, $"npgpu: --engine {request.Engine}: {why}; {BuildFacts.Ilgpu.HowToGet}; or use --engine cpu.");
        }

        if (request.Precision == Provenance.Mixed && KindOf(request.Engine) is null)
        {
            throw new CommandFailure(
                ExitCode.Device,
                "npgpu: --precision mixed is for devices, and the CPU engine computes in double; name a device with --engine cuda, opencl or simulator, or use --precision double.");
        }
    }

    /// <summary>Why auto takes the CPU: whether a GPU is worth it for a problem is not known yet, so it is for the user to say.</summary>
    private static string WhyCpu()
    {
        if (!AcceleratorDiscovery.HasIlgpu)
            return "auto: built without ILGPU, so it has the CPU engine only";
        (IReadOnlyList<string> names, string? whyNone) = CudaDriver.Devices();
        return names.Count == 0 ? $"auto: {whyNone}" : $"auto: CPU; --engine cuda would use {names[Math.Min(OrdinalOfRank(names.Count) ?? 0, names.Count - 1)]}";
    }

    private static AcceleratorKind? KindOf(string engine) => engine switch
    {
        "cuda" => AcceleratorKind.Cuda,
        "opencl" => AcceleratorKind.OpenCl,
        "simulator" => AcceleratorKind.Simulator,
        _ => null,
    };

    /// <summary>The device named; else of CUDA's the one that this process is to take among others of its job; else the first.</summary>
    private static (int Device, string Why) DeviceOf(AcceleratorKind kind, EngineRequest request)
    {
        if (request.Device is { } named)
            return (named, "");
        if (kind != AcceleratorKind.Cuda || Rank(null) is not { } rank)
            return (0, "");
        if (rank is { Ordinal: null, Name: "" } && SlurmEnvironment.Current.VisibleDevices is null)
            rank = Rank(CudaDriver.Devices().Names.Count)!;
        return rank.Ordinal is { } ordinal ? (ordinal, $"; device {ordinal}: {rank.Reason}") : throw Refusal(request, rank.Reason);
    }

    private static int? OrdinalOfRank(int installed) => Rank(SlurmEnvironment.Current.VisibleDevices is null ? installed : null)?.Ordinal;

    /// <summary>The device by CUDA_VISIBLE_DEVICES and the local rank; null where neither is set.</summary>
    private static DeviceRank? Rank(int? installed)
    {
        SlurmEnvironment environment = SlurmEnvironment.Current;
        return environment.VisibleDevices is null && environment.LocalRank is null
            ? null : DeviceRank.Choose(environment.VisibleDevices, environment.LocalRank?.Rank ?? 0, installed);
    }

    private static CommandFailure Refusal(EngineRequest request, string why)
    {
        string device = request.Device is { } index ? $" --device {index}" : "";
        return new(ExitCode.Device,
        [
            $"npgpu: --engine {request.Engine}{device}: {why}.", "npgpu: the devices here (npgpu devices says more):",
            .. DeviceList.Lines(AcceleratorDiscovery.Discover()), "npgpu: name one of these with --engine and --device, or use --engine cpu.",
        ]);
    }
}
