using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// An impermeable membrane between two electrolytes as a capacitor. Sources: Läuger, Lesslauer, Marti and Richter, Biochim. Biophys.
/// Acta 135, 20 (1967) (diffuse layers in series); Everitt and Haydon, J. Theor. Biol. 18, 371 (1968). Tests: MembraneCapacitorTests,
/// against reference case 07.
/// </summary>
public static class MembraneCapacitor
{
    /// <summary>Capacitance of the membrane alone, C = eps0 eps_m / d, F/m². Test: 4.4271 mF/m² for 4 nm of eps 2.</summary>
    /// <param name="permittivity">Relative permittivity of the membrane; > 0.</param>
    /// <param name="thickness">Thickness d, m; > 0.</param>
    public static double Plate(double permittivity, double thickness) =>
        PhysicalConstants.VacuumPermittivity * permittivity / thickness;

    /// <summary>
    /// Capacitance with the two Debye layers in series, 1/C = d/(eps0 eps_m) + lambda_L/(eps0 eps_L) + lambda_R/(eps0 eps_R).
    /// Range: drops across the layers well below RT/F.
    /// </summary>
    /// <param name="permittivity">Relative permittivity of the membrane.</param>
    /// <param name="thickness">Thickness, m.</param>
    /// <param name="left">Electrolyte on the left.</param>
    /// <param name="right">Electrolyte on the right.</param>
    /// <returns>Capacitance, F/m².</returns>
    public static double WithDebyeLayers(double permittivity, double thickness, Electrolyte left, Electrolyte right) =>
        1 / (1 / Plate(permittivity, thickness)
            + left.DebyeLength / left.AbsolutePermittivity + right.DebyeLength / right.AbsolutePermittivity);

    /// <summary>
    /// Charge of the left electrolyte at rest, nonlinear diffuse layers: sigma solves
    /// V = drop_L(sigma) + sigma d/(eps0 eps_m) + drop_R(sigma), with Grahame's relation in each layer.
    /// Range: membrane without ions, baths several Debye lengths thick.
    /// </summary>
    /// <param name="potential">Potential of the left bath minus that of the right one, V.</param>
    /// <param name="permittivity">Relative permittivity of the membrane.</param>
    /// <param name="thickness">Thickness, m.</param>
    /// <param name="left">Electrolyte on the left.</param>
    /// <param name="right">Electrolyte on the right.</param>
    /// <returns>Charge on the left, C/m² (negative for a negative potential), and the drops across the two layers, V.</returns>
    public static (double Charge, double LeftDrop, double RightDrop) StaticCharge(
        double potential, double permittivity, double thickness, Electrolyte left, Electrolyte right)
    {
        if (potential == 0) return (0, 0, 0);
        double plate = Plate(permittivity, thickness);

        // The membrane's left face lies at V − drop, so the face is at −drop against its bulk, and the bulk holds +sigma.
        double charge = RootFinding.Bracketed(
            sigma => Drop(left, sigma) + sigma / plate + Drop(right, sigma) - potential, 0, plate * potential);
        return (charge, Drop(left, charge), Drop(right, charge));
    }

    /// <summary>
    /// Potential drop across a diffuse layer that holds the charge sigma: the root phi of Grahame(phi) = sigma for the countercharge, V.
    /// The layer's outer face lies that much lower than its bulk (for sigma > 0).
    /// </summary>
    /// <param name="bulk">Electrolyte.</param>
    /// <param name="charge">Charge of the layer, C/m².</param>
    public static double Drop(Electrolyte bulk, double charge) => -Grahame.Potential(bulk, -charge);
}
