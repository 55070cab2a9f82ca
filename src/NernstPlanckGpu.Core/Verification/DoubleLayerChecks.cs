using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>Diffuse layers at rest and while they charge.</summary>
internal static class DoubleLayerChecks
{
    private const double Temperature = 298.15, Water = 78.5, Wall = 0.1;

    private static readonly Electrolyte Salt = Electrolyte.OneToOne(Temperature, Water, 100);

    private static readonly Electrolyte Bath150 = Electrolyte.OneToOne(Temperature, Water, 150);

    private static readonly Electrolyte Dilute = Electrolyte.OneToOne(Temperature, Water, 1);

    private static readonly double Half = 20 * Dilute.DebyeLength, Tau = Dilute.DebyeLength * Half / 1e-9;

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "Gouy-Chapman charge",
            Quantity = "surface charge of a wall at 100 mV in 100 mM",
            Unit = "C m-2",
            Limit = 2e-3,
            IsRelative = true,
            Source = "Grahame 1947, eq. 22: sqrt(8 eps RT c) sinh(FV/2RT)",
            Validity = "A half space of point ions; the limit is that of cells from a fiftieth of the Debye length.",
            Measure = bench => Measurement.Relative(
                Grahame.ChargeOneToOne(Temperature, Water, 100, Wall), bench.Steady(BesideWall(Potential(Wall))).LeftCharge),
        },
        new()
        {
            Name = "Gouy-Chapman profile",
            Quantity = "potential in the layer, where it differs most",
            Unit = "V",
            Limit = 1e-4,
            Source = "Gouy 1910, Chapman 1913: (4RT/F) artanh[tanh(FV/4RT) exp(-x/lambda)]",
            Validity = "A half space; the domain is 20 Debye lengths long, whose end is felt to 1e-9 of the wall.",
            Measure = Profile,
        },
        new()
        {
            Name = "Stern layer",
            Quantity = "charge of an electrode at 300 mV behind 0.2 F/m2",
            Unit = "C m-2",
            Limit = 2e-4,
            IsRelative = true,
            Source = "Stern 1924 with Grahame 1947: V = sigma/C + drop of the diffuse layer",
            Validity = "A Stern layer without ions in front of a half space; most of the drop is the Stern layer's, so the cells "
                + "matter less.",
            Measure = SternCharge,
        },
        new()
        {
            Name = "membrane charge",
            Quantity = "charge beside a membrane at -70 mV",
            Unit = "C m-2",
            Limit = 2e-5,
            IsRelative = true,
            Source = "Läuger 1967: plate in series with two Grahame layers",
            Validity = "No ions in the membrane, baths of 20 Debye lengths; the layers are a hundredth of the drop, so their cells "
                + "matter little.",
            Measure = bench => Measurement.Relative(
                MembraneCapacitor.StaticCharge(-0.07, 2, 4e-9, Bath150, Bath150).Charge, bench.Steady(Capacitor(-0.07)).MiddleCharge),
        },
        new()
        {
            Name = "blocking electrodes, time constant",
            Quantity = "slowest time constant over lambda L/D, lambda/L = 0.05",
            Unit = "1",
            Limit = 1e-3,
            IsRelative = true,
            Source = "Bazant, Thornton and Ajdari 2004: tanh k + eps k s = 0, k = sqrt(1 + eps s)/eps",
            Validity = "Linearised, at 0.01 RT/F of voltage; of the limit most is the grid's, of 200 cells from 0.05 Debye lengths.",
            Measure = SlowestTimeConstant,
        },
        new()
        {
            Name = "blocking electrodes, charge",
            Quantity = "charge of half the gap after one lambda L/D",
            Unit = "C m-2",
            Limit = 1e-3,
            IsRelative = true,
            Source = "Bazant, Thornton and Ajdari 2004, by inversion of the Laplace transform (Talbot)",
            Validity = "Linearised, at 0.01 RT/F of voltage; charge counted in whole cells.",
            Measure = ChargeAfterStep,
        },
    ];

    // 20 Debye lengths, cells from a fiftieth of one.
    private static PnpProblem BesideWall(ElectricBoundary wall) => Stack(
        EqualSalt, Closed(wall, 2), Baths(Potential(0), 100, 100),
        Layer("bulk", 20 * Salt.DebyeLength, 200, [100, 100], Water, 0.02 * Salt.DebyeLength, Grading.Left));

    private static Measurement Profile(VerificationBench bench)
    {
        EngineState state = bench.Steady(BesideWall(Potential(Wall)));
        return Measurement.Largest(state.Potentials().Select((phi, i) =>
            (GouyChapman.Potential(Temperature, Water, 100, Wall, state.X[i]), Wall + phi)));
    }

    private static Measurement SternCharge(VerificationBench bench)
    {
        const double Electrode = 0.3, Capacitance = 0.2;
        double diffuse = RootFinding.Bracketed(
            phi => Grahame.Charge(Salt, phi) / Capacitance + phi - Electrode, 0, Electrode);
        EngineState state = bench.Steady(BesideWall(new SternBoundary(Constant(Electrode), Capacitance)));
        return Measurement.Relative(Grahame.Charge(Salt, diffuse), state.LeftCharge);
    }

    public static PnpProblem Capacitor(double potential)
    {
        double water = 20 * Bath150.DebyeLength;
        Region membrane = Layer("membrane", 4e-9, 20, [0, 0], 2) with { IsMembrane = true, Impermeable = [true, true] };
        Region Side(string name, Grading grading) => Layer(name, water, 150, [150, 150], Water, Bath150.DebyeLength / 40, grading);
        return Stack(
            EqualSalt, Baths(Potential(potential), 150, 150), Baths(Potential(0), 150, 150),
            Side("left", Grading.Right), membrane, Side("right", Grading.Left));
    }

    private static IReadOnlyList<EngineState> Gap(VerificationBench bench, params double[] times)
    {
        double volt = 0.01 * Dilute.ThermalVoltage;
        PnpProblem gap = Stack(
            EqualSalt, Closed(Potential(-volt), 2), Closed(Potential(volt), 2),
            Layer("gap", 2 * Half, 200, [1, 1], Water, 0.05 * Dilute.DebyeLength, Grading.Both));
        TimeSettings settings = new() { End = times[^1], Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-8 };
        return bench.Transient(gap, settings, times);
    }

    // Three charges at equal distances in time, when only the slowest mode is left: their differences fall by e^(-t/tau).
    private static Measurement SlowestTimeConstant(VerificationBench bench)
    {
        double[] charge = [.. Gap(bench, Tau, 2 * Tau, 3 * Tau).Select(state => state.LeftCharge)];
        double got = 1 / Math.Log((charge[1] - charge[0]) / (charge[2] - charge[1]));
        return Measurement.Relative(BlockingElectrodes.SlowestTimeConstant(0.05, 0), got);
    }

    private static Measurement ChargeAfterStep(VerificationBench bench)
    {
        double unit = 2 * PhysicalConstants.Faraday * 1 * Dilute.DebyeLength;
        double got = PhysicalConstants.Faraday * Gap(bench, Tau)[0].ChargeUpTo(Half);
        return Measurement.Relative(unit * BlockingElectrodes.Charge(0.05, 0, 0.01, 1), got);
    }
}
