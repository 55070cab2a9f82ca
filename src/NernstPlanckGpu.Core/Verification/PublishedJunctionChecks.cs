using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>
/// Liquid junctions with published potentials. The tables were copied from the tests of LJPcalc (github.com/swharden/LJPcalc,
/// LjpCalculationTest.cs), which name their source beside each number.
/// </summary>
internal static class PublishedJunctionChecks
{
    private const double Room = 293.15, Warm = 298.15;

    // CRC Handbook, 97th ed. (2016), as all of KnownIons, which has no zinc.
    private const double Zinc = 0.703e-9;

    /// <summary>A junction: ions with their concentrations left and right, mM, and the potential of the right side against the left one, mV.</summary>
    private sealed record Junction(double Millivolt, params (string Ion, double Left, double Right)[] Ions);

    private static readonly Junction[] NgBarry =
    [
        new(-4.3, ("Na", 50, 0), ("K", 0, 50), ("Cl", 50, 50)),
        new(-4.3, ("Na", 150, 0), ("K", 0, 150), ("Cl", 150, 150)),
        new(-4.9, ("Na", 50, 0), ("Cs", 0, 50), ("Cl", 50, 50)),
        new(10.0, ("Na", 100, 0), ("Mg", 0, 100), ("Cl", 100, 200)),
        new(0.6, ("Ca", 100, 0), ("Mg", 0, 100), ("Cl", 200, 200)),
        new(6.4, ("K", 100, 0), ("Li", 0, 100), ("Ca", 2, 2), ("Cl", 104, 104)),
        new(-8.2, ("Ca", 50, 0), ("Mg", 50, 0), ("Li", 0, 100), ("Cl", 200, 100)),
    ];

    private static readonly Junction[] Harper =
    [
        new(-15.6, ("Na", 99.5, 4.99), ("Cl", 99.5, 4.99)),
        new(55.5, ("H", 100, 3.45), ("Cl", 100, 3.45)),
        new(-35, ("Ca", 290, 5.45), ("Cl", 580, 10.9)),
        new(-8.1, ("Zn", 400, 18.6), ("SO4", 400, 18.6)),
    ];

    private static readonly Junction[] BarryLynch =
    [
        new(8.74, ("Na", 10, 145), ("Cl", 10, 145), ("Cs", 135, 0), ("F", 135, 0)),
        new(8.71, ("Cs", 145, 0), ("Na", 0, 145), ("F", 125, 0), ("Cl", 20, 145)),
    ];

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "junctions of Ng and Barry",
            Quantity = "seven junctions of chlorides of Na, K, Cs, Li, Mg and Ca, where they differ most",
            Unit = "V",
            Limit = 2e-4,
            Source = "Ng and Barry, J. Neurosci. Methods 56, 37 (1995), table 2, as LJPcalc's tests quote it",
            Validity = "A layer with fixed ends, limiting diffusivities, 20 degC; the table has 0.1 mV. Henderson's mixing gives all "
                + "seven to 0.05 mV; magnesium makes 0.08 mV between it and such a layer.",
            Measure = bench => Worst(bench, NgBarry, Room),
        },
        new()
        {
            Name = "junctions of Harper",
            Quantity = "two concentrations of NaCl, HCl, CaCl2 and ZnSO4, where they differ most",
            Unit = "V",
            Limit = 4e-4,
            Source = "Harper, J. Phys. Chem. 89, 1660 (1985), table I, as LJPcalc's tests quote it",
            Validity = "One salt each, so no mixing matters; limiting diffusivities, 25 degC. The table has 0.1 mV (1 mV for CaCl2), and "
                + "its NaCl is 0.35 mV from that of limiting diffusivities.",
            Measure = bench => Worst(bench, Harper, Warm),
        },
        new()
        {
            Name = "junctions of Barry and Lynch",
            Quantity = "caesium fluoride pipettes in NaCl, where they differ most",
            Unit = "V",
            Limit = 1.5e-4,
            Source = "JPCalcWin manual, pages 7 and 10 (the program of Barry and Lynch, J. Membr. Biol. 121, 101 (1991)), as LJPcalc's "
                + "tests quote it",
            Validity = "20 degC. The program has Henderson's mixing, which the manual's numbers follow to 0.01 mV; a layer with fixed ends "
                + "is 0.09 mV off it.",
            Measure = bench => Worst(bench, BarryLynch, Room),
        },
        new()
        {
            Name = "junction of Marino, Misuri and Brogioli",
            Quantity = "ZnCl2 9 M | KCl 3 M with a trace of ZnCl2",
            Unit = "V",
            Limit = 3e-5,
            Source = "JLJP (arXiv 1403.3640), stationary Nernst-Planck: -20.79558643 mV; equivalent conductivities of Lange's Handbook",
            Validity = "The same equations, electroneutral; a fall to 1/300 of one ion leaves 0.02 mV to that program's steps.",
            Measure = bench => Measurement.Absolute(-0.02079558643, Potential(bench, Warm,
            [
                new(2, Mobile(52.8, 2), 9000, 28.4), new(1, Mobile(73.5, 1), 0, 3000), new(-1, Mobile(76.31, 1), 18000, 3056.8),
            ])),
        },
    ];

    // D = lambda RT/(|z| F²), lambda in 1e-4 S m² per equivalent.
    private static double Mobile(double conductivity, double valence) =>
        1e-4 * conductivity * PhysicalConstants.ThermalVoltage(Warm) / (valence * PhysicalConstants.Faraday);

    private static double Potential(VerificationBench bench, double temperature, JunctionIon[] ions) =>
        -MembraneChecks.ZeroCurrent(bench, JunctionChecks.FixedEnds(ions) with { Temperature = temperature });

    private static Measurement Worst(VerificationBench bench, Junction[] junctions, double temperature) => Measurement.Worst(junctions.Select(
        junction => Measurement.Absolute(1e-3 * junction.Millivolt, Potential(bench, temperature, [.. junction.Ions.Select(Ion)]))));

    private static JunctionIon Ion((string Name, double Left, double Right) ion)
    {
        if (KnownIons.TryFind(ion.Name, out KnownIon? known)) return new(known.Valence, known.Diffusivity, ion.Left, ion.Right);
        return ion.Name == "Zn" ? new(2, Zinc, ion.Left, ion.Right) : throw new ArgumentException($"no ion {ion.Name}", nameof(ion));
    }
}
