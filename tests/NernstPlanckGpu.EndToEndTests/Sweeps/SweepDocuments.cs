using System.Text.Json.Nodes;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>Small sweeps for tests: the valid configuration on 55 cells, its voltage and its barrier to potassium varied.</summary>
internal static class SweepDocuments
{
    private const string Voltage = "/boundaries/left/electric/potential", Barrier = "/regions/1/barrier/K";

    /// <summary>Steady states, tenths of a millisecond each.</summary>
    public static string Steady(int voltages, int barriers) => Document.With(Grid, Document.Mode("steady"), Axes(voltages, barriers));

    /// <summary>Runs in time of milliseconds each; their axis of snapshots is shared.</summary>
    public static string InTime(int voltages, int barriers) => Document.With(
        Grid,
        Document.Set("time", """{ "end": "1 us", "integrator": "rodas4", "relativeTolerance": 1e-4 }"""),
        Axes(voltages, barriers));

    /// <summary>Runs in time that differ in the number of steps that they may take: about 60 are needed.</summary>
    public static string WithBudgets(params int[] budgets) => Document.With(
        Grid,
        Document.Set("time", """{ "end": "1 us", "integrator": "rodas4", "relativeTolerance": 1e-4, "maximumSteps": 5000 }"""),
        Document.Set("sweep", $$"""{ "axes": [ { "path": "/time/maximumSteps", "name": "budget", "values": [{{string.Join(", ", budgets)}}] } ] }"""));

    /// <summary>
    /// Steady states at several voltages, in mV. Potassium is drawn out on the left: the membrane lets enough of it in only while the
    /// inside is negative, so that there is no steady state at positive voltages.
    /// </summary>
    public static string Drained(params int[] voltages) => Document.With(
        Grid,
        Document.Mode("steady"),
        Document.Set("boundaries/left/ions", """{ "default": "bath", "K": { "flux": "-1e-7 mol/m^2/s" } }"""),
        Document.Set("sweep", $$"""{ "axes": [ { "path": "{{Voltage}}", "name": "v", "values": [{{Millivolts(voltages)}}] } ] }"""));

    /// <summary>Steady states at the voltages given, in mV, for each of a few barriers to potassium, in kJ/mol.</summary>
    public static string At(int[] voltages, int[] barriers) => Document.With(
        Grid,
        Document.Mode("steady"),
        Document.Set("sweep", $$"""
            {
              "axes": [
                { "path": "{{Voltage}}", "name": "v", "values": [{{Millivolts(voltages)}}] },
                { "path": "{{Barrier}}", "name": "barrier", "values": [{{string.Join(", ", barriers.Select(barrier => $"\"{barrier} kJ/mol\""))}}] }
              ]
            }
            """));

    /// <summary>Four steady states, sought from the last state in a file.</summary>
    public static string From(string file) => Document.With(
        Grid, Document.Mode("steady"), Axes(2, 2), Document.Set("initial", $$"""{ "file": "{{file}}" }"""));

    private static string Millivolts(int[] voltages) => string.Join(", ", voltages.Select(voltage => $"\"{voltage} mV\""));

    private static void Grid(JsonObject document)
    {
        string[] grids =
        [
            """{ "cells": 21, "grading": "right", "firstCell": "0.1 nm" }""", """{ "cells": 11, "grading": "none" }""",
            """{ "cells": 23, "grading": "left", "firstCell": "0.1 nm" }""",
        ];
        for (int region = 0; region < grids.Length; region++)
            document["regions"]![region]!["grid"] = JsonNode.Parse(grids[region]);
    }

    private static Action<JsonObject> Axes(int voltages, int barriers) => Document.Set("sweep", $$"""
        {
          "axes": [
            { "path": "{{Voltage}}", "name": "v", "linspace": ["-120 mV", "60 mV", {{voltages}}] },
            { "path": "{{Barrier}}", "name": "barrier", "linspace": ["40 kJ/mol", "50 kJ/mol", {{barriers}}] }
          ]
        }
        """);
}
