using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Sweeps;

public class PlanPointTests
{
    private static readonly string[] Several =
    [
        Plans.Path("/temperature", "\"values\": [\"25 degC\", \"37 degC\"]"),
        Plans.Path("/boundaries/left/electric/potential", "\"values\": [\"-70 mV\", 0, { \"sine\": { \"offset\": 0, \"amplitude\": \"1 mV\", \"frequency\": \"1 MHz\" } }]"),
        Plans.Path("/regions/1/barrier", "\"values\": [\"10 kJ/mol\", { \"K\": \"12 kJ/mol\" }]"),
        Plans.Path("/species/2/diffusivity", "\"values\": [1e-9, \"2e-9 m^2/s\"]"),
        Plans.Path("/time/end", "\"logspace\": [\"1 us\", \"1 ms\", 4]"),
    ];

    private const string Steady = """{ "steady": { "boundaries": { "left": { "electric": { "potential": "-60 mV" } } } } }""";

    public static TheoryData<string, string> Sweeps => new()
    {
        { Sample.Text, $"{{ \"axes\": [{string.Join(',', Several)}] }}" },
        { Sample.With("\"initial\": \"regions\"", $"\"initial\": {Steady}"), $"{{ \"axes\": [{string.Join(',', Several)}, {Plans.Path("/initial/steady/boundaries/left/electric/potential", "\"values\": [0, \"-60 mV\"]")}] }}" },
        { Sample.With("\"initial\": \"regions\"", $"\"initial\": {Steady}"), $"{{ \"axes\": [{Plans.Path("/initial", $"\"values\": [\"regions\", {Steady}]")}, {Several[2]}] }}" },
    };

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void A_point_is_what_the_configuration_with_its_values_set_is(string text, string sweep)
    {
        var plan = Plans.Read(sweep, text);
        var order = Enumerable.Range(0, plan.Axes.Count).OrderBy(i => i * 2654435761L % 1009).ToArray();
        Parallel.ForEach(order.Concat(order.Reverse()), new() { MaxDegreeOfParallelism = 4 }, point =>
        {
            string[] overrides = [.. plan.Axes.Axes.Select((axis, i) => $"{axis.Path}={plan.Axes.Value(point, i).Json}")];
            var (here, alone) = (plan.Configuration(point), ConfigurationReader.Parse(text, "sample.json", overrides));
            Assert.Empty(alone.Errors);
            Assert.Empty(here.Errors);
            Assert.Equal(Plans.Dump(alone.Configuration! with { Source = "", Title = "" }), Plans.Dump(here.Configuration! with { Title = "" }));
        });
    }

    [Fact]
    public void What_goes_with_an_axis_changes_along_with_it()
    {
        const string Potassium = "/regions/2/concentration/K", Chloride = "/regions/2/concentration/Cl";
        var with = $"{{ \"path\": \"{Potassium}\", \"values\": [\"4 mM\", \"6 mM\", \"9 mM\"], \"with\": [{Plans.Path(Chloride, "\"values\": [\"4 mM\", \"6 mM\", \"9 mM\"]")}] }}";
        var plan = Plans.Read($"{{ \"axes\": [{with}, {Plans.Path("/temperature", "\"values\": [300, 301]")}] }}");
        var zipped = Plans.Read($"{{ \"axes\": [{Plans.Path(Potassium, "\"values\": [\"9 mM\"]")}, {Plans.Path(Chloride, "\"values\": [\"9 mM\"]")}, {Plans.Path("/temperature", "\"values\": [301]")}], \"combine\": \"zip\" }}");
        Assert.Equal(6, plan.Axes.Count);
        Assert.Equal([4, 4, 6, 6, 9, 9], Enumerable.Range(0, 6).Select(point => plan.Configuration(point).Configuration!.Problem.Regions[2].Concentration![1]));
        Assert.Equal(zipped.Hash(0), plan.Hash(5));
        Assert.Equal(6, Enumerable.Range(0, 6).Select(plan.Hash).Distinct().Count());
    }

    [Fact]
    public void The_base_need_not_be_right_by_itself()
    {
        var text = Sample.With("\"Cl\": \"5 mM\"", "\"Cl\": \"6 mM\"");
        var plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/regions/2/concentration/K", "\"values\": [\"6 mM\"]")}] }}", text);
        Assert.Equal(6, plan.Configuration(0).Configuration!.Problem.Regions[2].Concentration![0]);
    }

    [Theory]
    [InlineData("transient", true)]
    [InlineData("iv", false)]
    public void Only_a_curve_has_a_voltage_of_its_own(string mode, bool isFree)
    {
        var axes = $"{{ \"axes\": [{{ \"path\": \"/temperature\", \"values\": [300], \"name\": \"voltage\" }}] }}";
        var result = SweepPlan.Parse(Plans.Text(axes, Sample.With("\"mode\": \"transient\"", $"\"mode\": \"{mode}\"")), "sample.json", []);
        Assert.Equal(isFree, !result.Errors.Any(error => error.Pointer == "/sweep/axes/0/name"));
    }

    [Fact]
    public void Overrides_come_before_the_axes()
    {
        var plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/time/end", "\"values\": [\"1 us\", \"2 us\"]")}] }}", null, "/time/end=7", "/sweep/axes/0/values/1=\"3 us\"", "/temperature=300");
        Assert.Equal(3e-6, plan.Configuration(1).Configuration!.Time.End);
        Assert.Equal(300, plan.Configuration(1).Configuration!.Problem.Temperature);
        Assert.Contains("\"3 us\"", plan.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/boundaries/left/electric/potential", "\"values\": [0, 1e-3]", true, true)]
    [InlineData("/regions/1/barrier", "\"values\": [0, 1]", true, true)]
    [InlineData("/temperature", "\"values\": [300, 301]", true, true)]
    [InlineData("/time/end", "\"values\": [1e-6, 2e-6]", true, false)]
    [InlineData("/regions/1/length", "\"values\": [4e-9, 5e-9]", false, true)]
    [InlineData("/regions/1/grid/cells", "\"values\": [20, 21]", false, true)]
    [InlineData("/boundaries/right/electric", "\"values\": [{ \"potential\": 0 }, { \"stern\": { \"potential\": 0, \"capacitance\": \"0.2 F/m^2\" } }]", false, true)]
    [InlineData("/geometry", "\"values\": [{ \"kind\": \"planar\" }, { \"kind\": \"cylindrical\", \"innerRadius\": 1e-8 }]", false, true)]
    public void Says_what_points_share(string path, string series, bool grid, bool places)
    {
        var plan = Plans.Grid((path, series));
        Assert.Equal((grid, places), (plan.IsGridShared, plan.ArePlacesShared));
    }

    [Theory]
    [InlineData("\"grid\": { \"growth\": 1.2 },", false)]
    [InlineData("\"grid\": { \"firstCell\": \"0.1 nm\", \"tolerance\": \"1 mV\" },", false)]
    [InlineData("\"grid\": { \"firstCell\": \"0.1 nm\" },", true)]
    public void The_Debye_length_and_a_tolerance_make_grids_differ(string grid, bool isShared)
    {
        var text = Sample.With("\"grid\": { \"firstCell\": \"0.1 nm\", \"growth\": 1.2 },", grid);
        var plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/temperature", "\"values\": [300, 310]")}] }}", text);
        Assert.Equal(isShared, plan.IsGridShared);
    }

    [Fact]
    public void Fields_come_in_one_order()
    {
        const string axes = "\"axes\": [{ \"path\": \"/temperature\", \"values\": [300] }]";
        Assert.Equal(["concentration", "potential"], Plans.Read($"{{ {axes} }}").Fields);
        Assert.Equal(["potential", "flux"], Plans.Read($"{{ {axes}, \"store\": [\"flux\", \"potential\"] }}").Fields);
        Assert.Empty(Plans.Read($"{{ {axes}, \"store\": [] }}").Fields);
    }

    [Fact]
    public void A_sweep_is_no_single_run()
    {
        var result = ConfigurationReader.Parse(Plans.Text("{ \"axes\": [] }"), "sample.json", []);
        Assert.True(result.IsSweep);
        Assert.Contains("npgpu sweep", Assert.Single(result.Errors).Remedy, StringComparison.Ordinal);
        var steady = Sample.With("\"initial\": \"regions\"", "\"initial\": { \"steady\": { \"sweep\": {} } }");
        Assert.Equal("/initial/steady/sweep", Assert.Single(ConfigurationReader.Parse(steady, "sample.json", []).Errors).Pointer);
    }
}
