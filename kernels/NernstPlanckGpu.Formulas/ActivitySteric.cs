using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// Activity coefficients of ions that need room (Bikerman's lattice, with sizes of their own):
/// <code>ln gamma_i = −k_i ln(1 − x),   k_i = (a_i/a_0)³,   x = N_A Σ a_j³ c_j: the part of space that ions fill.</code>
/// </summary>
/// <remarks>
/// As x comes near 1 the coefficient grows without end, so no cell overfills. What is left of space is not let below 1e-18, less than
/// x tells from 1: a trial state that overfills gets a large finite push back and a large error, and no infinity.
/// Sources: J. J. Bikerman, Phil. Mag. 33, 384 (1942); Kilic, Bazant and Ajdari, Phys. Rev. E 75, 021502 (2007), eq. 14. Checked by
/// <c>ActivityFormulaTests</c> and <c>StericLayerTests</c>.
/// </remarks>
public static class ActivitySteric
{
    private const double LeastRoom = 1e-18;

    /// <summary>−ln(1 − x), which all ions share.</summary>
    /// <param name="fraction">x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Crowding<T>(T fraction)
        where T : unmanaged, ILane<T> => -Elementary.Log(Room(fraction));

    /// <summary>Its derivative by x, 1/(1 − x).</summary>
    /// <param name="fraction">x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CrowdingSlope<T>(T fraction)
        where T : unmanaged, ILane<T> => T.Of(1.0) / Room(fraction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Room<T>(T fraction)
        where T : unmanaged, ILane<T> => T.Max(T.Of(1.0) - fraction, T.Of(LeastRoom));
}
