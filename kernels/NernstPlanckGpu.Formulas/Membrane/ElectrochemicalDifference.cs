using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Membrane;

/// <summary>
/// Difference of an ion's electrochemical potential across the membrane, inside minus outside, over RT,
/// <code>m = ln(c_in/c_out) + z u,   u = F (phi_in − phi_out)/RT,</code>
/// which drives it outward and is 0 at Nernst's potential.
/// </summary>
/// <param name="Value">m, dimensionless.</param>
/// <param name="ByInside">dm/dc_in, m³/mol.</param>
/// <param name="ByOutside">dm/dc_out, m³/mol.</param>
/// <param name="ByDrop">dm/du = z.</param>
/// <remarks>Source: B. Hille, Ion Channels of Excitable Membranes, 3rd ed. (2001), chap. 1. Checked by <c>MembraneFormulaTests</c>.</remarks>
public readonly record struct ElectrochemicalDifference<T>(T Value, T ByInside, T ByOutside, T ByDrop)
    where T : unmanaged, ILane<T>
{
    /// <summary>
    /// A concentration below this, mol/m³, counts as this: an ion in a million cubic metres. The logarithm stays finite where a
    /// side is empty, or where rounding made it negative.
    /// </summary>
    public const double LeastConcentration = 1e-30;

    /// <summary>The difference and its derivatives; those by a concentration are 0 below <see cref="LeastConcentration"/>.</summary>
    /// <param name="valence">z.</param>
    /// <param name="inside">c_in, mol/m³.</param>
    /// <param name="outside">c_out, mol/m³.</param>
    /// <param name="drop">u, dimensionless.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElectrochemicalDifference<T> At(T valence, T inside, T outside, T drop)
    {
        T least = T.Of(LeastConcentration), zero = T.Of(0.0), one = T.Of(1.0);
        T from = T.Max(inside, least), to = T.Max(outside, least);
        return new(
            T.MultiplyAdd(valence, drop, Elementary.Log(from / to)), T.Where(inside, least, zero, one / from),
            T.Where(outside, least, zero, -(one / to)), valence);
    }
}
