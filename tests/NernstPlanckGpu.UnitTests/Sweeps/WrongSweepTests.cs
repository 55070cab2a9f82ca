using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Sweeps;

public class WrongSweepTests
{
    public static TheoryData<string, string, string> Cases => new()
    {
        // the sweep with a mark, pointer, part of the message or remedy
        { "§[]", "/sweep", "list" },
        { "§{}", "/sweep", "\"axes\" is missing" },
        { "{ \"axes\": §[] }", "/sweep/axes", "empty" },
        { "{ \"axes\": [§{ \"path\": \"/temperature\" }] }", "/sweep/axes/0", "no values" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": §[] }] }", "/sweep/axes/0/values", "empty" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [1], \"linspace\": §[1, 2, 3] }] }", "/sweep/axes/0/linspace", "two series" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300], §\"value\": [1] }] }", "/sweep/axes/0/value", "did you mean \"values\"?" },
        { "{ \"axes\": [{ \"path\": §\"temperature\", \"values\": [300] }] }", "/sweep/axes/0/path", "is not a path" },
        { "{ \"axes\": [{ \"path\": §\"/temprature\", \"values\": [300] }] }", "/sweep/axes/0/path", "did you mean \"temperature\"?" },
        { "{ \"axes\": [{ \"path\": §\"/regions/3/length\", \"values\": [1e-9] }] }", "/sweep/axes/0/path", "index runs from 0 to 2" },
        { "{ \"axes\": [{ \"path\": §\"/regions/1/lenght\", \"values\": [1e-9] }] }", "/sweep/axes/0/path", "did you mean \"length\"?" },
        { "{ \"axes\": [{ \"path\": §\"/sweep/combine\", \"values\": [\"zip\"] }] }", "/sweep/axes/0/path", "not in the configuration" },
        { "{ \"axes\": [{ \"path\": §\"/mode\", \"values\": [\"steady\"] }] }", "/sweep/axes/0/path", "one mode" },
        { "{ \"axes\": [{ \"path\": §\"/output/snapshots/count\", \"values\": [3] }] }", "/sweep/axes/0/path", "one output" },
        { "{ \"axes\": [{ \"path\": §\"/regions/1/name\", \"values\": [\"m\"] }] }", "/sweep/axes/0/path", "name" },
        { "{ \"axes\": [{ \"path\": §\"/species/1\", \"values\": [{ \"name\": \"Cl\" }] }] }", "/sweep/axes/0/path", "name" },
        { "{ \"axes\": [{ \"path\": §\"/regions\", \"values\": [[]] }] }", "/sweep/axes/0/path", "same regions" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300] }, { \"path\": §\"/temperature\", \"values\": [301], \"name\": \"t\" }] }", "/sweep/axes/1/path", "two axes vary" },
        { "{ \"axes\": [{ \"path\": \"/boundaries/left\", \"values\": [1] }, { \"path\": §\"/boundaries/left/electric\", \"values\": [1] }] }", "/sweep/axes/1/path", "vary the same value" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300], \"name\": §\"time\" }] }", "/sweep/axes/0/name", "something else in result files" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300], \"name\": §\"a/b\" }] }", "/sweep/axes/0/name", "do not allow" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300], \"name\": \"t\" }, { \"path\": \"/time/end\", \"values\": [1], \"name\": §\"t\" }] }", "/sweep/axes/1/name", "two axes are called" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300, 301] }, { \"path\": \"/time/end\", \"values\": [1] }], \"combine\": §\"zip\" }", "/sweep/combine", "2, 1 values" },
        { "{ \"axes\": §[{ \"path\": \"/temperature\", \"linspace\": [300, 301, 100000] }, { \"path\": \"/time/end\", \"linspace\": [1, 2, 100000] }] }", "/sweep/axes", "1e+10 points are more than 2147483647" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"linspace\": [300, §300, 3] }] }", "/sweep/axes/0/linspace/1", "is the first" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"linspace\": §[300, 301] }] }", "/sweep/axes/0/linspace", "[first, last, count]" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"linspace\": [300, 301, §1] }] }", "/sweep/axes/0/linspace/2", "whole number" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"linspace\": §[1, 1.0000000000000002, 5] }] }", "/sweep/axes/0/linspace", "double precision" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"linspace\": [§\"300 kelvins\", 301, 5] }] }", "/sweep/axes/0/linspace/0", "a number or a quantity" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"linspace\": [\"300 K\", §\"301 mV\", 5] }] }", "/sweep/axes/0/linspace/1", "different dimensions" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"logspace\": [0, §301, 5] }] }", "/sweep/axes/0/logspace/1", "ends above 0" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [§1e999] }] }", "/sweep/axes/0/values/0", "not a finite number" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [§NaN] }] }", "/sweep/axes/0/values/0", "NaN" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"random\": §{ \"from\": 1, \"to\": 2, \"count\": 3 } }] }", "/sweep/axes/0/random", "\"seed\" is missing" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"random\": { \"from\": 2, \"to\": §1, \"count\": 3, \"seed\": 1 } }] }", "/sweep/axes/0/random/to", "not above" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300] }], \"combine\": §\"product\" }", "/sweep/combine", "not known" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300] }], \"store\": [§\"fluxes\"] }", "/sweep/store/0", "did you mean \"flux\"?" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300, 301], \"with\": [{ \"path\": \"/time/end\", \"values\": §[1] }] }] }", "/sweep/axes/0/with/0/values", "1 values go with an axis of 2" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300], \"with\": [{ \"path\": §\"/time/ende\", \"values\": [1] }] }] }", "/sweep/axes/0/with/0/path", "did you mean \"end\"?" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300], \"with\": [{ \"path\": §\"/temperature\", \"values\": [1] }] }] }", "/sweep/axes/0/with/0/path", "two axes vary" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300], \"with\": [{ \"path\": \"/time/end\", \"values\": [1], §\"name\": \"t\" }] }] }", "/sweep/axes/0/with/0/name", "not known" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300], \"with\": [§{ \"path\": \"/time/end\" }] }] }", "/sweep/axes/0/with/0", "no values" },
        // A point.
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300, §\"-1 K\"] }] }", "/temperature", "point 1 (temperature = \"-1 K\"): \"-1 K\" is out of range" },
        { "{ \"axes\": [{ \"path\": \"/time/end\", \"linspace\": §[\"0 us\", \"10 us\", 11] }] }", "/time/end", "point 0 (time_end = \"0 us\"): " },
        { "{ \"axes\": [{ \"path\": \"/time/integrator\", \"values\": [\"rkc2\", §7] }] }", "/time/integrator", "point 1 (time_integrator = 7): " },
        { "{ \"axes\": [{ \"path\": \"/boundaries/left/electric/potential\", \"values\": [{ \"step\": { \"from\": 0, \"to\": 1, \"at\": §\"1 m\" } }] }] }", "/boundaries/left/electric/potential/step/at", "point 0 (" },
        { "{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300, 301, 302] }, { \"path\": \"/regions/1/length\", \"values\": [§0, 1e-9] }] }", "/regions/1/length", "point 0 (temperature = 300, regions_membrane_length = 0) and 2 more: " },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Names_the_place_and_what_to_write(string marked, string path, string message)
    {
        var (errors, line, column) = Plans.Wrong(marked);
        var error = Assert.Single(errors);
        Assert.Equal((path, line, column), (error.Pointer, error.Line, error.Column));
        Assert.Contains(message, $"{error.Message}; {error.Remedy}", StringComparison.Ordinal);
    }

    [Fact]
    public void Says_all_at_once()
    {
        var text = Plans.Text("{ \"axes\": [{ \"path\": \"/temprature\", \"values\": [1] }, { \"path\": \"/time/end\", \"linspace\": [1] }] }")
            .Replace("\"permittivity\": 2,", "\"permittivity\": -2,", StringComparison.Ordinal);
        Assert.Equal(["/sweep/axes/0/path", "/sweep/axes/1/linspace", "/regions/1/permittivity"], SweepPlan.Parse(text, "sample.json", []).Errors.Select(error => error.Pointer));
    }

    [Fact]
    public void An_error_of_all_points_is_of_none()
    {
        var text = Plans.Text("{ \"axes\": [{ \"path\": \"/temperature\", \"values\": [300, 301] }] }").Replace("\"permittivity\": 2,", "\"permittivity\": -2,", StringComparison.Ordinal);
        var error = Assert.Single(SweepPlan.Parse(text, "sample.json", []).Errors);
        Assert.Equal("/regions/1/permittivity", error.Pointer);
        Assert.StartsWith("-2 is out of range", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_errors_of_points_are_told_and_the_rest_counted()
    {
        var (errors, _, _) = Plans.Wrong("{ \"axes\": [{ \"path\": \"/regions/2/concentration/K\", \"linspace\": §[\"10 mM\", \"59 mM\", 50] }] }");
        Assert.Equal(21, errors.Count);
        Assert.Contains("point 3 (regions_outside_concentration_K = \"13 mM\"): the bath beside", errors[3].Message, StringComparison.Ordinal);
        Assert.Contains("and 30 more errors, the first in point 20 (", errors[20].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_have_the_same_mechanisms()
    {
        var text = Sample.With("\"mechanisms\": []", "\"mechanisms\": [{ \"leak\": { \"ion\": \"K\", \"permeability\": 1e-8 } }]");
        string Sweep(string other) => $"{{ \"axes\": [{Plans.Path("/mechanisms/0", $"\"values\": [{{ \"leak\": {{ \"ion\": \"K\", \"permeability\": 1e-8 }} }}, {other}]")}] }}";
        Assert.Equal(2, Plans.Read(Sweep("{ \"leak\": { \"ion\": \"K\", \"permeability\": 2e-8 } }"), text).Axes.Count);
        var result = SweepPlan.Parse(Plans.Text(Sweep("{ \"leak\": { \"ion\": \"Cl\", \"permeability\": 2e-8 } }"), text), "sample.json", []);
        Assert.Contains("point 1 ", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
        Assert.Equal("/mechanisms", result.Errors[0].Pointer);
    }

    [Fact]
    public void A_configuration_without_a_sweep_and_a_missing_file_say_so()
    {
        Assert.Contains("no sweep", Assert.Single(SweepPlan.Parse(Sample.Text, "sample.json", []).Errors).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Single(SweepPlan.Read("/nowhere/sample.json", []).Errors).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Single(SweepPlan.Parse("", "sample.json", []).Errors).Message, StringComparison.Ordinal);
    }
}
