using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Modes;

/// <summary>A cell with a pump, leaks, a channel and water: what its runs write, print and tell programs.</summary>
public class MechanismRunTests
{
    private const string Mechanisms = """
        [ { "pump": { "rate": "6e-7 mol/m^2/s", "sodiumHalf": "10 mM", "potassiumHalf": "1.5 mM", "name": "pump" } },
          { "leak": { "ion": "K", "permeability": "1e-8 m/s", "name": "KL" } },
          { "leak": { "ion": "Na", "permeability": "5e-10 m/s", "name": "NaL" } },
          { "leak": { "ion": "Cl", "permeability": "1e-8 m/s", "name": "ClL" } },
          { "channel": { "ion": "K", "conductance": "1 S/m^2", "gates": "hodgkinHuxleyPotassium", "name": "KDR" } },
          { "waterFlux": { "hydraulicPermeability": "1e-13 m/s/Pa", "name": "water" } } ]
        """;

    private static string Cell(params Action<System.Text.Json.Nodes.JsonObject>[] changes) => Document.With([
        Document.OpenCircuit,
        Document.Set("geometry", """{ "kind": "planar", "area": "1.2e-9 m^2" }"""),
        Document.Set("boundaries/left/ions", """{ "default": { "reservoir": { "depth": "3.3 um" } } }"""),
        Document.Set("mechanisms", Mechanisms),
        .. changes]);

    private static readonly Action<System.Text.Json.Nodes.JsonObject> Traced = document =>
    {
        Document.Set("time", """{ "end": "1 ms", "integrator": "rodas4", "relativeTolerance": 1e-5 }""")(document);
        Document.Set("output/traces", """
            ["membranePotential", "mechanismCurrentDensity", "mechanismFlux", "transported", "permeated", "gates", "pumpPower", "relativeVolume", "osmolarity"]
            """)(document);
    };

    [SkippableFact]
    public void Traces_and_the_group_membrane_have_units_and_add_up()
    {
        using var scratch = new Scratch();
        JsonElement json = Document.Done(scratch, "cell", Cell(Traced));
        Assert.True(json.GetProperty("certificate").GetProperty("budget_Na").GetProperty("holds").GetBoolean());
        Assert.True(json.GetProperty("certificate").GetProperty("membraneCharge").GetProperty("holds").GetBoolean());
        Tool.NeedPython("h5py", "numpy");
        Tool.RunPython(
            """
            import sys, h5py, numpy as np
            F, area = 96485.33212, 1.2e-9
            with h5py.File(sys.argv[1], "r") as f:
                t, m = f["traces"], f["membrane"]
                units = dict(mechanismCurrentDensity_KDR="A m-2", mechanismFlux_pump_Na="mol m-2 s-1", transported_pump_K="mol m-2", permeated_Na="mol m-2",
                             gates_KDR_n="1", pumpPower_pump="W m-2", relativeVolume_left="1", osmolarity_right="mol m-3")
                for name, unit in units.items():
                    assert t[name].attrs["units"] == unit and t[name].attrs["long_name"], name
                    assert t[name].shape == t["time"].shape and np.all(np.isfinite(t[name][:])), name
                na, k = t["mechanismFlux_pump_Na"][:], t["mechanismFlux_pump_K"][:]
                assert np.allclose(2*na, -3*k, rtol=1e-14) and np.all(na > 0)          # 3 out for 2 in
                assert np.allclose(t["mechanismCurrentDensity_pump"][:], F*(na + k), rtol=1e-13)
                assert np.all(t["pumpPower_pump"][:] > 0) and np.all((0 < t["gates_KDR_n"][:]) & (t["gates_KDR_n"][:] < 1))
                # What it moved is the integral of its flux: the trapezium's error on samples in a log spacing is some 1e-4.
                time = t["time"][:]
                assert np.isclose(np.trapezoid(na, time) if hasattr(np, "trapezoid") else np.trapz(na, time), t["transported_pump_Na"][-1], rtol=1e-3)
                # What crossed the left face of the membrane is what the file's flux says: mechanisms are in it.
                ref = int(np.argmax(f["region"][:] == 1))
                flux = f["flux"][-1, list(f["species"].asstr()).index("K"), ref]
                parts = [m["flux_pump_K"][()], m["flux_KL_K"][()], m["flux_KDR_K"][()], m["permeation_K"][()]]
                assert np.isclose(flux, sum(parts), rtol=1e-12), (flux, parts)
                assert m["area"][()] == area and m["area"].attrs["units"] == "m2" and f["face_area"].attrs["units"] == "m2"
                assert m["cycles_pump"].attrs["units"] == "mol m-2 s-1" and np.isclose(m["cycles_pump"][()], na[-1]/3, rtol=1e-14)
                for ion in ("K", "Na", "Cl"):
                    held, crossed = m["held_" + ion][()], m["crossed_" + ion][()]
                    assert abs(held + crossed) < 1e-9 * 3.3e-6 * 140, (ion, held, crossed)
                    assert f["certificate/budget_" + ion][()] <= f["certificate/budget_" + ion + "_limit"][()] == 1e-9
            """,
            scratch.PathOf("cell.h5"));
    }

    [Fact]
    public void Json_has_mechanisms_leaks_reservoirs_and_budgets()
    {
        using var scratch = new Scratch();
        JsonElement result = Document.Done(scratch, "cell", Cell(Traced)).GetProperty("result");
        JsonElement pump = result.GetProperty("mechanisms").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "pump");
        Assert.Equal("pump", pump.GetProperty("kind").GetString());
        double cycles = pump.GetProperty("cycles").GetDouble(), area = result.GetProperty("membraneArea").GetDouble();
        Assert.Equal(1.2e-9, area, 1e-24);
        Assert.Equal(1, cycles * area * 6.02214076e23 / pump.GetProperty("cyclesPerSecond").GetDouble(), 1e-12);
        Assert.Equal(1, pump.GetProperty("currentDensity").GetDouble() / (96485.33212 * cycles), 1e-12); // one charge per cycle
        Assert.Equal(1, pump.GetProperty("current").GetDouble() / (96485.33212 * cycles * area), 1e-12);
        Assert.Equal(1, pump.GetProperty("power").GetDouble() / (pump.GetProperty("powerDensity").GetDouble() * area), 1e-12);
        Assert.Equal(["Na", "K"], pump.GetProperty("ions").EnumerateArray().Select(ion => ion.GetProperty("ion").GetString()));
        Assert.True(pump.GetProperty("ions")[0].GetProperty("moved").GetDouble() > 0);
        JsonElement channel = result.GetProperty("mechanisms").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "KDR");
        Assert.InRange(channel.GetProperty("gates").GetProperty("n").GetDouble(), 0.01, 0.99);
        Assert.Equal(4, result.GetProperty("leaks").GetArrayLength());
        JsonElement left = result.GetProperty("reservoirs").GetProperty("left"), right = result.GetProperty("reservoirs").GetProperty("right");
        Assert.True(left.GetProperty("isReservoir").GetBoolean());
        Assert.False(right.GetProperty("isReservoir").GetBoolean());
        Assert.Equal(300, right.GetProperty("osmolarity").GetDouble(), 1e-9);
        Assert.InRange(left.GetProperty("concentration").GetProperty("K").GetDouble(), 139, 141);
        Assert.All(result.GetProperty("budgets").EnumerateArray(), budget => Assert.InRange(budget.GetProperty("residual").GetDouble(), 0, 1e-9));
    }

    [Fact]
    public void The_terminal_reads_as_a_balance()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("cell.json", Cell(Traced));
        ProcessResult run = Npgpu.Run(scratch, "run", "cell.json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches(@"(?m)^  through the membrane, outward +ion +flux +current density +current +moved since the start$", run.Output);
        Assert.Matches(@"(?m)^  pump +Na +\S+ mol/m\^2/s +\S+ A/m\^2 +\S+ pA +\S+ mol/m\^2$", run.Output);
        Assert.Matches(@"(?m)^  pump +all +\S+ A/m\^2 +\S+ pA$", run.Output);
        Assert.Matches(@"(?m)^  all leaks and channels +all +\S+ A/m\^2 +\S+ pA$", run.Output);
        Assert.Matches(@"(?m)^  work +cycles +per second +work per area +work$", run.Output);
        Assert.Matches(@"(?m)^  left reservoir +\S+ +\S+ mM ", run.Output);
        Assert.Matches(@"(?m)^  mullinsNoda +-\S+ mV +-\S+ mV ", run.Output);
    }

    [SkippableFact]
    public void A_steady_state_and_a_curve_have_columns_per_mechanism_and_no_past()
    {
        using var scratch = new Scratch();
        string baths = Cell(
            Document.Set("boundaries/left", """{ "electric": { "potential": "-70 mV" }, "ions": "bath" }"""),
            Document.Set("mechanisms", """[ { "pump": { "rate": "6e-7 mol/m^2/s", "name": "pump" } }, { "leak": { "ion": "K", "permeability": "1e-8 m/s", "name": "KL" } } ]"""),
            Document.Curve("""["-80 mV", "-40 mV"]"""));
        JsonElement json = Document.Done(scratch, "iv", baths);
        double[] leak = json.Curve("mechanismCurrentDensity_KL"), pump = json.Curve("mechanismCurrentDensity_pump");
        Assert.True(leak[1] > leak[0] && leak[0] > 0); // both above the Nernst potential of K
        Assert.Equal(96485.33212 * 6e-7, pump[0], 1e-9);
        Assert.Equal(pump[0], pump[1]);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("result").GetProperty("diffusion")[0].GetProperty("moved").ValueKind);
        Assert.Empty(json.GetProperty("result").GetProperty("budgets").EnumerateArray());
        Tool.NeedPython("h5py");
        Tool.RunPython(
            """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1], "r") as f:
                iv = f["iv"]
                assert iv["mechanismFlux_pump_Na"].attrs["units"] == "mol m-2 s-1" and iv["pumpPower_pump"].shape == (2,)
                assert np.isnan(f["membrane/transported_pump_Na"][()]) and "transported_pump_Na" not in iv
                assert not [name for name in f["certificate"] if name.startswith("budget")]
            """,
            scratch.PathOf("iv.h5"));
    }
}
