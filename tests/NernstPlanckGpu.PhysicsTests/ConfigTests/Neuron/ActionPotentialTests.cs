using System.Numerics;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests.Neuron;

/// <summary>configs/neuron/action-potential.json and action-potential-train.json against the equations of Hodgkin and Huxley.</summary>
public class ActionPotentialTests
{
    private const double F = 96485.33212, Step = 2e-6;

    // The run's own: slope of the charge on the left against the voltage.
    private static double Capacitance(RunResult run)
    {
        double[] voltage = run.Traces["membranePotential"], charge = run.Traces["leftCharge"];
        double v = voltage.Average(), q = charge.Average();
        return voltage.Zip(charge, (a, b) => (a - v) * (b - q)).Sum() / voltage.Sum(a => (a - v) * (a - v));
    }

    private static Func<double, double> Pulses(double period) => time => time % period is >= 1e-3 and < 2e-3 ? 0.1 : 0;

    /// <summary>Height and time of the highest point, by the parabola through three, and the width at half of the height above the start.</summary>
    private static (double Peak, double Time, double Width) Spike(IReadOnlyList<double> time, double[] voltage)
    {
        int i = Array.IndexOf(voltage, voltage.Max());
        double before = voltage[i - 1] - voltage[i], after = voltage[i + 1] - voltage[i], left = time[i - 1] - time[i], right = time[i + 1] - time[i];
        double curvature = ((after / right) - (before / left)) / (right - left), slope = (after / right) - (curvature * right);
        double peak = voltage[i] - (slope * slope / (4 * curvature)), half = 0.5 * (peak + voltage[0]);
        double Crossing(int from) => time[from] + ((half - voltage[from]) / (voltage[from + 1] - voltage[from]) * (time[from + 1] - time[from]));
        int rise = Array.FindIndex(voltage, value => value > half) - 1, fall = Array.FindIndex(voltage, i, value => value < half) - 1;
        return (peak, time[i] - (slope / (2 * curvature)), Crossing(fall) - Crossing(rise));
    }

    private static double[] Times(int count) => [.. Enumerable.Range(0, count).Select(i => i * Step)];

    /// <summary>The gates' equations have a solution under voltage clamp; a step's tolerance of 1e-4 leaves some 1e-5 of the largest current.</summary>
    [Fact]
    public void Currents_after_a_step_of_the_voltage_are_those_of_relaxing_gates()
    {
        RunResult run = Config.Run("neuron/voltage-clamp");
        double[][] expected = [.. run.TraceTime.Select(voltage => HodgkinHuxley.Clamped(-0.065, voltage, 1e-3))];
        Assert.Equal(37, expected.Length);
        (string Name, int Index)[] ions = [("K", 0), ("Na", 1), ("Cl", 2)];
        foreach ((string name, int index) in ions)
        {
            double[] current = run.Traces[$"currentDensity_{name}"];
            double largest = expected.Max(value => Math.Abs(value[index]));
            for (int i = 0; i < current.Length; i++)
                Assert.True(Math.Abs(current[i] - expected[i][index]) < 1e-4 * largest, $"{name} at {run.TraceTime[i]} V: {current[i]}, {expected[i][index]}");
        }
        double[] sodium = run.Traces["currentDensity_Na"];
        Close.Within(-0.010, run.TraceTime[Array.IndexOf(sodium, sodium.Min())], 1e-12, "most sodium enters here, as the configuration says");
    }

    /// <summary>1e-4: the plate and its layers have 1.00004 uF/cm²; from 1 MHz on the water in series shows.</summary>
    [Fact]
    public void Its_impedance_is_that_of_lagging_gates()
    {
        RunResult run = Config.Run("neuron/impedance");
        double[] real = run.Traces["admittanceReal"], imaginary = run.Traces["admittanceImaginary"], phase = run.Traces["phase"];
        for (int i = 0; i < real.Length && run.TraceTime[i] < 1e5; i++)
        {
            Complex expected = HodgkinHuxley.Admittance(-0.065, run.TraceTime[i], 0.01), got = new(real[i], imaginary[i]);
            Assert.True(Complex.Abs(got - expected) < 1e-4 * Complex.Abs(expected), $"{run.TraceTime[i]} Hz: {got}, {expected}");
        }
        int highest = Array.IndexOf(phase, phase.Max());
        Assert.True(phase[highest] > 10 && run.TraceTime[highest] is > 10 and < 40, $"{phase[highest]} degrees at {run.TraceTime[highest]} Hz");
        Close.To(HodgkinHuxley.Admittance(-0.065, 0, 0.01).Real, run.Results["slopeConductance"], 1e-5);
    }

    [Fact]
    public void The_spike_is_that_of_hodgkin_and_huxley()
    {
        RunResult run = Config.Run("neuron/action-potential");
        double[] voltage = run.Traces["membranePotential"];
        (double[] classic, _) = new HodgkinHuxley(Capacitance(run), Pulses(1)).Run(10e-3, Step);
        Close.Within(classic[0], voltage[0], 1e-9, "at rest; the layers drop nothing without a current");
        (double peak, double time, double width) = Spike(run.TraceTime, voltage);
        (double Peak, double Time, double Width) expected = Spike(Times(classic.Length), classic);

        // 1 % is asked for. With a tolerance of 1e-4 in each step the peak comes 5 us late, 0.15 %; a chord of the traces' 50 us errs by 1e-3
        // of the width.
        Close.To(expected.Peak - classic[0], peak - voltage[0], 1e-3, "height above rest");
        Close.To(expected.Time, time, 3e-3, "time of the peak");
        Close.To(expected.Width, width, 2e-3, "width at half height");
        Close.Within(39.1e-3, peak, 2e-4, "as the README prints it; a parabola over 100 us adds 0.06 mV");
        for (int i = 0; i < voltage.Length; i++)
            Close.Within(classic[(int)Math.Round(run.TraceTime[i] / Step)], voltage[i], 1e-3, $"{run.TraceTime[i]} s");
    }

    [Fact]
    public void The_membrane_and_its_layers_are_a_capacitor_of_one_microfarad()
    {
        RunResult run = Config.Run("neuron/action-potential");

        // 4 nm of 4.573 in series with two layers of 0.455 nm in water of 85.26; 1e-4 of curvature in the layers.
        const double eps0 = 8.8541878128e-12;
        double series = 1 / ((4e-9 / (eps0 * 4.573)) + ((0.4550e-9 + 0.4543e-9) / (eps0 * 85.256)));
        Close.To(series, Capacitance(run), 5e-4);
        Close.To(1e-2, Capacitance(run), 1e-3);

        // The layers turn over with the voltage: negative at rest, positive at the peak.
        int wall = Enumerable.Range(0, run.XFace.Count).MinBy(i => Math.Abs(run.XFace[i] - 10e-9));
        State highest = run.States.MaxBy(state => state.LeftPotential - state.RightPotential)!;
        Assert.True(run.States[0].Displacement[wall] < -6e-4 && highest.Displacement[wall] > 1e-4);
        Close.To(Capacitance(run) * (run.States[0].LeftPotential - run.States[0].RightPotential), run.States[0].Displacement[wall], 1e-3);
    }

    [Fact]
    public void A_spike_moves_more_ions_than_charge_the_membrane()
    {
        RunResult run = Config.Run("neuron/action-potential");
        double sodium = run.Traces["transported_Na_channel_Na"][^1], potassium = run.Traces["transported_K_channel_K"][^1];
        double[] voltage = run.Traces["membranePotential"];

        // With solutions of a metre the classic equations' concentrations hardly change, and tell what moved.
        (_, double[] end) = new HodgkinHuxley(Capacitance(run), Pulses(1), 1, 1).Run(10e-3, Step);
        double[] start = HodgkinHuxley.Rest;
        Close.To(start[5] - end[5], sodium, 2e-3, "sodium, inward");
        Close.To(start[4] - end[4], potassium, 2e-3, "potassium, outward");
        double least = Capacitance(run) * (voltage.Max() - voltage[0]) / F;
        Assert.InRange(-sodium / least, 13, 14);

        // What the stimulus brought and all currents left is the membrane's charge, to the precision of C.
        double charge = F * (-sodium - potassium + run.Traces["transported_leak_Cl"][^1]) + (0.1 * 1e-3);
        Close.Within(Capacitance(run) * (voltage[^1] - voltage[0]), charge, 1e-3 * Capacitance(run) * 0.1);
    }

    [Fact]
    public void The_charge_that_flows_into_the_layers_is_the_capacitive_current()
    {
        RunResult run = Config.Run("neuron/action-potential", document =>
            document["output"]!["traces"]!.AsArray().Add("displacementCurrentDensity"));
        double[] charge = run.Traces["leftCharge"], capacitive = run.Traces["displacementCurrentDensity"];
        for (int i = 1; i < charge.Length - 1; i++)
        {
            // A difference over 100 us in a spike that rises within 300 us: it misses 5 % of the steepest 3 A/m².
            double slope = (charge[i + 1] - charge[i - 1]) / (run.TraceTime[i + 1] - run.TraceTime[i - 1]);
            Close.Within(slope, capacitive[i], 0.2, $"{run.TraceTime[i]} s");
        }
        Assert.True(capacitive.Max() > 2, "it carries what the sodium channels let in during the upstroke");
    }

    [Fact]
    public void In_small_volumes_each_spike_is_smaller_because_its_ions_stay_there()
    {
        RunResult run = Config.Run("neuron/action-potential-train");
        double[] voltage = run.Traces["membranePotential"];
        (double[] filled, double[] end) = new HodgkinHuxley(1.0001e-2, Pulses(20e-3), 200e-9, 30e-9).Run(120e-3, Step);
        (double[] classic, _) = new HodgkinHuxley(1.0001e-2, Pulses(20e-3)).Run(120e-3, Step);
        double Highest(double[] values, Func<int, double> time, double from) =>
            values.Where((_, i) => time(i) >= from && time(i) < from + 20e-3).Max();
        for (int pulse = 0; pulse < 3; pulse++)
        {
            // Samples are 125 us apart, and a spike's top is 0.5 ms wide: 2 mV of its height may lie between two.
            double here = Highest(voltage, i => run.TraceTime[i], pulse * 20e-3);
            Close.Within(Highest(filled, i => i * Step, pulse * 20e-3), here, 2e-3, $"spike {pulse + 1}");
            double fixedBaths = Highest(classic, i => i * Step, pulse * 20e-3);
            if (pulse > 0) Assert.True(fixedBaths - here > 2e-3, "it departs from what unlimited solutions give");
        }

        // The reason: potassium outside and sodium inside, as the currents leave them.
        Close.To(end[7], run.Traces["rightConcentration_K"][^1], 1e-2);
        Close.To(end[5], run.Traces["leftConcentration_Na"][^1], 1e-2);
        Assert.True(end[7] > 2.5 * 16.35);
    }
}
