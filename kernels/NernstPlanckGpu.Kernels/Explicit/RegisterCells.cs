using System.Runtime.CompilerServices;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>A species in registers.</summary>
public struct RegisterPlace : IPlace
{
    /// <inheritdoc/>
    public double Start { get; set; }

    /// <inheritdoc/>
    public double StartRate { get; set; }

    /// <inheritdoc/>
    public double Previous { get; set; }

    /// <inheritdoc/>
    public double Before { get; set; }

    /// <inheritdoc/>
    public double Conductance { get; set; }
}

/// <summary>A face in registers.</summary>
public struct RegisterFace : IFace
{
    /// <inheritdoc/>
    public double Start { get; set; }

    /// <inheritdoc/>
    public double StartRate { get; set; }

    /// <inheritdoc/>
    public double Previous { get; set; }

    /// <inheritdoc/>
    public double Before { get; set; }

    /// <inheritdoc/>
    public double Resistance { get; set; }

    /// <inheritdoc/>
    public double Weight { get; set; }

    /// <inheritdoc/>
    public double InverseVolume { get; set; }

    /// <inheritdoc/>
    public int Interface { get; set; }
}

/// <summary>Species in registers: their number is part of the type, so that no loop and no index is left to the device.</summary>
public interface ISpeciesList
{
    /// <summary>Does something with every species.</summary>
    /// <param name="action">What.</param>
    /// <param name="cell">Cell.</param>
    /// <param name="first">Index of the list's first species.</param>
    void Each<TAction>(ref TAction action, int cell, int first)
        where TAction : struct, ICellAction;
}

/// <summary>The last species.</summary>
public struct Last : ISpeciesList
{
    private RegisterPlace place;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Each<TAction>(ref TAction action, int cell, int first)
        where TAction : struct, ICellAction => action.Species(cell, first, ref place);
}

/// <summary>A species and the rest.</summary>
public struct And<TRest> : ISpeciesList
    where TRest : struct, ISpeciesList
{
    private RegisterPlace place;
#pragma warning disable CS0649 // written through its own method
    private TRest rest;
#pragma warning restore CS0649

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Each<TAction>(ref TAction action, int cell, int first)
        where TAction : struct, ICellAction
    {
        action.Species(cell, first, ref place);
        rest.Each(ref action, cell, first + 1);
    }
}

/// <summary>One cell per thread, all its numbers in registers.</summary>
public struct RegisterCells<TSpecies> : ICells
    where TSpecies : struct, ISpeciesList
{
    private readonly int cell, row;
    private RegisterFace face;
    private TSpecies species;

    /// <summary>The cell of a thread; threads beyond the last ghost have none.</summary>
    /// <param name="thread">Index of the thread in its group.</param>
    /// <param name="row">Cells and ghosts.</param>
    public RegisterCells(int thread, int row)
    {
        (cell, this.row) = (thread, row);
        face = default;
        species = default;
    }

    /// <inheritdoc/>
    public static int Thread => GroupThreads.Index;

    /// <inheritdoc/>
    public static void Barrier() => GroupThreads.Barrier();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Each<TAction>(ref TAction action)
        where TAction : struct, ICellAction
    {
        if (cell >= row) return;
        action.Begin(cell, ref face);
        species.Each(ref action, cell, 0);
        action.End(cell, ref face);
    }
}
