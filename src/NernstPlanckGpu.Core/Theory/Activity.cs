using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// Activity coefficients of ions from the electrostatics of their clouds (or from their room), molar scale, without correction for density,
/// and Nernst potentials with them: as textbooks have them, to hold runs with and without activity coefficients against. Ionic strengths are
/// in mol/m³; the literature's A and B hold for mol/L. The formulas are those of the runs (<see cref="ActivityIonCloud"/>).
/// Tests: ActivityTests, against reference case 10.
/// </summary>
public static class Activity
{
    /// <summary>Coefficient of the linear term in Davies' formula, as he gave it in 1962.</summary>
    public const double DaviesSlope = ActivityIonCloud.DaviesSlope;

    private const double PerLitre = 1000;

    /// <summary>
    /// Ionic strength, I = ½ Σ z² c. Range: any. Source: Lewis and Randall, J. Am. Chem. Soc. 43, 1112 (1921). Test: ActivityTests.
    /// </summary>
    /// <param name="valence">Charge number z per species.</param>
    /// <param name="concentration">Concentration per species, mol/m³.</param>
    /// <returns>Ionic strength, mol/m³.</returns>
    public static double IonicStrength(IReadOnlyList<double> valence, IReadOnlyList<double> concentration)
    {
        double sum = 0;
        for (int i = 0; i < valence.Count; i++) sum += valence[i] * valence[i] * concentration[i];
        return 0.5 * sum;
    }

    /// <summary>
    /// Debye–Hückel constant A = e³ sqrt(2000 N_A) / [ln 10 · 8 pi (eps0 eps_r k T)^1.5]: half the Bjerrum length times the inverse Debye
    /// length at 1 mol/L, over ln 10. 0.5096 at 25 °C and eps_r 78.5. Range: a continuous solvent.
    /// Source: Debye and Hückel, Phys. Z. 24, 185 (1923). Test: ActivityTests (reference 10).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity of the solvent; > 0.</param>
    /// <returns>A, sqrt(L/mol).</returns>
    public static double ConstantA(double temperature, double permittivity) => DebyeHuckelConstants.A(temperature, permittivity);

    /// <summary>
    /// Debye–Hückel constant B = sqrt(2000 F² / (eps0 eps_r R T)): the inverse Debye length at an ionic strength of 1 mol/L.
    /// 3.287e9 at 25 °C and eps_r 78.5. Range and source: as <see cref="ConstantA"/>. Test: ActivityTests (reference 10).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity of the solvent; > 0.</param>
    /// <returns>B, 1/m per sqrt(mol/L).</returns>
    public static double ConstantB(double temperature, double permittivity) => DebyeHuckelConstants.B(temperature, permittivity);

    /// <summary>
    /// Limiting law of Debye and Hückel, log10 gamma = −A z² sqrt(I). Range: I below about 5 mol/m³.
    /// Source: Debye and Hückel 1923. Test: ActivityTests (reference 10).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity of the solvent; > 0.</param>
    /// <param name="valence">Charge number z.</param>
    /// <param name="ionicStrength">Ionic strength I, mol/m³; ≥ 0.</param>
    /// <returns>Activity coefficient gamma.</returns>
    public static double Limiting(double temperature, double permittivity, double valence, double ionicStrength) =>
        Extended(temperature, permittivity, valence, 0, ionicStrength);

    /// <summary>
    /// Extended law of Debye and Hückel, log10 gamma = −A z² sqrt(I) / (1 + B a sqrt(I)). Range: I up to about 100 mol/m³.
    /// Source: Debye and Hückel 1923; sizes: Kielland, J. Am. Chem. Soc. 59, 1675 (1937). Test: ActivityTests (reference 10).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity of the solvent; > 0.</param>
    /// <param name="valence">Charge number z.</param>
    /// <param name="size">Distance of closest approach a, m; ≥ 0 (0 gives the limiting law).</param>
    /// <param name="ionicStrength">Ionic strength I, mol/m³; ≥ 0.</param>
    /// <returns>Activity coefficient gamma.</returns>
    public static double Extended(double temperature, double permittivity, double valence, double size, double ionicStrength) =>
        Coefficient(temperature, permittivity, valence, ConstantB(temperature, permittivity) * size, 0, ionicStrength);

    /// <summary>
    /// Davies, log10 gamma = −A z² [sqrt(I) / (1 + sqrt(I)) − b I], the same for all ions of one charge. Range: I up to about 500 mol/m³.
    /// Source: Davies, J. Chem. Soc. 1938, 2093 (b = 0.2); Davies, Ion Association (1962), p. 41 (b = 0.3). Test: ActivityTests (reference 10).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity of the solvent; > 0.</param>
    /// <param name="valence">Charge number z.</param>
    /// <param name="ionicStrength">Ionic strength I, mol/m³; ≥ 0.</param>
    /// <param name="slope">Coefficient b, L/mol.</param>
    /// <returns>Activity coefficient gamma.</returns>
    public static double Davies(double temperature, double permittivity, double valence, double ionicStrength, double slope = DaviesSlope) =>
        Coefficient(temperature, permittivity, valence, 1, slope, ionicStrength);

    /// <summary>
    /// Steric coefficient, ln gamma_i = −(a_i/a_0)³ ln(1 − N_A Σ a_j³ c_j): what is filled is closed to others. Range: less than all room
    /// filled; beyond it a large finite number. Source: Bikerman, Phil. Mag. 33, 384 (1942); unlike sizes as in Borukhov, Andelman and Orland,
    /// Phys. Rev. Lett. 79, 435 (1997), with the solvent's. Test: ActivityTests (one size for all: 1/(1 − N_A a³ Σ c)).
    /// </summary>
    /// <param name="size">Size a_i of the ion, m; > 0.</param>
    /// <param name="solventSize">Size a_0 of the solvent, m; > 0.</param>
    /// <param name="sizes">Size of each species, m.</param>
    /// <param name="concentration">Concentration of each species, mol/m³.</param>
    /// <returns>Activity coefficient gamma.</returns>
    public static double Bikerman(double size, double solventSize, IReadOnlyList<double> sizes, IReadOnlyList<double> concentration)
    {
        double filled = 0;
        for (int i = 0; i < sizes.Count; i++) filled += Math.Pow(sizes[i], 3) * concentration[i];
        ScalarLane crowding = ActivitySteric.Crowding(new ScalarLane(PhysicalConstants.Avogadro * filled));
        return Elementary.Exp(new ScalarLane(Math.Pow(size / solventSize, 3)) * crowding).Value;
    }

    /// <summary>
    /// Nernst potential of activities, E = phi_in − phi_out = (RT / zF) ln(gamma_out c_out / (gamma_in c_in)); with equal coefficients
    /// exactly <see cref="NernstPotential"/>. Range: z ≠ 0, all others > 0. Source: Nernst 1889 with Lewis's activities.
    /// Test: ActivityTests (reference 10: KCl 100|10 mM, −54.64 instead of −59.16 mV).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="valence">Charge number z; not 0.</param>
    /// <param name="inside">Concentration inside (left), mol/m³, and activity coefficient there.</param>
    /// <param name="outside">Concentration outside (right), mol/m³, and activity coefficient there.</param>
    /// <returns>Potential inside against outside, V.</returns>
    public static double Nernst(
        double temperature, double valence, (double Concentration, double Coefficient) inside, (double Concentration, double Coefficient) outside) =>
        NernstPotential.Of(temperature, valence, inside.Concentration, outside.Concentration)
        + PhysicalConstants.ThermalVoltage(temperature) / valence * Math.Log(outside.Coefficient / inside.Coefficient);

    // The formula of the engines.
    private static double Coefficient(double temperature, double permittivity, double valence, double closeness, double linear, double ionicStrength)
    {
        ScalarLane amplitude = new(Math.Log(10) * ConstantA(temperature, permittivity) * valence * valence), strength = new(ionicStrength / PerLitre);
        return Elementary.Exp(ActivityIonCloud.LogGamma(
            amplitude, new(closeness), new(linear), strength, ActivityIonCloud.Root(strength))).Value;
    }
}
