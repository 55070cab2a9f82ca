using System.Numerics;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>The engine's answer to a small sine against linearised PNP (tests/reference/impedance.json).</summary>
public class ImpedanceTests
{
    private const int PerPeriod = 16, Settling = 3;

    [Fact]
    public void A_small_sine_gives_the_diffusion_impedance_of_a_blocked_ion()
    {
        ReferenceCase one = ReferenceCase.Load("impedance")["reference", "cases", "6"], row = one["rows", "1"];
        double frequency = row.At("frequency_Hz"), amplitude = 1e-4;
        PnpProblem problem = Problem(one, new SineWaveform(0, amplitude, frequency));

        // By the third period the diffusion has settled to exp(-19). Steps that err by 1e-8 of c: the signal is 4e-3 of it.
        double end = (Settling + 1) / frequency;
        double[] times = [.. Enumerable.Range(1, PerPeriod).Select(i => (Settling + (double)i / PerPeriod) / frequency)];
        var settings = new TimeSettings { End = end, Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-8 };
        RunResult run = Runner.Run(problem, settings, times, "currentDensity");

        Complex current = 0;
        foreach (double time in times)
            current += 2.0 / PerPeriod * run.Trace("currentDensity", time) * Complex.Exp(new Complex(0, -2 * Math.PI * frequency * time));
        Complex impedance = new Complex(0, -amplitude) / current, expected = new(row.At("real_ohm_m2"), row.At("imaginary_ohm_m2"));

        // 1e-3: cells of 0.1 Debye lengths at the ends. The neutral form is off by some Debye lengths over the length, 4 %.
        Assert.True(Complex.Abs(impedance / expected - 1) < 1e-3, $"expected {expected}, got {impedance}");
        Complex neutral = Impedance.WithSecondIonBlocked(
            new(problem.Temperature, 78.5, [1, -1], [100, 100]), one["D_m2_s"].Numbers, one.At("length_m"), 2 * Math.PI * frequency);
        Assert.InRange(Complex.Abs(impedance / neutral - 1), 1e-3, 0.06);
    }

    private static PnpProblem Problem(ReferenceCase one, Waveform potential)
    {
        double[] z = one["z"].Numbers, diffusivity = one["D_m2_s"].Numbers, concentration = one["c_mol_m3"].Numbers;
        Boundary End(ElectricBoundary electric) => new(electric, [Problems.Bath(concentration[0]), Problems.Blocked]);
        return Problems.Stack(
            [new("P", z[0], diffusivity[0]), new("M", z[1], diffusivity[1])],
            End(new PotentialBoundary(potential)), End(Problems.Potential(0)),
            Problems.Layer("salt", one.At("length_m"), 120, concentration) with { Grid = new RegionGrid(120, 0.1e-9, null, Grading.Both) });
    }
}
