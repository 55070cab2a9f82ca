using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>Debye length: how far a charge is felt in an electrolyte.</summary>
public static class DebyeLength
{
    /// <summary>
    /// Debye length, lambda_D = sqrt(eps0 eps_r R T / (F² Σ z² c)).
    /// Range: any; infinite without ions. Source: Debye and Hückel, Phys. Z. 24, 185 (1923), eq. 12. Test: DebyeLengthTests.
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="permittivity">Relative permittivity; > 0.</param>
    /// <param name="valence">Charge number per species.</param>
    /// <param name="concentration">Concentration per species, mol/m³; ≥ 0.</param>
    /// <returns>Length, m.</returns>
    public static double Of(double temperature, double permittivity, IReadOnlyList<double> valence, IReadOnlyList<double> concentration)
    {
        double strength = 0;
        for (int i = 0; i < valence.Count; i++) strength += valence[i] * valence[i] * concentration[i];
        return Math.Sqrt(PhysicalConstants.VacuumPermittivity * permittivity * PhysicalConstants.GasConstant * temperature / strength)
            / PhysicalConstants.Faraday;
    }

    /// <summary>Debye length of a region at its own concentrations, m; infinite where it has none.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="region">One of its regions.</param>
    public static double OfRegion(PnpProblem problem, Region region) => region.Concentration is { } concentration
        ? Of(problem.Temperature, region.Permittivity, [.. problem.Species.Select(species => species.Valence)], concentration)
        : double.PositiveInfinity;
}
