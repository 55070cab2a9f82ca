using System.Text.Json.Nodes;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests.Neuron;

/// <summary>
/// configs/neuron/pump-leak.json and run-down.json: a pump against leaks, its failure and its return, against reference case 08 and
/// tests/reference/neuron.json, the same cell as an ordinary differential equation.
/// </summary>
public class PumpLeakTests
{
    private const double F = 96485.33212, RT = 8.314462618 * 310.15, Avogadro = 6.02214076e23, Area = 2.354e-8;
    private static readonly string[] Ions = ["K", "Na", "Cl"];
    private static readonly double[] Bath = [5, 145, 150], Valence = [1, 1, -1];
    private static readonly ReferenceCase Model = ReferenceCase.Load("neuron")["reference", "pump_leak"];

    [Fact]
    public void The_pump_carries_65_picoamperes_and_the_leaks_as_much_back()
    {
        RunResult run = Config.Run("neuron/pump-leak");
        double pump = run.Traces["mechanismCurrentDensity_pump"][0], cycles = run.Traces["mechanismFlux_pump_Na"][0] / 3;

        // The area is written with four digits.
        Close.To(65e-12, pump * Area, 5e-4);
        Close.To(4.057e8, cycles * Area * Avogadro, 5e-4, "cycles in a second");
        Close.To(-2, run.Traces["mechanismFlux_pump_K"][0] / cycles, 1e-12);

        // What passes in all is nothing, ion by ion, so that the leaks are the pump's currents with the opposite sign. It is a state that
        // changes by less than 1e-8 from a million seconds to the next ten.
        foreach (string ion in Ions) Close.Within(0, run.Traces[$"currentDensity_{ion}"][0], 1e-7 * pump, ion);
        double Leak(string ion) => Area * (run.Traces[$"currentDensity_{ion}"][0] - (ion == "Cl" ? 0 : F * run.Traces[$"mechanismFlux_pump_{ion}"][0]));
        Close.To(-195e-12, Leak("Na"), 5e-4);
        Close.To(130e-12, Leak("K"), 5e-4);
        Close.Within(0, Leak("Cl"), 1e-7 * 65e-12);
    }

    [Fact]
    public void No_ion_is_at_equilibrium_but_chloride_and_the_pump_pays_for_the_others()
    {
        RunResult run = Config.Run("neuron/pump-leak");
        double[] inside = [.. Ions.Select((_, s) => run.Last.Concentration[s][0])];
        double[] nernst = [.. Ions.Select((_, s) => RT / (Valence[s] * F) * Math.Log(Bath[s] / inside[s]))];
        double rest = run.MembranePotential;
        Close.Within(nernst[2], rest, 1e-9, "chloride");
        Assert.True(rest - nernst[0] > 0.01 && nernst[1] - rest > 0.1, "potassium is driven out, sodium in");

        // The full PNP cell against the compartment, as reference 08 grants it: sodium 3 %, potassium 0.5 %, 0.3 mV.
        ReferenceCase steady = ReferenceCase.Load("08")["reference", "steady_saturable"];
        Close.To(steady.At("Na_i"), inside[1], 0.03);
        Close.To(steady.At("K_i"), inside[0], 0.005);
        Close.Within(steady.At("V"), rest, 3e-4);

        // In a steady state all the pump's work is heat in the leaks: 44 kJ per mole of cycles, of the 50 or so that ATP gives.
        double cycles = run.Traces["mechanismFlux_pump_Na"][0] / 3, power = run.Traces["pumpPower_pump"][0];
        double heat = 3 * F * (nernst[1] - rest) + 2 * F * (rest - nernst[0]);
        Close.To(heat, power / cycles, 1e-7);
        Assert.InRange(power / cycles, 43e3, 45e3);
    }

    [Fact]
    public void Without_its_pump_the_cell_runs_down_as_the_compartment_does()
    {
        RunResult run = Config.Run("neuron/run-down");
        ReferenceCase steady = ReferenceCase.Load("08")["reference", "steady_saturable"];
        Close.Within(steady.At("V"), run.Results["restingPotential"], 1e-6);
        Compare(run, Model["run_down"], 2e-4, 2e-5);
        Donnan(run);
    }

    [Fact]
    public void When_the_pump_returns_the_cell_recovers()
    {
        RunResult run = Config.Run("neuron/run-down", document =>
            document["mechanisms"]![3]!["pump"]!["rate"] = JsonNode.Parse("""{ "step": { "from": 0, "to": 4e-7, "at": "1 s" } }"""));
        Close.Within(Model.At("donnan", "V"), run.Results["restingPotential"], 5e-5);
        Compare(run, Model["recovery"], 2e-4, 2e-5);
        Close.Within(ReferenceCase.Load("08").At("reference", "steady_saturable", "V"), run.MembranePotential, 1e-5, "where it was");
    }

    // A constant pump holds a cell too, less well: what its sodium is depends on every leak's last digit.
    [Fact]
    public void A_constant_pump_holds_another_state()
    {
        RunResult run = Config.Run("neuron/run-down", document =>
        {
            foreach (string key in new[] { "time", "output", "initial" }) _ = document.Remove(key);
            document["mode"] = "steady";
            document["mechanisms"]![3] = JsonNode.Parse("""{ "pump": { "rate": 2.8e-8 } }""");
        });
        ReferenceCase steady = Model["steady_constant"];
        Close.To(steady.At("Na_i"), run.Last.Concentration[1][0], 1e-3);
        Close.To(steady.At("K_i"), run.Last.Concentration[0][0], 2e-4);
        Close.Within(steady.At("V"), run.MembranePotential, 1e-5);
    }

    // 1 % and 0.3 mV are asked for. The step's tolerance is 1e-5; the layers beside the membrane hold 1e-5 of what is inside.
    private static void Compare(RunResult run, ReferenceCase rows, double relative, double potential)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            double time = rows.At($"{row}", "t_s"), at = time + 1;
            foreach (string ion in Ions) Close.To(rows.At($"{row}", $"{ion}_i"), run.Trace($"leftConcentration_{ion}", at), relative, $"{ion} after {time} s");
            Close.Within(rows.At($"{row}", "V"), run.Trace("membranePotential", at), potential, $"V after {time} s");
        }
    }

    // After 20 hours the cell is within 1e-4 of its end.
    private static void Donnan(RunResult run)
    {
        ReferenceCase donnan = ReferenceCase.Load("08")["reference", "donnan_final"];
        foreach (string ion in Ions) Close.To(donnan.At($"{ion}_i"), run.Traces[$"leftConcentration_{ion}"][^1], 2e-3, ion);
        Close.Within(donnan.At("V"), run.MembranePotential, 5e-5);

        // The theory beside the run is of the same moment: of what the reservoir holds at the end.
        Assert.Equal(run.MembranePotential, run.Theory["donnanReservoir_computed"]);
        Close.Within(run.Theory["donnanReservoir"], run.MembranePotential, 1e-5);
    }
}
