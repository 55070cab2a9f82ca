using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Modes;

/// <summary>Steady states: as a result, as an initial state, and as what a potential counts from.</summary>
public class SteadyRunTests
{
    [SkippableFact]
    public void A_steady_state_is_one_snapshot_and_an_open_circuit_has_no_current()
    {
        using var scratch = new Scratch();
        JsonElement json = Document.Done(scratch, "rest", Document.With(Document.Mode("steady"), Document.OpenCircuit));
        Assert.Equal("steady", json.GetProperty("mode").GetString());
        Assert.InRange(json.Result("restingPotential"), -0.0687, -0.0684);
        Assert.InRange(Math.Abs(json.Result("restingPotential") - json.GetProperty("theory").GetProperty("ghk").GetDouble()), 0, 1e-6);
        Assert.Equal(json.Result("restingPotential"), json.Result("membranePotential"), 1e-12);
        Tool.NeedPython("h5py", "numpy");
        Tool.RunPython(
            """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1], "r") as f:
                assert f["time"].shape == (1,) and f["time"][0] == 0 and f["concentration"].shape[0] == 1
                i = {name: f["traces/currentDensity_" + name][0] for name in ("K", "Na", "Cl")}
                largest = max(map(abs, i.values()))
                assert largest > 1e-3 and abs(f["traces/currentDensity"][0]) < 1e-12*largest, i   # the ions flow, their sum does not
                assert abs(sum(i.values())) < 1e-12*largest
                assert f["result/restingPotential"][()] == float(sys.argv[2])
            """,
            scratch.PathOf("rest.h5"),
            json.Result("restingPotential").ToString("R", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_terminal_gives_a_resting_potential_seven_digits()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("rest.json", Document.With(Document.Mode("steady"), Document.OpenCircuit));
        ProcessResult result = Npgpu.Run(scratch, "run", "rest.json");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Matches(@"(?m)^  restingPotential +-68\.\d{4,5} mV ", result.Output);
    }

    [Theory]
    [InlineData("left", "10 mV", 0.01)]
    [InlineData("right", "10 mV", -0.01)]
    public void A_potential_may_count_from_the_initial_steady_state(string end, string potential, double change)
    {
        using var scratch = new Scratch();
        double resting = Document.Done(scratch, "rest", Document.With(Document.Mode("steady"), Document.OpenCircuit)).Result("restingPotential");
        string other = end == "left" ? "right" : "left";
        JsonElement json = Document.Done(scratch, "step", Document.With(
            Document.Set($"boundaries/{end}/electric", $$"""{ "potential": "{{potential}}", "relativeTo": "initial" }"""),
            Document.Set($"boundaries/{other}/electric", """{ "potential": "0 mV" }"""),
            Document.Set("initial", $$"""{ "steady": { "boundaries": { "{{end}}": { "electric": { "current": "0 A/m^2" } } } } }""")));
        Assert.Equal(resting, json.Result("restingPotential"), 1e-9);
        Assert.Equal(resting + change, json.Result("membranePotential"), 1e-9);
        Assert.Equal(Math.Sign(change), Math.Sign(json.Result("currentDensity")));
    }

    [Fact]
    public void A_run_goes_on_from_the_last_point_of_a_curve()
    {
        using var scratch = new Scratch();
        JsonElement curve = Document.Done(scratch, "iv", Document.With(Document.Curve("""["-100 mV", "-50 mV", "0 mV", "40 mV"]""")));
        double last = curve.Curve("currentDensity")[^1];
        Action<System.Text.Json.Nodes.JsonObject> at = Document.Set("boundaries/left/electric/potential", "\"40 mV\"");
        JsonElement run = Document.Done(scratch, "next", Document.With(at, Document.Set("initial", """{ "file": "iv.h5" }""")));
        Assert.InRange(run.Result("currentDensity"), last - 1e-6, last + 1e-6);
        double fresh = Document.Done(scratch, "fresh", Document.With(at)).Result("currentDensity");
        Assert.True(Math.Abs(fresh - last) > 1e-3, "1 ns after the start from the regions the current is still another");
    }

    [Fact]
    public void The_search_for_a_steady_state_may_start_from_a_file()
    {
        using var scratch = new Scratch();
        const string Steady = """{ "boundaries": { "left": { "electric": { "current": "0 A/m^2" } } } }""";
        const string FromFile = """{ "boundaries": { "left": { "electric": { "current": "0 A/m^2" } } }, "initial": { "file": "iv.h5" } }""";
        _ = Document.Done(scratch, "iv", Document.With(Document.Curve("""["-100 mV", "40 mV"]""")));
        double plain = Document.Done(scratch, "plain", Document.With(Document.Set("initial", $$"""{ "steady": {{Steady}} }"""))).Result("restingPotential");
        double from = Document.Done(scratch, "from", Document.With(Document.Set("initial", $$"""{ "steady": {{FromFile}} }"""))).Result("restingPotential");
        Assert.Equal(plain, from, 1e-10);

        (ProcessResult process, JsonElement json) = Document.Run(
            scratch, "wrong", Document.With(Document.Set("initial", $$"""{ "steady": {{FromFile.Replace("iv.h5", "none.h5", StringComparison.Ordinal)}} }""")));
        Assert.Equal(3, process.ExitCode);
        Assert.Contains("/initial/steady/initial/file", json.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);
    }
}
