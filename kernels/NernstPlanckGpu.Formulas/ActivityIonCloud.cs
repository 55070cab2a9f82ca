using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// Activity coefficients from the clouds of ions around an ion, the extended law of Debye and Hückel and that of Davies in one form:
/// <code>ln gamma = −A [r/(1 + beta r) − b I],   r = sqrt(I),   I = ½ Σ z² c/1000 in mol/L,</code>
/// A = ln 10 · z² A_DH. Debye–Hückel has beta = B a and b = 0, Davies beta = 1 and b = 0.3.
/// </summary>
/// <remarks>
/// The root has an infinite slope at I = 0, where a Jacobian would be lost. So r = I/(I² + I_0²)^¼ with I_0 = 1e-7 mol/L, the ionic
/// strength of water by itself, which no species counts: smooth and odd, its slope at 0 is 1/sqrt(I_0), and at 1e-3 mol/L it is
/// 2.5e-9 of itself below sqrt(I). A concentration that is negative by rounding does no harm.
/// Sources: Debye and Hückel, Phys. Z. 24, 185 (1923); Davies, Ion Association (1962), p. 41. Checked by <c>ActivityFormulaTests</c>
/// and <c>ActivityTests</c> (reference 10).
/// </remarks>
public static class ActivityIonCloud
{
    /// <summary>b of Davies, L/mol.</summary>
    public const double DaviesSlope = 0.3;

    // I_0² in (mol/L)².
    private const double OwnStrengthSquared = 1e-14;

    /// <summary>r = sqrt(I), smooth through 0, in (mol/L)^½.</summary>
    /// <param name="strength">I, mol/L.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Root<T>(T strength)
        where T : unmanaged, ILane<T> => strength / T.Sqrt(T.Sqrt(T.MultiplyAdd(strength, strength, T.Of(OwnStrengthSquared))));

    /// <summary>dr/dI = (I²/2 + I_0²)/(I² + I_0²)^(5/4), in (L/mol)^½.</summary>
    /// <param name="strength">I, mol/L.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T RootSlope<T>(T strength)
        where T : unmanaged, ILane<T>
    {
        T square = T.MultiplyAdd(strength, strength, T.Of(OwnStrengthSquared));
        T half = T.MultiplyAdd(T.Of(0.5) * strength, strength, T.Of(OwnStrengthSquared));
        return half / (square * T.Sqrt(T.Sqrt(square)));
    }

    /// <summary>ln gamma.</summary>
    /// <param name="amplitude">A = ln 10 · z² A_DH, (L/mol)^½; 0 makes the ion ideal.</param>
    /// <param name="closeness">beta, (L/mol)^½.</param>
    /// <param name="linear">b, L/mol.</param>
    /// <param name="strength">I, mol/L.</param>
    /// <param name="root">r of <see cref="Root{T}"/>, shared by all ions.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogGamma<T>(T amplitude, T closeness, T linear, T strength, T root)
        where T : unmanaged, ILane<T> =>
        amplitude * T.MultiplyAdd(linear, strength, -(root / T.MultiplyAdd(closeness, root, T.Of(1.0))));

    /// <summary>d ln gamma/dI = −A [r'/(1 + beta r)² − b], L/mol.</summary>
    /// <param name="amplitude">A, (L/mol)^½.</param>
    /// <param name="closeness">beta, (L/mol)^½.</param>
    /// <param name="linear">b, L/mol.</param>
    /// <param name="root">r.</param>
    /// <param name="rootSlope">r' of <see cref="RootSlope{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Slope<T>(T amplitude, T closeness, T linear, T root, T rootSlope)
        where T : unmanaged, ILane<T>
    {
        T screening = T.MultiplyAdd(closeness, root, T.Of(1.0));
        return amplitude * (linear - rootSlope / (screening * screening));
    }
}
