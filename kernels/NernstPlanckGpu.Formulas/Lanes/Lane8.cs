using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NernstPlanckGpu.Formulas.Lanes;

/// <summary>Eight numbers in a 512-bit register.</summary>
/// <param name="Value">The numbers.</param>
public readonly unsafe record struct Lane8(Vector512<double> Value) : ILane<Lane8>
{
    /// <inheritdoc/>
    public static int Width => Vector512<double>.Count;

    /// <inheritdoc/>
    public static double Negligible => LaneBits.Negligible;

    /// <inheritdoc/>
    public static double LargestExponent => LaneBits.LargestExponent;

    /// <inheritdoc/>
    public static double Ln2High => LaneBits.Ln2High;

    /// <inheritdoc/>
    public static double Ln2Low => LaneBits.Ln2Low;

    /// <inheritdoc/>
    public static double RoundingMagic => LaneBits.RoundingMagic;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Of(double value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Load(double* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane8 value, double* target) => value.Value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator +(Lane8 a, Lane8 b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator -(Lane8 a, Lane8 b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator *(Lane8 a, Lane8 b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator /(Lane8 a, Lane8 b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator -(Lane8 a) => new(-a.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 MultiplyAdd(Lane8 a, Lane8 b, Lane8 c) => new(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Sqrt(Lane8 x) => new(Vector512.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Abs(Lane8 x) => new(Vector512.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Min(Lane8 a, Lane8 b) => new(Vector512.MinNative(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Max(Lane8 a, Lane8 b) => new(Vector512.MaxNative(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Where(Lane8 a, Lane8 b, Lane8 ifLess, Lane8 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(a.Value, b.Value), ifLess.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Preceding(Lane8 before, Lane8 current) => Avx512F.IsSupported
        ? new(Avx512F.AlignRight64(current.Value.AsInt64(), before.Value.AsInt64(), 7).AsDouble())
        : new(Vector512.Create(
            before.Value[7], current.Value[0], current.Value[1], current.Value[2],
            current.Value[3], current.Value[4], current.Value[5], current.Value[6]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Following(Lane8 current, Lane8 next) => Avx512F.IsSupported
        ? new(Avx512F.AlignRight64(next.Value.AsInt64(), current.Value.AsInt64(), 1).AsDouble())
        : new(Vector512.Create(
            current.Value[1], current.Value[2], current.Value[3], current.Value[4],
            current.Value[5], current.Value[6], current.Value[7], next.Value[0]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 PowerOfTwo(Lane8 k) =>
        new((((k.Value + Vector512.Create(LaneBits.RoundingMagic)).AsInt64() + Vector512.Create(LaneBits.Bias)) << 52).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Exponent(Lane8 x) =>
        new(((x.Value.AsInt64() >>> 52) | Vector512.Create(LaneBits.TwoTo52)).AsDouble() - Vector512.Create(LaneBits.TwoTo52PlusBias));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Mantissa(Lane8 x) =>
        new(((x.Value.AsInt64() & Vector512.Create(LaneBits.MantissaMask)) | Vector512.Create(LaneBits.One)).AsDouble());
}
