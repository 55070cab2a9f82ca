using System.Text.Json;
using System.Text.Json.Nodes;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.EndToEndTests.Sweeps;

namespace NernstPlanckGpu.EndToEndTests.Modes;

/// <summary>Steady states and curves with <c>--engine simulator</c>: the kernels of a device, from the command line.</summary>
public class DeviceModeTests
{
    /// <summary>Of what rounding leaves where Newton's method has converged.</summary>
    private const double Tolerance = 1e-9;

    [SkippableFact]
    public void A_steady_run_and_a_curve_have_the_numbers_of_the_cpu()
    {
        using var scratch = new Scratch();
        NeedSimulator(scratch);
        string rest = Document.With(Few, Document.Mode("steady"), Document.OpenCircuit);
        JsonElement cpu = Document.Done(scratch, "cpu", rest), device = Document.Done(scratch, "device", rest, "--engine", "simulator");
        AssertClose(cpu.Result("restingPotential"), device.Result("restingPotential"));
        Assert.Equal(JsonValueKind.Null, device.GetProperty("detail").ValueKind);
        Assert.StartsWith("simulator", device.GetProperty("engine").GetString(), StringComparison.Ordinal);

        string curve = Document.With(Few, Document.Curve("""["-120 mV", "-40 mV", "60 mV"]"""));
        (cpu, device) = (Document.Done(scratch, "iv-cpu", curve), Document.Done(scratch, "iv", curve, "--engine", "simulator"));
        foreach ((double expected, double got) in cpu.Curve("currentDensity").Zip(device.Curve("currentDensity"))) AssertClose(expected, got);
        AssertClose(cpu.Result("reversalPotential"), device.Result("reversalPotential"));
    }

    [SkippableFact]
    public void A_sweep_of_steady_states_has_the_numbers_of_the_cpu_and_goes_on_there()
    {
        using var scratch = new Scratch();
        NeedSimulator(scratch);
        _ = scratch.Write("a.json", SweepDocuments.Steady(3, 2));
        _ = SweepRun.Done(scratch, "a.json", "cpu.h5");
        JsonElement json = SweepRun.Done(scratch, "a.json", "device.h5", "--engine", "simulator");
        Assert.Equal((6, 6, 0), (json.Number("points"), json.Number("done"), json.Number("failed")));
        Assert.Equal(0, SweepRun.Done(scratch, "a.json", "device.h5", "--resume").Number("computed"));
        (string[][] cpu, string[][] device) = (Table(scratch, "cpu.h5"), Table(scratch, "device.h5"));
        Assert.Equal(6, cpu.Length);
        foreach ((string[] expected, string[] got) in cpu.Zip(device))
        {
            Assert.Equal(expected[..4], got[..4]);
            AssertClose(Number(expected[5]), Number(got[5]));
        }
    }

    [SkippableFact]
    public void What_a_device_has_not_ends_with_exit_code_6_and_a_state_that_is_not_there_with_4()
    {
        using var scratch = new Scratch();
        NeedSimulator(scratch);
        (ProcessResult refused, JsonElement json) = Document.Run(
            scratch, "z", Document.With(Few, Document.Mode("impedance", "impedance", """{ "frequencies": ["1 kHz"] }""")), "--engine", "simulator");
        Assert.True(refused.ExitCode == 6, refused.ToString());
        Assert.Contains("it finds no admittances; use --engine cpu", json.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);

        // Its ions are drawn out at a fixed rate, which the steady kernel has not; other points of a sweep are not there to save it.
        _ = scratch.Write("drained.json", SweepDocuments.Drained(-100, 40));
        json = SweepRun.Ends(6, scratch, "drained.json", "drained.h5", "--engine", "simulator");
        Assert.Contains("ends other than baths and closed ones have no steady kernel", json.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);
    }

    private static void NeedSimulator(Scratch scratch)
    {
        using JsonDocument json = JsonDocument.Parse(Npgpu.Run(scratch, "devices", "--json").Output);
        Skip.IfNot(json.RootElement.GetProperty("gpuEngine").GetProperty("ilgpu").GetBoolean(), "this build is without ILGPU");
    }

    // A cell takes the simulator a tenth of a millisecond per iteration.
    private static void Few(JsonObject document)
    {
        string[] grids = ["""{ "cells": 7, "grading": "right", "firstCell": "0.3 nm" }""", """{ "cells": 5, "grading": "none" }""", """{ "cells": 7, "grading": "left", "firstCell": "0.3 nm" }"""];
        for (int region = 0; region < grids.Length; region++) document["regions"]![region]!["grid"] = JsonNode.Parse(grids[region]);
    }

    private static string[][] Table(Scratch scratch, string file) =>
        [.. Npgpu.Run(scratch, "status", file, "--table").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'))];

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertClose(double expected, double got) =>
        Assert.InRange(got, expected - (Tolerance * Math.Abs(expected)), expected + (Tolerance * Math.Abs(expected)));
}
