using System.Numerics;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>Small-signal impedances against closed forms, and the capacitance that they show.</summary>
internal static class ImpedanceChecks
{
    private const double Temperature = 298.15, Water = 78.5;

    private static readonly Electrolyte Salt = Electrolyte.OneToOne(Temperature, Water, 10);

    /// <summary>From slow to beyond the relaxation of the bulk, 1e8 Hz.</summary>
    private static readonly double[] Frequencies = [1e2, 1e4, 1e6, 1e7, 1e8, 1e9];

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "impedance of a bulk",
            Quantity = "modulus of Z between two baths, where Z differs most of 1e2 ... 1e9 Hz",
            Unit = "ohm m2",
            Limit = 1e-12,
            IsRelative = true,
            Source = "L/(sigma + i omega eps) (Theory.Impedance.BetweenBaths)",
            Validity = "Exact for PNP between equal baths at any frequency, Debye length and grid; the error is complex, |Z/Z_expected"
                + " - 1|.",
            Measure = Bulk,
        },
        new()
        {
            Name = "impedance of blocking electrodes",
            Quantity = "modulus of Z, where Z differs most of 1e2 ... 1e9 Hz",
            Unit = "ohm m2",
            Limit = 5e-4,
            IsRelative = true,
            Source = "Macdonald 1953; Bazant, Thornton and Ajdari 2004, section III",
            Validity = "Linearised about rest; the limit is that of cells from a fortieth of the Debye length; the error is complex.",
            Measure = Blocking,
        },
        new()
        {
            Name = "membrane capacitance",
            Quantity = "Im Y/omega at 1 kHz and no voltage",
            Unit = "F m-2",
            Limit = 2e-5,
            IsRelative = true,
            Source = "Läuger 1967: 1/C = d/eps_m + lambda/eps + lambda/eps",
            Validity = "Far below the relaxation of the baths, drops of the layers far below RT/F; the layers are 1 % of 1/C.",
            Measure = bench =>
            {
                Electrolyte bath = Electrolyte.OneToOne(Temperature, Water, 150);
                double omega = 2 * Math.PI * 1e3;
                double got = bench.Steady(DoubleLayerChecks.Capacitor(0), (steady, _) => steady.Admittance(1e3).Imaginary / omega);
                return Measurement.Relative(MembraneCapacitor.WithDebyeLayers(2, 4e-9, bath, bath), got);
            },
        },
    ];

    private static Measurement Bulk(VerificationBench bench)
    {
        double[] diffusivity = [1.334e-9, 2.032e-9];
        const double Length = 50e-9;
        PnpProblem problem = Stack(
            [new("Na", 1, diffusivity[0]), new("Cl", -1, diffusivity[1])], Baths(Potential(0), 10, 10), Baths(Potential(0), 10, 10),
            Layer("salt", Length, 33, [10, 10], Water));
        return Compare(bench, problem, omega => Impedance.BetweenBaths(Salt, diffusivity, Length, omega));
    }

    private static Measurement Blocking(VerificationBench bench)
    {
        double length = 40 * Salt.DebyeLength;
        PnpProblem problem = Stack(
            EqualSalt, Closed(Potential(0), 2), Closed(Potential(0), 2),
            Layer("gap", length, 240, [10, 10], Water, Salt.DebyeLength / 40, Grading.Both));
        return Compare(bench, problem, omega => Impedance.BetweenBlockingElectrodes(Salt, 1e-9, length, omega));
    }

    private static Measurement Compare(VerificationBench bench, PnpProblem problem, Func<double, Complex> expected) =>
        bench.Steady(problem, (steady, _) => Measurement.Worst(Frequencies.Select(frequency =>
        {
            Complex z = expected(2 * Math.PI * frequency), got = 1 / steady.Admittance(frequency);
            return new Measurement(z.Magnitude, got.Magnitude, Complex.Abs(got / z - 1));
        })));
}
