using NernstPlanckGpu.Tests;
using Xunit;
using static System.FormattableString;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Reference cases 01, 02 and 07 through the JSON configuration and the HDF5 file, within their stated tolerances.</summary>
public class ReferenceTests
{
    private const double Eps = 78.5, Debye100 = 9.61983003144e-10;

    private static string List(IEnumerable<double> values) => string.Join(", ", values.Select(value => Invariant($"{value:R}")));

    // 20 Debye lengths in front of a wall at a fixed potential, 200 cells from 0.05 Debye lengths: what the reference asks for.
    private static RunResult GouyChapman(double wall) => Runner.FromJson(Invariant($$"""
        {
          "temperature": 298.15,
          "species": [ { "name": "P", "valence": 1, "diffusivity": 1e-9 }, { "name": "M", "valence": -1, "diffusivity": 1e-9 } ],
          "regions": [ { "name": "bulk", "length": {{20 * Debye100}}, "permittivity": {{Eps}}, "concentration": { "P": "100 mM", "M": "100 mM" },
                         "grid": { "cells": 200, "firstCell": {{0.02 * Debye100}}, "grading": "left" } } ],
          "boundaries": { "left": { "electric": { "potential": {{wall}} }, "ions": "blocked" },
                          "right": { "electric": { "potential": 0 }, "ions": "bath" } },
          "time": { "end": "3 us" },
          "output": { "snapshots": { "count": 2 } }
        }
        """));

    [Theory]
    [InlineData("0", 0.005, 0.01)]
    [InlineData("1", 0.01, 0.02)]
    public void Case_01_gouy_chapman(string index, double sigmaTolerance, double capacitanceTolerance)
    {
        ReferenceCase one = ReferenceCase.Load("01")["reference", "one_to_one", index];
        double wall = one.At("phi_wall_V");
        RunResult run = GouyChapman(wall);
        Assert.True(run.CertificateHolds, run.CertificateText);
        double[] x = one["profile", "x_m"].Numbers, phi = one["profile", "phi_V"].Numbers;
        double[] counter = one["profile", "c_minus_mol_m3"].Numbers;
        for (int i = 1; i < x.Length; i++)
        {
            Close.Within(phi[i], State.Interpolate(run.X, run.Last.Potential, x[i]), 0.01 * wall, $"phi at {x[i]}");
            Close.To(counter[i], State.Interpolate(run.X, run.Last.Concentration[1], x[i]), 0.03, $"c at {x[i]}");
        }

        Close.To(counter[0], State.Interpolate(run.X, run.Last.Concentration[1], 0), 0.03, "counterion at the wall");
        Close.To(one.At("surface_charge_C_m2"), run.Last.Displacement[0], sigmaTolerance, "sigma");

        // Central difference over 2 mV: the curvature of cosh adds (1/51)²/6 < 1e-4.
        double capacitance = (GouyChapman(wall + 1e-3).Last.Displacement[0] - GouyChapman(wall - 1e-3).Last.Displacement[0]) / 2e-3;
        Close.To(one.At("diff_capacitance_F_m2"), capacitance, capacitanceTolerance, "capacitance");
    }

    [Fact]
    public void Case_02_blocking_electrodes()
    {
        ReferenceCase reference = ReferenceCase.Load("02"), one = reference["reference", "cases", "0"];
        double tau = one.At("tau_c_s"), debye = reference.At("problem", "lambda_D_m"), half = one.At("L_half_m"), v = one.At("electrode_potential_V");
        double[] times = one["rows", "t_over_tau_c"].Numbers;
        RunResult run = Runner.FromJson(Invariant($$"""
            {
              "temperature": 298.15,
              "species": [ { "name": "P", "valence": 1, "diffusivity": 1e-9 }, { "name": "M", "valence": -1, "diffusivity": 1e-9 } ],
              "regions": [ { "name": "gap", "length": {{2 * half}}, "permittivity": {{Eps}}, "concentration": { "P": "1 mM", "M": "1 mM" },
                             "grid": { "cells": 200, "firstCell": {{0.05 * debye}}, "grading": "both" } } ],
              "boundaries": { "left": { "electric": { "potential": {{-v}} }, "ions": "blocked" },
                              "right": { "electric": { "potential": {{v}} }, "ions": "blocked" } },
              "time": { "end": {{100 * tau}} },
              "output": { "snapshots": { "times": [ {{List(times.Select(t => t * tau))}} ] }, "traces": ["leftCharge"] }
            }
            """));
        Assert.True(run.CertificateHolds, run.CertificateText);
        double[] charge = one["rows", "Q_left_half_C_m2"].Numbers, sigma = one["rows", "sigma_left_electrode_C_m2"].Numbers;
        double[] middle = one["rows", "c_plus_mid_mol_m3"].Numbers;
        for (int i = 0; i < times.Length; i++)
        {
            if (times[i] < 0.1) continue;
            State state = run.At(times[i] * tau);
            Close.To(charge[i], run.Trace("leftCharge", times[i] * tau), 0.01, $"Q at {times[i]}");
            Close.To(sigma[i], state.Displacement[0], 0.01, $"sigma at {times[i]}");
            Close.To(middle[i], State.Interpolate(run.X, state.Concentration[0], half), 1e-4, $"c in the middle at {times[i]}");
            for (int s = 0; s < 2; s++) Close.To(2 * half, run.Amount(state, s), 1e-12, "amount");
        }
    }

    private static string Capacitor(double bath, double diffusivityMinus, double end, IEnumerable<double> times) => Invariant($$"""
        {
          "temperature": 298.15,
          "species": [ { "name": "P", "valence": 1, "diffusivity": 1.334e-9 }, { "name": "M", "valence": -1, "diffusivity": {{diffusivityMinus}} } ],
          "regions": [ { "name": "left", "length": {{bath}}, "permittivity": {{Eps}}, "concentration": { "P": "150 mM", "M": "150 mM" } },
                       { "name": "membrane", "length": "4 nm", "permittivity": 2, "membrane": true, "impermeable": ["P", "M"] },
                       { "name": "right", "length": {{bath}}, "permittivity": {{Eps}}, "concentration": { "P": "150 mM", "M": "150 mM" } } ],
          "boundaries": { "left": { "electric": { "potential": "-70 mV" }, "ions": "bath" }, "right": { "electric": { "potential": 0 }, "ions": "bath" } },
          "time": { "end": {{end}} },
          "output": { "snapshots": { "times": [ {{List(times)}} ] }, "traces": ["leftCharge"] }
        }
        """);

    [Fact]
    public void Case_07_membrane_capacitor_at_rest()
    {
        ReferenceCase one = ReferenceCase.Load("07")["reference", "static", "0"];
        double debye = one.At("lambda_D_m");
        RunResult run = Runner.FromJson(Capacitor(20 * debye, 2.032e-9, 1e-6, [1e-6]));
        double charge = run.Trace("leftCharge", 1e-6), face = State.Interpolate([.. run.X.Where(x => x < 20 * debye)], run.Last.Potential, 20 * debye);
        Close.To(one.At("charge_left_bath_C_m2"), charge, 0.003, "charge");
        Close.To(one.At("C_effective_F_m2"), charge / -0.07, 0.003, "capacitance");
        Close.To(one.At("drop_each_debye_layer_V"), -0.07 - face, 0.03, "drop");
        Close.To(one.At("fraction_of_V_in_debye_layers"), 2 * (-0.07 - face) / -0.07, 0.01, "fraction");
        Close.To(one.At("phi_left_face_V"), face, 1e-4, "potential of the face");
        Assert.True(run.CertificateHolds, run.CertificateText);
    }

    [Fact]
    public void Case_07_membrane_capacitor_charging()
    {
        ReferenceCase one = ReferenceCase.Load("07")["reference", "transient", "0"];
        double[] times = one["t_s"].Numbers, charge = one["charge_left_bath_C_m2"].Numbers, fraction = one["fraction_of_final"].Numbers;
        double[] dense = [.. Enumerable.Range(0, 400).Select(i => 1e-11 * (i + 1)).Concat(times).Distinct().Order()];
        RunResult run = Runner.FromJson(Capacitor(one.At("bath_thickness_m"), 2.032e-9, 5e-9, dense));
        for (int i = 0; i < times.Length; i++)
            if (times[i] >= 0.2 * one.At("tau_RC_estimate_s")) Close.To(charge[i], run.Trace("leftCharge", times[i]), 0.015, $"charge at {times[i]}");

        double final = charge[0] / fraction[0];
        int after = run.Traces["leftCharge"].ToList().FindIndex(q => q / final >= 1 - Math.Exp(-1));
        double q0 = run.Traces["leftCharge"][after - 1] / final, q1 = run.Traces["leftCharge"][after] / final;
        double t63 = run.TraceTime[after - 1] + (1 - Math.Exp(-1) - q0) / (q1 - q0) * (run.TraceTime[after] - run.TraceTime[after - 1]);
        Close.To(one.At("t_63_percent_linear_theory_s"), t63, 0.02, "time to 63 %");
        Assert.True(run.CertificateHolds, run.CertificateText);
    }
}
