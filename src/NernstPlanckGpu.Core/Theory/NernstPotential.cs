using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>Nernst potential: the potential difference at which one ion is at rest.</summary>
public static class NernstPotential
{
    /// <summary>
    /// Nernst potential, E = phi_in − phi_out = (RT / zF) ln(c_out / c_in).
    /// Range: z ≠ 0, both concentrations > 0. PNP gives it exactly when only this ion passes and both baths have the same ionic
    /// strength. Source: Nernst, Z. Phys. Chem. 4, 129 (1889). Test: NernstPotentialTests (E_K = −89.06 mV).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="valence">Charge number z; not 0.</param>
    /// <param name="inside">Concentration inside (left), mol/m³; > 0.</param>
    /// <param name="outside">Concentration outside (right), mol/m³; > 0.</param>
    /// <returns>Potential inside against outside, V.</returns>
    public static double Of(double temperature, double valence, double inside, double outside)
    {
        ArgumentOutOfRangeException.ThrowIfZero(valence);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inside);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outside);
        return PhysicalConstants.ThermalVoltage(temperature) / valence * Math.Log(outside / inside);
    }
}
