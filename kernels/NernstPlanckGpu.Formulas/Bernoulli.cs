using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// The Bernoulli function B(x) = x/(e^x − 1) of the Scharfetter–Gummel flux, B(0) = 1, with one division and no branch.
/// </summary>
/// <remarks>
/// With a = |x| = k ln 2 + r and H = (r/2) coth(r/2), e^r = (H + r/2)/(H − r/2), so
/// <code>B(a) = a / (2^k e^r − 1) = a (H − r/2) / ((2^k − 1) H + (2^k + 1) r/2).</code>
/// For k = 0 the denominator is r = a without cancellation. Negative arguments follow from B(−a) = B(a) + a.
/// Relative error ≤ 5e-16 over |x| ≤ 700 (<c>BernoulliTests</c>, 1e5 points against extended precision; 4.9e-16 seen in 1e6).
/// Source: D. L. Scharfetter, H. K. Gummel, IEEE Trans. Electron Devices 16, 64 (1969), eq. 6; the form is this project's.
/// </remarks>
public static class Bernoulli
{
    // Below it k = 0 in every lane; 11/32 is itself in every one of them.
    private const double Near = 0.34375;

    /// <summary>B(|x|). Above |x| = 708 the exponential stays at e^708, so the value is below 1e-304 and never 0/0.</summary>
    /// <param name="x">Reduced potential drop, dimensionless.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfMagnitude<T>(T x)
        where T : unmanaged, ILane<T>
    {
        T a = Argument(x);
        Elementary.ReduceByLn2(a, out T k, out T r);
        return OfParts(a, k, r);
    }

    /// <summary>
    /// B(|x|) by a lane of fewer digits, so that only a small part of it carries their rounding: below |x| = 0.34 it is
    /// 1 − |x|/2 + (H − 1) with k = 0, and H − 1 &lt; 0.01 alone is found there. For grids that resolve the double layers that is every face.
    /// </summary>
    /// <remarks>
    /// With a lane of single precision: error ≤ 2.5e-8 x² for |x| ≤ 0.34, relative error ≤ 6e-8 (5 + |x|) beyond, up to |x| = 80
    /// (<c>MixedBernoulliTests</c>). A flux found in single precision as a whole loses 6e-8 of each of two terms that all but cancel.
    /// </remarks>
    /// <typeparam name="T">Lane of the argument and the result.</typeparam>
    /// <typeparam name="TNarrow">Lane that computes.</typeparam>
    /// <param name="x">Reduced potential drop, dimensionless.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfMagnitude<T, TNarrow>(T x)
        where T : unmanaged, ILane<T>, IScalar
        where TNarrow : unmanaged, ILane<TNarrow>, IScalar
    {
        T magnitude = T.Abs(x);
        TNarrow a = Argument(TNarrow.Of(magnitude.Value));
        Elementary.ReduceByLn2(a, out TNarrow k, out TNarrow r);
        T whole = T.Of(OfParts(a, k, r).Value), excess = T.Of(Elementary.HalfCothExcess(r).Value);
        return T.Where(magnitude, T.Of(Near), T.MultiplyAdd(magnitude, T.Of(-0.5), T.Of(1.0)) + excess, whole);
    }

    // What is negligible stands for zero: B differs from 1 by half of it, and a/a replaces 0/0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Argument<T>(T x)
        where T : unmanaged, ILane<T> => T.Min(T.Max(T.Abs(x), T.Of(T.Negligible)), T.Of(T.LargestExponent));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OfParts<T>(T a, T k, T r)
        where T : unmanaged, ILane<T>
    {
        T h = Elementary.HalfCoth(r);
        T half = r * T.Of(0.5);
        T power = T.PowerOfTwo(k);
        T denominator = T.MultiplyAdd(power + T.Of(1.0), half, (power - T.Of(1.0)) * h);
        return a * (h - half) / denominator;
    }

    /// <summary>B(x) for either sign, from B(|x|).</summary>
    /// <param name="x">Reduced potential drop, dimensionless.</param>
    /// <param name="ofMagnitude">B(|x|) of <see cref="OfMagnitude{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FromMagnitude<T>(T x, T ofMagnitude)
        where T : unmanaged, ILane<T> => ofMagnitude + T.Max(-x, T.Of(0.0));

    /// <summary>
    /// Slopes B'(x) = B(x) (1 − B(−x))/x and B'(−x), for the Jacobian. Near 0, where that is 0/0, the series −1/2 + x/6 − x³/180 + x⁵/5040.
    /// Their sum is −1, but far out neither may be taken from the other: beside a concentration e^x times as large nothing of it would be left.
    /// </summary>
    /// <param name="x">Reduced potential drop, dimensionless.</param>
    /// <param name="ofMagnitude">B(|x|) of <see cref="OfMagnitude{T}"/>.</param>
    /// <param name="slope">B'(x), in (−1, 0); relative error ≤ 4e-14 (<c>BernoulliSlopeTests</c>).</param>
    /// <param name="opposite">B'(−x), likewise.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Slopes<T>(T x, T ofMagnitude, out T slope, out T opposite)
        where T : unmanaged, ILane<T>
    {
        T near = T.Of(0.02), one = T.Of(1.0), magnitude = T.Abs(x), square = x * x;
        T series = T.MultiplyAdd(square, T.Of(1.0 / 5040), T.Of(-1.0 / 180));
        series = T.MultiplyAdd(x, T.MultiplyAdd(square, series, T.Of(1.0 / 6)), T.Of(-0.5));
        T inverse = one / T.Where(magnitude, near, one, x);
        T plus = FromMagnitude(x, ofMagnitude), minus = FromMagnitude(-x, ofMagnitude);
        slope = T.Where(magnitude, near, series, plus * ((one - minus) * inverse));
        opposite = T.Where(magnitude, near, -(one + series), minus * ((plus - one) * inverse));
    }
}
