using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// A membrane with fixed charge (ion exchanger, charged gel) between two solutions of one salt of univalent ions: the model of Teorell,
/// Meyer and Sievers. Sources: Teorell, Proc. Soc. Exp. Biol. Med. 33, 282 (1935) and Prog. Biophys. 3, 305 (1953); Meyer and Sievers,
/// Helv. Chim. Acta 19, 649 (1936). Tests: ChargedMembraneTests (limits, and the fluxes integrated), ChargedMembraneConfigTests (PNP).
/// </summary>
public static class ChargedMembrane
{
    /// <summary>
    /// Potential at which no current flows, V = phi_left − phi_right: Donnan's equilibrium at both faces and, between them, electroneutral
    /// diffusion of the co-ions and counter-ions,
    /// FV/RT = asinh(X/2c_R) − asinh(X/2c_L) + U ln[(S_R − U X)/(S_L − U X)], S = sqrt(X² + 4c²), U = (D₊ − D₋)/(D₊ + D₋).
    /// X = 0 gives the liquid junction of the salt, a large |X| the Nernst potential of its counter-ion. Range: membrane many Debye lengths
    /// thick; solutions stirred up to its faces.
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="fixedCharge">Fixed charge X, mol/m³ of elementary charges, with sign.</param>
    /// <param name="cation">Diffusivity of the cation in the membrane, m²/s; only its ratio to the other counts.</param>
    /// <param name="anion">Diffusivity of the anion in the membrane, m²/s.</param>
    /// <param name="left">Concentration of the salt on the left, mol/m³; > 0.</param>
    /// <param name="right">Concentration of the salt on the right, mol/m³; > 0.</param>
    /// <returns>Potential of the left solution against the right one, V.</returns>
    public static double ZeroCurrentPotential(double temperature, double fixedCharge, double cation, double anion, double left, double right)
    {
        double mobility = (cation - anion) / (cation + anion);
        double Weight(double salt) => Math.Sqrt(fixedCharge * fixedCharge + 4 * salt * salt) - mobility * fixedCharge;
        double donnan = Math.Asinh(fixedCharge / (2 * right)) - Math.Asinh(fixedCharge / (2 * left));
        return PhysicalConstants.ThermalVoltage(temperature) * (donnan + mobility * Math.Log(Weight(right) / Weight(left)));
    }
}
