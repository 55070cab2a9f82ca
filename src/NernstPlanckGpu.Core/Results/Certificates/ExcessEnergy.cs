using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>
/// Excess free energy whose derivatives are an activity model's RT ln gamma. Steric: RT/(N_A a_0³) [(1 − x) ln(1 − x) + x]; ion clouds:
/// −2000 RT A [∫ sqrt(I)/(1 + beta sqrt(I)) dI − b I²/2], one beta for all charged ions. None in membranes.
/// </summary>
internal sealed class ExcessEnergy
{
    private const double PerLitre = 1000, DaviesSlope = 0.3;

    private readonly PnpProblem model;
    private readonly double thermal;

    public ExcessEnergy(PnpProblem model)
    {
        this.model = model;
        thermal = PhysicalConstants.GasConstant * model.Temperature;
    }

    /// <summary>Whether there is one: d ln gamma_i/dc_j is symmetric.</summary>
    public static bool Exists(PnpProblem model) => model.Activity.Kind != ActivityKind.DebyeHuckel
        || model.Species.Where(one => one.Valence != 0).Select(one => one.IonSize).Distinct().Count() <= 1;

    /// <summary>Energy per volume, J/m³.</summary>
    /// <param name="region">Region.</param>
    /// <param name="concentration">mol/m³ per species.</param>
    public double Density(int region, double[] concentration)
    {
        if (IsIdeal(region)) return 0;
        double measure = Measure(concentration);
        if (model.Activity.Kind == ActivityKind.Bikerman)
        {
            double room = 1 - measure, site = PhysicalConstants.Avogadro * Cube(model.Activity.SolventSize);
            return room > 0 ? thermal / site * (room * Math.Log(room) + measure) : thermal / site * measure;
        }
        (double amplitude, double closeness, double slope) = Cloud(region);
        double t = closeness * Math.Sqrt(Math.Max(0, measure));
        double integral = 2 / Cube(closeness) * (0.5 * t * t - t + Math.Log(1 + t));
        return -2 * PerLitre * thermal * amplitude * (integral - 0.5 * slope * measure * measure);
    }

    /// <summary>RT ln gamma of a species, J/mol: the derivative of <see cref="Density"/>.</summary>
    /// <param name="region">Region.</param>
    /// <param name="concentration">mol/m³ per species.</param>
    /// <param name="s">Species.</param>
    public double Potential(int region, double[] concentration, int s)
    {
        if (IsIdeal(region)) return 0;
        double measure = Measure(concentration);
        if (model.Activity.Kind == ActivityKind.Bikerman)
            return -thermal * Cube(Size(s) / model.Activity.SolventSize) * Math.Log(1 - measure);
        (double amplitude, double closeness, double slope) = Cloud(region);
        double root = Math.Sqrt(measure), valence = model.Species[s].Valence;
        return -thermal * amplitude * valence * valence * (root / (1 + closeness * root) - slope * measure);
    }

    private bool IsIdeal(int region) => model.Activity.Kind == ActivityKind.Ideal || model.Regions[region].IsMembrane;

    // Filled part of space, or ionic strength in mol/L.
    private double Measure(double[] concentration)
    {
        double sum = 0;
        for (int s = 0; s < concentration.Length; s++)
        {
            double valence = model.Species[s].Valence;
            sum += concentration[s] * (model.Activity.Kind == ActivityKind.Bikerman
                ? PhysicalConstants.Avogadro * Cube(Size(s)) : 0.5 * valence * valence / PerLitre);
        }
        return sum;
    }

    private (double Amplitude, double Closeness, double Slope) Cloud(int region)
    {
        double permittivity = model.Regions[region].Permittivity, amplitude = Math.Log(10) * DebyeHuckelConstants.A(model.Temperature, permittivity);
        if (model.Activity.Kind == ActivityKind.Davies) return (amplitude, 1, DaviesSlope);
        double size = model.Species.FirstOrDefault(one => one.Valence != 0)?.IonSize ?? 1e-10;
        return (amplitude, DebyeHuckelConstants.B(model.Temperature, permittivity) * size, 0);
    }

    private double Size(int s) => model.Species[s].IonSize ?? 0;

    private static double Cube(double x) => x * x * x;
}
