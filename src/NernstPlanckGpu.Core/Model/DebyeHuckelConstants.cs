using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Model;

/// <summary>
/// The two constants of Debye and Hückel's law for a solvent; the literature's, for ionic strengths in mol/L and decadic logarithms.
/// </summary>
public static class DebyeHuckelConstants
{
    private const double PerLitre = 1000;

    /// <summary>
    /// A = e³ sqrt(2000 N_A) / [ln 10 · 8 pi (eps0 eps_r k T)^1.5]: half the Bjerrum length times the inverse Debye length at 1 mol/L, over
    /// ln 10. 0.5096 at 25 °C and eps_r 78.5. Range: a continuous solvent. Source: Debye and Hückel, Phys. Z. 24, 185 (1923).
    /// Test: ActivityTests (reference 10).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity of the solvent; > 0.</param>
    /// <returns>A, sqrt(L/mol).</returns>
    public static double A(double temperature, double permittivity)
    {
        // Bjerrum length e²/(4 pi eps k T) = F²/(4 pi eps N_A R T).
        double energy = Energy(temperature, permittivity);
        double bjerrum = PhysicalConstants.Faraday * PhysicalConstants.Faraday / (4 * Math.PI * energy * PhysicalConstants.Avogadro);
        return 0.5 * bjerrum * B(temperature, permittivity) / Math.Log(10);
    }

    /// <summary>
    /// B = sqrt(2000 F² / (eps0 eps_r R T)): the inverse Debye length at an ionic strength of 1 mol/L. 3.287e9 at 25 °C and eps_r 78.5.
    /// Range and source: as <see cref="A"/>. Test: ActivityTests (reference 10).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity of the solvent; > 0.</param>
    /// <returns>B, 1/m per sqrt(mol/L).</returns>
    public static double B(double temperature, double permittivity) =>
        PhysicalConstants.Faraday * Math.Sqrt(2 * PerLitre / Energy(temperature, permittivity));

    // eps R T.
    private static double Energy(double temperature, double permittivity) =>
        PhysicalConstants.VacuumPermittivity * permittivity * PhysicalConstants.GasConstant * temperature;
}
