using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Model;

/// <summary>Liquid water at atmospheric pressure.</summary>
public static class WaterProperties
{
    /// <summary>Lowest temperature of the formulas, K (0 °C).</summary>
    public const double LowestTemperature = PhysicalConstants.ZeroCelsius;

    /// <summary>Highest temperature of the formulas, K (100 °C).</summary>
    public const double HighestTemperature = PhysicalConstants.ZeroCelsius + 100;

    /// <summary>
    /// Relative permittivity: 87.740 − 0.40008 t + 9.398e-4 t² − 1.410e-6 t³, t in °C, 0 to 100 °C
    /// (Malmberg and Maryott, J. Res. Natl. Bur. Stand. 56, 1, 1956).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K.</param>
    public static double Permittivity(double temperature)
    {
        var t = temperature - PhysicalConstants.ZeroCelsius;
        return 87.740 + t * (-0.40008 + t * (9.398e-4 - t * 1.410e-6));
    }

    /// <summary>
    /// Dynamic viscosity, Pa s, at 0.1 MPa: 1e-6 Σ a (T/300 K)^b, within 1 % from −20 to 110 °C
    /// (IAPWS SR6-08(2011); Pátek et al., J. Phys. Chem. Ref. Data 38, 21, 2009, eq. 8).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K.</param>
    public static double Viscosity(double temperature)
    {
        var t = temperature / 300;
        return 1e-6 * (280.68 * Math.Pow(t, -1.9) + 511.45 * Math.Pow(t, -7.7) + 61.131 * Math.Pow(t, -19.6) + 0.45903 * Math.Pow(t, -40));
    }

    /// <summary>Factor on a diffusivity in water from one temperature to another, Stokes–Einstein: D ~ T/viscosity.</summary>
    /// <param name="from">Temperature of the diffusivity, K.</param>
    /// <param name="to">Temperature wanted, K.</param>
    public static double StokesEinsteinFactor(double from, double to) => to / from * (Viscosity(from) / Viscosity(to));

    /// <summary>Within the range of the formulas.</summary>
    /// <param name="temperature">Absolute temperature, K.</param>
    public static bool Covers(double temperature) => temperature is >= LowestTemperature and <= HighestTemperature;
}
