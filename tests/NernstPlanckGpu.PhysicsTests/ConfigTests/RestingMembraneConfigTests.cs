using System.Numerics;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests;

/// <summary>configs/resting-membrane.json, the main job, against reference case 04; configs/impedance.json of the same membrane.</summary>
public class RestingMembraneConfigTests
{
    private const double Resting = -69.745540425e-3;

    private static double IonicCurrents(RunResult run) => new[] { "K", "Na", "Cl" }.Max(ion => Math.Abs(run.Theory[$"ghkCurrent_{ion}_computed"]));

    [Fact]
    public void It_rests_where_the_reference_does_and_ghk_stands_beside_it()
    {
        ReferenceCase one = ReferenceCase.Load("04")["reference", "cases", "0"];
        RunResult run = Config.Run("resting-membrane");
        Assert.Equal(Resting, one.At("V_PNP"));

        // 0.2 mV is asked for; what it is off on its 142 cells is 1e-10 V.
        Close.Within(Resting, run.Results["restingPotential"], 1e-6);
        Close.Within(one.At("V_GHK"), run.Theory["ghk"], 1e-9);
        Assert.Equal(run.Results["restingPotential"], run.Theory["ghk_computed"]);
    }

    [Fact]
    public void A_voltage_step_gives_the_steady_current_and_then_rest_again()
    {
        RunResult run = Config.Run("resting-membrane");
        double resting = run.Results["restingPotential"], ionic = IonicCurrents(run);
        double before = run.TraceTime.Last(t => t < 1e-6), within = run.TraceTime.Last(t => t < 5e-6);
        Close.Within(resting, run.MembranePotential, 1e-12);
        Close.Within(0, run.Trace("currentDensity", before), 1e-6 * ionic, "before the pulse");
        Close.Within(0, run.CurrentDensity, 1e-6 * ionic, "5 us after the pulse");

        RunResult clamped = Config.Run("resting-membrane", Config.SteadyAt(resting + 0.03));
        Assert.True(clamped.CurrentDensity > 0, "above rest the current flows outward");

        // At the end of the pulse everything has relaxed; the tolerance of a step is 1e-4.
        Assert.InRange(within, 4.5e-6, 5e-6);
        Close.To(clamped.CurrentDensity, run.Trace("currentDensity", within), 1e-5, "in the pulse");
        Close.Within(resting + 0.03, run.Trace("membranePotential", within), 1e-12);
    }

    [Fact]
    public void Its_impedance_is_a_resistance_beside_a_capacitance()
    {
        RunResult run = Config.Run("impedance");
        Complex[] impedance = [.. run.Traces["impedanceReal"].Zip(run.Traces["impedanceImaginary"], (re, im) => new Complex(re, im))];
        Assert.Equal(56, impedance.Length);
        Assert.Single(run.States);

        // The slope of the steady curve: a central difference over 0.2 mV, its curvature 1e-5.
        RunResult below = Config.Run("impedance", Config.SteadyAt(Resting - 1e-4)), above = Config.Run("impedance", Config.SteadyAt(Resting + 1e-4));
        double slope = (above.CurrentDensity - below.CurrentDensity) / 2e-4;
        Close.To(slope, run.Results["slopeConductance"], 2e-5);
        Close.To(1 / slope, impedance[0].Real, 2e-5, "resistance at 10 mHz");

        // Linear in the layers, which take 0.4 mV each: both strengths lie near 155 mM.
        double capacitance = MembraneCapacitor.WithDebyeLayers(2, 5e-9, Bath([140, 12, 10, 142]), Bath([5, 145, 150, 0]));
        Close.To(3.513e-3, capacitance, 1e-3);
        for (int i = 0; i < impedance.Length && run.TraceTime[i] <= 1e6; i++)
        {
            double omega = 2 * Math.PI * run.TraceTime[i];
            Complex expected = 1 / new Complex(slope, omega * capacitance);
            Assert.True(Complex.Abs(impedance[i] / expected - 1) < 2e-3, $"{run.TraceTime[i]} Hz: {impedance[i]}, expected {expected}");
        }
    }

    // Two solutions of 10 nm in series with the membrane: D's and concentrations give their conductivity; layers of 0.8 nm pass no current.
    [Fact]
    public void Between_megahertz_and_gigahertz_its_solutions_show()
    {
        RunResult run = Config.Run("impedance");
        double[] real = run.Traces["impedanceReal"];
        int at = Enumerable.Range(0, real.Length).MinBy(i => Math.Abs(run.TraceTime[i] - 1e7));
        double Resistance(params (double Diffusivity, double Concentration)[] ions) =>
            10e-9 / ions.Sum(ion => ion.Diffusivity * ion.Concentration) * 8.314462618 * 310.15 / (96485.33212 * 96485.33212);
        double both = Resistance((1.957e-9, 140), (1.334e-9, 12), (2.032e-9, 10), (1e-9, 142)) + Resistance((1.957e-9, 5), (1.334e-9, 145), (2.032e-9, 150));
        Assert.InRange(real[at] / both, 0.8, 1);
    }

    private static Electrolyte Bath(double[] concentration) => new(310.15, 78.5, [1, 1, -1, -1], concentration);
}
