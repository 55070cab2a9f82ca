using ILGPU;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>The numbers of one unknown in one cell, or on one face, through a step.</summary>
public interface IUnknown
{
    /// <summary>Y_0, the last accepted value.</summary>
    double Start { get; set; }

    /// <summary>F_0.</summary>
    double StartRate { get; set; }

    /// <summary>Y_(j−1), from which a stage is evaluated.</summary>
    double Previous { get; set; }

    /// <summary>Y_(j−2); at the end of a step its rate.</summary>
    double Before { get; set; }
}

/// <summary>A species in a cell.</summary>
public interface IPlace : IUnknown
{
    /// <summary>K of the face on its right, m³/s.</summary>
    double Conductance { get; set; }
}

/// <summary>The face on the right of a cell, and what does not depend on the species; the unknown is q.</summary>
public interface IFace : IUnknown
{
    /// <summary>b, 1/mol.</summary>
    double Resistance { get; set; }

    /// <summary>w, 1/mol.</summary>
    double Weight { get; set; }

    /// <summary>1/V of the cell, 1/m³.</summary>
    double InverseVolume { get; set; }

    /// <summary>Interface at the face; −1: none.</summary>
    int Interface { get; set; }
}

/// <summary>What is done in each cell that a thread looks after: begin, every species, end.</summary>
public interface ICellAction
{
    /// <summary>Before the species.</summary>
    /// <param name="cell">0 … n + 1.</param>
    /// <param name="face">Its right face.</param>
    void Begin<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace;

    /// <summary>A species.</summary>
    /// <param name="cell">0 … n + 1.</param>
    /// <param name="species">0 … S − 1.</param>
    /// <param name="place">Its numbers.</param>
    void Species<TPlace>(int cell, int species, ref TPlace place)
        where TPlace : struct, IPlace;

    /// <summary>After the species.</summary>
    /// <param name="cell">0 … n + 1.</param>
    /// <param name="face">Its right face.</param>
    void End<TFace>(int cell, ref TFace face)
        where TFace : struct, IFace;
}

/// <summary>The threads that a problem's cells are shared out to.</summary>
public interface IThreads
{
    /// <summary>Index of the thread that asks.</summary>
    static abstract int Index { get; }

    /// <summary>How many they are.</summary>
    static abstract int Count { get; }

    /// <summary>Each waits here for all the others.</summary>
    static abstract void Barrier();
}

/// <summary>A group of the device.</summary>
public readonly struct GroupThreads : IThreads
{
    /// <inheritdoc/>
    public static int Index => Group.IdxX;

    /// <inheritdoc/>
    public static int Count => Group.DimX;

    /// <inheritdoc/>
    public static void Barrier() => Group.Barrier();
}

/// <summary>
/// One thread alone, which waits for nobody: for processors behind OpenCL. There a barrier is no instruction: the compiler cuts the kernel at each and
/// loops over the threads of every piece, which takes PoCL 6 minutes and gives slow code.
/// </summary>
public readonly struct OneThread : IThreads
{
    /// <inheritdoc/>
    public static int Index => 0;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static void Barrier()
    {
    }
}

/// <summary>The cells that a thread looks after, wherever their numbers are kept.</summary>
public interface ICells
{
    /// <summary>Index of the thread among those of the problem.</summary>
    static abstract int Thread { get; }

    /// <summary>Each thread of the problem waits here for all the others.</summary>
    static abstract void Barrier();

    /// <summary>Does something in each of them.</summary>
    /// <param name="action">What.</param>
    void Each<TAction>(ref TAction action)
        where TAction : struct, ICellAction;
}
