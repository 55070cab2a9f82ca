using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;
using static System.FormattableString;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Reference case 09 through the JSON configuration and the HDF5 file: diffusion, drift, cosine decay, steady drift-diffusion.</summary>
public class AnalyticTests
{
    private const double HalfLength = 15e-6, Temperature = 298.15;

    private static RunResult Tracer(ReferenceCase one, int cells, double[] times) => Runner.FromJson(Invariant($$"""
        {
          "temperature": {{Temperature}},
          "species": [ { "name": "T", "valence": {{one.At("z")}}, "diffusivity": {{one.At("D")}} } ],
          "regions": [ { "name": "water", "length": {{2 * HalfLength}}, "permittivity": 78.5, "concentration": {},
                         "grid": { "cells": {{cells}}, "grading": "none" } } ],
          "boundaries": { "left": { "electric": { "potential": {{one.At("E_V_m") * HalfLength}} }, "ions": "blocked" },
                          "right": { "electric": { "potential": {{-one.At("E_V_m") * HalfLength}} }, "ions": "blocked" } },
          "initial": { "T": { "gaussian": { "peak": {{one.At("M_mol_m2") / Math.Sqrt(4 * Math.PI * one.At("D") * one.At("t0_s"))}},
                              "centre": {{HalfLength + one.At("x0_m")}}, "width": {{Math.Sqrt(2 * one.At("D") * one.At("t0_s"))}} } } },
          "time": { "end": {{times[^1]}}, "integrator": "rkc2", "relativeTolerance": 1e-5, "absoluteTolerance": 1e-11 },
          "output": { "snapshots": { "times": [{{string.Join(", ", times.Skip(1).Select(t => Invariant($"{t:R}")))}}] } }
        }
        """));

    [Theory]
    [InlineData("A_diffusion", 300, 2e-3, 2e-3, 2e-3)]
    [InlineData("B_drift_z+1", 300, 1e-2, 0.02, 5e-3)]
    [InlineData("B_drift_z+1", 600, 3e-3, 5e-3, 5e-3)]
    public void Case_09_gaussian(string name, int cells, double peakTolerance, double varianceTolerance, double meanTolerance)
    {
        ReferenceCase one = ReferenceCase.Load("09")["reference", name];
        double[] times = one["t_s"].Numbers, x = one["x_m"].Numbers;
        RunResult run = Tracer(one, cells, times);
        Assert.True(run.CertificateHolds, run.CertificateText);
        for (int k = 1; k < times.Length; k++)
        {
            State state = run.At(times[k]);
            double[] expected = one["c_mol_m3", k.ToString()].Numbers, c = state.Concentration[0];
            double peak = one.At("M_mol_m2") / Math.Sqrt(4 * Math.PI * one.At("D") * (times[k] + one.At("t0_s")));
            for (int i = 0; i < x.Length; i++)
                Close.Within(expected[i], State.Interpolate(run.X, c, HalfLength + x[i]), peakTolerance * peak, $"{x[i]} at {times[k]}");

            // Moments relative to the distance travelled (without drift: to the width).
            double mass = run.Amount(state, 0);
            double mean = run.X.Select((at, i) => at * c[i] * run.Volume[i]).Sum() / mass;
            double variance = run.X.Select((at, i) => (at - mean) * (at - mean) * c[i] * run.Volume[i]).Sum() / mass;
            double way = Math.Max(3.89e-6, Math.Sqrt(variance));
            Close.Within(one.At("moments", k.ToString(), "mean_m"), mean - HalfLength, meanTolerance * way, "mean");
            Close.To(one.At("moments", k.ToString(), "variance_m2"), variance, varianceTolerance, "variance");
            Close.To(one.At("moments", k.ToString(), "mass_mol_m2"), mass, 1e-6, "mass");
        }
    }

    [Fact]
    public void Case_09_cosine_decay()
    {
        ReferenceCase one = ReferenceCase.Load("09")["reference", "C_cosine_decay"];
        double[] times = one["t_s"].Numbers, x = one["x_m"].Numbers;
        RunResult run = Runner.FromJson(Invariant($$"""
            {
              "temperature": {{Temperature}},
              "species": [ { "name": "P", "valence": 1, "diffusivity": 1e-9 }, { "name": "M", "valence": -1, "diffusivity": 1e-9 } ],
              "regions": [ { "name": "box", "length": "1 um", "permittivity": 78.5, "concentration": { "P": "10 mM", "M": "10 mM" },
                             "grid": { "cells": 100, "grading": "none" } } ],
              "boundaries": { "left": { "electric": { "potential": 0 }, "ions": "blocked" }, "right": { "electric": { "surfaceCharge": 0 }, "ions": "blocked" } },
              "initial": { "P": { "cosine": { "mean": "10 mM", "amplitude": "5 mM" } }, "M": { "cosine": { "mean": "10 mM", "amplitude": "5 mM" } } },
              "time": { "end": {{times[^1]}} },
              "output": { "snapshots": { "times": [{{string.Join(", ", times.Skip(1).Select(t => Invariant($"{t:R}")))}}] } }
            }
            """));
        Assert.True(run.CertificateHolds, run.CertificateText);
        for (int k = 0; k < times.Length; k++)
        {
            State state = run.At(times[k]);
            double[] expected = one["c_mol_m3", k.ToString()].Numbers;
            for (int s = 0; s < 2; s++)
                for (int i = 0; i < x.Length; i++)
                    Close.Within(expected[i], State.Interpolate(run.X, state.Concentration[s], x[i]), 3e-4 * 10, $"{x[i]} at {times[k]}");
            Assert.All(state.Potential, phi => Assert.True(Math.Abs(phi) < 1e-9)); // both ions move alike: no field, up to rounding
        }
    }

    // So dilute (1e-6 mM) that the field is constant to (L/lambda_D)² = 1e-9; Scharfetter–Gummel is then exact on any grid.
    [Theory]
    [InlineData(1, 0.06)]
    [InlineData(7, 0.06)]
    [InlineData(64, -0.25)]
    public void Case_09_steady_drift_diffusion(int cells, double potential)
    {
        RunResult run = Runner.FromJson(Invariant($$"""
            {
              "temperature": {{Temperature}},
              "species": [ { "name": "P", "valence": 1, "diffusivity": 1.5e-9 }, { "name": "M", "valence": -1, "diffusivity": 0.7e-9 } ],
              "regions": [ { "name": "a", "length": "5 nm", "permittivity": 78.5, "concentration": { "P": 3e-9, "M": 3e-9 }, "grid": { "cells": {{cells}}, "grading": "none" } },
                           { "name": "b", "length": "5 nm", "permittivity": 78.5, "concentration": { "P": 1e-9, "M": 1e-9 }, "grid": { "cells": {{cells}}, "grading": "none" } } ],
              "boundaries": { "left": { "electric": { "potential": {{potential}} }, "ions": "bath" }, "right": { "electric": { "potential": 0 }, "ions": "bath" } },
              "time": { "end": "1 us", "absoluteTolerance": 1e-11 },
              "output": { "snapshots": { "count": 2 } }
            }
            """));
        double drop = potential / Core.Units.PhysicalConstants.ThermalVoltage(Temperature);
        double plus = Diffusion.SteadyFlux(1.5e-9, 1e-8, drop, 3e-9, 1e-9), minus = Diffusion.SteadyFlux(0.7e-9, 1e-8, -drop, 3e-9, 1e-9);
        Assert.All(run.Last.Flux[0], flux => Close.To(plus, flux, 1e-6));
        Assert.All(run.Last.Flux[1], flux => Close.To(minus, flux, 1e-6));
        for (int i = 0; i < run.X.Count; i++)
            Close.To(Diffusion.SteadyConcentration(1e-8, drop, 3e-9, 1e-9, run.X[i]), run.Last.Concentration[0][i], 1e-6);
    }
}
