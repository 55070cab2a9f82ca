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
    // Part of the device's memory that one group may fill, since two batches may be there; OpenCL promises a quarter of it for one buffer.
    private const double Share = 0.4, OpenClShare = 0.24;

    private readonly Dictionary<(int Species, bool Steps), Action<AcceleratorStream, Index1D, ImplicitArguments>> kernels = [];

    // Of its own: what two batches copy and compute goes on side by side.
    private readonly AcceleratorStream stream = Faults.Guard(accelerator, accelerator.CreateStream);
    private MemoryBuffer1D<double, Stride1D.Dense>? memory, controls, table, row;
    private MemoryBuffer1D<int, Stride1D.Dense>? indices;
    private Action<AcceleratorStream, Index1D, ArrayView<double>, ArrayView<double>>? gather;

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
            controls = stream.Allocate(group.Controls);
            table = stream.Allocate(TableOf(group));
            indices = stream.Allocate(IndicesOf(group));
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
        // By spans, which are pinned: of a reference ILGPU takes the address alone.
        for (int tile = 0; tile < group.Tiles; tile++) Part(group, tile, first, count).CopyFromCPU(stream, (ReadOnlySpan<double>)group.Numbers(tile, first, count));
    });

    /// <summary>Copies the same numbers of all problems from the device.</summary>
    public void Download(ImplicitGroup group, int first, int count) => Guarded(() =>
    {
        for (int tile = 0; tile < group.Tiles; tile++) Part(group, tile, first, count).CopyToCPU(stream, group.Numbers(tile, first, count));
    });

    /// <summary>Copies the clocks of all problems to the device.</summary>
    public void UploadControls(ImplicitGroup group) => Guarded(() => controls!.CopyFromCPU(stream, group.Controls));

    /// <summary>Copies the clocks of all problems from the device.</summary>
    public void DownloadControls(ImplicitGroup group) => Guarded(() => controls!.CopyToCPU(stream, group.Controls));

    /// <summary>Finds the fluxes of all problems' states.</summary>
    /// <param name="group">Group.</param>
    /// <param name="target">Receiver, [tile][face][species][problem of the tile].</param>
    public void Fluxes(ImplicitGroup group, double[] target) => Guarded(() =>
    {
        Faults.Launch(accelerator, () => Kernel(group.Layout.Species, steps: false)(stream, group.Count, ArgumentsOf(group, 0)));
        int count = group.Layout.Coefficients - group.Layout.Flux, tileLength = count * ImplicitLayout.Tile;
        for (int tile = 0; tile < group.Tiles; tile++) Part(group, tile, group.Layout.Flux, count).CopyToCPU(stream, target.AsSpan(tile * tileLength, tileLength));
    });

    /// <summary>Some numbers of one problem.</summary>
    public double[] Gather(ImplicitGroup group, int k, int first, int count) => Guarded(() =>
    {
        gather ??= accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<double>, ArrayView<double>>(ImplicitKernel.Gather);
        if (row is null || row.Length < count)
        {
            row?.Dispose();
            row = accelerator.Allocate1D<double>(count);
        }
        ArrayView<double> part = Part(group, k / ImplicitLayout.Tile, first, count);
        int lane = k % ImplicitLayout.Tile;
        Faults.Launch(accelerator, () => gather(stream, count, part.SubView(lane, part.Length - lane), row.View));
        var values = new double[count];
        row.View.SubView(0, count).CopyToCPU(stream, values.AsSpan());
        return values;
    });

    /// <summary>Steps every problem of the group on the device that has to step, up to a number of tries.</summary>
    public void Step(ImplicitGroup group, int budget) => Guarded(() =>
        Faults.Launch(accelerator, () => Kernel(group.Layout.Species, steps: true)(stream, group.Count, ArgumentsOf(group, budget))));

    /// <inheritdoc/>
    public void Dispose() => Faults.Release(() =>
    {
        Free();
        row?.Dispose();
        stream.Dispose();
    });

    private ImplicitArguments ArgumentsOf(ImplicitGroup group, int budget) => new()
    {
        Memory = memory!.View,
        Controls = controls!.View,
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
    };

    private void Free()
    {
        memory?.Dispose();
        controls?.Dispose();
        table?.Dispose();
        indices?.Dispose();
        (memory, controls, table, indices, Resident) = (null, null, null, null, null);
    }

    private ArrayView<double> Part(ImplicitGroup group, int tile, int first, int count) => memory!.View.AsContiguous().SubView(
        (tile * (long)group.Layout.Length + first) * ImplicitLayout.Tile, count * (long)ImplicitLayout.Tile);

    private Action<AcceleratorStream, Index1D, ImplicitArguments> Kernel(int species, bool steps)
    {
        if (!kernels.TryGetValue((species, steps), out Action<AcceleratorStream, Index1D, ImplicitArguments>? kernel))
        {
            kernels[(species, steps)] = kernel = species switch
            {
                1 => Load<Species1>(steps),
                2 => Load<Species2>(steps),
                3 => Load<Species3>(steps),
                4 => Load<Species4>(steps),
                5 => Load<Species5>(steps),
                6 => Load<Species6>(steps),
                7 => Load<Species7>(steps),
                8 => Load<Species8>(steps),
                _ => throw new DeviceException($"no kernel for {species} species"),
            };
        }
        return kernel;
    }

    private Action<AcceleratorStream, Index1D, ImplicitArguments> Load<TSize>(bool steps)
        where TSize : unmanaged, IBlockSize => steps
            ? accelerator.LoadAutoGroupedKernel<Index1D, ImplicitArguments>(ImplicitKernel.Run<TSize>)
            : accelerator.LoadAutoGroupedKernel<Index1D, ImplicitArguments>(ImplicitKernel.Fluxes<TSize>);

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

    private void Guarded(Action action) => Faults.Guard(accelerator, action);

    private TResult Guarded<TResult>(Func<TResult> action) => Faults.Guard(accelerator, action);
}
#endif
