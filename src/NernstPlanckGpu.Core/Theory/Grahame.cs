using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// Charge and capacitance of a diffuse layer at equilibrium (Poisson–Boltzmann), from the first integral
/// (eps/2) E² = R T Σ c (e^(−zψ) − 1), ψ = F phi / RT. Sources: Grahame, Chem. Rev. 41, 441 (1947), eq. 22 and 27;
/// Chapman, Phil. Mag. 25, 475 (1913). Tests: DiffuseLayerTests, against reference case 01.
/// </summary>
public static class Grahame
{
    /// <summary>
    /// Surface charge behind a wall potential in a 1:1 electrolyte, sigma = sqrt(8 eps R T c) sinh(F phi / 2RT).
    /// Range: point ions, any potential.
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity; > 0.</param>
    /// <param name="concentration">Salt concentration, mol/m³.</param>
    /// <param name="potential">Potential of the wall against the bulk, V.</param>
    /// <returns>Charge of the wall, C/m².</returns>
    public static double ChargeOneToOne(double temperature, double permittivity, double concentration, double potential) =>
        Math.Sqrt(8 * PhysicalConstants.VacuumPermittivity * permittivity * PhysicalConstants.GasConstant * temperature * concentration)
        * Math.Sinh(potential / (2 * PhysicalConstants.ThermalVoltage(temperature)));

    /// <summary>
    /// Differential capacitance of the diffuse layer of a 1:1 electrolyte, C = (eps / lambda_D) cosh(F phi / 2RT).
    /// Range: point ions, any potential.
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity; > 0.</param>
    /// <param name="concentration">Salt concentration, mol/m³; > 0.</param>
    /// <param name="potential">Potential of the wall against the bulk, V.</param>
    /// <returns>Capacitance, F/m².</returns>
    public static double CapacitanceOneToOne(double temperature, double permittivity, double concentration, double potential) =>
        PhysicalConstants.VacuumPermittivity * permittivity
        / DebyeLength.Of(temperature, permittivity, [1, -1], [concentration, concentration])
        * Math.Cosh(potential / (2 * PhysicalConstants.ThermalVoltage(temperature)));

    /// <summary>
    /// Surface charge for any electroneutral electrolyte, sigma = sign(phi) sqrt(2 eps R T Σ c (e^(−zψ) − 1 + zψ)).
    /// The added zψ sums to nothing (electroneutrality) and keeps the digits at small potentials. Range: any potential.
    /// </summary>
    /// <param name="bulk">Bulk electrolyte, electroneutral.</param>
    /// <param name="potential">Potential of the wall against the bulk, V.</param>
    /// <returns>Charge of the wall, C/m².</returns>
    public static double Charge(Electrolyte bulk, double potential) =>
        bulk.AbsolutePermittivity * FieldFromBulk(bulk, potential);

    /// <summary>
    /// Potential of a wall that holds a surface charge, in any electroneutral electrolyte: the root of <see cref="Charge"/>(phi) = sigma.
    /// Range: point ions, any charge. Test: DiffuseLayerTests (inverse of the charge; reference 01).
    /// </summary>
    /// <param name="bulk">Bulk electrolyte, electroneutral, with ions.</param>
    /// <param name="charge">Charge of the wall, C/m².</param>
    /// <returns>Potential of the wall against the bulk, V; it has the sign of the charge.</returns>
    public static double Potential(Electrolyte bulk, double charge)
    {
        if (charge == 0) return 0;
        double thermal = bulk.ThermalVoltage, linear = Math.Abs(charge) * bulk.DebyeLength / bulk.AbsolutePermittivity / thermal;
        return thermal * RootFinding.Increasing(u => Charge(bulk, u * thermal) - charge, Math.Min(linear, 4) + 1);
    }

    /// <summary>
    /// Differential capacitance for any electrolyte, C = d sigma / d phi = −F Σ z c e^(−zψ) eps / sigma; eps / lambda_D at phi = 0.
    /// </summary>
    /// <param name="bulk">Bulk electrolyte, electroneutral.</param>
    /// <param name="potential">Potential of the wall against the bulk, V.</param>
    /// <returns>Capacitance, F/m².</returns>
    public static double Capacitance(Electrolyte bulk, double potential)
    {
        double psi = potential / bulk.ThermalVoltage, charge = 0;
        if (Math.Abs(psi) < 1e-9) return bulk.AbsolutePermittivity / bulk.DebyeLength;
        for (int i = 0; i < bulk.Valence.Count; i++)
            charge -= bulk.Valence[i] * bulk.Concentration[i] * SpecialFunctions.ExpM1(-bulk.Valence[i] * psi);
        return bulk.AbsolutePermittivity * PhysicalConstants.Faraday * charge / Charge(bulk, potential);
    }

    /// <summary>Field −dphi/dx at a point of the layer where the potential is phi, x counted away from the wall, V/m.</summary>
    /// <param name="bulk">Bulk electrolyte, electroneutral.</param>
    /// <param name="potential">Potential there against the bulk, V.</param>
    public static double FieldFromBulk(Electrolyte bulk, double potential)
    {
        double psi = potential / bulk.ThermalVoltage, sum = 0;
        for (int i = 0; i < bulk.Valence.Count; i++)
            sum += bulk.Concentration[i] * SpecialFunctions.ExpM1MinusX(-bulk.Valence[i] * psi);
        double energy = 2 * PhysicalConstants.GasConstant * bulk.Temperature * sum / bulk.AbsolutePermittivity;
        return Math.CopySign(Math.Sqrt(energy), potential);
    }
}
