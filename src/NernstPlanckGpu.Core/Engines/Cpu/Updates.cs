using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>What <see cref="StagePasses{T, TPacking}"/> makes of a rate. Offsets address arrays of a whole state.</summary>
internal interface IUpdate<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>New value of a species in a cell.</summary>
    /// <param name="offset">Element.</param>
    /// <param name="inverseVolume">1/V.</param>
    /// <param name="difference">A J of the left face less that of the right one.</param>
    /// <param name="old">Value before.</param>
    T Cell(nint offset, T inverseVolume, T difference, T old);

    /// <summary>New q of a face, from sum z A J.</summary>
    T Charge(nint offset, T current, T old);
}

/// <summary>The rate itself.</summary>
internal readonly struct RateUpdate<T> : IUpdate<T>
    where T : unmanaged, ILane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cell(nint offset, T inverseVolume, T difference, T old) => difference * inverseVolume;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Charge(nint offset, T current, T old) => -current;
}

/// <summary>y + h rate.</summary>
internal readonly struct EulerUpdate<T>(T step) : IUpdate<T>
    where T : unmanaged, ILane<T>
{
    private readonly T step = step;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cell(nint offset, T inverseVolume, T difference, T old) => T.MultiplyAdd(step * inverseVolume, difference, old);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Charge(nint offset, T current, T old) => T.MultiplyAdd(-step, current, old);
}

/// <summary>A later Chebyshev stage; the old value is Y_(j−1), the target may be Y_(j−2).</summary>
internal readonly unsafe struct StageUpdate<T> : IUpdate<T>
    where T : unmanaged, ILane<T>
{
    public required T Rest { get; init; }

    public required T Mu { get; init; }

    public required T Nu { get; init; }

    /// <summary>h mu~.</summary>
    public required T MuTilde { get; init; }

    /// <summary>h gamma~.</summary>
    public required T GammaTilde { get; init; }

    public required double* Start { get; init; }

    public required double* StartRate { get; init; }

    public required double* BeforePrevious { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cell(nint offset, T inverseVolume, T difference, T old) =>
        Combine(offset, T.MultiplyAdd(GammaTilde, T.Load(StartRate + offset), MuTilde * inverseVolume * difference), old);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Charge(nint offset, T current, T old) =>
        Combine(offset, T.MultiplyAdd(GammaTilde, T.Load(StartRate + offset), -(MuTilde * current)), old);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Combine(nint offset, T increment, T old) => Chebyshev<T>.Combine(
        Rest, Mu, Nu, T.Load(Start + offset), old, T.Load(BeforePrevious + offset), increment);
}
