using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Modes;

/// <summary>Runs that find no steady state: exit code 4, what happened, where and why, and what there was before.</summary>
public class FailedRunTests
{
    private const string NoBath = """{ "default": "bath", "A": "blocked" }""";

    // Large anions are made and have no way out.
    private static string Growing(string mode) => Document.With(
        Document.Mode(mode),
        Document.Set("boundaries/left/ions", NoBath),
        Document.Set("boundaries/right/ions", NoBath),
        Document.Set("source", """{ "A": { "position": [0], "time": [0], "rate": [["1 mol/m^3/s"]] } }"""));

    // Potassium is drawn out on the left: the membrane lets enough of it in only while the inside is negative.
    private static string Drained => Document.With(
        Document.Curve("""{ "linspace": ["-120 mV", "60 mV", 19] }"""),
        Document.Set("boundaries/left/ions", """{ "default": "bath", "K": { "flux": "-1e-7 mol/m^2/s" } }"""));

    [SkippableFact]
    public void Without_a_steady_state_the_species_is_named_and_the_file_says_so_too()
    {
        using var scratch = new Scratch();
        (ProcessResult process, JsonElement json) = Document.Run(scratch, "a", Growing("steady"), "--quiet");
        Assert.True(process.ExitCode == 4, process.ToString());
        string[] lines = process.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("npgpu: stopped: no steady state was found; ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("npgpu: A gains 5e-09 mol/s and has no bath to lose it to", lines[1], StringComparison.Ordinal);
        Assert.Equal("notConverged", json.GetProperty("outcome").GetString());
        Assert.Equal(4, json.GetProperty("exitCode").GetInt32());
        string detail = json.GetProperty("detail").GetString()!;
        Assert.Equal("npgpu: " + detail, lines[1].TrimEnd());

        // Nothing was computed: no number says otherwise.
        Assert.Equal(JsonValueKind.Null, json.GetProperty("certificateHolds").ValueKind);
        foreach (string number in new[] { "membranePotential", "currentDensity", "electrodePotential" })
            Assert.Equal(JsonValueKind.Null, json.GetProperty("result").GetProperty(number).ValueKind);
        Assert.Equal("a.h5.part", json.GetProperty("files")[0].GetString());
        Assert.False(File.Exists(scratch.PathOf("a.h5")));
        Tool.NeedPython("h5py", "numpy");
        Tool.RunPython(
            """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1], "r") as f:
                outcome = f["provenance/outcome"]
                words = dict(zip(outcome.attrs["flag_values"], outcome.attrs["flag_meanings"].split()))
                assert words[outcome[()]] == "NotConverged"
                assert f["provenance/detail"].asstr()[()] == sys.argv[2]
                assert f["certificate/holds"][()] == -1 and np.isnan(f["membrane_potential"][()])
                assert f["concentration"].shape[0] == 0 and f["x"].shape[0] > 0
            """,
            scratch.PathOf("a.h5.part"),
            detail);
    }

    [Fact]
    public void The_terminal_shows_no_made_up_numbers()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Growing("steady"));
        ProcessResult result = Npgpu.Run(scratch, "run", "a.json");
        Assert.Matches(@"(?m)^  membranePotential +none ", result.Output);
        Assert.Contains("certificate  none", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_curve_keeps_the_points_before_the_one_that_failed()
    {
        using var scratch = new Scratch();
        (ProcessResult process, JsonElement json) = Document.Run(scratch, "iv", Drained);
        Assert.True(process.ExitCode == 4, process.ToString());
        double[] voltages = json.Curve("voltage"), currents = json.Curve("currentDensity");
        Assert.InRange(voltages.Length, 2, 18);
        Assert.Equal(-0.12, voltages[0]);
        Assert.Contains($"npgpu: stopped after {voltages.Length} of 19 voltages: no steady state was found", process.Error, StringComparison.Ordinal);
        string detail = json.GetProperty("detail").GetString()!;
        Assert.Matches($@"^at -?\d+ mV, point {voltages.Length + 1} of 19: continuity of K: .* at x = .* in region ""inside""", detail);
        Tool.NeedPython("h5py", "numpy");
        Tool.RunPython(
            """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1], "r") as f:
                n = int(sys.argv[2])
                assert f["iv/currentDensity"].shape == f["iv/voltage"].shape == (n,) and f["concentration"].shape[0] == n
                assert f["iv/currentDensity"][0] == float(sys.argv[3]) and f["provenance/outcome"][()] == 7
            """,
            scratch.PathOf("iv.h5.part"),
            $"{voltages.Length}",
            currents[0].ToString("R", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void An_initial_steady_state_that_is_not_found_stops_the_run()
    {
        using var scratch = new Scratch();
        string text = Document.With(
            Document.Set("boundaries/left/ions", NoBath),
            Document.Set("boundaries/right/ions", NoBath),
            Document.Set("initial", """{ "steady": { "source": { "A": { "position": [0], "time": [0], "rate": [["1 mol/m^3/s"]] } } } }"""));
        (ProcessResult process, JsonElement json) = Document.Run(scratch, "a", text);
        Assert.True(process.ExitCode == 4, process.ToString());
        Assert.StartsWith("the initial steady state: A gains ", json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, json.Result("time"));
    }

    [Fact]
    public void A_failure_while_the_grid_is_refined_is_numerical_and_has_its_detail()
    {
        using var scratch = new Scratch();
        string text = Growing("steady").Replace("\"mode\"", "\"grid\":{\"tolerance\":\"0.01 mV\"},\"mode\"", StringComparison.Ordinal);
        (ProcessResult process, JsonElement json) = Document.Run(scratch, "a", text);
        Assert.True(process.ExitCode == 4, process.ToString());
        Assert.Contains("npgpu: stopped: no steady state was found; ", process.Error, StringComparison.Ordinal);
        Assert.Equal("notConverged", json.GetProperty("outcome").GetString());
        Assert.Matches(@"^grid refinement: the steady state on \d+ cells: A gains ", json.GetProperty("detail").GetString());
        Assert.Empty(json.GetProperty("files").EnumerateArray());
        Assert.Equal(["a.json"], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName));
        Assert.Equal(4, Npgpu.Run(scratch, "validate", "a.json").ExitCode);
    }
}
