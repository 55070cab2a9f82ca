using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Membrane;

/// <summary>Share of a carrier's sites that is occupied, s = c/(c + half), for each of several independent sites.</summary>
/// <param name="Value">s^sites, 0 to 1.</param>
/// <param name="Slope">Derivative by c, m³/mol.</param>
/// <remarks>Source: L. Michaelis, M. L. Menten, Biochem. Z. 49, 333 (1913). Checked by <c>MembraneFormulaTests</c>.</remarks>
public readonly record struct Occupation<T>(T Value, T Slope)
    where T : unmanaged, ILane<T>
{
    /// <summary>Occupation of all of some sites. With half = 0 it is 1, whatever the concentration.</summary>
    /// <param name="concentration">c, mol/m³; below 1e-30 it counts as that.</param>
    /// <param name="half">c at which half of the sites are occupied, mol/m³; ≥ 0.</param>
    /// <param name="sites">Number of sites, 1 to 3: not data, but the form of the formula.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Occupation<T> Of(T concentration, T half, int sites)
    {
        T least = T.Of(ElectrochemicalDifference<T>.LeastConcentration);
        T c = T.Max(concentration, least), inverse = T.Of(1.0) / (c + half), share = c * inverse;
        T others = sites == 1 ? T.Of(1.0) : sites == 2 ? share : share * share;
        T slope = T.Of(sites) * others * (half * inverse * inverse);
        return new(others * share, T.Where(concentration, least, T.Of(0.0), slope));
    }
}

/// <summary>
/// Cycles of the Na/K-ATPase,
/// <code>A J = rate (Na_in/(Na_in + K_Na))³ (K_out/(K_out + K_K))² ATP/(ATP + K_ATP).</code>
/// </summary>
/// <param name="Value">A J, cycles, mol/s.</param>
/// <param name="BySodium">Derivative by Na_in, m³/s.</param>
/// <param name="ByPotassium">Derivative by K_out, m³/s.</param>
/// <param name="ByRate">Derivative by the rate.</param>
/// <param name="ByAtp">Derivative by ATP, m³/s.</param>
/// <remarks>Source: R. P. Garay, P. J. Garrahan, J. Physiol. 231, 297 (1973), three sites for sodium inside and two for potassium outside,
/// independent and alike. Checked by <c>MembraneFormulaTests</c> and <c>MembraneMechanismsTests</c> (reference case 08).</remarks>
public readonly record struct PumpCycle<T>(T Value, T BySodium, T ByPotassium, T ByRate, T ByAtp)
    where T : unmanaged, ILane<T>
{
    /// <summary>Rate of the cycle.</summary>
    /// <param name="rate">Cycles at saturation times area, mol/s.</param>
    /// <param name="sodium"><see cref="Occupation{T}"/> of the sites inside.</param>
    /// <param name="potassium">Occupation of the sites outside.</param>
    /// <param name="atp">Occupation by ATP.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PumpCycle<T> At(T rate, Occupation<T> sodium, Occupation<T> potassium, Occupation<T> atp)
    {
        T ions = sodium.Value * potassium.Value, saturation = ions * atp.Value, supplied = rate * atp.Value;
        return new(
            rate * saturation, supplied * potassium.Value * sodium.Slope, supplied * sodium.Value * potassium.Slope, saturation,
            rate * ions * atp.Slope);
    }
}
