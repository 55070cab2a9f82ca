using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// Profile of a diffuse layer at equilibrium. Sources: Gouy, J. Phys. Radium 9, 457 (1910); Chapman, Phil. Mag. 25, 475 (1913).
/// Tests: DiffuseLayerTests, against reference case 01.
/// </summary>
public static class GouyChapman
{
    /// <summary>
    /// Potential at a distance from the wall in a 1:1 electrolyte, phi = (4RT/F) artanh[tanh(F phi_wall / 4RT) e^(−x/lambda_D)].
    /// Range: half space, point ions, any potential.
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity; > 0.</param>
    /// <param name="concentration">Salt concentration, mol/m³; > 0.</param>
    /// <param name="wallPotential">Potential of the wall against the bulk, V.</param>
    /// <param name="distance">Distance from the wall, m; ≥ 0.</param>
    /// <returns>Potential against the bulk, V.</returns>
    public static double Potential(double temperature, double permittivity, double concentration, double wallPotential, double distance)
    {
        double scale = 4 * PhysicalConstants.ThermalVoltage(temperature);
        double length = DebyeLength.Of(temperature, permittivity, [1, -1], [concentration, concentration]);

        // artanh(t e^-y) by logarithms of 1 ± t e^-y: at large wall potentials t rounds to 1, but 1 - t e^-y does not round to 0.
        double t = Math.Tanh(wallPotential / scale);
        double oneMinusT = 2 / (Math.Exp(2 * Math.Abs(wallPotential) / scale) + 1);
        double decay = Math.Exp(-distance / length);
        double gap = oneMinusT * decay - SpecialFunctions.ExpM1(-distance / length);
        return Math.CopySign(scale / 2 * (SpecialFunctions.LogP1(Math.Abs(t) * decay) - Math.Log(gap)), wallPotential);
    }

    /// <summary>Boltzmann concentration where the potential is phi, c = c_bulk e^(−zF phi / RT), mol/m³.</summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="valence">Charge number z.</param>
    /// <param name="bulk">Bulk concentration, mol/m³.</param>
    /// <param name="potential">Potential against the bulk, V.</param>
    public static double Concentration(double temperature, double valence, double bulk, double potential) =>
        bulk * Math.Exp(-valence * potential / PhysicalConstants.ThermalVoltage(temperature));

    /// <summary>
    /// Distance from the wall at which the potential has fallen to phi, for any electrolyte:
    /// x = ∫_phi^phi_wall dphi' / E(phi'), integrated over ln phi', in which the integrand is smooth down to phi = 0.
    /// Range: phi between the wall's potential and the bulk's, same sign, not 0.
    /// </summary>
    /// <param name="bulk">Bulk electrolyte, electroneutral.</param>
    /// <param name="wallPotential">Potential of the wall against the bulk, V; not 0.</param>
    /// <param name="potential">Potential against the bulk, V.</param>
    /// <returns>Distance, m.</returns>
    public static double Distance(Electrolyte bulk, double wallPotential, double potential)
    {
        double sign = Math.Sign(wallPotential);
        return Quadrature.Integrate(
            logarithm => Math.Exp(logarithm) / Math.Abs(Grahame.FieldFromBulk(bulk, sign * Math.Exp(logarithm))),
            Math.Log(Math.Abs(potential)), Math.Log(Math.Abs(wallPotential)), 0.25);
    }

    /// <summary>Potential at a distance from the wall for any electrolyte: the inverse of <see cref="Distance"/>, V.</summary>
    /// <param name="bulk">Bulk electrolyte, electroneutral.</param>
    /// <param name="wallPotential">Potential of the wall against the bulk, V.</param>
    /// <param name="distance">Distance from the wall, m; ≥ 0.</param>
    public static double Potential(Electrolyte bulk, double wallPotential, double distance)
    {
        if (wallPotential == 0 || distance == 0) return wallPotential;
        double fall = 1 + distance / bulk.DebyeLength;
        while (Distance(bulk, wallPotential, wallPotential * Math.Exp(-fall)) < distance) fall *= 1.5;
        double found = RootFinding.Bracketed(
            y => Distance(bulk, wallPotential, wallPotential * Math.Exp(-y)) - distance, 0, fall);
        return wallPotential * Math.Exp(-found);
    }

    /// <summary>
    /// Surface excess of one species, Gamma = ∫_0^inf (c − c_bulk) dx = ∫_0^phi_wall c_bulk (e^(−zψ) − 1) / E dphi, mol/m².
    /// </summary>
    /// <param name="bulk">Bulk electrolyte, electroneutral.</param>
    /// <param name="species">Index of the species in the electrolyte.</param>
    /// <param name="wallPotential">Potential of the wall against the bulk, V; not 0.</param>
    public static double SurfaceExcess(Electrolyte bulk, int species, double wallPotential)
    {
        // Below phi = 1e-9 thermal volts the integrand is linear in phi to 1e-9: what is left out is 1e-9 of the first panel's value.
        double z = bulk.Valence[species], sign = Math.Sign(wallPotential), smallest = 1e-14 * bulk.ThermalVoltage;
        return bulk.Concentration[species] * Quadrature.Integrate(
            logarithm =>
            {
                double potential = sign * Math.Exp(logarithm);
                return Math.Exp(logarithm) * SpecialFunctions.ExpM1(-z * potential / bulk.ThermalVoltage)
                    / Math.Abs(Grahame.FieldFromBulk(bulk, potential));
            },
            Math.Log(smallest), Math.Log(Math.Abs(wallPotential)), 0.25);
    }
}
