using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Stern layers, surface charge, current clamp, open circuit, and every waveform, against closed forms.</summary>
public class ElectricBoundaryTests
{
    private const double Eps = 78.5;

    private static readonly Electrolyte Bulk = Electrolyte.OneToOne(298.15, Eps, 100);

    // 20 Debye lengths, 160 cells from a fiftieth: errors of the wall potential and charge stay below 1e-3 up to 100 mV.
    private static PnpProblem Wall(ElectricBoundary electric)
    {
        double debye = Bulk.DebyeLength;
        Region bulk = Layer("bulk", 20 * debye, 160, [100, 100], Eps) with { Grid = new RegionGrid(160, debye / 50, null, Grading.Left) };
        return Stack([Cation, Anion], Closed(electric, 2), Baths(Potential(0), 100, 100), bulk);
    }

    private static TimeSettings Until(double end, double tolerance = 1e-4) =>
        new() { End = end, Integrator = IntegratorKind.Rkc2, RelativeTolerance = tolerance };

    [Theory]
    [InlineData(0.05, 0.2)]
    [InlineData(-0.2, 0.2)]
    [InlineData(0.1, 1.5)]
    public void A_stern_layer_shares_the_potential_with_the_diffuse_layer(double potential, double capacitance)
    {
        RunResult run = Runner.Run(Wall(new SternBoundary(Constant(potential), capacitance)), Until(3e-6));

        // C (V − phi) = sigma(phi), by bisection.
        double low = Math.Min(0, potential), high = Math.Max(0, potential);
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (capacitance * (potential - middle) > Grahame.Charge(Bulk, middle)) low = middle;
            else high = middle;
        }

        Close.To(low, run.Last.LeftPotential, 2e-3, "potential before the layer");
        Close.To(Grahame.Charge(Bulk, low), run.Last.Displacement[0], 2e-3, "charge");
        Close.To(capacitance * (potential - run.Last.LeftPotential), run.Last.Displacement[0], 1e-12, "capacitor");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.0)]
    public void Blocking_electrodes_charge_as_linear_theory_says_with_and_without_stern_layers(double delta)
    {
        const double ratio = 0.1, v = 0.01, concentration = 1;
        Electrolyte dilute = Electrolyte.OneToOne(298.15, Eps, concentration);
        double debye = dilute.DebyeLength, half = debye / ratio, tau = debye * half / 1e-9, volts = v * dilute.ThermalVoltage;
        ElectricBoundary Electrode(double potential) => delta == 0
            ? Potential(potential) : new SternBoundary(Constant(potential), dilute.AbsolutePermittivity / (delta * debye));
        Region gap = Layer("gap", 2 * half, 160, [concentration, concentration], Eps) with { Grid = new RegionGrid(160, debye / 30, null, Grading.Both) };
        double[] times = [0.2, 0.5, 1, 2, 4, 8];
        RunResult run = Runner.Run(
            Stack([Cation, Anion], Closed(Electrode(-volts), 2), Closed(Electrode(volts), 2), gap), Until(times[^1] * tau, 1e-6),
            [.. times.Select(t => t * tau)], "leftCharge");
        foreach (double t in times)
        {
            double charge = run.Trace("leftCharge", t * tau) / (2 * PhysicalConstants.Faraday * concentration * debye);
            Close.To(BlockingElectrodes.Charge(ratio, delta, v, t), charge, 2e-3, $"t = {t} tau_c"); // second order at lambda_D/30
        }
    }

    [Fact]
    public void A_charged_wall_takes_the_potential_of_grahames_equation()
    {
        foreach (double potential in new[] { -0.1, 0.025, 0.12 })
        {
            double charge = Grahame.Charge(Bulk, potential);
            RunResult run = Runner.Run(Wall(Surface(charge)), Until(3e-6));
            Close.To(charge, run.Last.Displacement[0], 1e-13, "charge");
            Close.To(potential, run.Last.LeftPotential, 2e-3, "potential");
        }
    }

    [Fact]
    public void Opposite_charges_on_both_walls_need_no_potential()
    {
        const double charge = 0.01;
        RunResult run = Runner.Run(
            Stack([Cation, Anion], Closed(Surface(charge), 2), Closed(Surface(-charge), 2), Layer("box", 8e-9, 160, [100, 100])), Until(1e-6));
        Close.To(charge, run.Last.Displacement[0], 1e-12);
        Close.To(charge, run.Last.Displacement[^1], 1e-11);

        // The middle is at half the drop, and each wall at Grahame's potential for the salt that the layers have left there; four Debye
        // lengths away the field is e^-4 of the wall's, its energy (e^-4)² = 3e-4.
        Assert.Equal(0, run.Last.RightPotential);
        double middle = run.Last.Concentration[0][80], wall = run.Last.LeftPotential / 2;
        Assert.InRange(middle, 97, 99.9);
        Close.To(charge, Grahame.ChargeOneToOne(298.15, Eps, middle, wall), 2e-3);
    }

    // Nothing moves but the displacement: V = Q / C exactly.
    private static PnpProblem Dielectric(ElectricBoundary left, ElectricBoundary right) => Stack(
        [new("T", 0, 1e-9)], Closed(left, 1), Closed(right, 1),
        Layer("water", 1e-9, 3, [1]), Layer("membrane", 4e-9, 7, [1], 2) with { IsMembrane = true }, Layer("oil", 2e-9, 5, [1], 3));

    private static readonly double DielectricCapacitance = PhysicalConstants.VacuumPermittivity / (1e-9 / 78.5 + 4e-9 / 2 + 2e-9 / 3);

    public static TheoryData<bool> Sides => [true, false];

    [Theory]
    [MemberData(nameof(Sides))]
    public void A_current_charges_a_capacitor(bool atTheLeft)
    {
        var waveforms = new (Waveform Current, Func<double, double> Charge)[]
        {
            (Constant(3), t => 3 * t),
            (new StepWaveform(1, -2, 4e-7), t => t < 4e-7 ? t : 4e-7 - 2 * (t - 4e-7)),
            (new RampWaveform(0, 5, 2e-7, 8e-7), t => t < 2e-7 ? 0 : t < 8e-7 ? 5 * (t - 2e-7) * (t - 2e-7) / 1.2e-6 : 1.5e-6 + 5 * (t - 8e-7)),
            (new SineWaveform(0, 4, 1e6, 0.3), t => 4 * (Math.Cos(0.3) - Math.Cos(2e6 * Math.PI * t + 0.3)) / (2e6 * Math.PI)),
        };
        foreach ((Waveform current, Func<double, double> charge) in waveforms)
        {
            ElectricBoundary clamp = new CurrentBoundary(current), ground = Potential(0);
            RunResult run = Runner.Run(
                atTheLeft ? Dielectric(clamp, ground) : Dielectric(ground, clamp), Until(1e-6), [1e-7, 3e-7, 5e-7, 9e-7], "membranePotential", "currentDensity");
            for (int i = 0; i < run.TraceTime.Count; i++)
            {
                double t = run.TraceTime[i];

                // Our sine is good to 3e-16 absolute; integrals over steps add up its rounding.
                Close.Within(charge(t) / DielectricCapacitance, run.Traces["membranePotential"][i], 1e-12 * 3e-6 / DielectricCapacitance, $"{current} at {t}");
                Close.Within(current.At(t), run.Traces["currentDensity"][i], 1e-11, $"{current} at {t}");
            }
        }
    }

    [Fact]
    public void A_clamped_capacitor_draws_c_dv_dt_under_every_waveform()
    {
        var waveforms = new (Waveform Potential, Func<double, double> Rate)[]
        {
            (Constant(0.1), _ => 0),
            (new StepWaveform(0, -0.07, 4e-7), _ => 0),
            (new PulseWaveform(-0.07, 0.03, 1.5e-7, 2e-7, 4e-7), _ => 0),
            (new RampWaveform(0.01, 0.06, 2e-7, 8e-7), t => t is >= 2e-7 and < 8e-7 ? 0.05 / 6e-7 : 0),
            (new TriangleWaveform(-0.05, 0.05, 8e-7), t => t % 8e-7 < 4e-7 ? 0.1 / 4e-7 : -0.1 / 4e-7),
            (new SineWaveform(0.01, 0.03, 2e6, 1), t => 0.03 * 4e6 * Math.PI * Math.Cos(4e6 * Math.PI * t + 1)),
            (new TableWaveform([2e-7, 6e-7, 7e-7], [0, 0.04, 0.01]), t => t is >= 2e-7 and < 6e-7 ? 1e5 : t is >= 6e-7 and < 7e-7 ? -3e5 : 0),
        };
        double[] times = [.. Enumerable.Range(1, 19).Select(i => i * 5.1e-8)];
        foreach ((Waveform potential, Func<double, double> rate) in waveforms)
        {
            RunResult run = Runner.Run(Dielectric(new PotentialBoundary(potential), Potential(0)), Until(1e-6), times, "membranePotential", "currentDensity");
            for (int i = 0; i < run.TraceTime.Count; i++)
            {
                double t = run.TraceTime[i];
                Close.Within(potential.At(t), run.Traces["membranePotential"][i], 1e-15, $"{potential} at {t}");
                Close.Within(DielectricCapacitance * rate(t), run.Traces["currentDensity"][i], 1e-12 * DielectricCapacitance * 4e5, $"{potential} at {t}");
            }
        }
    }

    [Fact]
    public void A_constant_current_charges_a_membrane_between_electrolytes_at_i_over_c()
    {
        // Far below RT/F the Debye layers are linear: after the baths have charged, dV/dt = I/C with C the series of reference 07.
        ReferenceCase one = ReferenceCase.Load("07")["reference", "static", "0"];
        double debye = one.At("lambda_D_m"), capacitance = one.At("C_series_linear_F_m2"), density = 1000;
        Region Side(string name, Grading grading) => Layer(name, 15e-9, 60, [150, 150]) with { Grid = new RegionGrid(60, debye / 20, null, grading) };
        Region membrane = Layer("membrane", 4e-9, 8, [0, 0], 2) with { Impermeable = [true, true], IsMembrane = true, Concentration = null };
        RunResult run = Runner.Run(
            Stack([new("P", 1, 1.334e-9), new("M", -1, 2.032e-9)], Baths(Current(-density), 150, 150), Baths(Potential(0), 150, 150),
                Side("left", Grading.Right), membrane, Side("right", Grading.Left)),
            Until(2e-8, 1e-6), [1e-8], "membranePotential");
        double slope = (run.Trace("membranePotential", 2e-8) - run.Trace("membranePotential", 1e-8)) / 1e-8;
        Close.To(-density / capacitance, slope, 1e-3);
    }

    // reference/README: GHK is exact for PNP at any thickness when the total concentrations agree; 20 cells are enough.
    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e-8)]
    [InlineData(2e-7)]
    public void An_open_circuit_rests_at_the_exact_ghk_potential_on_twenty_cells(double thickness)
    {
        Species[] species = [new("K", 1, 2e-9), new("Na", 1, 0.04 * 2e-9), new("Cl", -1, 0.45 * 2e-9)];
        Region left = Layer("left", thickness / 2, 10, [140, 10, 150]), right = Layer("right", thickness / 2, 10, [5, 145, 150]);
        foreach (bool clampLeft in new[] { true, false })
        {
            Boundary Inside(ElectricBoundary electric) => Baths(electric, 140, 10, 150);
            Boundary Outside(ElectricBoundary electric) => Baths(electric, 5, 145, 150);
            PnpProblem problem = Stack(
                species, Inside(clampLeft ? Current(0) : Potential(0)), Outside(clampLeft ? Potential(0) : Current(0)), left, right) with
            { Temperature = 310.15 };

            // Sodium is the slowest: 60 of its diffusion times L²/(pi² D).
            RunResult run = Runner.Run(problem, Until(60 * thickness * thickness / (9.87 * 0.08e-9) + 1e-7, 1e-6));

            // Adaptive steps hover about rest by a part of their tolerance of 1e-6 RT/F.
            Close.Within(-26.098838982e-3, run.MembranePotential, 2e-10, $"{thickness}, left {clampLeft}");
        }
    }
}
