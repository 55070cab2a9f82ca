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
    private readonly Accelerator accelerator;
    private readonly List<MemoryBuffer> owned = [];
    private readonly MemoryBuffer1D<double, Stride1D.Dense> state, conductance, faces, ghosts, valence, workspace;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> ends, interfaceOfFace, order, first, queue;
    private readonly MemoryBuffer1D<InterfaceRecord, Stride1D.Dense> interfaces;
    private readonly MemoryBuffer1D<CircuitConstants, Stride1D.Dense> circuits;
    private readonly MemoryBuffer1D<ProblemClock, Stride1D.Dense> clocks;
    private MemoryBuffer1D<SegmentRecord, Stride1D.Dense>? segments;
    private MemoryBuffer1D<DriveRecord, Stride1D.Dense>? drives;
    private int waiting;

    /// <summary>Takes the memory, and copies what the host has.</summary>
    public DeviceRows(Accelerator accelerator, PackShape shape, ProblemRows rows, ProblemClock[] clocks, long workspace)
    {
        this.accelerator = accelerator;
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
        Order = order.View.AsContiguous().SubView(0, waiting),
        Queue = queue.View.AsContiguous(),
        Workspace = workspace.View.AsContiguous(),
    };

    /// <summary>Problems that are to step, in their order; the queue begins anew.</summary>
    public void Upload(int[] waitingProblems)
    {
        waiting = waitingProblems.Length;
        order.View.SubView(0, waiting).CopyFromCPU(waitingProblems);
        queue.MemSetToZero();
    }

    /// <summary>Clocks.</summary>
    public void Upload(ProblemClock[] from) => clocks.CopyFromCPU(from);

    /// <summary>Segments.</summary>
    public void Upload(SegmentTable table)
    {
        segments?.Dispose();
        drives?.Dispose();
        segments = accelerator.Allocate1D(table.Segments.ToArray());
        drives = accelerator.Allocate1D(table.Drives.ToArray());
        first.CopyFromCPU(table.First);
    }

    /// <summary>Clocks, after a launch.</summary>
    public void Download(ProblemClock[] to) => clocks.CopyToCPU(to);

    /// <summary>States.</summary>
    public void DownloadState(ProblemRows rows) => state.CopyToCPU(rows.State);

    /// <inheritdoc/>
    public void Dispose()
    {
        segments?.Dispose();
        drives?.Dispose();
        foreach (MemoryBuffer buffer in owned) buffer.Dispose();
    }

    private MemoryBuffer1D<T, Stride1D.Dense> Copy<T>(T[] values)
        where T : unmanaged => Own(accelerator.Allocate1D(values));

    private MemoryBuffer1D<T, Stride1D.Dense> Own<T>(MemoryBuffer1D<T, Stride1D.Dense> buffer)
        where T : unmanaged
    {
        owned.Add(buffer);
        return buffer;
    }
}
