using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Kernels.Explicit;

namespace NernstPlanckGpu.Gpu.Explicit;

/// <summary>Which kernel steps problems of a shape on a device, with how many threads and groups.</summary>
internal sealed class ExplicitLaunch
{
    /// <summary>Memory of a group's own that every device has.</summary>
    private const int SharedBytes = 48 * 1024;

    // Beyond these a thread's registers do not suffice: 128 for each of 512.
    private const int MostRegisterThreads = 512, MostRegisterSpecies = 4;

    // What the reductions of a group need.
    private const int LeastThreads = 8;

    // Each has a problem and a workspace of its own; several, so that processors end together.
    private const int GroupsPerProcessor = 4;

    private delegate void Launcher(AcceleratorStream stream, KernelConfig configuration, BatchViews batch, BatchShape shape, long budget);

    private readonly Launcher launcher;
    private readonly Lazy<Launcher> gatherer;
    private readonly bool isFixed, isAlone;

    /// <summary>Chooses and compiles.</summary>
    public ExplicitLaunch(Accelerator accelerator, PackShape pack, TimeSettings settings, EnginePrecision precision, int problems)
    {
        Shape = new(
            pack.Cells, pack.Species, pack.InterfaceFaces.Length, settings.RelativeTolerance, settings.AbsoluteTolerance, settings.Step ?? 0, settings.MaximumSteps);
        isAlone = IsProcessor(accelerator);
        // A driver may call any number its warp.
        int warp = accelerator.WarpSize is 32 or 64 ? accelerator.WarpSize : LeastThreads, most = accelerator.MaxNumThreadsPerGroup / warp * warp;
        int wanted = (Shape.Row + warp - 1) / warp * warp;
        int words = GroupMemory.Words(Shape, wanted);
        isFixed = accelerator.AcceleratorType == AcceleratorType.OpenCL;
        IsInRegisters = !isAlone && pack.Species <= MostRegisterSpecies && wanted <= Math.Min(most, MostRegisterThreads)
            && (isFixed ? words <= InRegistersFixed<Last>.Words : 8 * words + 1024 <= Math.Min(SharedBytes, accelerator.MaxSharedMemoryPerGroup));
        Threads = isAlone ? 1 : Math.Min(most, IsInRegisters ? wanted : Math.Min(wanted, 256));
        launcher = precision == EnginePrecision.Mixed
            ? LoadFor<SingleBernoulli>(accelerator, settings.Integrator) : LoadFor<DoubleBernoulli>(accelerator, settings.Integrator);
        gatherer = new(() => Load<StateGatherer>(accelerator));
        int resident = isAlone ? GroupsPerProcessor : Math.Clamp(accelerator.MaxNumThreadsPerMultiprocessor / Threads, 1, 32);
        Groups = Math.Min(problems, Math.Max(1, accelerator.NumMultiprocessors) * resident);
    }

    /// <summary>True for a processor behind OpenCL: there a problem has one thread.</summary>
    private static bool IsProcessor(Accelerator accelerator) => accelerator.Device is CLDevice { DeviceType: CLDeviceType.CL_DEVICE_TYPE_CPU };

    /// <summary>Shape and settings, for the device.</summary>
    public BatchShape Shape { get; }

    /// <summary>One cell per thread, in its registers; else in the memory of the device.</summary>
    public bool IsInRegisters { get; }

    /// <summary>Threads of a group.</summary>
    public int Threads { get; }

    /// <summary>Groups at once.</summary>
    public int Groups { get; }

    /// <summary>Numbers of workspace of all groups.</summary>
    public long Workspace => IsInRegisters ? 1 : (long)Groups * InMemory<GroupThreads>.Words(Shape, Threads);

    /// <summary>Starts the kernel that steps.</summary>
    public void Step(AcceleratorStream stream, BatchViews batch, long budget) => Launch(launcher, stream, batch, budget);

    /// <summary>Starts the kernel that gathers.</summary>
    public void Gather(AcceleratorStream stream, BatchViews batch) => Launch(gatherer.Value, stream, batch, 0);

    private void Launch(Launcher kernel, AcceleratorStream stream, BatchViews batch, long budget)
    {
        KernelConfig configuration = IsInRegisters && !isFixed
            ? new(Groups, Threads, SharedMemoryConfig.RequestDynamic<double>(GroupMemory.Words(Shape, Threads))) : new(Groups, Threads);
        Faults.Launch(stream.Accelerator, () => kernel(stream, configuration, batch, Shape, budget));
    }

    private Launcher LoadFor<TBernoulli>(Accelerator accelerator, IntegratorKind integrator)
        where TBernoulli : struct, IBernoulliKind => integrator == IntegratorKind.Euler
            ? Load<EulerStepper<TBernoulli>>(accelerator) : Load<Rkc2Stepper<TBernoulli>>(accelerator);

    private Launcher Load<TStepper>(Accelerator accelerator)
        where TStepper : struct, IStepper => (IsInRegisters ? Shape.Species : 0) switch
        {
            1 => InRegisters<TStepper, Last>(accelerator),
            2 => InRegisters<TStepper, And<Last>>(accelerator),
            3 => InRegisters<TStepper, And<And<Last>>>(accelerator),
            4 => InRegisters<TStepper, And<And<And<Last>>>>(accelerator),
            _ => isAlone
                ? Load<TStepper, InMemory<OneThread>, MemoryCells<OneThread>>(accelerator)
                : Load<TStepper, InMemory<GroupThreads>, MemoryCells<GroupThreads>>(accelerator),
        };

    private Launcher InRegisters<TStepper, TSpecies>(Accelerator accelerator)
        where TStepper : struct, IStepper
        where TSpecies : struct, ISpeciesList => isFixed
            ? Load<TStepper, InRegistersFixed<TSpecies>, RegisterCells<TSpecies>>(accelerator)
            : Load<TStepper, InRegisters<TSpecies>, RegisterCells<TSpecies>>(accelerator);

    // A bound of the threads of a group lets the driver's compiler share the registers out.
    private Launcher Load<TStepper, TResidence, TCells>(Accelerator accelerator)
        where TStepper : struct, IStepper
        where TResidence : struct, IResidence<TCells>
        where TCells : struct, ICells => new(accelerator.LoadKernel<BatchViews, BatchShape, long>(
            ExplicitKernel.Run<TStepper, TResidence, TCells>, new KernelSpecialization(Threads, null)));
}
