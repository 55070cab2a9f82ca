using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Engines.Cpu.Membrane;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>Mechanisms of a problem as an engine asks them: values, derivatives, equilibria, states and units.</summary>
public class MembraneMechanismsTests
{
    private const double Thermal = PhysicalConstants.GasConstant * MechanismProblems.Temperature / PhysicalConstants.Faraday;

    private static MembraneMechanisms Of(PnpProblem problem)
    {
        DiscreteProblem discrete = Discretiser.Discretise(problem);
        var mechanisms = new MembraneMechanisms(discrete, PackShape.Of(discrete), MembraneLayout.Of(problem)!);
        mechanisms.Enter(0);
        return mechanisms;
    }

    private static MembraneMechanisms Of(params Mechanism[] mechanisms) => Of(MechanismProblems.Stack(mechanisms, 1e-6, 2e-6));

    // The place of a species of the problem in the pack's order.
    private static int InPack(int species) => Array.IndexOf(PackShape.Of(Discretiser.Discretise(MechanismProblems.Stack([]))).Order, species);

    // Both views see the concentrations of the problem, and one drop.
    private static double[] Seen(MembraneMechanisms m, double volts, double[]? inside = null, double[]? outside = null)
    {
        var seen = new double[m.SeenLength];
        foreach (MechanismView view in Enum.GetValues<MechanismView>())
        {
            for (int s = 0; s < m.Species; s++)
            {
                seen[m.Inside(view, InPack(s))] = (inside ?? MechanismProblems.Inside)[s];
                seen[m.Outside(view, InPack(s))] = (outside ?? MechanismProblems.Outside)[s];
            }
            seen[m.Drop(view)] = volts / Thermal;
        }
        return seen;
    }

    private static (double[] Flux, double[] Rate) Evaluate(MembraneMechanisms m, double[] seen, double[]? states = null, double time = 0)
    {
        double[] flux = new double[m.Layout.Items.Count], rate = new double[m.Layout.States];
        // What stood there before does not matter.
        Array.Fill(flux, double.NaN);
        Array.Fill(rate, double.NaN);
        m.Evaluate(seen, states ?? new double[m.Layout.States], time, flux, rate);
        return (flux, rate);
    }

    [Theory]
    [InlineData(MechanismView.Ends, 1)]
    [InlineData(MechanismView.Faces, 2)]
    [InlineData(MechanismView.Ends, 3)]
    public void Derivatives_are_those_of_the_values(MechanismView view, int seed)
    {
        var random = new Random(seed);
        double Between(double low, double high) => low + (high - low) * random.NextDouble();
        var problem = MechanismProblems.Stack(MechanismProblems.Everything(
            view, Between(0.1, 10), Between(0.5, 5), value => new SineWaveform(value, 0.3 * value, Between(0.5, 2), Between(0, 6))), 1e-6, 3e-6);
        MembraneMechanisms m = Of(problem);
        var derivatives = new MembraneDerivatives(m.Layout.Items.Count, m.Layout.States, m.SeenLength);
        for (int trial = 0; trial < 30; trial++)
        {
            double[] seen = [.. Enumerable.Range(0, m.SeenLength).Select(_ => Math.Exp(Between(-2, 6)))];
            foreach (MechanismView v in Enum.GetValues<MechanismView>()) seen[m.Drop(v)] = Between(-4, 4);
            double[] states = [.. Enumerable.Range(0, m.Layout.States).Select(_ => Between(0.02, 0.98))];
            double time = Between(0, 3);
            m.Linearise(seen, states, time, derivatives);
            (double[] flux, double[] rate) = Evaluate(m, seen, states, time);
            Assert.Equal(flux, derivatives.Flux);
            Assert.Equal(rate, derivatives.Rate);
            for (int i = 0; i < seen.Length; i++)
            {
                int place = i;
                Compare(seen[i], x => Evaluate(m, With(seen, place, x), states, time), derivatives.FluxBySeen, derivatives.RateBySeen, i, $"seen {i}");
            }
            for (int i = 0; i < states.Length; i++)
            {
                int place = i;
                Compare(states[i], x => Evaluate(m, seen, With(states, place, x), time), derivatives.FluxByState, derivatives.RateByState, i, $"state {i}");
            }
            Compare(time, t => Evaluate(m, seen, states, t), Column(derivatives.FluxByTime), Column(derivatives.RateByTime), 0, "time");
        }
    }

    private static double[] With(double[] values, int place, double value)
    {
        double[] copy = [.. values];
        copy[place] = value;
        return copy;
    }

    private static double[,] Column(double[] values)
    {
        var column = new double[values.Length, 1];
        for (int i = 0; i < values.Length; i++) column[i, 0] = values[i];
        return column;
    }

    // Central differences over 1e-3 of the argument, extrapolated: the fifth derivatives leave 1e-8 (a sine of 2 Hz after 3 s), rounding 1e-13 of the value over the argument.
    private static void Compare(
        double x, Func<double, (double[] Flux, double[] Rate)> at, double[,] fluxSlope, double[,] rateSlope, int column, string what)
    {
        double h = 1e-3 * Math.Max(Math.Abs(x), 0.01);
        var (p1, m1, p2, m2, here) = (at(x + h), at(x - h), at(x + h / 2), at(x - h / 2), at(x));
        Check(here.Flux, p1.Flux, m1.Flux, p2.Flux, m2.Flux, fluxSlope, "flux");
        Check(here.Rate, p1.Rate, m1.Rate, p2.Rate, m2.Rate, rateSlope, "rate");

        void Check(double[] value, double[] a, double[] b, double[] c, double[] d, double[,] slope, string kind)
        {
            for (int i = 0; i < value.Length; i++)
            {
                double wide = (a[i] - b[i]) / (2 * h), narrow = (c[i] - d[i]) / h, expected = (4 * narrow - wide) / 3;
                double allowed = 1e-7 * Math.Abs(expected) + 2e-12 * (Math.Abs(a[i]) + Math.Abs(b[i])) / h * 1e-3;
                Close.Within(expected, slope[i, column], allowed + 1e-300, $"{kind} {i} by {what}");
            }
        }
    }

    [Fact]
    public void Nothing_flows_at_equilibrium()
    {
        // Donnan's ratio for every ion, by its charge; urea alike on both sides.
        const double volts = -0.0731;
        double[] outside = MechanismProblems.Outside;
        double[] inside = [.. outside.Select((c, s) => c * Math.Exp(-MechanismProblems.Species[s].Valence * volts / Thermal))];
        IReadOnlyList<Mechanism> passive = [.. MechanismProblems.Everything(MechanismView.Ends).Where(x =>
            x is not (SodiumPotassiumPump or WaterFlux or OhmicLeak { Reversal: not null } or GatedChannel { Reversal: not null }))];
        MembraneMechanisms m = Of(MechanismProblems.Stack(passive, 1e-6, 2e-6));
        (double[] flux, _) = Evaluate(m, Seen(m, volts, inside, outside), [.. Enumerable.Repeat(0.5, m.Layout.States)]);
        (double[] away, _) = Evaluate(m, Seen(m, volts + Thermal, inside, outside), [.. Enumerable.Repeat(0.5, m.Layout.States)]);
        Assert.Equal(7, flux.Length);
        // exp of the test and log of the formula round by 1e-16 of 5 each; urea's two concentrations are equal to the last bit.
        for (int i = 0; i < flux.Length; i++) Close.Within(0, flux[i], 3e-15 * Math.Abs(away[i]), $"flux {i}");
        Assert.Equal(0, flux[0]);
    }

    [Fact]
    public void Nothing_flows_at_a_reversal_potential()
    {
        MembraneMechanisms m = Of(
            new OhmicLeak { Name = "a", Species = MechanismProblems.Chloride, Conductance = MechanismProblems.Constant(3), Reversal = MechanismProblems.Constant(-0.05) });
        Close.Within(0, Evaluate(m, Seen(m, -0.05)).Flux[0], 1e-22, "at the reversal potential");
        // An anion: z F J = g (V − E), J = −3 S/m² · 10 mV/F outward, that is, inward.
        Close.To(-3 * 0.01 / PhysicalConstants.Faraday, Evaluate(m, Seen(m, -0.04)).Flux[0], 1e-14, "10 mV above");
    }

    [Fact]
    public void The_constant_field_flux_and_its_limits()
    {
        const double permeability = 5e-9;
        MembraneMechanisms m = Of(
            new GoldmanLeak { Name = "a", Species = MechanismProblems.Potassium, Permeability = MechanismProblems.Constant(permeability) },
            new GoldmanLeak { Name = "b", Species = MechanismProblems.Chloride, Permeability = MechanismProblems.Constant(permeability) });
        double kIn = MechanismProblems.Inside[MechanismProblems.Potassium], kOut = MechanismProblems.Outside[MechanismProblems.Potassium];
        foreach (double volts in new[] { -0.0735, 0.04, 1e-6 })
        {
            // Goldman's own form, P z u (c_in − c_out e^(−zu))/(1 − e^(−zu)); at 1 µV its denominator keeps 11 digits.
            double u = volts / Thermal, expected = permeability * u * (kIn - kOut * Math.Exp(-u)) / (1 - Math.Exp(-u));
            Close.To(expected, Evaluate(m, Seen(m, volts)).Flux[0], volts == 1e-6 ? 1e-11 : 1e-14, $"{volts} V");
        }
        Close.To(permeability * (kIn - kOut), Evaluate(m, Seen(m, 0)).Flux[0], 1e-15, "diffusion alone");
        double clIn = MechanismProblems.Inside[MechanismProblems.Chloride];
        Close.To(-permeability * (1 / Thermal) * MechanismProblems.Outside[MechanismProblems.Chloride], Evaluate(m, Seen(m, 1)).Flux[1], 1e-13, "drift in, of what is outside");
        Close.To(permeability * (1 / Thermal) * clIn, Evaluate(m, Seen(m, -1)).Flux[1], 1e-13, "drift out, of what is inside");
    }

    [Fact]
    public void The_pump_of_reference_case_08()
    {
        ReferenceCase steady = ReferenceCase.Load("08")["reference", "steady_saturable"];
        Mechanism pump = new SodiumPotassiumPump
        {
            Name = "pump",
            Sodium = MechanismProblems.Sodium,
            Potassium = MechanismProblems.Potassium,
            Rate = MechanismProblems.Constant(4e-7),
            SodiumHalf = 12,
            PotassiumHalf = 1.3,
        };
        MembraneMechanisms m = Of(MechanismProblems.Stack([pump], 1e-6, 2e-6, geometry: new PlanarGeometry(3)));
        double[] inside = [.. MechanismProblems.Inside], outside = [.. MechanismProblems.Outside];
        inside[MechanismProblems.Sodium] = steady.At("Na_i");
        outside[MechanismProblems.Potassium] = 5;
        (double[] flux, _) = Evaluate(m, Seen(m, steady.At("V"), inside, outside));
        // The reference has 12 digits. An area of 3 m² carries three times as much.
        double cycles = 3 * steady.At("J_pump_cycles_mol_m2_s");
        Assert.Equal(
            [MechanismProblems.Sodium, MechanismProblems.Potassium], m.ItemSpecies.Select(s => PackShape.Of(Discretiser.Discretise(MechanismProblems.Stack([]))).Order[s]));
        Close.To(3 * cycles, flux[0], 2e-11, "sodium out");
        Close.To(-2 * cycles, flux[1], 2e-11, "potassium in");

        // Its leaks balance the pump by the same permeabilities.
        MembraneMechanisms leaks = Of(
            new GoldmanLeak { Name = "Na", Species = MechanismProblems.Sodium, Permeability = MechanismProblems.Constant(2e-10) },
            new GoldmanLeak { Name = "K", Species = MechanismProblems.Potassium, Permeability = MechanismProblems.Constant(5e-9) });
        inside[MechanismProblems.Potassium] = steady.At("K_i");
        outside[MechanismProblems.Sodium] = 145;
        (double[] leak, _) = Evaluate(leaks, Seen(leaks, steady.At("V"), inside, outside));
        Close.To(steady.At("J_leak_out", "Na"), leak[0], 1e-10, "sodium's leak");
        Close.To(steady.At("J_leak_out", "K"), leak[1], 1e-8, "potassium's leak, near equilibrium");
    }

    [Fact]
    public void A_pump_saturates_and_stops()
    {
        MembraneMechanisms Pump(double? sodium, double? potassium, double? atpHalf) => Of(new SodiumPotassiumPump
        {
            Name = "pump",
            Sodium = MechanismProblems.Sodium,
            Potassium = MechanismProblems.Potassium,
            Rate = MechanismProblems.Constant(1e-7),
            SodiumHalf = sodium,
            PotassiumHalf = potassium,
            Atp = atpHalf is null ? null : new RampWaveform(1, 0, 1, 2),
            AtpHalf = atpHalf,
        });
        MembraneMechanisms constant = Pump(null, null, null), atp = Pump(null, null, 1);
        double[] empty = new double[5], seen = Seen(constant, -0.07, empty, empty);
        Close.To(3e-7, Evaluate(constant, seen).Flux[0], 1e-15, "no dependence, not even on empty sides");
        Close.To(1.5e-7, Evaluate(atp, seen).Flux[0], 1e-15, "half saturated with ATP");
        Assert.Equal(1, atp.Enter(0));
        Assert.Equal(2, atp.Enter(1));
        Close.To(1e-7, Evaluate(atp, seen, time: 1.5).Flux[0], 1e-15, "ATP of 0.5 for a half of 1");
        Assert.Equal(double.PositiveInfinity, atp.Enter(2));
        Close.Within(0, Evaluate(atp, seen, time: 2).Flux[0], 1e-36, "without ATP");
        MembraneMechanisms both = Pump(10, 1, null);
        Close.To(3e-7, Evaluate(both, Seen(both, 0, [1, 1e15, 1, 1, 1], [1, 1, 1, 1, 1e15])).Flux[0], 1e-13, "saturated");
        Close.Within(0, Evaluate(both, seen).Flux[0], 1e-90, "no sodium");
    }

    // Hodgkin and Huxley's rates at rest, as every textbook has them: m 0.0529, h 0.5961, n 0.3177; alpha and beta in 1/ms.
    [Fact]
    public void The_classic_gates()
    {
        MembraneMechanisms m = Of([.. MechanismProblems.Everything(MechanismView.Ends)]);
        var rest = new double[m.Layout.States];
        m.InitialStates(Seen(m, -0.065), rest);
        Close.Within(0.052932, rest[0], 1e-6, "m");
        Close.Within(0.596121, rest[1], 1e-6, "h");
        Close.Within(0.317677, rest[2], 1e-6, "n");
        Assert.Equal([1.0, 1.0], rest[3..]);
        Close.Within(0, Evaluate(m, Seen(m, -0.065), rest).Rate[0], 1e-11, "m at rest");

        // alpha alone moves a closed gate, −beta an open one; m and h run three times as fast here.
        foreach (double mv in new[] { -100.0, -65, -55, -40, -35, 0, 50 })
        {
            double Linoid(double rate, double from, double scale) => mv == from ? rate : rate * ((mv - from) / scale) / (1 - Math.Exp(-(mv - from) / scale));
            double[] alpha = [3 * Linoid(1, -40, 10), 3 * 0.07 * Math.Exp(-(mv + 65) / 20), Linoid(0.1, -55, 10)];
            double[] beta = [3 * 4 * Math.Exp(-(mv + 65) / 18), 3 / (1 + Math.Exp(-(mv + 35) / 10)), 0.125 * Math.Exp(-(mv + 65) / 80)];
            double[] open = [1, 1, 1, 1, 1], closed = [0, 0, 0, 1, 1];
            double[] opening = Evaluate(m, Seen(m, mv / 1000), closed).Rate, closing = Evaluate(m, Seen(m, mv / 1000), open).Rate;
            for (int i = 0; i < 3; i++)
            {
                // V over RT/F and back: 1e-15 of 10 in an exponent.
                Close.To(1000 * alpha[i], opening[i], 3e-14, $"alpha {i} at {mv} mV");
                Close.To(-1000 * beta[i], closing[i], 3e-14, $"beta {i} at {mv} mV");
            }
        }
        MembraneMechanisms given = Of(new GatedChannel
        {
            Name = "given",
            Species = MechanismProblems.Sodium,
            Conductance = MechanismProblems.Constant(1),
            Gates = [MechanismProblems.M with { Initial = 0.25 }],
        });
        given.InitialStates(Seen(given, -0.065), rest);
        Assert.Equal(0.25, rest[0]);
    }

    [Fact]
    public void The_current_of_a_channel()
    {
        MembraneMechanisms m = Of(new GatedChannel
        {
            Name = "na",
            Species = MechanismProblems.Sodium,
            Conductance = MechanismProblems.Constant(1200),
            Gates = [MechanismProblems.M, MechanismProblems.H],
        });
        double nernst = Thermal * Math.Log(145.0 / 15), expected = 1200 * 0.125 * 0.75 * (-0.02 - nernst) / PhysicalConstants.Faraday;
        Close.To(expected, Evaluate(m, Seen(m, -0.02), [0.5, 0.75]).Flux[0], 1e-14, "g m³ h (V − E)/F");
        Assert.Equal(0, Evaluate(m, Seen(m, -0.02), [0, 0.75]).Flux[0]);
    }

    [Fact]
    public void A_cotransporter_follows_its_common_gradient()
    {
        MembraneMechanisms m = Of(new Cotransporter
        {
            Name = "kcc2",
            Ions = [(MechanismProblems.Potassium, 1), (MechanismProblems.Chloride, 1)],
            Rate = MechanismProblems.Constant(2e-7),
        });
        // K and Cl: neutral together, so that the voltage does not count.
        double gradient = Math.Log(115.0 / 5) + Math.Log(132.0 / 154);
        foreach (double volts in new[] { -0.09, 0, 0.05 })
        {
            double[] flux = Evaluate(m, Seen(m, volts)).Flux;
            Close.To(2e-7 * gradient, flux[0], 3e-15, "potassium");
            Assert.Equal(flux[0], flux[1]);
        }
    }

    [Fact]
    public void Water_goes_where_more_is_dissolved()
    {
        MembraneMechanisms m = Of(new WaterFlux { Name = "w", HydraulicPermeability = MechanismProblems.Constant(1e-12) });
        double[] rate = Evaluate(m, Seen(m, 0), [1, 1]).Rate;
        double flow = 1e-12 * PhysicalConstants.GasConstant * MechanismProblems.Temperature * (MechanismProblems.Inside.Sum() - MechanismProblems.Outside.Sum());
        Assert.True(flow > 0, "the cell swells");
        Close.To(flow / 1e-6, rate[0], 1e-14, "inside, 1 µm deep");
        Close.To(-flow / 2e-6, rate[1], 1e-14, "outside, 2 µm deep");
        MembraneMechanisms baths = Of(MechanismProblems.Stack([new WaterFlux { Name = "w", HydraulicPermeability = MechanismProblems.Constant(1e-12) }]));
        Assert.Empty(Evaluate(baths, Seen(baths, 0)).Rate);
    }

    // In curved geometry all counts per area of the membrane's left face.
    [Fact]
    public void The_area_is_that_of_the_left_face()
    {
        Mechanism leak = new GoldmanLeak { Name = "a", Species = MechanismProblems.Urea, Permeability = MechanismProblems.Constant(1e-8) };
        MembraneMechanisms m = Of(MechanismProblems.Stack([leak], geometry: new SphericalGeometry(10e-9)));
        double area = 4 * Math.PI * 13e-9 * 13e-9;
        Close.To(area * 1e-8 * (130 - 40), Evaluate(m, Seen(m, -0.07)).Flux[0], 1e-14, "spherical membrane at 13 nm");
    }
}
