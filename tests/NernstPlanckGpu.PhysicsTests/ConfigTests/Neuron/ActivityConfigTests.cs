using System.Text.Json.Nodes;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests.Neuron;

/// <summary>configs/neuron/activity.json: Nernst potentials of activities, against reference case 10 and its formulas.</summary>
public class ActivityConfigTests
{
    private const double Thermal = 8.314462618 * 298.15 / 96485.33212;

    private static double Rest(string model, double[] inside, double[] outside) => Config.Run("neuron/activity", document =>
    {
        document["activity"] = model;
        JsonObject Solution(double[] c) => new() { ["K"] = c[0], ["Na"] = c[1], ["Cl"] = c[0] + c[1] };
        document["regions"]![0]!["concentration"] = Solution(inside);
        document["regions"]![2]!["concentration"] = Solution(outside);
    }).Results["restingPotential"];

    // Reference 10's A and B at 25 degC and a permittivity of 78.5, K of 3 angstrom.
    private static double LogGamma(string model, double strength)
    {
        ReferenceCase table = ReferenceCase.Load("10")["reference", "gamma_tables", "0"];
        double a = table.At("A_sqrt_L_per_mol") * Math.Log(10), root = Math.Sqrt(strength / 1000);
        return model == "davies"
            ? -a * ((root / (1 + root)) - (0.3 * strength / 1000))
            : -a * root / (1 + (table.At("B_per_m_sqrt_L_per_mol") * 3e-10 * root));
    }

    [Theory]
    [InlineData("debyeHuckel")]
    [InlineData("davies")]
    public void A_tenfold_solution_is_worth_less_than_a_tenfold(string model)
    {
        double rest = Rest(model, [150, 0], [15, 0]), ideal = Thermal * Math.Log(0.1);

        // Potassium is at rest, which the scheme keeps exactly; the constants are given with twelve digits.
        double expected = Thermal * (Math.Log(0.1) + LogGamma(model, 15) - LogGamma(model, 150));
        Close.Within(expected, rest, 1e-9);
        Assert.InRange(rest - ideal, 3e-3, 6e-3);
    }

    [Fact]
    public void The_reference_stands_where_it_says()
    {
        ReferenceCase one = ReferenceCase.Load("10")["reference", "nernst", "1"];
        Close.Within(one.At("E_edh_V"), Rest("debyeHuckel", [100, 0], [10, 0]), 1e-9);
        Close.Within(one.At("E_davies_V"), Rest("davies", [100, 0], [10, 0]), 1e-9);
        Close.Within(one.At("E_ideal_V"), Rest("ideal", [100, 0], [10, 0]), 1e-9);
    }

    [Theory]
    [InlineData("debyeHuckel")]
    [InlineData("davies")]
    public void Equal_ionic_strengths_need_no_correction(string model) =>
        Close.Within(Rest("ideal", [150, 0], [15, 135]), Rest(model, [150, 0], [15, 135]), 1e-11);
}
