using NernstPlanckGpu.Core.Sweeps;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Sweeps;

public class SweepAxesTests
{
    [Fact]
    public void The_last_axis_of_a_grid_runs_fastest()
    {
        var plan = Plans.Grid(("/temperature", "\"values\": [298.15]"), ("/regions/1/length", "\"values\": [\"4 nm\", \"5 nm\"]"),
            ("/boundaries/left/electric/potential", "\"linspace\": [0, \"20 mV\", 3]"), ("/time/relativeTolerance", "\"logspace\": [1e-6, 1e-2, 5]"));
        Assert.Equal(30, plan.Axes.Count);
        var expected = 0;
        for (var length = 0; length < 2; length++)
        {
            for (var potential = 0; potential < 3; potential++)
            {
                for (var tolerance = 0; tolerance < 5; tolerance++, expected++)
                    Assert.Equal([0, length, potential, tolerance], Enumerable.Range(0, 4).Select(axis => plan.Axes.Choice(expected, axis)));
            }
        }

        var run = plan.Configuration(29).Configuration!;
        Assert.Equal(5e-9, run.Problem.Regions[1].Length);
        Assert.Equal(1e-2, run.Time.RelativeTolerance);
        Assert.Contains("point 29 (temperature = 298.15, regions_membrane_length = \"5 nm\", boundaries_left_electric_potential = \"0.02 V\"", plan.Axes.Describe(29), StringComparison.Ordinal);
    }

    [Fact]
    public void Zipped_axes_go_together()
    {
        var plan = Plans.Read("""{ "axes": [{ "path": "/regions/2/concentration/K", "values": ["1 mM", "5 mM", "7 mM"] }, { "path": "/regions/2/concentration/Cl", "values": ["1 mM", "5 mM", "7 mM"] }], "combine": "zip" }""");
        Assert.Equal(3, plan.Axes.Count);
        Assert.Equal([7, 7, 0], plan.Configuration(2).Configuration!.Problem.Regions[2].Concentration!);
    }

    [Fact]
    public void Equal_intervals_are_written_as_a_user_would()
    {
        var axis = Plans.Grid(("/boundaries/left/electric/potential", "\"linspace\": [\"-120 mV\", \"60 mV\", 37]")).Axes.Axes[0];
        Assert.Equal(Enumerable.Range(0, 37).Select(i => $"\"{-120 + 5 * i} mV\""), axis.Values.Select(value => value.Json));
        Assert.Equal(-0.07, axis.Values[10].Number);
        Assert.Equal(("V", "boundaries_left_electric_potential", true), (axis.Unit, axis.Name, axis.IsNumeric));
    }

    [Fact]
    public void Ends_in_two_units_are_in_SI_and_plain_numbers_take_the_unit_of_what_they_replace()
    {
        var axes = Plans.Grid(("/boundaries/left/electric/potential", "\"linspace\": [\"-100 mV\", \"0.1 V\", 3]"),
            ("/regions/1/length", "\"values\": [4e-9, 5e-9]"), ("/time/integrator", "\"values\": [\"rkc2\", \"rodas4\"], \"name\": \"method\"")).Axes.Axes;
        Assert.Equal(["\"-0.1 V\"", "\"0 V\"", "\"0.1 V\""], axes[0].Values.Select(value => value.Json));
        Assert.Equal(("m", "4E-09"), (axes[1].Unit, axes[1].Values[0].Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(("1", "method", false), (axes[2].Unit, axes[2].Name, axes[2].IsNumeric));
    }

    [Fact]
    public void Celsius_goes_by_degrees_and_counts_in_kelvin()
    {
        var axis = Plans.Grid(("/temperature", "\"linspace\": [\"20 degC\", \"40 degC\", 3]")).Axes.Axes[0];
        Assert.Equal(["\"20 degC\"", "\"30 degC\"", "\"40 degC\""], axis.Values.Select(value => value.Json));
        Assert.Equal(("K", 303.15), (axis.Unit, axis.Values[1].Number));
    }

    [Fact]
    public void Equal_ratios_meet_the_powers_of_ten()
    {
        var axis = Plans.Grid(("/time/end", "\"logspace\": [\"1 ns\", \"1000000 ns\", 7]")).Axes.Axes[0];
        Assert.Equal(["\"1 ns\"", "\"10 ns\"", "\"100 ns\"", "\"1000 ns\"", "\"10000 ns\"", "\"100000 ns\"", "\"1000000 ns\""], axis.Values.Select(value => value.Json));
    }

    [Fact]
    public void Objects_can_be_values()
    {
        var plan = Plans.Grid(("/boundaries/left/electric/potential", """ "values": ["-70 mV", { "step": { "from": "-70 mV", "to": 0, "at": "1 ns" } }] """));
        Assert.Equal("""{"step":{"from":"-70 mV","to":0,"at":"1 ns"}}""", plan.Axes.Axes[0].Values[1].Json);
        Assert.False(plan.Axes.Axes[0].IsNumeric);
        Assert.Contains("StepWaveform", Plans.Dump(plan.Configuration(1).Configuration!.Problem.Left), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("log")]
    public void Random_values_are_the_same_everywhere_and_stay_when_there_are_more(string spacing)
    {
        string[] Values(int count, int seed) => [.. Plans.Grid(("/boundaries/right/electric/stern/capacitance",
            $"\"random\": {{ \"from\": \"0.1 F/m^2\", \"to\": \"10 F/m^2\", \"count\": {count}, \"seed\": {seed}, \"spacing\": \"{spacing}\" }}")).Axes.Axes[0].Values.Select(value => value.Json)];
        Assert.Equal(spacing == "log" ? Logarithmic : Linear, Values(3, 1));
        Assert.Equal(Values(3, 1), Values(443, 1)[..3]);
        Assert.NotEqual(Values(3, 1), Values(3, 2));
        Assert.Equal(443, Values(443, 1).Distinct().Count());
    }

    // Made by a program of its own (Python) from the definition.
    private static readonly string[] Linear = ["\"4.03464340022 F/m^2\"", "\"9.51787817614 F/m^2\"", "\"6.02352355711 F/m^2\""];

    private static readonly string[] Logarithmic = ["\"0.623558860282 F/m^2\"", "\"7.99100958783 F/m^2\"", "\"1.57279248608 F/m^2\""];

    [Fact]
    public void Axes_of_one_seed_are_independent()
    {
        const string series = "\"random\": { \"from\": 0, \"to\": 1, \"count\": 500, \"seed\": 7 }";
        var plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/boundaries/left/electric/potential", series)}, {Plans.Path("/regions/1/diffusivityFactor/K", series)}], \"combine\": \"zip\" }}");
        var (x, y) = (plan.Axes.Axes[0].Values.Select(value => value.Number).ToArray(), plan.Axes.Axes[1].Values.Select(value => value.Number).ToArray());
        // Uniform numbers: the mean of 500 deviates by 0.013, their correlation by 0.045; both are given four times that.
        Assert.InRange(x.Average(), 0.448, 0.552);
        Assert.InRange(x.Zip(y, (a, b) => (a - 0.5) * (b - 0.5)).Average() * 12, -0.18, 0.18);
        Assert.All(x, value => Assert.InRange(value, 0, 1));
    }
}
