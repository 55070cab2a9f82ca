using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests.Neuron;

/// <summary>
/// Cells whose volume follows the water: configs/neuron/donnan-swelling.json, donnan-held.json and stroke.json against the compartments of
/// tests/reference/neuron.json.
/// </summary>
public class SwellingTests
{
    private static readonly ReferenceCase Model = ReferenceCase.Load("neuron")["reference"];

    [Fact]
    public void Without_a_pump_the_cell_doubles_and_bursts()
    {
        RunResult run = Config.Run("neuron/donnan-swelling");
        Assert.Equal(Outcome.Burst, run.Outcome);
        double[] volume = run.Traces["relativeVolume_left"];
        int above = Array.FindIndex(volume, ratio => ratio >= 2);
        double share = (2 - volume[above - 1]) / (volume[above] - volume[above - 1]);
        double doubled = run.TraceTime[above - 1] + (share * (run.TraceTime[above] - run.TraceTime[above - 1]));

        // The steps' tolerance is 1e-4, and the volume lags far behind all they resolve: measured 1.4e-5 and 6e-7.
        Close.To(Model.At("swelling", "time_to_2_s"), doubled, 1e-4);
        Close.To(7.31, doubled / 3600, 1e-3, "hours, as the README prints it");
        Close.To(Model.At("swelling", "time_to_2.5_s"), run.TraceTime[^1], 1e-4);
        Close.To(2.5, volume[^1], 1e-8, "it bursts at its limit");
    }

    [Fact]
    public void A_pump_holds_the_volume_and_the_water()
    {
        RunResult run = Config.Run("neuron/donnan-held");
        ReferenceCase end = Model["swelling", "held"][$"{Model["swelling", "held"].Count - 1}"];
        Close.To(1, run.Traces["osmolarity_left"][^1] / run.Traces["osmolarity_right"][^1], 1e-6);
        Close.To(end.At("volume"), run.Traces["relativeVolume_left"][^1], 1e-5);
        Close.Within(end.At("V"), run.MembranePotential, 1e-5);
        Close.To(end.At("Na_i"), run.Traces["leftConcentration_Na"][^1], 1e-3);
        Assert.All(run.Traces["relativeVolume_left"], ratio => Assert.InRange(ratio, 0.99, 1.01));
    }

    [Fact]
    public void A_stroke_runs_down_to_donnans_state_and_the_cell_comes_back()
    {
        RunResult run = Config.Run("neuron/stroke");
        ReferenceCase rows = Model["stroke", "rows"];
        for (int row = 1; row < rows.Count; row++)
        {
            double time = rows.At($"{row}", "t_s");

            // 1 % and 0.3 mV are asked for in a run-down. The steps' tolerance is 1e-4, their ends lie at ATP's corners; measured 1e-4 in the
            // narrow space outside, 2e-5 inside, 3 uV.
            foreach (string ion in new[] { "K", "Na", "Cl" })
            {
                Close.To(rows.At($"{row}", $"{ion}_i"), run.Trace($"leftConcentration_{ion}", time), 1e-4, $"{ion} inside at {time} s");
                Close.To(rows.At($"{row}", $"{ion}_o"), run.Trace($"rightConcentration_{ion}", time), 5e-4, $"{ion} outside at {time} s");
            }
            Close.Within(rows.At($"{row}", "V"), run.Trace("membranePotential", time), 2e-5, $"V at {time} s");
            Close.To(rows.At($"{row}", "volume"), run.Trace("relativeVolume_left", time), 1e-5, $"volume at {time} s");
        }
    }

    [Fact]
    public void An_hour_without_atp_all_but_ends_in_donnans_state()
    {
        RunResult run = Config.Run("neuron/stroke");
        ReferenceCase end = Model["stroke", "donnan"];
        Close.Within(end.At("V"), run.Trace("membranePotential", 3960), 1e-4);
        Close.To(end.At("K_o"), run.Trace("rightConcentration_K", 3960), 1e-3);

        // Donnan: one ratio for all ions that pass, r for cations and 1/r for the anion.
        double Ratio(string ion) => run.Trace($"leftConcentration_{ion}", 3960) / run.Trace($"rightConcentration_{ion}", 3960);
        Close.To(Ratio("K"), Ratio("Na"), 5e-3);
        Close.To(Ratio("K"), 1 / Ratio("Cl"), 5e-3);
        Close.Within(-8.314462618 * 310.15 / 96485.33212 * Math.Log(Ratio("K")), run.Trace("membranePotential", 3960), 5e-5);

        // Back with its pump: near where it was before, at 300 s, from which it had drifted by then.
        Close.Within(run.Trace("membranePotential", 300), run.MembranePotential, 2e-4);
        Close.To(run.Trace("relativeVolume_left", 300), run.Traces["relativeVolume_left"][^1], 1e-3);
    }

    [Theory]
    [InlineData("donnan-held")]
    [InlineData("stroke")]
    [InlineData("donnan-swelling")]
    public void Charges_and_every_ion_are_accounted_for(string name)
    {
        // The certificate holds (Config.Run sees to that), and with it what is asked here: the charge to 1e-9, the ions' budgets to 1e-9.
        RunResult run = Config.Run("neuron/" + name);
        Assert.True(run.Certificate.ContainsKey("membraneCharge"), run.CertificateText);
        Assert.All(new[] { "K", "Na", "Cl" }, ion => Assert.InRange(run.Certificate[$"budget_{ion}"], 0, 1e-9));
    }
}
