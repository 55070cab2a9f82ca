using System.Numerics;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// Small-signal impedances per area, Ω m², in closed form: V = V̂ e^(iωt) of the left end minus that of the right one, over the
/// total current density (ionic and displacement) from left to right. Linearised about uniform concentrations at rest.
/// Derivations: docs/theory.md, chapter 16. Tests: ImpedanceTests, against tests/reference/impedance.json.
/// </summary>
public static class Impedance
{
    /// <summary>
    /// A dielectric slab, Z = 1/(iωC), C = eps0 eps_r / d. Range: no ions in it; eps_r independent of ω.
    /// Source: Maxwell's displacement current. Test: ImpedanceTests.A_slab_is_a_capacitor.
    /// </summary>
    /// <param name="permittivity">Relative permittivity; > 0.</param>
    /// <param name="thickness">Thickness d, m; > 0.</param>
    /// <param name="angularFrequency">ω, rad/s; > 0.</param>
    /// <returns>Ω m².</returns>
    public static Complex Capacitor(double permittivity, double thickness, double angularFrequency) =>
        new(0, -1 / (angularFrequency * MembraneCapacitor.Plate(permittivity, thickness)));

    /// <summary>
    /// A membrane that conducts and stores charge, Z = R/(1 + iωRC): phase −45° at ω = 1/RC.
    /// Range: one relaxation; currents that follow the voltage at once. Source: Cole, Membranes, Ions and Impulses (1968).
    /// Test: ImpedanceTests.A_membrane_is_a_resistance_beside_a_capacitor.
    /// </summary>
    /// <param name="resistance">R, Ω m²; > 0, may be infinite: then the capacitor alone.</param>
    /// <param name="capacitance">C, F/m²; > 0.</param>
    /// <param name="angularFrequency">ω, rad/s; > 0, or 0 where R is finite.</param>
    /// <returns>Ω m².</returns>
    public static Complex Membrane(double resistance, double capacitance, double angularFrequency) =>
        1 / new Complex(1 / resistance, angularFrequency * capacitance);

    /// <summary>
    /// Conductivity of a bulk, sigma = F²/(RT) Σ z² D c. Range: no gradients. Source: Nernst and Einstein; Newman and Thomas-Alyea,
    /// Electrochemical Systems, 3rd ed. (2004), ch. 11. Test: ImpedanceTests.The_bulk_resistance_is_the_length_over_the_conductivity.
    /// </summary>
    /// <param name="bulk">Electrolyte.</param>
    /// <param name="diffusivity">D per species, m²/s.</param>
    /// <returns>S/m.</returns>
    public static double Conductivity(Electrolyte bulk, IReadOnlyList<double> diffusivity)
    {
        double sum = 0;
        for (int i = 0; i < diffusivity.Count; i++)
            sum += bulk.Valence[i] * bulk.Valence[i] * diffusivity[i] * bulk.Concentration[i];
        return PhysicalConstants.Faraday / bulk.ThermalVoltage * sum;
    }

    /// <summary>
    /// Resistance of a bulk, R = L/sigma: what every impedance here tends to between the relaxation of the ends and that of the bulk
    /// (ω = sigma/(eps0 eps_r)). Test: as <see cref="Conductivity"/>.
    /// </summary>
    /// <param name="bulk">Electrolyte.</param>
    /// <param name="diffusivity">D per species, m²/s.</param>
    /// <param name="length">L, m.</param>
    /// <returns>Ω m².</returns>
    public static double BulkResistance(Electrolyte bulk, IReadOnlyList<double> diffusivity, double length) =>
        length / Conductivity(bulk, diffusivity);

    /// <summary>
    /// Any electrolyte between two equal baths, Z = L/(sigma + iω eps0 eps_r), exact for PNP at any Debye length and any diffusivities.
    /// With every concentration held at both ends nothing drives a gradient, so there is no diffusion impedance.
    /// Range: the same bath on both sides, no fixed charge. Source: docs/theory.md, chapter 16.
    /// Test: ImpedanceTests.Closed_forms_are_those_of_linearised_pnp.
    /// </summary>
    /// <param name="bulk">Electrolyte.</param>
    /// <param name="diffusivity">D per species, m²/s.</param>
    /// <param name="length">L, m; > 0.</param>
    /// <param name="angularFrequency">ω, rad/s; ≥ 0.</param>
    /// <returns>Ω m².</returns>
    public static Complex BetweenBaths(Electrolyte bulk, IReadOnlyList<double> diffusivity, double length, double angularFrequency) =>
        length / new Complex(Conductivity(bulk, diffusivity), angularFrequency * bulk.AbsolutePermittivity);

    /// <summary>
    /// A symmetric binary electrolyte with one diffusivity between blocking electrodes, exact for linearised PNP:
    /// Z = [2 tanh(kL/2)/k + iωL lambda_D²/D] / [iω eps (k lambda_D)²] + 2/(iωC_S), (k lambda_D)² = 1 + iω lambda_D²/D.
    /// Range: |V| ≪ RT/(zF); any L/lambda_D. Source: Macdonald, Phys. Rev. 92, 4 (1953); Bazant, Thornton and Ajdari, Phys. Rev. E 70,
    /// 021506 (2004), section III. Test: ImpedanceTests.Closed_forms_are_those_of_linearised_pnp.
    /// </summary>
    /// <param name="bulk">Two species of valences z and −z.</param>
    /// <param name="diffusivity">D of both, m²/s; > 0.</param>
    /// <param name="length">Gap L between the electrodes, m; > 0.</param>
    /// <param name="angularFrequency">ω, rad/s; > 0.</param>
    /// <param name="sternCapacitance">C_S of each electrode's Stern layer, F/m²; infinite without one.</param>
    /// <returns>Ω m².</returns>
    /// <exception cref="ArgumentException">Not two species of opposite valence.</exception>
    public static Complex BetweenBlockingElectrodes(
        Electrolyte bulk, double diffusivity, double length, double angularFrequency, double sternCapacitance = double.PositiveInfinity)
    {
        if (bulk.Valence.Count != 2 || bulk.Valence[0] != -bulk.Valence[1])
            throw new ArgumentException("the closed form holds for two species of opposite valence only", nameof(bulk));
        double debye = bulk.DebyeLength, relaxation = angularFrequency * debye * debye / diffusivity;
        var square = new Complex(1, relaxation);
        Complex k = Complex.Sqrt(square) / debye;
        Complex path = 2 * Complex.Tanh(k * length / 2) / k + new Complex(0, relaxation * length);
        Complex gap = path / (new Complex(0, angularFrequency * bulk.AbsolutePermittivity) * square);
        return gap - new Complex(0, 2 / (angularFrequency * sternCapacitance));
    }

    /// <summary>
    /// Finite-length diffusion with a fixed concentration at the far end, w = tanh(y)/y, y = sqrt(iωτ): 1 for slow signals,
    /// Warburg's 1/sqrt(iωτ) for fast ones. Range: ωτ ≥ 0. Source: Warburg, Ann. Phys. 303, 493 (1899); with a finite length
    /// Franceschetti, Macdonald and Buck, J. Electrochem. Soc. 138, 1368 (1991). Test: ImpedanceTests.Diffusion_is_slow_or_warburgs.
    /// </summary>
    /// <param name="phase">ωτ with τ = length²/D.</param>
    /// <returns>Dimensionless.</returns>
    public static Complex FiniteLengthDiffusion(double phase)
    {
        if (phase == 0) return 1;
        Complex y = Complex.Sqrt(new Complex(0, phase));
        return Complex.Tanh(y) / y;
    }

    /// <summary>
    /// A binary electrolyte whose first ion is held at its bath value at both ends and whose second ion is blocked there, electroneutral:
    /// Z = (L/sigma) [1 + (t_2/t_1) tanh(y)/y], y = sqrt(iωL²/(4 D_a)), t_i = |z_i|D_i/(|z_1|D_1 + |z_2|D_2),
    /// D_a = D_1 D_2 (|z_1| + |z_2|)/(|z_1|D_1 + |z_2|D_2). At rest L/(sigma t_1): only the first ion moves; for fast signals L/sigma.
    /// Range: L ≫ lambda_D and ω ≪ D/lambda_D²; PNP differs by some 3 lambda_D/L. Source: docs/theory.md, chapter 16; Franceschetti,
    /// Macdonald and Buck, J. Electrochem. Soc. 138, 1368 (1991), for reversible electrodes without supporting electrolyte; at rest
    /// Bruce and Vincent, J. Electroanal. Chem. 225, 1 (1987). Test: ImpedanceTests.One_blocked_ion_gives_a_diffusion_impedance.
    /// </summary>
    /// <param name="bulk">Two species; the second one is blocked.</param>
    /// <param name="diffusivity">D of each, m²/s; > 0.</param>
    /// <param name="length">L, m; > 0.</param>
    /// <param name="angularFrequency">ω, rad/s; ≥ 0.</param>
    /// <returns>Ω m².</returns>
    /// <exception cref="ArgumentException">Not two species of opposite sign.</exception>
    public static Complex WithSecondIonBlocked(
        Electrolyte bulk, IReadOnlyList<double> diffusivity, double length, double angularFrequency)
    {
        if (bulk.Valence.Count != 2 || bulk.Valence[0] * bulk.Valence[1] >= 0)
            throw new ArgumentException("a cation and an anion are needed", nameof(bulk));
        double first = Math.Abs(bulk.Valence[0]), second = Math.Abs(bulk.Valence[1]);
        double mobility = first * diffusivity[0] + second * diffusivity[1];
        double ambipolar = diffusivity[0] * diffusivity[1] * (first + second) / mobility;
        double ratio = second * diffusivity[1] / (first * diffusivity[0]);
        Complex diffusion = FiniteLengthDiffusion(angularFrequency * length * length / (4 * ambipolar));
        return BulkResistance(bulk, diffusivity, length) * (1 + ratio * diffusion);
    }
}
