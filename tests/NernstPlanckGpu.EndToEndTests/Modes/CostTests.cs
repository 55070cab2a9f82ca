using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Modes;

/// <summary>What a run takes: its estimate in every mode, the integrator, and a grid from a tolerance.</summary>
public class CostTests
{
    private static string Tolerance(string tolerance) => Document.With(
        Document.Mode("steady"), Document.OpenCircuit, Document.Set("grid", $$"""{ "tolerance": "{{tolerance}}" }"""));

    [Theory]
    [InlineData("transient", "to 1 ns: about ")]
    [InlineData("steady", "cost         steady state by Newton's method")]
    [InlineData("iv", "3 voltages from -120 mV to 60 mV: steady state by Newton's method")]
    [InlineData("step", "3 voltages from -120 mV to 60 mV, each 1 us after a step: integrated together")]
    [InlineData("impedance", "10 frequencies from 1 Hz to 1 GHz: steady state by Newton's method")]
    public void Validate_foretells_every_mode(string mode, string expected)
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", mode switch
        {
            "transient" => Configurations.Valid,
            "steady" => Document.With(Document.Mode("steady")),
            "iv" => Document.With(Document.Curve("""{ "linspace": ["-120 mV", "60 mV", 3] }""")),
            "step" => Document.With(
                Document.Curve("""{ "linspace": ["-120 mV", "60 mV", 3] }"""), Document.Set("iv/protocol", "\"step\""), Document.Set("time", """{ "end": "1 us" }""")),
            _ => Document.With(Document.Mode("impedance", "impedance", """{ "frequencies": { "logspace": ["1 Hz", "1 GHz", 10] } }""")),
        });
        ProcessResult text = Npgpu.Run(scratch, "validate", "a.json"), json = Npgpu.Run(scratch, "validate", "a.json", "--json");
        Assert.True(text.ExitCode == 0 && json.ExitCode == 0, text.ToString() + json);
        Assert.Contains(expected, text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text.Output + json.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal(mode == "step" ? "iv" : mode, document.RootElement.GetProperty("mode").GetString());
        Assert.Equal(["a.json"], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName));
    }

    [SkippableTheory]
    [InlineData("1 ns", "rkc2")]
    [InlineData("1 ms", "rodas4")]
    public void Auto_names_the_integrator_that_it_took_everywhere(string end, string expected)
    {
        using var scratch = new Scratch();
        string memb = Path.Combine(Repository.Root, "configs", "bench", "memb.json");
        ProcessResult result = Npgpu.Run(
            scratch, "run", memb, "-o", "a.h5", "--json", "--set", $"/time/end={end}", "--set", "/time/integrator=auto");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Output);
        string integrator = json.RootElement.GetProperty("integrator").GetString()!;
        Assert.StartsWith(expected + " (auto: ", integrator, StringComparison.Ordinal);
        Assert.Contains("integrator  " + integrator, result.Error, StringComparison.Ordinal);
        Tool.NeedPython("h5py");
        Tool.RunPython(
            """
            import sys, h5py
            with h5py.File(sys.argv[1], "r") as f: assert f["provenance/integrator"].asstr()[()] == sys.argv[2]
            """,
            scratch.PathOf("a.h5"),
            integrator);
    }

    [Fact]
    public void A_tighter_grid_tolerance_gives_more_cells_and_less_error()
    {
        using var scratch = new Scratch();
        JsonElement loose = Document.Done(scratch, "loose", Tolerance("0.1 mV"));
        JsonElement tight = Document.Done(scratch, "tight", Tolerance("1e-5 mV"));
        Assert.True(tight.GetProperty("cells").GetInt32() > 2 * loose.GetProperty("cells").GetInt32(), tight.ToString());
        Assert.InRange(loose.Result("gridError"), 1e-12, 1e-4 / 3);
        Assert.InRange(tight.Result("gridError"), 1e-13, 1e-8 / 3);
        Assert.InRange(Math.Abs(tight.Result("restingPotential") - loose.Result("restingPotential")), 0, 1e-4);
    }

    [Fact]
    public void The_grid_of_a_run_in_time_and_of_a_curve_is_refined_too()
    {
        using var scratch = new Scratch();
        Action<System.Text.Json.Nodes.JsonObject> grid = Document.Set("grid", """{ "tolerance": "0.01 mV" }""");
        JsonElement run = Document.Done(scratch, "run", Document.With(grid));
        JsonElement curve = Document.Done(scratch, "curve", Document.With(Document.Curve("""["-100 mV", "40 mV"]"""), grid));
        Assert.InRange(run.Result("gridError"), 1e-12, 1e-5 / 3);
        Assert.InRange(curve.Result("gridError"), 1e-12, 1e-5 / 3);
    }

    [Fact]
    public void A_grid_tolerance_out_of_reach_is_the_configurations_fault()
    {
        using var scratch = new Scratch();
        (ProcessResult process, JsonElement json) = Document.Run(scratch, "a", Tolerance("1e-10 mV"));
        Assert.True(process.ExitCode == 3, process.ToString());
        string error = json.GetProperty("errors")[0].GetString()!;
        Assert.Matches(@"^a\.json: /grid/tolerance: \d+ cells still change the potential by \S+ mV; write a larger tolerance", error);
        Assert.Equal("refused", json.GetProperty("outcome").GetString());
    }
}
