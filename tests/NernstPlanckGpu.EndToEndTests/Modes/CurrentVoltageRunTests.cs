using System.Diagnostics;
using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.EndToEndTests.Modes;

/// <summary>Current–voltage curves, steady and after steps, from the terminal to the file.</summary>
public class CurrentVoltageRunTests
{
    private const string Voltages = """{ "linspace": ["-120 mV", "60 mV", 19] }""";

    private static string Step(string end, string protocol = "step") => Document.With(
        Document.Mode("iv", "iv", $$"""{ "voltages": {{Voltages}}, "protocol": "{{protocol}}" }"""), Document.Set("time", $$"""{ "end": "{{end}}" }"""));

    [SkippableFact]
    public void A_curve_is_the_same_in_json_and_in_the_file_and_crosses_zero_at_the_reversal_potential()
    {
        Tool.NeedPython("xarray", "h5netcdf", "numpy");
        using var scratch = new Scratch();
        JsonElement json = Document.Done(scratch, "iv", Document.With(Document.Curve(Voltages)));
        Assert.Equal("iv", json.GetProperty("mode").GetString());
        double[] voltages = json.Curve("voltage"), currents = json.Curve("currentDensity");
        Assert.Equal((19, 19), (voltages.Length, currents.Length));
        int crossing = Enumerable.Range(0, 18).Single(i => currents[i] < 0 && currents[i + 1] >= 0);
        double reversal = json.Result("reversalPotential");
        Assert.InRange(reversal, voltages[crossing], voltages[crossing + 1]);
        _ = scratch.Write("printed.json", json.GetRawText());
        Tool.RunPython(
            """
            import sys, json, numpy as np, xarray as xr
            path, printed = sys.argv[1:]
            result = json.load(open(printed))["result"]
            with xr.open_dataset(path, engine="h5netcdf") as ds:
                assert ds.concentration.dims == ("voltage", "species", "x") and ds.sizes["voltage"] == 19
                at = ds.sel(voltage=-0.07)                                  # a voltage of the series is found by its name
                assert abs(float(at.left_potential - at.right_potential) + 0.07) < 1e-12
                j = at.flux.values
                assert np.ptp(j, axis=1).max() <= 1e-12*np.abs(j).max()     # steady: every flux is uniform
            with xr.open_dataset(path, engine="h5netcdf", group="iv") as ds:
                assert np.array_equal(ds.voltage, result["curve"]["voltage"])
                assert np.array_equal(ds.currentDensity, result["curve"]["currentDensity"])
                ions = sum(ds["currentDensity_" + name] for name in ("K", "Na", "Cl", "A"))
                assert np.allclose(ions, ds.currentDensity, rtol=1e-12, atol=1e-15)
                slope = ds.currentDensity.differentiate("voltage")
                assert np.allclose(slope[1:-1], ds.slopeConductance[1:-1], rtol=0.03)
                chord = ds.currentDensity/(ds.voltage - result["reversalPotential"])
                assert np.allclose(chord, ds.chordConductance, rtol=1e-12)
            with xr.open_dataset(path, engine="h5netcdf", group="result") as ds:
                for name in ("reversalPotential", "slopeConductanceAtReversal", "rectification"):
                    assert float(ds[name]) == result[name], name
            """,
            scratch.PathOf("iv.h5"),
            scratch.PathOf("printed.json"));
    }

    [Fact]
    public void A_long_step_gives_the_steady_curve_and_a_short_one_does_not()
    {
        using var scratch = new Scratch();
        double[] steady = Document.Done(scratch, "steady", Document.With(Document.Curve(Voltages))).Curve("currentDensity");
        double[] late = Document.Done(scratch, "late", Step("1 ms")).Curve("currentDensity");
        double[] early = Document.Done(scratch, "early", Step("10 ps")).Curve("currentDensity");
        double scale = steady.Max(Math.Abs);
        Assert.All(steady.Zip(late), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-6 * scale));
        Assert.True(steady.Zip(early).Max(pair => Math.Abs(pair.First - pair.Second)) > 10 * scale, "10 ps after a step the membrane still charges");
    }

    [Fact]
    public void Steps_are_announced_and_their_cost_is_told()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("step.json", Step("1 us"));
        ProcessResult result = Npgpu.Run(scratch, "run", "step.json");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("19 voltages from -120 mV to 60 mV, each 1 us after a step", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  integrator  (rkc2|rodas\d)", result.Error);
        Assert.Matches(@"(?m)^done in .*: 19 voltages .*; [1-9]\d* steps, \d+ rejected, [1-9]\d* evaluations", result.Output);
    }

    [SkippableFact]
    public void A_signal_in_mid_curve_keeps_the_points_so_far()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        using var scratch = new Scratch();
        _ = scratch.Write("iv.json", Document.With(Document.Curve("""{ "linspace": ["-120 mV", "60 mV", 90000] }""")));
        string[] signals = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,TERM"] : [];
        Process process = Npgpu.StartProcess(
            scratch.Folder, [.. signals, Repository.Dotnet, Repository.Program, "run", "iv.json", "--quiet", "--json", "-o", "iv.h5"]);
        var waiting = Stopwatch.StartNew();
        while (!File.Exists(scratch.PathOf("iv.h5.part")) && !process.HasExited && waiting.Elapsed < TimeSpan.FromSeconds(30))
            Thread.Sleep(20);
        Thread.Sleep(500);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            kill.WaitForExit();
        ProcessResult result = Npgpu.Finish(process, TimeSpan.FromSeconds(30));

        Assert.True(result.ExitCode == 130, result.ToString());
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("interrupted", json.RootElement.GetProperty("outcome").GetString());
        int points = json.RootElement.Curve("voltage").Length;
        Assert.InRange(points, 1, 89_999);
        Assert.Contains($"npgpu: stopped after {points} of 90000 voltages: interrupted", result.Error, StringComparison.Ordinal);
        RunFileSummary part = RunFile.ReadSummary(scratch.PathOf("iv.h5.part"));
        Assert.Equal((Core.Results.Outcome.Interrupted, points), (part.Outcome, part.Traces["currentDensity"].Count));
        Assert.Equal(json.RootElement.Curve("currentDensity"), part.Traces["currentDensity"]);
    }
}
