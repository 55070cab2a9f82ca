using ILGPU;
using ILGPU.Runtime;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Kernels.Explicit;

namespace NernstPlanckGpu.Gpu.Explicit;

/// <summary>The tables of rkc2 in a device's memory, for all batches.</summary>
internal sealed class DeviceTables(Accelerator accelerator) : IDisposable
{
    /// <summary>Coefficients of all stages.</summary>
    public MemoryBuffer1D<StageRecord, Stride1D.Dense> Stages { get; } = accelerator.Allocate1D(StageTable.Stages);

    /// <summary>Stability intervals.</summary>
    public MemoryBuffer1D<double, Stride1D.Dense> Stability { get; } = accelerator.Allocate1D(StageTable.Stability);

    /// <inheritdoc/>
    public void Dispose()
    {
        Stages.Dispose();
        Stability.Dispose();
    }
}

/// <summary>The memory of a device that a portion takes.</summary>
internal sealed class DeviceRows : IDisposable
{
    private readonly AcceleratorStream stream;
    private readonly List<MemoryBuffer> owned = [];
    private readonly MemoryBuffer1D<double, Stride1D.Dense> state, conductance, faces, ghosts, valence, workspace;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> ends, interfaceOfFace, order, first, queue;
    private readonly MemoryBuffer1D<InterfaceRecord, Stride1D.Dense> interfaces;
    private readonly MemoryBuffer1D<CircuitConstants, Stride1D.Dense> circuits;
    private readonly MemoryBuffer1D<ProblemClock, Stride1D.Dense> clocks;
    private MemoryBuffer1D<double, Stride1D.Dense>? fluxes;
    private MemoryBuffer1D<SegmentRecord, Stride1D.Dense>? segments;
    private MemoryBuffer1D<DriveRecord, Stride1D.Dense>? drives;
    private int waiting;

    /// <summary>Takes the memory, and copies what the host has.</summary>
    /// <param name="stream">In which all that concerns them is done, one after the other.</param>
    /// <param name="shape">Shape.</param>
    /// <param name="rows">Numbers of the host.</param>
    /// <param name="clocks">Clocks.</param>
    /// <param name="workspace">Numbers of workspace of all groups.</param>
    public DeviceRows(AcceleratorStream stream, PackShape shape, ProblemRows rows, ProblemClock[] clocks, long workspace)
    {
        this.stream = stream;
        Accelerator accelerator = stream.Accelerator;
        int[] itemOfFace = [.. Enumerable.Range(0, shape.Cells + 2).Select(face => Array.IndexOf(shape.InterfaceFaces, face))];
        state = Copy(rows.State);
        conductance = Copy(rows.Conductance);
        faces = Copy(rows.Faces);
        ghosts = Copy(rows.Ghosts);
        ends = Copy(rows.Ends);
        interfaces = Copy(rows.Interfaces);
        interfaceOfFace = Copy(itemOfFace);
        valence = Copy(shape.Valence);
        circuits = Copy(rows.Circuits);
        this.clocks = Copy(clocks);
        order = Own(accelerator.Allocate1D<int>(clocks.Length));
        first = Own(accelerator.Allocate1D<int>(clocks.Length));
        queue = Own(accelerator.Allocate1D<int>(1));
        this.workspace = Own(accelerator.Allocate1D<double>(workspace));
    }

    /// <summary>What the kernel is given.</summary>
    public BatchViews Views(DeviceTables tables) => new()
    {
        State = state.View.AsContiguous(),
        Conductance = conductance.View.AsContiguous(),
        Faces = faces.View.AsContiguous(),
        Ghosts = ghosts.View.AsContiguous(),
        Ends = ends.View.AsContiguous(),
        Interfaces = interfaces.View.AsContiguous(),
        InterfaceOfFace = interfaceOfFace.View.AsContiguous(),
        Valence = valence.View.AsContiguous(),
        Circuits = circuits.View.AsContiguous(),
        FirstSegment = first.View.AsContiguous(),
        Segments = segments!.View.AsContiguous(),
        Drives = drives!.View.AsContiguous(),
        Stages = tables.Stages.View.AsContiguous(),
        Stability = tables.Stability.View.AsContiguous(),
        Clocks = clocks.View.AsContiguous(),
        // Only what gathers touches them.
        Fluxes = (fluxes ?? workspace).View.AsContiguous(),
        Order = order.View.AsContiguous().SubView(0, waiting),
        Queue = queue.View.AsContiguous(),
        Workspace = workspace.View.AsContiguous(),
    };

    /// <summary>Problems that are to step, in their order; the queue begins anew.</summary>
    public void Upload(int[] waitingProblems)
    {
        waiting = waitingProblems.Length;
        order.View.SubView(0, waiting).CopyFromCPU(stream, waitingProblems);
        queue.MemSetToZero(stream);
    }

    /// <summary>Clocks.</summary>
    public void Upload(ProblemClock[] from) => clocks.CopyFromCPU(stream, from);

    /// <summary>Segments.</summary>
    public void Upload(SegmentTable table)
    {
        segments?.Dispose();
        drives?.Dispose();
        segments = stream.Allocate(table.Segments.ToArray());
        drives = stream.Allocate(table.Drives.ToArray());
        first.CopyFromCPU(stream, table.First);
    }

    /// <summary>Clocks, after a launch.</summary>
    public void Download(ProblemClock[] to) => clocks.CopyToCPU(stream, to);

    /// <summary>States.</summary>
    public void DownloadState(ProblemRows rows) => state.CopyToCPU(stream, rows.State);

    /// <summary>Makes room for fluxes that are to be gathered.</summary>
    /// <param name="numbers">How many.</param>
    public void NeedFluxes(long numbers) => fluxes ??= Own(stream.Accelerator.Allocate1D<double>(numbers));

    /// <summary>Fluxes that were gathered.</summary>
    public void DownloadFluxes(ProblemRows rows) => fluxes!.CopyToCPU(stream, rows.Fluxes);

    /// <inheritdoc/>
    public void Dispose()
    {
        segments?.Dispose();
        drives?.Dispose();
        foreach (MemoryBuffer buffer in owned) buffer.Dispose();
    }

    private MemoryBuffer1D<T, Stride1D.Dense> Copy<T>(T[] values)
        where T : unmanaged => Own(stream.Allocate(values));

    private MemoryBuffer1D<T, Stride1D.Dense> Own<T>(MemoryBuffer1D<T, Stride1D.Dense> buffer)
        where T : unmanaged
    {
        owned.Add(buffer);
        return buffer;
    }
}
