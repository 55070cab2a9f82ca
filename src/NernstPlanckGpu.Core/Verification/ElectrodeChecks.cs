using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>The electrical conditions at the ends, in explicit and in implicit steps: charged walls, Stern layers, currents, ramps, crowding.</summary>
internal static class ElectrodeChecks
{
    private const double Temperature = 298.15, Water = 78.5, Bulk = 100, Size = 5e-10;

    private static readonly Electrolyte Salt = Electrolyte.OneToOne(Temperature, Water, Bulk);

    private static readonly IntegratorKind[] Both = [IntegratorKind.Rkc2, IntegratorKind.Rodas4];

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "charged wall",
            Quantity = "potential of a wall of 0.03 C/m2 in 100 mM, explicit, implicit and steady",
            Unit = "V",
            Limit = 3e-5,
            Source = "Grahame 1947, inverted: (2RT/F) asinh(sigma/sqrt(8 eps RT c))",
            Validity = "A half space; 10 Debye lengths, and 150 of their relaxation times; the limit is that of cells from a fiftieth of the "
                + "Debye length.",
            Measure = ChargedWall,
        },
        new()
        {
            Name = "charging of Stern layers",
            Quantity = "charge of an electrode behind half a Debye length after one lambda L/D, explicit and implicit",
            Unit = "C m-2",
            Limit = 1e-3,
            IsRelative = true,
            Source = "Bazant, Thornton and Ajdari 2004, by inversion of the Laplace transform (Talbot)",
            Validity = "Linearised, at 0.01 RT/F of voltage; lambda/L = 0.05, a Stern layer at both electrodes.",
            Measure = SternCharging,
        },
        new()
        {
            Name = "ohmic bulk",
            Quantity = "potential across NaCl that a clamped current passes, explicit, implicit and steady",
            Unit = "V",
            Limit = 2e-7,
            Source = "Ohm: I L/sigma, sigma = F^2 sum z^2 D c/RT",
            Validity = "Exact for PNP between equal baths, after 25 times what diffusion takes; the limit is what 1e-7 per step leaves.",
            Measure = OhmicBulk,
        },
        new()
        {
            Name = "charging current",
            Quantity = "current into a membrane under a ramp, explicit and implicit",
            Unit = "A m-2",
            Limit = 2e-4,
            IsRelative = true,
            Source = "I = C dV/dt, Läuger 1967: 1/C = d/eps_m + lambda/eps + lambda/eps",
            Validity = "A thousand times slower than the baths relax, to 50 mV, of which a layer has 0.3 mV; displacement current and ions.",
            Measure = ChargingCurrent,
        },
        new()
        {
            Name = "crowded layer",
            Quantity = "charge of a wall at 500 mV in 100 mM of ions of 0.5 nm",
            Unit = "C m-2",
            Limit = 1e-3,
            IsRelative = true,
            Source = "Kilic, Bazant and Ajdari 2007, eq. 21",
            Validity = "Bikerman's lattice; points would have 5e8 times the concentration at the wall. The limit is that of 160 cells.",
            Measure = CrowdedLayer,
        },
        new()
        {
            Name = "fixed charge in time",
            Quantity = "potential of a gel of -100 mM in 105 mM after it has relaxed, explicit and implicit",
            Unit = "V",
            Limit = 1e-6,
            Source = "Donnan 1911: (RT/F) asinh(X/2c)",
            Validity = "12 nm of gel, thirteen Debye lengths, on 3 nm of solution.",
            Measure = GelInTime,
        },
    ];

    private static Measurement ChargedWall(VerificationBench bench)
    {
        const double Charge = 0.03;
        double length = 10 * Salt.DebyeLength, end = 150 * 10 * Salt.DebyeLength * Salt.DebyeLength / 1e-9;
        PnpProblem problem = Stack(
            EqualSalt, Closed(new SurfaceChargeBoundary(Constant(Charge)), 2), Baths(Potential(0), Bulk, Bulk),
            Layer("bulk", length, 120, [Bulk, Bulk], Water, 0.02 * Salt.DebyeLength, Grading.Left));
        double expected = Grahame.Potential(Salt, Charge);
        return Measurement.Worst(
        [
            .. Both.Select(integrator => Measurement.Absolute(
                expected, bench.Transient(problem, new() { End = end, Integrator = integrator, RelativeTolerance = 1e-5 }).Voltage)),
            Measurement.Absolute(expected, bench.Steady(problem).Voltage),
        ]);
    }

    private static Measurement SternCharging(VerificationBench bench)
    {
        const double Volt = 0.01, Thickness = 0.5;
        Electrolyte dilute = Electrolyte.OneToOne(Temperature, Water, 1);
        double half = 20 * dilute.DebyeLength, tau = dilute.DebyeLength * half / 1e-9;
        double capacitance = PhysicalConstants.VacuumPermittivity * Water / (Thickness * dilute.DebyeLength);
        ElectricBoundary Electrode(double sign) => new SternBoundary(Constant(sign * Volt * dilute.ThermalVoltage), capacitance);
        PnpProblem gap = Stack(
            EqualSalt, Closed(Electrode(-1), 2), Closed(Electrode(1), 2),
            Layer("gap", 2 * half, 160, [1, 1], Water, 0.05 * dilute.DebyeLength, Grading.Both));
        double unit = 2 * PhysicalConstants.Faraday * dilute.DebyeLength;
        double expected = unit * BlockingElectrodes.Charge(0.05, Thickness, Volt, 1);
        return Measurement.Worst(Both.Select(integrator =>
        {
            EngineState state = bench.Transient(gap, new() { End = tau, Integrator = integrator, RelativeTolerance = 1e-8 });
            return Measurement.Relative(expected, PhysicalConstants.Faraday * state.ChargeUpTo(half));
        }));
    }

    private static Measurement OhmicBulk(VerificationBench bench)
    {
        const double Current = 1e4, Length = 50e-9;
        double[] diffusivity = [1.334e-9, 2.032e-9];
        PnpProblem problem = Stack(
            [new("Na", 1, diffusivity[0]), new("Cl", -1, diffusivity[1])], Baths(new CurrentBoundary(Constant(Current)), 10, 10),
            Baths(Potential(0), 10, 10), Layer("salt", Length, 33, [10, 10], Water));
        double conductivity = PhysicalConstants.Faraday / PhysicalConstants.ThermalVoltage(Temperature) * 10 * diffusivity.Sum();
        double expected = Current * Length / conductivity;
        return Measurement.Worst(
        [
            .. Both.Select(integrator => Measurement.Absolute(
                expected, bench.Transient(problem, new() { End = 4e-6, Integrator = integrator, RelativeTolerance = 1e-7 }).Voltage)),
            Measurement.Absolute(expected, MembraneChecks.ZeroCurrent(bench, problem)),
        ]);
    }

    private static Measurement ChargingCurrent(VerificationBench bench)
    {
        const double End = 1e-6, Volt = 0.05;
        Electrolyte bath = Electrolyte.OneToOne(Temperature, Water, 150);
        PnpProblem flat = DoubleLayerChecks.Capacitor(0);
        PnpProblem problem = flat with { Left = flat.Left with { Electric = new PotentialBoundary(new RampWaveform(0, 2 * Volt, 0, 2 * End)) } };
        double expected = MembraneCapacitor.WithDebyeLayers(2, 4e-9, bath, bath) * Volt / End;
        // Longer steps of rkc2 stir up the fastest modes, by 1e-3 of the current.
        double[] stops = [.. Enumerable.Range(1, 50).Select(i => i * End / 50)];
        return Measurement.Worst(Both.Select(integrator => Measurement.Relative(
            expected, bench.Transient(problem, new() { End = End, Integrator = integrator, RelativeTolerance = 1e-7 }, stops)[^1].CurrentDensity)));
    }

    private static Measurement CrowdedLayer(VerificationBench bench)
    {
        const double Volt = 0.5;
        double nu = 2 * PhysicalConstants.Avogadro * Size * Size * Size * Bulk, sinh = Math.Sinh(Volt / Salt.ThermalVoltage / 2);
        double expected = 2 * PhysicalConstants.Faraday * Bulk * Salt.DebyeLength * Math.Sqrt(2 / nu * Math.Log(1 + 2 * nu * sinh * sinh));
        Region layer = Layer("layer", 15e-9, 160, [Bulk, Bulk], Water, 7.5e-12, Grading.Left);
        PnpProblem problem = Stack(
            [new("P", 1, 1e-9, Size), new("M", -1, 1e-9, Size)], Closed(Potential(Volt), 2), Baths(Potential(0), Bulk, Bulk), layer) with
        { Activity = new(ActivityKind.Bikerman, Size) };
        EngineState state = bench.Transient(problem, new() { End = 1e-2, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-5 });
        return Measurement.Relative(expected, state.LeftCharge);
    }

    private static Measurement GelInTime(VerificationBench bench)
    {
        double[] bath = [100, 5, 105];
        Region gel = Layer("gel", 12e-9, 120, bath, Water) with { FixedCharge = -100 };
        PnpProblem problem = Stack(
            [new("Na", 1, 1e-9), new("K", 1, 1e-9), new("Cl", -1, 1e-9)], Baths(Potential(0), bath),
            Closed(new SurfaceChargeBoundary(Constant(0)), 3), Layer("bath", 3e-9, 30, bath, Water), gel);
        double expected = Donnan.Potential(Temperature, [1, 1, -1], bath, -100);
        return Measurement.Worst(Both.Select(integrator => Measurement.Absolute(
            expected, bench.Transient(problem, new() { End = 2e-6, Integrator = integrator, RelativeTolerance = 1e-6 }).Potentials()[^1])));
    }
}
