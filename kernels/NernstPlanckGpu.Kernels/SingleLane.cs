using System.Runtime.CompilerServices;
using ILGPU;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Kernels;

/// <summary>
/// One number of a GPU thread in single precision, for what may carry its rounding: on a consumer's GPU an operation in double precision costs 32
/// or 64 of these. Every operation is a few instructions of the device and none is a call.
/// </summary>
/// <param name="Number">The number.</param>
/// <remarks>Checked by <c>ExplicitKernelTextTests</c>, and against <see cref="ScalarLane"/> by <c>SingleLaneTests</c>.</remarks>
public readonly unsafe record struct SingleLane(float Number) : ILane<SingleLane>, IScalar
{
    // As LaneBits, for 24 bits of mantissa instead of 53.
    private const float Magic = 12582912f, TwoTo23PlusBias = 8388735f;
    private const uint TwoTo23 = 0x4B000000, Bias = 127, MantissaMask = 0x007FFFFF, One = 0x3F800000;

    /// <inheritdoc/>
    public double Value => Number;

    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static double Negligible => 1e-30;

    /// <summary>2^126 is the largest power of two in it.</summary>
    /// <inheritdoc/>
    public static double LargestExponent => 87.0;

    /// <summary>With 9 trailing zero bits: its product with |k| &lt; 2^9 is exact.</summary>
    /// <inheritdoc/>
    public static double Ln2High => 0.693145751953125;

    /// <inheritdoc/>
    public static double Ln2Low => 1.4286068203094172e-06;

    /// <summary>1.5 · 2^23.</summary>
    /// <inheritdoc/>
    public static double RoundingMagic => Magic;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Of(double value) => new((float)value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Load(double* source) => new((float)*source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleLane value, double* target) => *target = value.Number;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator +(SingleLane a, SingleLane b) => new(a.Number + b.Number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator -(SingleLane a, SingleLane b) => new(a.Number - b.Number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator *(SingleLane a, SingleLane b) => new(a.Number * b.Number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator /(SingleLane a, SingleLane b) => new(a.Number / b.Number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator -(SingleLane a) => new(-a.Number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane MultiplyAdd(SingleLane a, SingleLane b, SingleLane c) => new(a.Number * b.Number + c.Number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Sqrt(SingleLane x) => new(MathF.Sqrt(x.Number));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Abs(SingleLane x) => new(IntrinsicMath.Abs(x.Number));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Min(SingleLane a, SingleLane b) => new(a.Number < b.Number ? a.Number : b.Number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Max(SingleLane a, SingleLane b) => new(a.Number > b.Number ? a.Number : b.Number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Where(SingleLane a, SingleLane b, SingleLane ifLess, SingleLane otherwise) =>
        new(a.Number < b.Number ? ifLess.Number : otherwise.Number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Preceding(SingleLane before, SingleLane current) => before;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Following(SingleLane current, SingleLane next) => next;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane PowerOfTwo(SingleLane k) => new(Interop.IntAsFloat((Interop.FloatAsInt(k.Number + Magic) + Bias) << 23));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Exponent(SingleLane x) =>
        new(Interop.IntAsFloat((Interop.FloatAsInt(x.Number) >> 23) | TwoTo23) - TwoTo23PlusBias);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Mantissa(SingleLane x) =>
        new(Interop.IntAsFloat((Interop.FloatAsInt(x.Number) & MantissaMask) | One));
}
