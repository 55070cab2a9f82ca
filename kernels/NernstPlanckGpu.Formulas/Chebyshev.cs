using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// Coefficients of the second-order Runge–Kutta–Chebyshev method with s stages, made stage by stage:
/// <code>Y_1 = Y_0 + mu~_1 h F_0
/// Y_j = (1 − mu_j − nu_j) Y_0 + mu_j Y_(j−1) + nu_j Y_(j−2) + mu~_j h F_(j−1) + gamma~_j h F_0,   j = 2 … s.</code>
/// </summary>
/// <remarks>
/// Source: B. P. Sommeijer, L. F. Shampine, J. G. Verwer, J. Comput. Appl. Math. 88, 315 (1998), eqs. 2.2 to 2.6, with
/// b_0 = b_1 = b_2. Damping eps = 2 instead of their 2/13: with it fronts of concentration stay positive and currents right;
/// the stability interval is 0.537 s² instead of 0.653 s². Checked by <c>ChebyshevTests</c>.
/// </remarks>
public struct Chebyshev<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Damping of the stability polynomial.</summary>
    public const double Damping = 2.0;

    private T w0, w1;
    private T value, previousValue, slope, previousSlope, curvature, previousCurvature;
    private T b, previousB, previousA, previousTime, time;

    /// <summary>Coefficient of Y_(j−1).</summary>
    public T Mu { get; private set; }

    /// <summary>Coefficient of Y_(j−2).</summary>
    public T Nu { get; private set; }

    /// <summary>Coefficient of h F_(j−1).</summary>
    public T MuTilde { get; private set; }

    /// <summary>Coefficient of h F_0.</summary>
    public T GammaTilde { get; private set; }

    /// <summary>Time of the stage within the step, in steps: c_j.</summary>
    public readonly T Time => time;

    /// <summary>w_0 = 1 + eps/s².</summary>
    /// <param name="stages">s ≥ 2, as a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Shift(T stages) => T.MultiplyAdd(T.Of(Damping), T.Of(1.0) / (stages * stages), T.Of(1.0));

    /// <summary>Stability interval beta = (w_0 + 1) T''_s(w_0)/T'_s(w_0): the method is stable for h rho ≤ beta.</summary>
    /// <param name="shift">w_0 of <see cref="Shift"/>.</param>
    /// <param name="curvatureOverSlope">T''_s/T'_s at w_0 of <see cref="CurvatureOverSlope"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T StabilityInterval(T shift, T curvatureOverSlope) => (shift + T.Of(1.0)) * curvatureOverSlope;

    /// <summary>T''_s(w_0)/T'_s(w_0) in closed form, T_s(cosh t) = cosh(s t); its inverse is w_1.</summary>
    /// <param name="stages">s ≥ 2, as a number.</param>
    /// <remarks>T' = s sinh(s t)/sinh t and T'' = (s² cosh(s t) − cosh t T')/sinh² t.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CurvatureOverSlope(T stages)
    {
        // cosh t − 1 = eps/s² =: d; sinh² t = d (2 + d); t = log(1 + d + sinh t).
        T d = T.Of(Damping) / (stages * stages);
        T sinhSquared = d * (d + T.Of(2.0));
        T sinh = T.Sqrt(sinhSquared);
        T exponential = Elementary.Exp(stages * Elementary.Log(T.Of(1.0) + (d + sinh)));
        T inverse = T.Of(1.0) / exponential;
        T coth = (exponential + inverse) / (exponential - inverse);
        return (stages * coth * sinh - (T.Of(1.0) + d)) / sinhSquared;
    }

    /// <summary>Begins a step: afterwards the properties hold stage 1 (Y_1 = Y_0 + MuTilde h F_0).</summary>
    /// <param name="stages">s ≥ 2, as a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Chebyshev<T> Begin(T stages)
    {
        Chebyshev<T> c = default;
        T one = T.Of(1.0), zero = T.Of(0.0);
        c.w0 = Shift(stages);
        c.w1 = one / CurvatureOverSlope(stages);
        (c.value, c.previousValue) = (c.w0, one);
        (c.slope, c.previousSlope) = (one, zero);
        (c.curvature, c.previousCurvature) = (zero, zero);
        T half = T.Of(0.5) / c.w0;
        c.b = c.previousB = half * half;
        c.previousA = one - c.b * c.w0;
        c.MuTilde = c.b * c.w1;
        (c.Mu, c.Nu, c.GammaTilde) = (one, zero, zero);
        (c.previousTime, c.time) = (zero, c.MuTilde);
        return c;
    }

    /// <summary>Goes on to the next stage.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next()
    {
        T two = T.Of(2.0);
        T nextValue = two * w0 * value - previousValue;
        T nextSlope = two * T.MultiplyAdd(w0, slope, value) - previousSlope;
        T nextCurvature = two * T.MultiplyAdd(w0, curvature, slope + slope) - previousCurvature;
        T nextB = nextCurvature / (nextSlope * nextSlope);

        Mu = two * w0 * (nextB / b);
        Nu = -(nextB / previousB);
        MuTilde = two * w1 * (nextB / b);
        GammaTilde = -(previousA * MuTilde);
        T nextTime = T.MultiplyAdd(Mu, time, T.MultiplyAdd(Nu, previousTime, MuTilde + GammaTilde));

        (previousTime, time) = (time, nextTime);
        (previousB, b) = (b, nextB);
        previousA = T.Of(1.0) - nextB * nextValue;
        (previousValue, value) = (value, nextValue);
        (previousSlope, slope) = (slope, nextSlope);
        (previousCurvature, curvature) = (curvature, nextCurvature);
    }

    /// <summary>One stage of one unknown.</summary>
    /// <param name="rest">1 − mu − nu.</param>
    /// <param name="mu">mu.</param>
    /// <param name="nu">nu.</param>
    /// <param name="start">Y_0.</param>
    /// <param name="previous">Y_(j−1).</param>
    /// <param name="beforePrevious">Y_(j−2).</param>
    /// <param name="increment">mu~ h F_(j−1) + gamma~ h F_0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine(T rest, T mu, T nu, T start, T previous, T beforePrevious, T increment) =>
        T.MultiplyAdd(mu, previous, T.MultiplyAdd(nu, beforePrevious, T.MultiplyAdd(rest, start, increment)));
}
