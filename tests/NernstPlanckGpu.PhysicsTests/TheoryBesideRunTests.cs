using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>The entries of <c>theory</c> beside what real runs give, with sign; the file announces the entries that the run then has.</summary>
public class TheoryBesideRunTests
{
    private static Dictionary<string, TheoryEntry> Run(string config, params string[] overrides)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "configs", config + ".json");
        ConfigurationResult read = ConfigurationReader.Read(path, overrides);
        Assert.True(read.Configuration is not null, string.Join('\n', read.Errors));
        var simulation = new Simulation(read.Configuration!);
        RunSummary summary = simulation.Run(new MemorySink(simulation.Layout));
        Assert.Equal(Outcome.Done, summary.Outcome);
        Assert.Equal(
            simulation.Layout.TheoryColumns.Select(column => (column.Name, column.Unit, column.Meaning)),
            summary.Theory.Select(entry => (entry.Name, entry.Unit, entry.Meaning)));
        return summary.Theory.ToDictionary(entry => entry.Name);
    }

    private static void Agree(TheoryEntry entry, double expected, double difference)
    {
        Close.To(expected, entry.Value, 1e-3, entry.Name);
        Close.Within(entry.Value, entry.Computed!.Value, difference, entry.Name);
    }

    // The gel is 10 Debye lengths deep on either side of its centre: 5e-5 of the potential are left, and the grid's error.
    [Fact]
    public void Donnan_potential_deep_in_the_gel()
    {
        Dictionary<string, TheoryEntry> theory = Run("donnan");
        Agree(theory["donnan_gel_bath"], -0.0118138, 2e-6);
        Assert.DoesNotContain("henderson", theory.Keys);
    }

    // After 1 us the front of one salt is 100 nm wide, some 50 Debye lengths: reference 05 has 6 uV left.
    [Fact]
    public void Junction_of_one_salt_comes_to_henderson_and_planck()
    {
        Dictionary<string, TheoryEntry> theory = Run("liquid-junction");
        Agree(theory["henderson"], 0.0122677, 2e-5);
        Agree(theory["planck"], 0.0122677, 2e-5);
        Assert.DoesNotContain(theory.Keys, name => name.StartsWith("grahame", StringComparison.Ordinal));
    }

    [Fact]
    public void Junction_of_two_salts_departs_from_both_as_the_reference_does()
    {
        Dictionary<string, TheoryEntry> theory = Run("liquid-junction-hcl-kcl");
        Close.Within(-0.026850, theory["henderson"].Value, 1e-6);
        Close.Within(-0.026850, theory["planck"].Value, 1e-6);
        Close.Within(-0.0266935, theory["henderson"].Computed!.Value, 2e-6);
    }

    // Without its charge the membrane is such a layer, of one salt, thousands of Debye lengths thick; the baths add 0.004 % of diffusion.
    [Fact]
    public void A_steady_layer_between_baths_comes_to_planck()
    {
        Dictionary<string, TheoryEntry> theory = Run("charged-membrane", "/regions/1/fixedCharge=0 mM");
        Agree(theory["planck"], 0.0122677, 2e-5);
        Assert.DoesNotContain("teorellMeyerSievers", theory.Keys);
    }

    [Theory]
    [InlineData("left", "0.02 C/m^2", 0.0265)]
    [InlineData("left", "-0.05 C/m^2", -0.0566)]
    [InlineData("right", "0.02 C/m^2", 0.0265)]
    public void Charged_wall_takes_grahames_potential(string side, string charge, double about)
    {
        string other = side == "left" ? "right" : "left";
        TheoryEntry wall = Run("debye-layer", $"/boundaries/{side}={{\"electric\":{{\"surfaceCharge\":\"{charge}\"}},\"ions\":\"blocked\"}}",
            $"/boundaries/{other}={{\"electric\":{{\"potential\":\"0 mV\"}},\"ions\":\"bath\"}}", $"/regions/0/grid/grading={side}")[$"grahamePotential_{side}"];
        Close.To(about, wall.Value, 5e-3);
        Close.To(wall.Value, wall.Computed!.Value, 2e-3); // cells of 1/20 of a Debye length: reference case 01 allows as much
    }

    [Fact]
    public void Electrodes_take_grahames_charge()
    {
        TheoryEntry wall = Run("debye-layer")["grahameCharge_left"];
        Close.To(0.018784, wall.Value, 1e-4);
        Close.To(wall.Value, wall.Computed!.Value, 2e-3);

        // Five time constants after the step the electrodes lack 0.6 %.
        Dictionary<string, TheoryEntry> pair = Run("blocking-electrodes");
        Assert.True(pair["grahameCharge_left"].Value < 0);
        Close.To(pair["grahameCharge_left"].Value, pair["grahameCharge_left"].Computed!.Value, 1e-2);
        Close.To(pair["grahameCharge_right"].Value, pair["grahameCharge_right"].Computed!.Value, 1e-2);
    }

    [Fact]
    public void Charged_membrane_reverses_where_teorell_meyer_and_sievers_say()
    {
        Dictionary<string, TheoryEntry> theory = Run("charged-membrane");
        Agree(theory["teorellMeyerSievers"], -0.04217, 2e-5);
        Close.To(-0.01236, theory["donnan_exchanger_left"].Value, 1e-3);
        Close.To(-0.05941, theory["donnan_exchanger_right"].Value, 1e-3);
        Assert.DoesNotContain("henderson", theory.Keys);
    }

    [Fact]
    public void Resting_membrane_lists_activities_beside_nernst()
    {
        Dictionary<string, TheoryEntry> theory = Run("resting-membrane");
        Agree(theory["ghk"], -0.0697456, 1e-6);
        foreach (string ion in new[] { "K", "Na", "Cl" })
        {
            // 152 against 150 mM of ionic strength: some hundredths of a millivolt.
            Close.Within(theory[$"nernst_{ion}"].Value, theory[$"nernstActivity_{ion}"].Value, 1e-4);
            Assert.NotEqual(theory[$"nernst_{ion}"].Value, theory[$"nernstActivity_{ion}"].Value);
            Assert.Null(theory[$"nernstActivity_{ion}"].Computed);
        }
        Assert.DoesNotContain(theory.Keys, name => name is "henderson" or "planck" or "nernstActivity_A"
            || name.StartsWith("donnan", StringComparison.Ordinal) || name.StartsWith("grahame", StringComparison.Ordinal));
    }
}
