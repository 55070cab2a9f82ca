using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>Mechanisms one by one, at an imposed voltage: gates, ohmic leaks, cotransport, and pumps in explicit steps.</summary>
internal static class MechanismChecks
{
    private const int Ca = 0, K = 1, Cl = 2;
    private const double Temperature = 310.15;

    private static readonly Species[] Ions = [new("Ca", 2, 0.792e-9), new("K", 1, 1.957e-9), new("Cl", -1, 2.032e-9)];

    private static readonly double[] Inside = [1, 140, 142], Outside = [2, 5, 9];

    private static readonly Gate Activation = new(
        "m", 3, new(GateRateForm.Linoid, 1000, -0.040, 0.010), new(GateRateForm.Exponential, 4000, -0.065, -0.018), Initial: 0.05);

    private static readonly Gate Inactivation = new(
        "h", 1, new(GateRateForm.Exponential, 70, -0.065, -0.020), new(GateRateForm.Sigmoid, 1000, -0.035, 0.010), Initial: 0.6);

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "gates of Hodgkin and Huxley",
            Quantity = "flux through a sodium channel's gates at -20 mV, where it differs most of two times and integrators",
            Unit = "mol m-2 s-1",
            Limit = 1e-5,
            IsRelative = true,
            Source = "Hodgkin and Huxley 1952, eqs. 7 to 24 and table 3: g m^3 h (V - E), gates relax by exponentials",
            Validity = "The voltage is imposed, so gates do not depend on what they let through; rodas4 for 0.5 and 2 ms, rkc2 with gates "
                + "1e5 times as fast. The limit is that of the tolerances.",
            Measure = Gates,
        },
        new()
        {
            Name = "ohmic leak of calcium",
            Quantity = "flux at -20 mV",
            Unit = "mol m-2 s-1",
            Limit = 1e-12,
            IsRelative = true,
            Source = "Hodgkin and Huxley 1952, eqs. 3 to 5: g (V - E)/(z F), E of Nernst",
            Validity = "Exact between baths at an imposed voltage.",
            Measure = bench => Measurement.Relative(
                0.3 * (-0.02 - NernstPotential.Of(Temperature, 2, Inside[Ca], Outside[Ca])) / (2 * PhysicalConstants.Faraday),
                bench.Steady(Between(new OhmicLeak { Name = "ca", Species = Ca, Conductance = Constant(0.3) })).View.MechanismFlux[0]),
        },
        new()
        {
            Name = "cotransport of K and Cl",
            Quantity = "flux at -20 mV",
            Unit = "mol m-2 s-1",
            Limit = 1e-12,
            IsRelative = true,
            Source = "the linear law of Hill 1977: rate ln(K_in Cl_in/(K_out Cl_out))",
            Validity = "Exact between baths; without charge it does not see the voltage.",
            Measure = bench => Measurement.Relative(
                2e-8 * Math.Log(Inside[K] * Inside[Cl] / (Outside[K] * Outside[Cl])),
                bench.Steady(Between(new Cotransporter { Name = "kcc2", Ions = [(K, 1), (Cl, 1)], Rate = Constant(2e-8) })).View.MechanismFlux[0]),
        },
        new()
        {
            Name = "charge beside a pump",
            Quantity = "largest violation of Gauss's law in a cell after 20 ns of explicit steps",
            Unit = "mol m-3",
            Limit = 1e-10,
            Source = "Gauss: div D = F (sum z c + X)",
            Validity = "Holds to rounding while a pump moves charge through the membrane; currents as large as a channel's.",
            Measure = Pumped,
        },
    ];

    private static PnpProblem Between(params IReadOnlyList<Mechanism> mechanisms)
    {
        Region membrane = Layer("membrane", 4e-9, 5, Inside, 2) with
        {
            IsMembrane = true,
            Concentration = null,
            Impermeable = [true, true, true],
        };
        return Stack(
            Ions, Baths(Potential(-0.02), Inside), Baths(Potential(0), Outside),
            Layer("inside", 5e-9, 9, Inside), membrane, Layer("outside", 5e-9, 7, Outside)) with
        { Temperature = Temperature, Mechanisms = mechanisms };
    }

    private static Measurement Gates(VerificationBench bench)
    {
        const double Conductance = 1200, Reversal = 0.05, Voltage = -0.02;
        double Open(double time) => Math.Pow(Fraction(Activation, time), 3) * Fraction(Inactivation, time);
        double Flux(double time) => Conductance * Open(time) * (Voltage - Reversal) / PhysicalConstants.Faraday;
        IEnumerable<Measurement> Of(IntegratorKind integrator, double speed, params double[] times)
        {
            Gate Faster(Gate gate) => gate with { Speed = speed };
            PnpProblem problem = Between(new GatedChannel
            {
                Name = "na",
                Species = K,
                Conductance = Constant(Conductance),
                Reversal = Constant(Reversal),
                Gates = [Faster(Activation), Faster(Inactivation)],
            });
            TimeSettings settings = new() { End = times[^1] / speed, Integrator = integrator, RelativeTolerance = 1e-8 };
            return bench.Transient(problem, settings, [.. times.Select(time => time / speed)])
                .Zip(times, (state, time) => Measurement.Relative(Flux(time), state.View.MechanismFlux[0]));
        }
        return Measurement.Worst([.. Of(IntegratorKind.Rodas4, 1, 0.5e-3, 2e-3), .. Of(IntegratorKind.Rkc2, 1e5, 0.5e-3, 2e-3)]);
    }

    // g = g_inf + (g_0 − g_inf) e^(−(alpha + beta) t), with the rates as the paper writes them.
    private static double Fraction(Gate gate, double time)
    {
        const double Voltage = -0.02;
        static double Rate(GateRate rate)
        {
            double x = (Voltage - rate.Midpoint) / rate.Scale;
            return rate.Rate * rate.Form switch
            {
                GateRateForm.Exponential => Math.Exp(x),
                GateRateForm.Sigmoid => 1 / (1 + Math.Exp(-x)),
                _ => x / (1 - Math.Exp(-x)),
            };
        }
        double opening = Rate(gate.Opening), closing = Rate(gate.Closing), rest = opening / (opening + closing);
        return rest + (gate.Initial!.Value - rest) * Math.Exp(-(opening + closing) * time);
    }

    private static Measurement Pumped(VerificationBench bench)
    {
        // Calcium stands for sodium.
        var pump = new SodiumPotassiumPump { Name = "pump", Sodium = Ca, Potassium = K, Rate = Constant(1e-3), SodiumHalf = 1, PotassiumHalf = 2 };
        EngineState state = bench.Transient(Between(pump), new() { End = 20e-9, Integrator = IntegratorKind.Rkc2 });
        return Measurement.Absolute(0, state.GaussResidual);
    }
}
