using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>One ion of the constant-field theory.</summary>
/// <param name="Valence">Charge number z.</param>
/// <param name="Permeability">Permeability P, m/s; ≥ 0.</param>
/// <param name="Inside">Concentration inside (left), mol/m³; ≥ 0.</param>
/// <param name="Outside">Concentration outside (right), mol/m³; ≥ 0.</param>
public readonly record struct PermeantIon(double Valence, double Permeability, double Inside, double Outside);

/// <summary>
/// Goldman–Hodgkin–Katz constant-field theory. Sources: Goldman, J. Gen. Physiol. 27, 37 (1943), eq. 11 and 18; Hodgkin and Katz,
/// J. Physiol. 108, 37 (1949), appendix. Tests: GoldmanHodgkinKatzTests, against reference cases 03 and 04.
/// </summary>
public static class GoldmanHodgkinKatz
{
    /// <summary>
    /// GHK flux, J = P z u (c_in − c_out e^(−zu)) / (1 − e^(−zu)) = P [B(−zu) c_in − B(zu) c_out], u = FV/RT, B(x) = x/(e^x − 1).
    /// Range: any; at V = 0 it is P (c_in − c_out). PNP differs by the part of V that drops in the Debye layers (about 1 %).
    /// </summary>
    /// <param name="ion">Ion: P in m/s, concentrations in mol/m³.</param>
    /// <param name="potential">Membrane potential V, inside against outside, V.</param>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <returns>Flux from inside to outside, mol/(m² s).</returns>
    public static double Flux(PermeantIon ion, double potential, double temperature)
    {
        double x = ion.Valence * potential / PhysicalConstants.ThermalVoltage(temperature);
        return ion.Permeability * (SpecialFunctions.Bernoulli(-x) * ion.Inside - SpecialFunctions.Bernoulli(x) * ion.Outside);
    }

    /// <summary>GHK current density of one ion, I = z F J, outward; see <see cref="Flux"/>.</summary>
    /// <param name="ion">Ion: P in m/s, concentrations in mol/m³.</param>
    /// <param name="potential">Membrane potential, V.</param>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <returns>Current density, A/m², positive outward.</returns>
    public static double CurrentDensity(PermeantIon ion, double potential, double temperature) =>
        ion.Valence * PhysicalConstants.Faraday * Flux(ion, potential, temperature);

    /// <summary>
    /// GHK voltage: the potential at which Σ z J = 0. With univalent ions only,
    /// V = (RT/F) ln[(Σ₊ P c_out + Σ₋ P c_in) / (Σ₊ P c_in + Σ₋ P c_out)]; otherwise the root of the (increasing) current.
    /// Range: at least one charged ion with P > 0 and a finite balance; else not a number. PNP differs where the membrane holds
    /// space charge or the total concentrations of the baths differ.
    /// </summary>
    /// <param name="ions">Ions; neutral ones and those with P = 0 have no influence.</param>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <returns>Potential inside against outside, V.</returns>
    public static double Voltage(IReadOnlyList<PermeantIon> ions, double temperature)
    {
        double thermal = PhysicalConstants.ThermalVoltage(temperature);
        PermeantIon[] charged = [.. ions.Where(ion => ion.Valence != 0 && ion.Permeability > 0)];
        if (charged.Length == 0) return double.NaN;

        // Outward current at V → +inf is carried by cations inside and anions outside; without either there is no balance.
        double outward = charged.Sum(ion => ion.Permeability * (ion.Valence > 0 ? ion.Inside : ion.Outside));
        double inward = charged.Sum(ion => ion.Permeability * (ion.Valence > 0 ? ion.Outside : ion.Inside));
        if (!(outward > 0 && inward > 0)) return double.NaN;
        if (charged.All(ion => Math.Abs(ion.Valence) == 1)) return thermal * Math.Log(inward / outward);

        double scale = outward + inward;
        return thermal * RootFinding.Increasing(
            u => charged.Sum(ion => ion.Valence * Flux(ion, u * thermal, temperature)) / scale, 10);
    }
}
