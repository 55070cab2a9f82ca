namespace NernstPlanckGpu.Core.Units;

/// <summary>Physical constants, CODATA 2018 (Tiesinga et al., Rev. Mod. Phys. 93, 025010, 2021). SI.</summary>
public static class PhysicalConstants
{
    /// <summary>Faraday constant F, C/mol.</summary>
    public const double Faraday = 96485.33212;

    /// <summary>Molar gas constant R, J/(mol K).</summary>
    public const double GasConstant = 8.314462618;

    /// <summary>Avogadro constant N_A, 1/mol.</summary>
    public const double Avogadro = 6.02214076e23;

    /// <summary>Vacuum permittivity eps0, F/m.</summary>
    public const double VacuumPermittivity = 8.8541878128e-12;

    /// <summary>Zero of the Celsius scale, K.</summary>
    public const double ZeroCelsius = 273.15;

    /// <summary>Thermal voltage RT/F, V.</summary>
    /// <param name="temperature">Absolute temperature, K.</param>
    public static double ThermalVoltage(double temperature) => GasConstant * temperature / Faraday;
}
