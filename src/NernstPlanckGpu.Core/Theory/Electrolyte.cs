using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>A homogeneous ideal electrolyte: the bulk that a diffuse layer tends to.</summary>
/// <param name="Temperature">Absolute temperature, K; > 0.</param>
/// <param name="Permittivity">Relative permittivity; > 0.</param>
/// <param name="Valence">Charge number z per species.</param>
/// <param name="Concentration">Bulk concentration per species, mol/m³; ≥ 0, electroneutral.</param>
public sealed record Electrolyte(
    double Temperature, double Permittivity, IReadOnlyList<double> Valence, IReadOnlyList<double> Concentration)
{
    /// <summary>A symmetric 1:1 electrolyte.</summary>
    /// <param name="temperature">K.</param>
    /// <param name="permittivity">Relative permittivity.</param>
    /// <param name="concentration">Salt concentration, mol/m³.</param>
    public static Electrolyte OneToOne(double temperature, double permittivity, double concentration) =>
        new(temperature, permittivity, [1, -1], [concentration, concentration]);

    /// <summary>Thermal voltage RT/F, V.</summary>
    public double ThermalVoltage => PhysicalConstants.ThermalVoltage(Temperature);

    /// <summary>Permittivity eps0 eps_r, F/m.</summary>
    public double AbsolutePermittivity => PhysicalConstants.VacuumPermittivity * Permittivity;

    /// <summary>Debye length, m; see <see cref="Theory.DebyeLength"/>.</summary>
    public double DebyeLength => Theory.DebyeLength.Of(Temperature, Permittivity, Valence, Concentration);
}
