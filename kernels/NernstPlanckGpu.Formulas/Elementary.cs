using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// exp, log, sin, cos and powers for every lane: without a branch, a table or a library, so that a GPU thread and a
/// SIMD lane compute alike. Polynomials are minimax fits (Remez, 40 digits); the bound beside each function is checked by
/// <c>ElementaryTests</c> against an extended-precision reference.
/// </summary>
public static class Elementary
{
    private const double InverseLn2 = 1.4426950408889634;

    private const double InverseHalfPi = 0.6366197723675814;
    private const double HalfPiHigh = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;
    private const double SqrtTwo = 1.4142135623730951;

    /// <summary>x = k ln 2 + r with integral k and |r| ≤ 0.5001 ln 2.</summary>
    /// <param name="x">Number, |x| ≤ 745; of a lane of single precision ≤ 88.</param>
    /// <param name="k">Integral multiple.</param>
    /// <param name="r">Remainder.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReduceByLn2<T>(T x, out T k, out T r)
        where T : unmanaged, ILane<T>
    {
        // Adding 1.5 · 2^52 in the same operation rounds x/ln 2 to the nearest integer. ln 2 is taken off in two parts.
        T magic = T.Of(T.RoundingMagic);
        k = T.MultiplyAdd(x, T.Of(InverseLn2), magic) - magic;
        r = T.MultiplyAdd(k, T.Of(-T.Ln2Low), T.MultiplyAdd(k, T.Of(-T.Ln2High), x));
    }

    /// <summary>
    /// H(r) = (r/2) coth(r/2) for |r| ≤ 0.5001 ln 2, relative error below 1e-18 before rounding. With it
    /// e^r = (H + r/2)/(H − r/2): even in r, so exp and Bernoulli need one polynomial in r².
    /// </summary>
    /// <param name="r">Remainder of <see cref="ReduceByLn2{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T HalfCoth<T>(T r)
        where T : unmanaged, ILane<T>
    {
        T y = r * r;
        return T.MultiplyAdd(y, HalfCothSlope(y), T.Of(1.0));
    }

    /// <summary>H(r) − 1 of <see cref="HalfCoth{T}"/>, to the relative accuracy of the lane: H itself has lost the small number beside 1.</summary>
    /// <param name="r">Remainder of <see cref="ReduceByLn2{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T HalfCothExcess<T>(T r)
        where T : unmanaged, ILane<T>
    {
        T y = r * r;
        return y * HalfCothSlope(y);
    }

    // (H − 1)/r² by y = r².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T HalfCothSlope<T>(T y)
        where T : unmanaged, ILane<T>
    {
        T p = T.MultiplyAdd(y, T.Of(2.0690533848363087e-08), T.Of(-8.266950702002885e-07));
        p = T.MultiplyAdd(y, p, T.Of(3.306878160347411e-05));
        p = T.MultiplyAdd(y, p, T.Of(-0.0013888888888506394));
        return T.MultiplyAdd(y, p, T.Of(0.08333333333333301));
    }

    /// <summary>
    /// e^x; relative error ≤ 6e-16. Arguments are taken into [−708, 709], or what the lane's <see cref="ILane{T}.LargestExponent"/> says, so it
    /// neither overflows nor underflows.
    /// </summary>
    /// <param name="x">Exponent.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : unmanaged, ILane<T>
    {
        ReduceByLn2(T.Min(T.Max(x, T.Of(-T.LargestExponent)), T.Of(T.LargestExponent + 1)), out T k, out T r);
        T h = HalfCoth(r);
        T half = r * T.Of(0.5);
        return T.PowerOfTwo(k) * ((h + half) / (h - half));
    }

    /// <summary>Natural logarithm; relative error ≤ 6e-16 (near 1 too). Range: positive normal numbers.</summary>
    /// <param name="x">Argument, > 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : unmanaged, ILane<T>
    {
        // x = m 2^e with m in [1/sqrt 2, sqrt 2]; log m = 2 atanh s, s = (m − 1)/(m + 1).
        T m = T.Mantissa(x);
        T e = T.Exponent(x);
        T large = T.Where(-m, T.Of(-SqrtTwo), T.Of(1.0), T.Of(0.0));
        m = T.MultiplyAdd(large, m * T.Of(-0.5), m);
        e += large;

        T f = m - T.Of(1.0);
        T s = f / (m + T.Of(1.0));
        T z = s * s;
        T p = T.MultiplyAdd(z, T.Of(0.1479610574016018), T.Of(0.1531403580529279));
        p = T.MultiplyAdd(z, p, T.Of(0.1818356486787043));
        p = T.MultiplyAdd(z, p, T.Of(0.22222198563461004));
        p = T.MultiplyAdd(z, p, T.Of(0.28571428742475147));
        p = T.MultiplyAdd(z, p, T.Of(0.3999999999941432));
        p = T.MultiplyAdd(z, p, T.Of(0.6666666666666734));

        // 2 s = f − s f, so that the leading term f is exact and the rest is a small correction.
        T correction = s * T.MultiplyAdd(z, p, -f);
        return T.MultiplyAdd(e, T.Of(T.Ln2High), T.MultiplyAdd(e, T.Of(T.Ln2Low), correction) + f);
    }

    /// <summary>x^y = e^(y log x) for x > 0; relative error ≤ 1e-15 (1 + |y log x|). For step control and waveforms.</summary>
    /// <param name="x">Base, positive and normal.</param>
    /// <param name="y">Exponent.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Pow<T>(T x, T y)
        where T : unmanaged, ILane<T> => Exp(y * Log(x));

    /// <summary>sin x; absolute error ≤ 3e-16 + 1e-16 |x| up to |x| = 1e6.</summary>
    /// <param name="x">Angle, rad.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sin<T>(T x)
        where T : unmanaged, ILane<T>
    {
        // x = k pi/2 + r. The quadrant k mod 4 chooses between sin r and cos r, and the sign.
        T k = RoundToIntegral(x * T.Of(InverseHalfPi));
        T r = T.MultiplyAdd(k, T.Of(-HalfPiLow), T.MultiplyAdd(k, T.Of(-HalfPiHigh), x));
        // Taken off, not added: see ILane's remarks. Both arguments are exact.
        T quadrant = T.MultiplyAdd(RoundToIntegral((k * T.Of(0.25)) - T.Of(0.375)), T.Of(-4.0), k);
        T parity = T.MultiplyAdd(RoundToIntegral((k * T.Of(0.5)) - T.Of(0.25)), T.Of(-2.0), k);
        T value = T.Where(-parity, T.Of(-0.5), CosNearZero(r), SinNearZero(r));
        return T.Where(-quadrant, T.Of(-1.5), -value, value);
    }

    /// <summary>cos x; absolute error ≤ 3e-16 + 2e-16 |x| up to |x| = 1e6.</summary>
    /// <param name="x">Angle, rad.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cos<T>(T x)
        where T : unmanaged, ILane<T> => Sin(x + T.Of(HalfPiHigh));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SinNearZero<T>(T r)
        where T : unmanaged, ILane<T>
    {
        T y = r * r;
        T p = T.MultiplyAdd(y, T.Of(1.5896666503803103e-10), T.Of(-2.5050755961312262e-08));
        p = T.MultiplyAdd(y, p, T.Of(2.7557313678664775e-06));
        p = T.MultiplyAdd(y, p, T.Of(-0.00019841269829771162));
        p = T.MultiplyAdd(y, p, T.Of(0.00833333333332237));
        p = T.MultiplyAdd(y, p, T.Of(-0.16666666666666632));
        return T.MultiplyAdd(r * y, p, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CosNearZero<T>(T r)
        where T : unmanaged, ILane<T>
    {
        T y = r * r;
        T p = T.MultiplyAdd(y, T.Of(-1.135955933552861e-11), T.Of(2.0875721623751223e-09));
        p = T.MultiplyAdd(y, p, T.Of(-2.7557314340658973e-07));
        p = T.MultiplyAdd(y, p, T.Of(2.4801587289443475e-05));
        p = T.MultiplyAdd(y, p, T.Of(-0.0013888888888874064));
        p = T.MultiplyAdd(y, p, T.Of(0.0416666666666666));
        return T.MultiplyAdd(y * y, p, T.MultiplyAdd(y, T.Of(-0.5), T.Of(1.0)));
    }

    // Adding and taking off 1.5 · 2^52, or the lane's like, rounds to the nearest integer, ties to even.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T RoundToIntegral<T>(T x)
        where T : unmanaged, ILane<T>
    {
        T magic = T.Of(T.RoundingMagic);
        return (x + magic) - magic;
    }
}
