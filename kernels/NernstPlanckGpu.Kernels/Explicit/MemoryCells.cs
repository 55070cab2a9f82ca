using System.Runtime.CompilerServices;
using ILGPU;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>An unknown in the device's memory: four rows of a group's workspace, and constants where the batch has them.</summary>
/// <param name="workspace">Workspace of the group.</param>
/// <param name="at">Index of the unknown's Y_0.</param>
/// <param name="row">Numbers from row to row.</param>
/// <param name="constants">Conductances of the batch; those of faces.</param>
/// <param name="constant">Index of this face's first constant.</param>
/// <param name="interfaces">Interface of each face.</param>
/// <param name="cell">Cell.</param>
public struct MemoryUnknown(
    ArrayView<double> workspace, int at, int row, ArrayView<double> constants, long constant, ArrayView<int> interfaces, int cell) : IPlace, IFace
{
    /// <inheritdoc/>
    public double Start
    {
        readonly get => workspace[at];
        set => workspace[at] = value;
    }

    /// <inheritdoc/>
    public double StartRate
    {
        readonly get => workspace[at + row];
        set => workspace[at + row] = value;
    }

    /// <inheritdoc/>
    public double Previous
    {
        readonly get => workspace[at + 2 * row];
        set => workspace[at + 2 * row] = value;
    }

    /// <inheritdoc/>
    public double Before
    {
        readonly get => workspace[at + 3 * row];
        set => workspace[at + 3 * row] = value;
    }

    /// <inheritdoc/>
    /// <remarks>Constants stay where the batch has them; setting them does nothing.</remarks>
    public double Conductance
    {
        readonly get => constants[constant];
        set { }
    }

    /// <inheritdoc/>
    public double Resistance
    {
        readonly get => constants[constant];
        set { }
    }

    /// <inheritdoc/>
    public double Weight
    {
        readonly get => constants[constant + row];
        set { }
    }

    /// <inheritdoc/>
    public double InverseVolume
    {
        readonly get => constants[constant + 2 * row];
        set { }
    }

    /// <inheritdoc/>
    public int Interface
    {
        readonly get => interfaces[cell];
        set { }
    }
}

/// <summary>Cells in the device's memory, every so many of them to a thread: for problems that no group holds in its registers.</summary>
/// <param name="batch">Batch.</param>
/// <param name="workspace">Workspace of the group.</param>
/// <param name="problem">Problem.</param>
/// <param name="shape">Shape.</param>
/// <typeparam name="TThreads">Threads of the problem.</typeparam>
public readonly struct MemoryCells<TThreads>(BatchViews batch, ArrayView<double> workspace, int problem, BatchShape shape) : ICells
    where TThreads : struct, IThreads
{
    /// <inheritdoc/>
    public static int Thread => TThreads.Index;

    /// <summary>Numbers of a group's workspace for the unknowns.</summary>
    /// <param name="shape">Shape.</param>
    public static int Words(in BatchShape shape) => 4 * (shape.Species + 1) * shape.Row;

    /// <inheritdoc/>
    public static void Barrier() => TThreads.Barrier();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Each<TAction>(ref TAction action)
        where TAction : struct, ICellAction
    {
        int row = shape.Row;
        for (int cell = TThreads.Index; cell < row; cell += TThreads.Count)
        {
            MemoryUnknown face = new(
                workspace, 4 * shape.Species * row + cell, row, batch.Faces, 4L * problem * row + cell, batch.InterfaceOfFace, cell);
            action.Begin(cell, ref face);
            for (int s = 0; s < shape.Species; s++)
            {
                MemoryUnknown place = new(
                    workspace, 4 * s * row + cell, row, batch.Conductance, ((long)problem * shape.Species + s) * row + cell, batch.InterfaceOfFace, cell);
                action.Species(cell, s, ref place);
            }
            action.End(cell, ref face);
        }
    }
}
