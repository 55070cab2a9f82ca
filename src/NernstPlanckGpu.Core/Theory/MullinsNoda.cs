using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>Resting potential of a cell whose electrogenic pump balances the leaks of sodium and potassium.</summary>
public static class MullinsNoda
{
    /// <summary>Coupling of the Na/K-ATPase: 3 Na out for 2 K in.</summary>
    public const double PumpRatio = 1.5;

    /// <summary>
    /// Steady potential at which the constant-field leaks obey J_Na = −r J_K, as the pump returns them,
    /// V = (RT/F) ln[(r P_K K_out + P_Na Na_out) / (r P_K K_in + P_Na Na_in)]; r = 1 is the GHK voltage of the two ions.
    /// Range: univalent cations, concentrations held; other ions at rest. PNP differs as from GHK.
    /// Source: Mullins and Noda, J. Gen. Physiol. 47, 117 (1963). Test: MullinsNodaTests (the GHK fluxes at V stand in the ratio r).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="potassium">Ion that the pump brings in: P in m/s, concentrations in mol/m³; valence 1.</param>
    /// <param name="sodium">Ion that the pump takes out; valence 1.</param>
    /// <param name="ratio">Sodium per potassium that the pump moves, r; > 0.</param>
    /// <returns>Potential inside against outside, V.</returns>
    public static double Potential(double temperature, PermeantIon potassium, PermeantIon sodium, double ratio = PumpRatio)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(potassium.Valence, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sodium.Valence, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratio);
        double outside = ratio * potassium.Permeability * potassium.Outside + sodium.Permeability * sodium.Outside;
        double inside = ratio * potassium.Permeability * potassium.Inside + sodium.Permeability * sodium.Inside;
        return PhysicalConstants.ThermalVoltage(temperature) * Math.Log(outside / inside);
    }
}
