using System.Diagnostics.CodeAnalysis;

namespace NernstPlanckGpu.Core.Model;

/// <summary>An ion whose properties are known.</summary>
/// <param name="Name">Name in configurations.</param>
/// <param name="Meaning">Full name.</param>
/// <param name="Valence">Charge number.</param>
/// <param name="Diffusivity">Limiting diffusivity in water at 25 °C, m²/s.</param>
/// <param name="Size">Debye–Hückel size, m; null when none is known.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record KnownIon(string Name, string Meaning, double Valence, double Diffusivity, double? Size, string Source);

/// <summary>
/// Ions that a configuration may name without giving their numbers. Diffusivities: CRC Handbook of Chemistry and Physics,
/// "Ionic conductivity and diffusion at infinite dilution"; where it has none, from the mobilities relative to potassium of
/// Ng and Barry 1995 (all of these univalent), D = u × 1.957e-9 m²/s. Sizes: Kielland 1937, table I (the
/// lower one where it gives a range).
/// </summary>
public static class KnownIons
{
    /// <summary>Temperature of <see cref="KnownIon.Diffusivity"/>, K.</summary>
    public const double ReferenceTemperature = 298.15;

    private const double PotassiumDiffusivity = 1.957e-9;
    private const double Angstrom = 1e-10;
    private const string Handbook = "D: CRC Handbook of Chemistry and Physics, 97th ed. (2016), Ionic conductivity and diffusion at infinite dilution";
    private const string Kielland = "; size: Kielland, J. Am. Chem. Soc. 59, 1675 (1937)";
    private const string NgBarry = "D: mobility relative to K of Ng and Barry, J. Neurosci. Methods 56, 37 (1995), times D of K";

    /// <summary>All known ions: cations, then anions.</summary>
    public static IReadOnlyList<KnownIon> All { get; } =
    [
        Measured("H", "hydrogen ion", 1, 9.311, 9),
        Measured("Li", "lithium", 1, 1.029, 6),
        Measured("Na", "sodium", 1, 1.334, 4),
        Measured("K", "potassium", 1, 1.957, 3),
        Measured("Rb", "rubidium", 1, 2.072, 2.5),
        Measured("Cs", "caesium", 1, 2.056, 2.5),
        Measured("NH4", "ammonium", 1, 1.957, 2.5),
        Measured("Mg", "magnesium", 2, 0.706, 8),
        Measured("Ca", "calcium", 2, 0.792, 6),
        Measured("TEA", "tetraethylammonium", 1, 0.868, 6),
        Relative("choline", "choline", 1, 0.51),
        Relative("TRIS", "protonated tris(hydroxymethyl)aminomethane", 1, 0.40),
        Relative("NMDG", "N-methyl-D-glucamine", 1, 0.33),
        Measured("OH", "hydroxide", -1, 5.273, 3.5),
        Measured("F", "fluoride", -1, 1.475, 3.5),
        Measured("Cl", "chloride", -1, 2.032, 3),
        Measured("Br", "bromide", -1, 2.080, 3),
        Measured("I", "iodide", -1, 2.045, 3),
        Measured("NO3", "nitrate", -1, 1.902, 3),
        Measured("HCO3", "hydrogencarbonate (bicarbonate)", -1, 1.185, 4),
        Measured("CO3", "carbonate", -2, 0.923, 4.5),
        Measured("SO4", "sulfate", -2, 1.065, 4),
        Measured("H2PO4", "dihydrogenphosphate", -1, 0.959, 4),
        Measured("HPO4", "hydrogenphosphate", -2, 0.759, 4),
        Measured("acetate", "acetate", -1, 1.089, 4.5),
        Relative("gluconate", "gluconate", -1, 0.33),
        Relative("aspartate", "aspartate", -1, 0.30),
        Relative("glutamate", "glutamate", -1, 0.26),
        Relative("isethionate", "isethionate", -1, 0.52),
        Relative("HEPES", "deprotonated HEPES", -1, 0.30),
    ];

    /// <summary>Finds an ion by its name, case included.</summary>
    /// <param name="name">Name in configurations.</param>
    /// <param name="ion">The ion.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out KnownIon? ion)
    {
        ion = All.FirstOrDefault(one => one.Name == name);
        return ion is not null;
    }

    private static KnownIon Measured(string name, string meaning, double valence, double diffusivity, double size) =>
        new(name, meaning, valence, Math.Round(diffusivity * 1000) / 1e12, size * Angstrom, Handbook + Kielland);

    private static KnownIon Relative(string name, string meaning, double valence, double mobility) =>
        new(name, meaning, valence, Math.Round(mobility * PotassiumDiffusivity * 1e12) / 1e12, null, NgBarry);
}
