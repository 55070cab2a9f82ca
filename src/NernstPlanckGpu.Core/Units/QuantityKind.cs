namespace NernstPlanckGpu.Core.Units;

/// <summary>What a number in a configuration means: its dimension, and how people write it.</summary>
/// <param name="Name">Name in messages ("length").</param>
/// <param name="Unit">SI unit of a plain number ("m").</param>
/// <param name="Dimension">Dimension.</param>
/// <param name="Examples">Examples with the usual units.</param>
public sealed record QuantityKind(string Name, string Unit, Dimension Dimension, IReadOnlyList<string> Examples)
{
    /// <summary>Length, m.</summary>
    public static QuantityKind Length { get; } = Define("length", "m", "4 nm", "20 um", "3 angstrom");

    /// <summary>Area, m².</summary>
    public static QuantityKind Area { get; } = Define("area", "m^2", "1 nm^2", "0.5 um^2");

    /// <summary>Time, s.</summary>
    public static QuantityKind Time { get; } = Define("time", "s", "10 us", "1 ms");

    /// <summary>Frequency, Hz.</summary>
    public static QuantityKind Frequency { get; } = Define("frequency", "Hz", "50 Hz", "1 MHz");

    /// <summary>Absolute temperature, K; the only kind that may be given in degC.</summary>
    public static QuantityKind Temperature { get; } = Define("temperature", "K", "310.15 K", "37 degC");

    /// <summary>Amount concentration, mol/m³.</summary>
    public static QuantityKind Concentration { get; } = Define("concentration", "mol/m^3", "140 mM", "2 uM", "1.5 mol/m^3");

    /// <summary>Diffusivity, m²/s.</summary>
    public static QuantityKind Diffusivity { get; } = Define("diffusivity", "m^2/s", "1.96e-9 m^2/s", "2 um^2/ms", "1.3e-5 cm^2/s");

    /// <summary>Electric potential, V.</summary>
    public static QuantityKind Potential { get; } = Define("potential", "V", "-70 mV", "0.1 V");

    /// <summary>Energy per amount, J/mol.</summary>
    public static QuantityKind MolarEnergy { get; } = Define("energy per amount", "J/mol", "12 kJ/mol", "2.9 kcal/mol");

    /// <summary>Capacitance per area, F/m².</summary>
    public static QuantityKind Capacitance { get; } = Define("capacitance per area", "F/m^2", "0.2 F/m^2", "2 uF/cm^2");

    /// <summary>Charge per area, C/m².</summary>
    public static QuantityKind SurfaceCharge { get; } = Define("charge per area", "C/m^2", "0.01 C/m^2", "1 uC/cm^2");

    /// <summary>Current per area, A/m².</summary>
    public static QuantityKind CurrentDensity { get; } = Define("current per area", "A/m^2", "0.5 A/m^2", "10 uA/cm^2");

    /// <summary>Flux, mol/(m² s).</summary>
    public static QuantityKind Flux { get; } = Define("flux", "mol/m^2/s", "1e-7 mol/m^2/s", "10 pmol/cm^2/s");

    /// <summary>Source per volume, mol/(m³ s).</summary>
    public static QuantityKind Source { get; } = Define("source per volume", "mol/m^3/s", "5 mol/m^3/s", "3 mM/s");

    /// <summary>Permeability, m/s.</summary>
    public static QuantityKind Permeability { get; } = Define("permeability", "m/s", "1e-8 m/s", "1e-6 cm/s");

    /// <summary>Conductance per area, S/m².</summary>
    public static QuantityKind Conductance { get; } = Define("conductance per area", "S/m^2", "36 mS/cm^2", "3 S/m^2");

    /// <summary>Hydraulic permeability L_p: volume flux per pressure, m/(s Pa).</summary>
    public static QuantityKind HydraulicPermeability { get; } = Define("hydraulic permeability", "m/s/Pa", "1e-13 m/s/Pa", "1e-6 cm/s/bar");

    /// <summary>Area per volume, 1/m.</summary>
    public static QuantityKind AreaToVolume { get; } = Define("area per volume", "1/m", "0.3 1/um", "3e5 1/m");

    /// <summary>Rate, 1/s.</summary>
    public static QuantityKind Rate { get; } = Define("rate", "1/s", "0.1 1/ms", "100 1/s");

    /// <summary>Plane angle, rad.</summary>
    public static QuantityKind Angle { get; } = Define("angle", "rad", "90 deg", "1.57 rad");

    /// <summary>Name with its article ("a length", "an area"), for messages.</summary>
    public string WithArticle => $"{(Name[0] is 'a' or 'e' ? "an" : "a")} {Name}";

    /// <summary>Expected dimension in words with examples, for messages.</summary>
    public string Advice => $"{WithArticle}, such as {string.Join(" or ", Examples.Take(2).Select(example => $"\"{example}\""))}";

    private static QuantityKind Define(string name, string unit, params string[] examples) =>
        new(name, unit, UnitParser.Parse(unit).Dimension, examples);
}
