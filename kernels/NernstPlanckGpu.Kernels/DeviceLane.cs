using System.Runtime.CompilerServices;
using ILGPU;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Kernels;

/// <summary>One number of a GPU thread. Every operation is a few instructions of the device and none is a call.</summary>
/// <param name="Value">The number.</param>
/// <remarks>
/// ILGPU makes abs.f64 of <see cref="IntrinsicMath.Abs(double)"/>, sqrt.rn.f64 of <see cref="Math.Sqrt"/> and a move between
/// registers of <see cref="Interop"/>. It makes a call of an undefined function of Math.FusedMultiplyAdd, without a word; its
/// mul.f64 and add.f64 have no rounding modifier, so that the driver's compiler may fuse them.
/// Checked by <c>PtxTests</c>, and against <see cref="ScalarLane"/> by <c>DeviceLaneTests</c>.
/// </remarks>
public readonly unsafe record struct DeviceLane(double Value) : ILane<DeviceLane>, IScalar
{
    /// <inheritdoc/>
    public static int Width => 1;

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
    public static DeviceLane Of(double value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Load(double* source) => new(*source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DeviceLane value, double* target) => *target = value.Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane operator +(DeviceLane a, DeviceLane b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane operator -(DeviceLane a, DeviceLane b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane operator *(DeviceLane a, DeviceLane b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane operator /(DeviceLane a, DeviceLane b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane operator -(DeviceLane a) => new(-a.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane MultiplyAdd(DeviceLane a, DeviceLane b, DeviceLane c) => new(a.Value * b.Value + c.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Sqrt(DeviceLane x) => new(Math.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Abs(DeviceLane x) => new(IntrinsicMath.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Min(DeviceLane a, DeviceLane b) => new(a.Value < b.Value ? a.Value : b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Max(DeviceLane a, DeviceLane b) => new(a.Value > b.Value ? a.Value : b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Where(DeviceLane a, DeviceLane b, DeviceLane ifLess, DeviceLane otherwise) =>
        new(a.Value < b.Value ? ifLess.Value : otherwise.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Preceding(DeviceLane before, DeviceLane current) => before;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Following(DeviceLane current, DeviceLane next) => next;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane PowerOfTwo(DeviceLane k) =>
        new(Interop.IntAsFloat((Interop.FloatAsInt(k.Value + LaneBits.RoundingMagic) + LaneBits.Bias) << 52));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Exponent(DeviceLane x) =>
        new(Interop.IntAsFloat((Interop.FloatAsInt(x.Value) >> 52) | LaneBits.TwoTo52) - LaneBits.TwoTo52PlusBias);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane Mantissa(DeviceLane x) =>
        new(Interop.IntAsFloat((Interop.FloatAsInt(x.Value) & LaneBits.MantissaMask) | LaneBits.One));
}
