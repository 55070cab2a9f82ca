using ILGPU;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>An operation that a group does over all of its threads.</summary>
public interface IReduction
{
    /// <summary>What changes nothing.</summary>
    static abstract double Neutral { get; }

    /// <summary>Of two numbers.</summary>
    static abstract double Of(double a, double b);
}

/// <summary>a + b.</summary>
public readonly struct Sum : IReduction
{
    /// <inheritdoc/>
    public static double Neutral => 0;

    /// <inheritdoc/>
    public static double Of(double a, double b) => a + b;
}

/// <summary>The larger; b where a is not a number.</summary>
public readonly struct Largest : IReduction
{
    /// <inheritdoc/>
    public static double Neutral => 0;

    /// <inheritdoc/>
    public static double Of(double a, double b) => a > b ? a : b;
}

/// <summary>The smaller; b where a is not a number.</summary>
public readonly struct Smallest : IReduction
{
    /// <inheritdoc/>
    public static double Neutral => double.PositiveInfinity;

    /// <inheritdoc/>
    public static double Of(double a, double b) => a < b ? a : b;
}

/// <summary>
/// What the threads of a group tell each other: concentrations for the neighbour on the left, fluxes for the one on the right, and
/// numbers to be added up. It lies in the group's own memory, or in the device's where that is too small.
/// </summary>
/// <param name="numbers">Memory, <see cref="Words"/> long.</param>
/// <param name="shape">Shape of the batch.</param>
/// <param name="thread">Index of the thread in the group.</param>
/// <param name="threads">Threads of the group.</param>
public readonly struct GroupMemory(ArrayView<double> numbers, BatchShape shape, int thread, int threads)
{
    // In groups of 32 or more, one vector of threads adds up into so many, and each thread adds those: two barriers, which a stage has anyway.
    private const int Folds = 8;

    private readonly int width = shape.Row + 1;

    /// <summary>Numbers that a group needs.</summary>
    /// <param name="shape">Shape.</param>
    /// <param name="threads">Threads of the group.</param>
    public static int Words(in BatchShape shape, int threads) => (2 * shape.Species * (shape.Row + 1)) + (2 * threads) + (2 * Folds) + 3 + (2 * shape.Drives);

    /// <summary>Concentration of a species in a cell, 0 … n + 2; the last is a pad of 0.</summary>
    public ref double Concentration(int species, int cell) => ref numbers[(species * width) + cell];

    /// <summary>Flux through the left face of a cell, 0 … n + 2; the first is a pad of 0.</summary>
    public ref double LeftFlux(int species, int cell) => ref numbers[((shape.Species + species) * width) + cell];

    /// <summary>What a thread gives to a reduction; there are two at a time.</summary>
    public ref double Given(int which, int giver) => ref numbers[(2 * shape.Species * width) + (which * threads) + giver];

    /// <summary>Charges at the ends, for walls whose charge is given: left, right, and that of the right reservoir.</summary>
    public ref double EndCharge(int which) => ref numbers[(2 * shape.Species * width) + (2 * threads) + (2 * Folds) + which];

    /// <summary>Values of the drives at the time of a state; of two states, so that one can be read while the other is written.</summary>
    public ref double DriveValue(int state, int drive) => ref numbers[(2 * shape.Species * width) + (2 * threads) + (2 * Folds) + 3 + (state * shape.Drives) + drive];

    /// <summary>Index of the thread in the group.</summary>
    public int Thread => thread;

    /// <summary>Threads of the group.</summary>
    public int Threads => threads;

    /// <summary>Sets what nobody writes later.</summary>
    public void Clear()
    {
        for (int e = thread; e < 2 * shape.Species * width; e += threads) numbers[e] = 0;
    }

    /// <summary>Between two barriers: the first threads each reduce a part of what all have given.</summary>
    /// <param name="which">0 or 1.</param>
    public void Fold<TReduction>(int which)
        where TReduction : struct, IReduction
    {
        for (int first = thread; first < Folds; first += threads)
        {
            double result = TReduction.Neutral;
            for (int giver = first; giver < threads; giver += Folds) result = TReduction.Of(Given(which, giver), result);
            Folded(which, first) = result;
        }
    }

    /// <summary>After the second barrier: the result, the same bits for every thread.</summary>
    /// <param name="which">0 or 1.</param>
    public double Result<TReduction>(int which)
        where TReduction : struct, IReduction
    {
        double result = TReduction.Neutral;
        for (int i = 0; i < Folds; i++) result = TReduction.Of(Folded(which, i), result);
        return result;
    }

    private ref double Folded(int which, int part) => ref numbers[(2 * shape.Species * width) + (2 * threads) + (which * Folds) + part];
}
