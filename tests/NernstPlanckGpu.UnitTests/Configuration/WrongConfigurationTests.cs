using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>Wrong configurations: § marks the place that the error must name, which is then taken out.</summary>
public class WrongConfigurationTests
{
    public static TheoryData<string, string, string, string> Values => new()
    {
        // part of the sample, what stands there instead, pointer, part of the message
        { "\"title\":", "§\"titel\":", "/titel", "not known" },
        { "\"length\": \"10 nm\"", "§\"lenght\": 1, \"length\": \"10 nm\"", "/regions/0/lenght", "did you mean \"length\"?" },
        { "\"25 degC\"", "§true", "/temperature", "true stands where a temperature" },
        { "\"25 degC\"", "§\"-300 degC\"", "/temperature", "out of range" },
        { "\"25 degC\"", "§\"25 mV\"", "/temperature", "not that of a temperature" },
        { "\"25 degC\"", "§\"25 degC/s\"", "/temperature", "stands alone" },
        { "\"25 degC\"", "§null", "/temperature", "null" },
        { "\"25 degC\"", "§1e999", "/temperature", "not a finite number" },
        { "\"25 degC\"", "§-1e999", "/temperature", "not a finite number" },
        { "\"temperature\": \"25 degC\"", "\"temperature\": 298, §\"temperature\": 300", "/temperature", "stands twice" },
        { "\"planar\"", "§\"flat\"", "/geometry/kind", "not known here" },
        { "\"planar\"", "\"planar\", \"innerRadius\": §\"1 nm\"", "/geometry/innerRadius", "only a cylinder" },
        { "{ \"kind\": \"planar\" }", "§{ \"kind\": \"spherical\" }", "/geometry", "\"innerRadius\" is missing" },
        { "{ \"kind\": \"planar\" }", "§{ \"kind\": \"table\" }", "/geometry", "needs" },
        { "\"planar\"", "\"table\", \"position\": [\"1 nm\", §\"1 nm\"], \"area\": [1, 1]", "/geometry/position/1", "not larger" },
        { "\"planar\"", "\"table\", \"position\": [\"1 nm\"], \"area\": §[1, 1]", "/geometry/area", "2 areas for 1 positions" },
        { "\"planar\"", "\"table\", \"position\": [\"1 nm\"], \"area\": [§0]", "/geometry/area/0", "out of range" },
        { "{ \"name\": \"K\" }", "{ \"name\": \"K\" }, §{ \"name\": \"Kk\" }", "/species/1", "not a known ion" },
        { "{ \"name\": \"K\" }", "§{ \"valence\": 1 }", "/species/0", "\"name\" is missing" },
        { "{ \"name\": \"K\" }", "{ \"name\": §\"/K\" }", "/species/0/name", "\"/\"" },
        { "{ \"name\": \"K\" }", "{ \"name\": §\" \" }", "/species/0/name", "empty" },
        { "{ \"name\": \"K\" }", "{ \"name\": §\"default\" }", "/species/0/name", "cannot be a name" },
        { "{ \"name\": \"K\" }", "{ \"name\": \"K\" }, { \"name\": §\"K\" }", "/species/1/name", "declared twice" },
        { "\"valence\": -1, \"diffusivity\": 1e-9", "\"valence\": §1e999, \"diffusivity\": 1e-9", "/species/2/valence", "not a finite number" },
        { "\"valence\": -1, \"diffusivity\": 1e-9", "\"valence\": §\"-1\", \"diffusivity\": 1e-9", "/species/2/valence", "a number is expected" },
        { "\"diffusivity\": 1e-9", "\"diffusivity\": §-1e-9", "/species/2/diffusivity", "out of range" },
        { "\"diffusivity\": 1e-9", "\"diffusivity\": §\"1e-9 m/s\"", "/species/2/diffusivity", "not that of a diffusivity" },
        { "\"diffusivity\": 1e-9", "\"diffusivity\": 1e-9, \"size\": §0", "/species/2/size", "out of range" },
        { "\"diffusivityScaling\": \"none\"", "\"diffusivityScaling\": §\"arrhenius\"", "/diffusivityScaling", "not known here" },
        { "\"length\": \"5 nm\"", "\"length\": §\"-5 nm\"", "/regions/1/length", "out of range" },
        { "\"length\": \"5 nm\"", "\"length\": §0", "/regions/1/length", "out of range" },
        { "\"length\": \"5 nm\"", "\"length\": §\"5 mV\"", "/regions/1/length", "not that of a length (m)" },
        { "\"length\": \"5 nm\"", "\"length\": §\"5 nn\"", "/regions/1/length", "\"nn\" is not a unit" },
        { "\"length\": \"5 nm\"", "\"length\": §\"5\"", "/regions/1/length", "has no unit" },
        { "\"name\": \"outside\"", "\"name\": §\"inside\"", "/regions/2/name", "declared twice" },
        { "\"permittivity\": 2", "\"permittivity\": §-2", "/regions/1/permittivity", "out of range" },
        { "\"permittivity\": 2", "\"permittivity\": §\"watr\"", "/regions/1/permittivity", "stands where a number" },
        { "\"permittivity\": 2", "\"permittivity\": §[2]", "/regions/1/permittivity", "a relative permittivity" },
        { "\"K\": \"150 mM\"", "\"K\": §\"-150 mM\"", "/regions/0/concentration/K", "out of range" },
        { "\"K\": \"150 mM\"", "§\"Na\": 1, \"K\": \"150 mM\"", "/regions/0/concentration/Na", "not declared" },
        { "\"concentration\": { \"K\": \"5 mM\", \"Cl\": \"5 mM\" }", "\"concentration\": §[1, 2]", "/regions/2/concentration", "values per species" },
        { "\"fixedCharge\": \"-10 mM\"", "\"fixedCharge\": §\"-10 C\"", "/regions/0/fixedCharge", "not that of a concentration" },
        { "\"membrane\": true", "\"membrane\": §\"yes\"", "/regions/1/membrane", "true or false" },
        { "[\"A\"]", "[§\"B\"]", "/regions/1/impermeable/0", "not declared" },
        { "\"impermeable\": [\"A\"]", "\"impermeable\": §\"A\"", "/regions/1/impermeable", "a list is expected" },
        { "\"impermeable\": [\"A\"]", "\"impermeable\": [\"A\"], \"concentration\": { \"A\": §\"1 mM\" }", "/regions/1/concentration/A", "cannot enter" },
        { "{ \"K\": 1e-3 }", "{ \"K\": §-1 }", "/regions/1/diffusivityFactor/K", "out of range" },
        { "{ \"K\": 1e-3 }", "{ §\"Q\": 1 }", "/regions/1/diffusivityFactor/Q", "not declared" },
        { "\"barrier\": \"10 kJ/mol\"", "\"barrier\": §\"10 kJ\"", "/regions/1/barrier", "not that of an energy per amount" },
        { "\"cells\": 20", "\"cells\": §0", "/regions/1/grid/cells", "whole number" },
        { "\"cells\": 20", "\"cells\": §2.5", "/regions/1/grid/cells", "whole number" },
        { "\"cells\": 20", "\"cells\": 20, \"growth\": §1.1", "/regions/1/grid/growth", "do not grow" },
        { "\"cells\": 20, \"grading\": \"none\"", "\"cells\": 20, \"firstCell\": 1e-10, \"growth\": §1.1", "/regions/1/grid/growth", "determine the third" },
        { "\"cells\": 20, \"grading\": \"none\"", "\"cells\": 20, \"firstCell\": §\"1 nm\"", "/regions/1/grid/firstCell", "do not fit" },
        { "\"cells\": 20, \"grading\": \"none\"", "\"firstCell\": §\"6 nm\"", "/regions/1/grid/firstCell", "longer than the region" },
        { "\"growth\": 1.2", "\"growth\": §0.9", "/grid/growth", "out of range" },
        { "{ \"potential\": \"-70 mV\" }", "{ §\"potentail\": 1 }", "/boundaries/left/electric/potentail", "did you mean \"potential\"?" },
        { "{ \"potential\": \"-70 mV\" }", "§\"-70 mV\"", "/boundaries/left/electric", "not an electrical boundary" },
        { "{ \"potential\": \"-70 mV\" }", "{ \"potential\": 0, §\"current\": 0 }", "/boundaries/left/electric/current", "second form" },
        { "{ \"potential\": \"-70 mV\" }", "§{}", "/boundaries/left/electric", "not an electrical boundary" },
        { "\"-70 mV\"", "{ \"step\": { \"from\": 0, \"to\": 1, \"at\": §\"-1 us\" } }", "/boundaries/left/electric/potential/step/at", "out of range" },
        { "\"-70 mV\"", "{ \"step\": §{ \"from\": 0, \"to\": 1 } }", "/boundaries/left/electric/potential/step", "\"at\" is missing" },
        { "\"-70 mV\"", "{ §\"stp\": { } }", "/boundaries/left/electric/potential/stp", "did you mean \"step\"?" },
        { "\"-70 mV\"", "{ \"pulse\": { \"base\": 0, \"peak\": 1, \"duration\": 2, \"period\": §1 } }", "/boundaries/left/electric/potential/pulse/period", "not longer" },
        { "\"-70 mV\"", "{ \"ramp\": §{ \"from\": 0, \"to\": 1 } }", "/boundaries/left/electric/potential/ramp", "either a duration or an end" },
        { "\"-70 mV\"", "{ \"ramp\": { \"from\": 0, \"to\": 1, \"start\": 2, \"end\": §1 } }", "/boundaries/left/electric/potential/ramp/end", "does not end after" },
        { "\"-70 mV\"", "{ \"table\": { \"time\": [0, 1], \"value\": §[1] } }", "/boundaries/left/electric/potential/table/value", "1 values for 2 times" },
        { "\"-70 mV\"", "{ \"sine\": { \"offset\": 0, \"amplitude\": 1, \"frequency\": §0 } }", "/boundaries/left/electric/potential/sine/frequency", "out of range" },
        { "{ \"electric\": { \"potential\": \"-70 mV\" }", "§{ \"electric\": { \"potential\": { \"triangle\": { \"low\": 0, \"high\": 1, \"period\": 1e-15 } } }", "/boundaries/left", "repeats more than" },
        { "\"capacitance\": \"0.2 F/m^2\"", "\"capacitance\": §0", "/boundaries/right/electric/stern/capacitance", "out of range" },
        { "{ \"default\": \"bath\", \"A\": \"blocked\" }", "§{ \"K\": \"bath\", \"A\": \"blocked\" }", "/boundaries/left/ions", "\"Cl\" has no condition" },
        { "{ \"default\": \"bath\", \"A\": \"blocked\" }", "{ §\"Na\": \"bath\", \"default\": \"bath\" }", "/boundaries/left/ions/Na", "not declared" },
        { "{ \"default\": \"bath\", \"A\": \"blocked\" }", "§\"open\"", "/boundaries/left/ions", "not an ionic boundary" },
        { "{ \"default\": \"bath\", \"A\": \"blocked\" }", "{ \"default\": \"bath\", \"A\": { \"reservoir\": { \"depth\": §\"-1 um\" } } }", "/boundaries/left/ions/A/reservoir/depth", "out of range" },
        { "{ \"default\": \"bath\", \"A\": \"blocked\" }", "§{ \"default\": \"bath\", \"K\": { \"bath\": \"140 mM\" } }", "/boundaries/left/ions", "is charged" },
        { "{ \"default\": \"bath\", \"A\": \"blocked\" }", "§{ \"default\": \"bath\", \"K\": { \"reservoir\": { \"depth\": 1e-6, \"concentration\": 1 } } }", "/boundaries/left/ions", "is charged" },
        { "{ \"default\": \"bath\", \"A\": \"blocked\" }", "§{ \"default\": \"bath\", \"K\": { \"bath\": { \"step\": { \"from\": 150, \"to\": 151, \"at\": 5e-7 } } } }", "/boundaries/left/ions", "is charged at 5e-7 s" },
        { "{ \"default\": \"bath\", \"A\": \"blocked\" }", "{ \"default\": \"bath\", \"K\": { \"bath\": { \"sine\": { \"offset\": 150, \"amplitude\": §151, \"frequency\": 1 } } } }", "/boundaries/left/ions/K/bath/sine/amplitude", "leaves the range" },
        { "\"fixedCharge\": \"-10 mM\"", "\"fixedCharge\": \"-10 mM\", \"impermeable\": [§\"Z\"]", "/regions/0/impermeable/0", "not declared" },
        { "\"initial\": \"regions\"", "\"initial\": §\"region\"", "/initial", "did you mean \"regions\"?" },
        { "\"initial\": \"regions\"", "\"initial\": { §\"Na\": \"regions\" }", "/initial/Na", "not declared" },
        { "\"initial\": \"regions\"", "\"initial\": { \"K\": { \"gaussian\": { \"peak\": §-1, \"centre\": 0, \"width\": 1 } } }", "/initial/K/gaussian/peak", "negative" },
        { "\"initial\": \"regions\"", "\"initial\": { \"K\": { \"cosine\": { \"mean\": 1, \"amplitude\": §2 } } }", "/initial/K/cosine/amplitude", "negative" },
        { "\"initial\": \"regions\"", "\"initial\": { \"K\": { \"erf\": { \"left\": 1, \"right\": 2, \"centre\": 0, \"width\": §0 } } }", "/initial/K/erf/width", "out of range" },
        { "\"initial\": \"regions\"", "\"initial\": { \"file\": §\"\" }", "/initial/file", "empty" },
        { "\"initial\": \"regions\"", "\"source\": { \"K\": { \"position\": [0], \"time\": [0], \"rate\": [§[1, 2]] } }", "/source/K/rate/0", "2 values for 1 positions" },
        { "\"initial\": \"regions\"", "\"source\": { §\"Na\": { \"position\": [0], \"time\": [0], \"rate\": [[1]] } }", "/source/Na", "not declared" },
        { "\"mechanisms\": []", "\"mechanisms\": [{ \"leak\": §1 }]", "/mechanisms/0/leak", "where a leak is expected" },
        { "\"ideal\"", "§\"davis\"", "/activity", "did you mean \"davies\"?" },
        { "\"mode\": \"transient\"", "\"sweep\": §{ \"axes\": [] }", "/sweep", "npgpu sweep" },
        { "\"rkc2\"", "§\"rk4\"", "/time/integrator", "did you mean \"rkc2\"?" },
        { "\"end\": \"1 us\"", "\"end\": §\"0 s\"", "/time/end", "out of range" },
        { "\"time\": { \"end\": \"1 us\",", "\"time\": §{", "/time", "\"end\" is missing" },
        { "\"relativeTolerance\": 1e-5", "\"relativeTolerance\": §0", "/time/relativeTolerance", "out of range" },
        { "\"maximumSteps\": 1000", "\"maximumSteps\": §1e30", "/time/maximumSteps", "whole number" },
        { "\"count\": 11", "\"count\": §1", "/output/snapshots/count", "whole number" },
        { "\"spacing\": \"linear\"", "\"spacing\": \"linear\", \"first\": §\"1 ns\"", "/output/snapshots/first", "no first time" },
        { "\"count\": 11, \"spacing\": \"linear\"", "\"times\": [\"1 ns\", §\"2 us\"]", "/output/snapshots/times/1", "after the end" },
        { "\"count\": 11, \"spacing\": \"linear\"", "\"times\": [1e-9], \"count\": §11", "/output/snapshots/count", "listed already" },
        { "\"leftCharge\"", "§\"leftCharges\"", "/output/traces/1", "did you mean \"leftCharge\"?" },
        { "\"leftCharge\"", "§\"membranePotential\"", "/output/traces/1", "listed twice" },
        { "\"leftCharge\"", "§\"pumpPower\"", "/output/traces/1", "is of pumps, and the membrane has none" },
        { "\"leftCharge\"", "§\"gates\"", "/output/traces/1", "is of channels" },
        { "\"leftCharge\"", "§\"transported\"", "/output/traces/1", "is of mechanisms" },
    };

    public static TheoryData<string, string, string> Syntax => new()
    {
        // text with the mark, pointer, part of the message
        { "§", "", "the file is empty" },
        { "§ \n\t ", "", "the file is empty" },
        { "// only a comment\n§", "", "not JSON" },
        { "§[]", "", "a configuration is expected" },
        { "§3", "", "a configuration is expected" },
        { "{ \"title\": §NaN }", "/title", "not JSON" },
        { "{ \"a\": { \"b~/c\": [1, §] ] } }", "/a", "" },
        { "{ \"title\": \"x\" } §trailing", "", "not JSON" },
        { "{ \"title\": \"x\"§", "", "not JSON" },
        { "{ \"title\": §'x' }", "/title", "not JSON" },
        { "{ \"title\": §\"\\ud800\" }", "/title", "surrogates" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Names_the_place_the_fault_and_the_remedy(string part, string replacement, string place, string message)
    {
        var (text, line, column) = Sample.Unmark(Sample.With(part, replacement));
        var errors = Sample.Errors(text);
        var error = Assert.Single(errors, error => error.Pointer == place && error.Line == line && error.Column == column);
        Assert.Single(errors);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(error.Remedy));
        Assert.Equal($"sample.json:{line}:{column}: {place}: {error.Message}; {error.Remedy}", error.ToString());
    }

    [Theory]
    [MemberData(nameof(Syntax))]
    public void Places_what_is_not_json(string marked, string place, string message)
    {
        var (text, line, column) = Sample.Unmark(marked);
        var errors = Sample.Errors(text);
        if (message.Length == 0)
        {
            Assert.NotEmpty(errors);
            return;
        }

        var error = errors[0];
        Assert.Equal((place, line, column), (error.Pointer, error.Line, error.Column));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(error.Remedy));
    }

    [Theory]
    [InlineData("left", "\"current\": 0", "\"current\": 0", "at both ends")]
    [InlineData("left", "\"current\": 0", "\"surfaceCharge\": 0", "neither end prescribes a potential")]
    [InlineData("left", "\"surfaceCharge\": 0", "\"surfaceCharge\": 0", "must not come and go")]
    public void Refuses_ends_that_leave_the_potential_open(string _, string left, string right, string message)
    {
        var text = Sample.With("\"potential\": \"-70 mV\"", left)
            .Replace("\"stern\": { \"potential\": 0, \"capacitance\": \"0.2 F/m^2\" }", right, StringComparison.Ordinal);
        var error = Assert.Single(Sample.Errors(text));
        Assert.Equal("/boundaries/right/electric", error.Pointer);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_bath_where_the_species_cannot_be()
    {
        var text = Sample.With("\"concentration\": { \"K\": \"5 mM\", \"Cl\": \"5 mM\" }", "\"concentration\": { \"K\": \"5 mM\", \"Cl\": \"5 mM\" }, \"impermeable\": [\"A\"]");
        var error = Assert.Single(Sample.Errors(text));
        Assert.Equal("/boundaries/right/ions", error.Pointer);
        Assert.Contains("\"A\" cannot enter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_axis_that_conducts_and_a_bath_without_concentrations()
    {
        var errors = Sample.Errors(Sample.With("\"planar\"", "\"spherical\", \"innerRadius\": 0"));
        Assert.Equal(["/boundaries/left/electric", "/boundaries/left/ions"], errors.Select(error => error.Pointer));
        errors = Sample.Errors(Sample.With("\"concentration\": { \"K\": \"5 mM\", \"Cl\": \"5 mM\" }", "\"fixedCharge\": 0"));
        Assert.Equal("/regions/2", Assert.Single(errors).Pointer);
    }

    [Fact]
    public void Refuses_water_where_its_properties_are_unknown()
    {
        var text = Sample.With("25 degC", "-10 degC").Replace("\"diffusivityScaling\": \"none\"", "\"diffusivityScaling\": \"stokesEinstein\"", StringComparison.Ordinal);
        Assert.Equal(["/diffusivityScaling", "/regions/2/permittivity"], Sample.Errors(text).Select(error => error.Pointer));
    }

    [Fact]
    public void Reports_all_errors_in_the_order_of_the_file()
    {
        var text = Sample.Text
            .Replace("\"25 degC\"", "\"25 mV\"", StringComparison.Ordinal)
            .Replace("\"length\": \"5 nm\"", "\"length\": -5", StringComparison.Ordinal)
            .Replace("\"K\": \"5 mM\"", "\"Q\": \"5 mM\"", StringComparison.Ordinal)
            .Replace("\"rkc2\"", "\"rkc3\"", StringComparison.Ordinal)
            .Replace("\"leftCharge\"", "1", StringComparison.Ordinal);
        var errors = Sample.Errors(text);
        Assert.Equal(["/temperature", "/regions/1/length", "/regions/2/concentration/Q", "/time/integrator", "/output/traces/1"], errors.Select(error => error.Pointer));
        Assert.Equal(errors.OrderBy(error => error.Line).ThenBy(error => error.Column), errors);
    }

    [Fact]
    public void Reports_a_charged_bath_beside_other_errors()
    {
        var text = Sample.With("\"Cl\": \"5 mM\"", "\"Cl\": \"6 mM\"").Replace("\"rkc2\"", "\"rkc3\"", StringComparison.Ordinal);
        Assert.Equal(["/boundaries/right/ions", "/time/integrator"], Sample.Errors(text).Select(error => error.Pointer));
    }

    [Fact]
    public void Escapes_pointers_and_keeps_an_error_on_one_line()
    {
        var error = Assert.Single(Sample.Errors(Sample.With("\"title\":", "\"a~/b\\n\": 1, \"title\":")));
        Assert.Equal("/a~0~1b\n", error.Pointer);
        Assert.DoesNotContain('\n', error.ToString());
    }

    [Fact]
    public void Refuses_too_deep_nesting_and_counts_a_flood_of_errors()
    {
        var deep = Assert.Single(Sample.Errors(new string('[', 100_000)));
        Assert.Contains("nest at most 64", deep.Remedy, StringComparison.Ordinal);
        Assert.Equal((1, 65), (deep.Line, deep.Column));
        var flood = Sample.Errors("{" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"k{i}\":0")) + "}");
        Assert.Equal(1001, flood.Count);
        Assert.Contains("more errors", flood[^1].Message, StringComparison.Ordinal);
    }
}
