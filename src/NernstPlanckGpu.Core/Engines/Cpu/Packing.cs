using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// What the places of a SIMD lane stand for. Arrays are [index][problem of the pack], so neighbours lie
/// <see cref="Problems"/> elements apart and the passes over them are the same code either way.
/// </summary>
internal unsafe interface IPacking<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Problems in a pack.</summary>
    static abstract int Problems { get; }

    /// <summary>A number per problem, spread over the lane.</summary>
    static abstract T Spread(double* perProblem);

    /// <summary>What lies one index before <paramref name="current"/>, given what stood a lane before it.</summary>
    static abstract T Preceding(T before, T current);

    /// <summary>What lies one index after <paramref name="current"/>, given what stands a lane after it.</summary>
    static abstract T Following(T current, T next);
}

/// <summary>Consecutive cells of one problem.</summary>
internal readonly unsafe struct AcrossCells<T> : IPacking<T>
    where T : unmanaged, ILane<T>
{
    public static int Problems => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Spread(double* perProblem) => T.Of(*perProblem);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Preceding(T before, T current) => T.Preceding(before, current);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Following(T current, T next) => T.Following(current, next);
}

/// <summary>The same cell of as many problems as the lane is wide.</summary>
internal readonly unsafe struct AcrossProblems<T> : IPacking<T>
    where T : unmanaged, ILane<T>
{
    public static int Problems => T.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Spread(double* perProblem) => T.Load(perProblem);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Preceding(T before, T current) => before;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Following(T current, T next) => next;
}
