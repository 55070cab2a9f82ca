using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Gpu.Explicit;
using NernstPlanckGpu.Gpu.Implicit;
using NernstPlanckGpu.Gpu.Steady;

namespace NernstPlanckGpu.Gpu;

/// <summary>The GPU engine: one device, which steps a batch of problems at once.</summary>
internal sealed class GpuEngine : IEngine
{
    // A sweep has two batches on a device; beside them it holds tables, workspaces and what its driver takes.
    private const double MemoryShare = 0.35;

    // Measured with the kernels of explicit steps (docs/performance.md).
    private const double SimulatorSpeed = 1e4;

    private const string ExplicitAlone = "mixed precision is for explicit steps (euler, rkc2) and nothing else; leave --precision mixed out";

    private readonly Context context;
    private readonly Accelerator accelerator;
    private readonly Lazy<DeviceTables> tables;
    private readonly AcceleratorInfo info;
    private readonly EnginePrecision precision;

    private GpuEngine(Context context, Accelerator accelerator, AcceleratorInfo info, EnginePrecision precision)
    {
        (this.context, this.accelerator, this.info, this.precision) = (context, accelerator, info, precision);
        tables = new(() => Faults.Guard(accelerator, () =>
        {
            var made = new DeviceTables(accelerator);
            // Batches have streams of their own.
            accelerator.Synchronize();
            return made;
        }));
    }

    /// <inheritdoc/>
    public string Description => $"{Words(info.Kind)}, {info.Name}, {(IsMixed ? "mixed" : "double")} precision";

    private bool IsMixed => precision == EnginePrecision.Mixed;

    /// <inheritdoc/>
    public int Width => info.Kind == AcceleratorKind.Simulator ? 4 : 4096;

    /// <summary>A thread to a problem: half of what fills the largest device twice.</summary>
    /// <inheritdoc/>
    public int SteadyWidth => info.Kind == AcceleratorKind.Simulator ? 16 : GpuSteadyBatch.MostProblems / 2;

    /// <inheritdoc/>
    public double CellEvaluationsPerSecond => info.Kind == AcceleratorKind.Simulator ? SimulatorSpeed : double.PositiveInfinity;

    /// <summary>Threads of the processors that help; 0: all.</summary>
    internal int Threads { get; init; }

    /// <summary>Memory that a batch may take, bytes; what is beyond goes in portions.</summary>
    internal long Memory { get; set; }

    /// <summary>Opens a device.</summary>
    /// <exception cref="DeviceException">It is not there, or cannot compute.</exception>
    public static GpuEngine Open(AcceleratorKind kind, int device, EnginePrecision precision, int threads)
    {
        BackEndReport report = AcceleratorDiscovery.Of(kind);
        if (device < 0 || device >= report.Accelerators.Count)
            throw new DeviceException($"there is no {Words(kind)} device {device}: {report.WhyNone ?? $"there are {report.Accelerators.Count}, counted from 0"}");
        AcceleratorInfo info = report.Accelerators[device];
        if (info.Unusable is { } why) throw new DeviceException($"{info.Name} cannot compute: {why}");
        Context context = Context.Create(builder => AcceleratorDiscovery.Register(builder.Optimize(OptimizationLevel.O2), kind));
        try
        {
            Device found = context.Devices.Where(one => AcceleratorDiscovery.IsOf(kind, one)).ElementAt(device);
            Accelerator accelerator = found.CreateAccelerator(context);
            return new(context, accelerator, info, precision) { Memory = (long)(MemoryShare * (info.MemoryBytes ?? 1L << 30)), Threads = threads };
        }
        catch (AcceleratorException exception)
        {
            context.Dispose();
            throw new DeviceException($"{info.Name} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public string? WhyNot(DiscreteProblem problem, TimeSettings settings)
    {
        if (Rosenbrock.Of(settings.Integrator) is not null)
            return IsMixed ? ExplicitAlone : ImplicitBatch.WhyNot(problem, settings);
        PnpProblem p = problem.Problem;
        if (p.Mechanisms.Count > 0) return "the GPU engine has no mechanisms yet";
        if (p.Activity.Kind != ActivityKind.Ideal) return "the GPU engine has no activity coefficients yet";
        if (p.HasSources) return "the GPU engine has no sources yet";
        return null;
    }

    /// <inheritdoc/>
    public IBatch Start(IReadOnlyList<DiscreteProblem> problems, TimeSettings settings)
    {
        foreach (DiscreteProblem problem in problems)
            if (WhyNot(problem, settings) is { } why) throw EngineRefusalException.Of(this, why);
        if (Rosenbrock.Of(settings.Integrator) is not null) return Faults.Guard(accelerator, () => new ImplicitBatch(accelerator, problems, settings));
        return new ExplicitBatch(accelerator, tables.Value, problems, settings, precision, Memory);
    }

    /// <inheritdoc/>
    public string? WhyNoSteadyBatch(DiscreteProblem problem) =>
        IsMixed ? ExplicitAlone : GpuSteadyBatch.WhyNot(problem);

    /// <inheritdoc/>
    public ISteadyBatch SteadyBatch(IReadOnlyList<DiscreteProblem> problems) =>
        IsMixed ? throw EngineRefusalException.Of(this, ExplicitAlone) : new GpuSteadyBatch(accelerator, problems, threads: Threads);

    /// <summary>Found on the CPU: a single steady state is a matter of a millisecond there, and too little for a device.</summary>
    /// <inheritdoc/>
    public ISteadyState Steady(DiscreteProblem problem) =>
        SteadyMethod.Settles(problem.Problem) ? new Core.Engines.Cpu.Implicit.SettledState(problem) : new Core.Engines.Cpu.Implicit.SteadyState(problem);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (tables.IsValueCreated) tables.Value.Dispose();
        Faults.Release(accelerator.Dispose);
        context.Dispose();
    }

    private static string Words(AcceleratorKind kind) => kind switch
    {
        AcceleratorKind.Cuda => "CUDA",
        AcceleratorKind.OpenCl => "OpenCL",
        _ => "simulator",
    };
}
