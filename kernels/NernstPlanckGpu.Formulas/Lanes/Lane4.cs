using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NernstPlanckGpu.Formulas.Lanes;

/// <summary>Four numbers in a 256-bit register.</summary>
/// <param name="Value">The numbers.</param>
public readonly unsafe record struct Lane4(Vector256<double> Value) : ILane<Lane4>
{
    /// <inheritdoc/>
    public static int Width => Vector256<double>.Count;

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
    public static Lane4 Of(double value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Load(double* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane4 value, double* target) => value.Value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator +(Lane4 a, Lane4 b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator -(Lane4 a, Lane4 b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator *(Lane4 a, Lane4 b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator /(Lane4 a, Lane4 b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator -(Lane4 a) => new(-a.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 MultiplyAdd(Lane4 a, Lane4 b, Lane4 c) => new(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Sqrt(Lane4 x) => new(Vector256.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Abs(Lane4 x) => new(Vector256.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Min(Lane4 a, Lane4 b) => new(Vector256.MinNative(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Max(Lane4 a, Lane4 b) => new(Vector256.MaxNative(a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Where(Lane4 a, Lane4 b, Lane4 ifLess, Lane4 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(a.Value, b.Value), ifLess.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Preceding(Lane4 before, Lane4 current)
    {
        if (!Avx.IsSupported)
            return new(Vector256.Create(before.Value[3], current.Value[0], current.Value[1], current.Value[2]));
        Vector256<double> middle = Avx.Permute2x128(before.Value, current.Value, 0x21);
        return new(Avx.Shuffle(middle, current.Value, 0b0101));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Following(Lane4 current, Lane4 next)
    {
        if (!Avx.IsSupported)
            return new(Vector256.Create(current.Value[1], current.Value[2], current.Value[3], next.Value[0]));
        Vector256<double> middle = Avx.Permute2x128(current.Value, next.Value, 0x21);
        return new(Avx.Shuffle(current.Value, middle, 0b0101));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 PowerOfTwo(Lane4 k) =>
        new((((k.Value + Vector256.Create(LaneBits.RoundingMagic)).AsInt64() + Vector256.Create(LaneBits.Bias)) << 52).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Exponent(Lane4 x) =>
        new(((x.Value.AsInt64() >>> 52) | Vector256.Create(LaneBits.TwoTo52)).AsDouble() - Vector256.Create(LaneBits.TwoTo52PlusBias));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Mantissa(Lane4 x) =>
        new(((x.Value.AsInt64() & Vector256.Create(LaneBits.MantissaMask)) | Vector256.Create(LaneBits.One)).AsDouble());
}
