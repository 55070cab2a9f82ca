#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Kernels.Implicit;

namespace NernstPlanckGpu.Gpu.Implicit;

/// <summary>The memory of a device for one group of problems at a time, and the kernels that step it. What fails there is a <see cref="DeviceException"/>.</summary>
internal sealed class ImplicitDevice(Accelerator accelerator, Rosenbrock method, TimeSettings settings) : IDisposable
{
    // Part of the device's memory that one group may fill; OpenCL promises a quarter of it for one buffer.
    private const double Share = 0.8, OpenClShare = 0.24;

    private readonly Dictionary<int, Action<Index1D, ImplicitArguments>> kernels = [];
    private MemoryBuffer1D<double, Stride1D.Dense>? memory, table, row;
    private MemoryBuffer1D<int, Stride1D.Dense>? indices;
    private Action<Index1D, ArrayView<double>, ArrayView<double>>? gather;

    /// <summary>The group whose numbers are on the device.</summary>
    public ImplicitGroup? Resident { get; private set; }

    /// <summary>How many problems of a layout fit at once.</summary>
    public int Room(ImplicitLayout layout)
    {
        double bytes = accelerator.MemorySize * (accelerator.AcceleratorType == AcceleratorType.OpenCL ? OpenClShare : Share);
        double problems = Math.Min(bytes / (sizeof(double) * (double)layout.Length), Array.MaxLength / (double)layout.Argument);
        if (problems < 1) throw new DeviceException($"one problem of {layout.Cells} cells needs {layout.Length * 8L / 1e6:f0} MB, more than {accelerator.Name} has");
        return Math.Max(1, (int)problems / ImplicitLayout.Tile * ImplicitLayout.Tile);
    }

    /// <summary>Makes a group the one on the device; what another one still has there is fetched first.</summary>
    public void Take(ImplicitGroup group)
    {
        if (Resident == group) return;
        Resident?.FetchState(this);
        Free();
        Guarded(() =>
        {
            memory = accelerator.Allocate1D<double>(group.Layout.Length * (long)group.Tiles * ImplicitLayout.Tile);
            table = accelerator.Allocate1D(TableOf(group));
            indices = accelerator.Allocate1D(IndicesOf(group));
        });
        Resident = group;
        Upload(group, 0, group.Layout.Argument);
    }

    /// <summary>Forgets a group: what is on the host holds.</summary>
    public void Forget(ImplicitGroup group)
    {
        if (Resident == group) Free();
    }

    /// <summary>Copies the same numbers of all problems to the device.</summary>
    public void Upload(ImplicitGroup group, int first, int count) => Guarded(() =>
    {
        for (int tile = 0; tile < group.Tiles; tile++) Part(group, tile, first, count).CopyFromCPU(ref group.At(first, tile * ImplicitLayout.Tile), count * (long)ImplicitLayout.Tile);
    });

    /// <summary>Copies the same numbers of all problems from the device.</summary>
    public void Download(ImplicitGroup group, int first, int count) => Guarded(() =>
    {
        for (int tile = 0; tile < group.Tiles; tile++) Part(group, tile, first, count).CopyToCPU(ref group.At(first, tile * ImplicitLayout.Tile), count * (long)ImplicitLayout.Tile);
    });

    /// <summary>Some numbers of one problem.</summary>
    public double[] Gather(ImplicitGroup group, int k, int first, int count) => Guarded(() =>
    {
        gather ??= accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<double>, ArrayView<double>>(ImplicitKernel.Gather);
        if (row is null || row.Length < count)
        {
            row?.Dispose();
            row = accelerator.Allocate1D<double>(count);
        }
        ArrayView<double> part = Part(group, k / ImplicitLayout.Tile, first, count);
        int lane = k % ImplicitLayout.Tile;
        gather(count, part.SubView(lane, part.Length - lane), row.View);
        accelerator.Synchronize();
        var values = new double[count];
        row.View.SubView(0, count).CopyToCPU(ref values[0], count);
        return values;
    });

    /// <summary>Steps every problem of the group on the device that has to step, up to a number of tries.</summary>
    public void Step(ImplicitGroup group, int budget) => Guarded(() =>
    {
        if (!kernels.TryGetValue(group.Layout.Species, out Action<Index1D, ImplicitArguments>? kernel))
            kernels[group.Layout.Species] = kernel = Kernel(group.Layout.Species);
        kernel(group.Count, new()
        {
            Memory = memory!.View,
            Table = table!.View,
            Indices = indices!.View,
            Layout = group.Layout,
            Groups = group.Shape.GroupEnd.Length,
            Order = method.Order,
            Gamma = method.Gamma,
            RelativeTolerance = settings.RelativeTolerance,
            AbsoluteTolerance = settings.AbsoluteTolerance,
            FixedStep = settings.Step ?? 0,
            MaximumSteps = settings.MaximumSteps,
            Budget = budget,
        });
        accelerator.Synchronize();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        row?.Dispose();
    }

    private void Free()
    {
        memory?.Dispose();
        table?.Dispose();
        indices?.Dispose();
        (memory, table, indices, Resident) = (null, null, null, null);
    }

    private ArrayView<double> Part(ImplicitGroup group, int tile, int first, int count) => memory!.View.AsContiguous().SubView(
        (tile * (long)group.Layout.Length + first) * ImplicitLayout.Tile, count * (long)ImplicitLayout.Tile);

    private Action<Index1D, ImplicitArguments> Kernel(int species) => species switch
    {
        1 => accelerator.LoadAutoGroupedStreamKernel<Index1D, ImplicitArguments>(ImplicitKernel.Run<Species1>),
        2 => accelerator.LoadAutoGroupedStreamKernel<Index1D, ImplicitArguments>(ImplicitKernel.Run<Species2>),
        3 => accelerator.LoadAutoGroupedStreamKernel<Index1D, ImplicitArguments>(ImplicitKernel.Run<Species3>),
        4 => accelerator.LoadAutoGroupedStreamKernel<Index1D, ImplicitArguments>(ImplicitKernel.Run<Species4>),
        5 => accelerator.LoadAutoGroupedStreamKernel<Index1D, ImplicitArguments>(ImplicitKernel.Run<Species5>),
        6 => accelerator.LoadAutoGroupedStreamKernel<Index1D, ImplicitArguments>(ImplicitKernel.Run<Species6>),
        7 => accelerator.LoadAutoGroupedStreamKernel<Index1D, ImplicitArguments>(ImplicitKernel.Run<Species7>),
        8 => accelerator.LoadAutoGroupedStreamKernel<Index1D, ImplicitArguments>(ImplicitKernel.Run<Species8>),
        _ => throw new DeviceException($"no kernel for {species} species"),
    };

    // Valences, |z| of the groups, A, C, alpha, gamma.
    private double[] TableOf(ImplicitGroup group)
    {
        IEnumerable<double> Square(double[][] rows) => rows.SelectMany(row => row.Concat(new double[method.Stages - row.Length]));
        return [.. group.Shape.Valence, .. group.Shape.GroupMagnitude, .. Square(method.A), .. Square(method.C), .. method.Alpha, .. method.GammaSum];
    }

    private static int[] IndicesOf(ImplicitGroup group)
    {
        int[] at = [.. Enumerable.Repeat(-1, group.Layout.Cells + 1)];
        for (int i = 0; i < group.Shape.InterfaceFaces.Length; i++) at[group.Shape.InterfaceFaces[i]] = i;
        return [.. at, .. group.Shape.GroupEnd];
    }

    private void Guarded(Action action) => Guarded(() =>
    {
        action();
        return 0;
    });

    private TResult Guarded<TResult>(Func<TResult> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException or InternalCompilerException or NotSupportedException)
        {
            throw new DeviceException($"{accelerator.Name} failed in implicit steps: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
#endif
