using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>Wrong configurations: exit code 3, a line with place, place, fault and remedy, and no output file of any name.</summary>
public class BadConfigurationTests
{
    /// <summary>Text of the valid configuration, what replaces it, and the JSON pointer that the message must name.</summary>
    public static TheoryData<string, string, string> Replacements => new()
    {
        // Keys
        { "\"schemaVersion\": 1,", "\"schemaVersion\": 1, \"tempreature\": 310,", "/tempreature" },
        { "\"length\": \"5 nm\"", "\"length\": \"5 nm\", \"colour\": \"red\"", "/regions/0/colour" },
        { "{ \"name\": \"Na\" }", "{ \"name\": \"Na\", \"charge\": 1 }", "/species/1/charge" },
        { "\"title\": \"Test\",", "\"title\": \"Test\", \"title\": \"Again\",", "/title" },
        { "\"K\": \"140 mM\",", "\"K\": \"140 mM\", \"K\": \"140 mM\",", "/regions/0/concentration/K" },
        { "\"schemaVersion\": 1,", "\"schemaVersion\": 2,", "/schemaVersion" },
        { "\"title\": \"Test\"", "\"title\": 7", "/title" },
        { "\"geometry\": { \"kind\": \"planar\" }", "\"geometry\": { \"kind\": \"toroidal\" }", "/geometry/kind" },
        { "\"temperature\": \"37 degC\",", "\"temperature\": true,", "/temperature" },

        // Quantities
        { "\"length\": \"5 nm\"", "\"length\": \"5 mV\"", "/regions/0/length" },
        { "\"length\": \"5 nm\"", "\"length\": \"5 furlong\"", "/regions/0/length" },
        { "\"length\": \"5 nm\"", "\"length\": \"five nm\"", "/regions/0/length" },
        { "\"length\": \"5 nm\"", "\"length\": \"-5 nm\"", "/regions/0/length" },
        { "\"length\": \"5 nm\"", "\"length\": 0", "/regions/0/length" },
        { "\"length\": \"5 nm\"", "\"length\": 1e999", "/regions/0/length" },
        { "\"length\": \"5 nm\"", "\"length\": \"1e999 nm\"", "/regions/0/length" },
        { "\"length\": \"5 nm\"", "\"length\": [5]", "/regions/0/length" },
        { "\"permittivity\": 2", "\"permittivity\": 0", "/regions/1/permittivity" },
        { "\"permittivity\": 2", "\"permittivity\": -2", "/regions/1/permittivity" },
        { "\"37 degC\"", "\"-300 degC\"", "/temperature" },
        { "\"37 degC\"", "0", "/temperature" },

        // Species
        { "\"valence\": 1", "\"valence\": 1e999", "/species/0/valence" },
        { "\"valence\": 1", "\"valence\": NaN", "" },
        { "\"valence\": 1", "\"valence\": \"one\"", "/species/0/valence" },
        { "\"1.957e-9 m^2/s\"", "\"-1.957e-9 m^2/s\"", "/species/0/diffusivity" },
        { "\"1.957e-9 m^2/s\"", "\"1.957e-9 m/s\"", "/species/0/diffusivity" },
        { "{ \"name\": \"Na\" }", "{ \"name\": \"Xx\" }", "/species/1" },
        { "{ \"name\": \"Na\" }", "{ \"name\": \"K\" }", "/species/1" },
        { "{ \"name\": \"Na\" }", "{ }", "/species/1" },

        // Regions
        { "\"K\": \"140 mM\",", "\"K\": \"-140 mM\",", "/regions/0/concentration/K" },
        { "\"K\": \"140 mM\",", "\"K\": \"141 mM\",", "/boundaries/left/ions" },
        { "\"K\": \"140 mM\",", "\"K\": \"140 mM\", \"Rb\": \"1 mM\",", "/regions/0/concentration/Rb" },
        { "\"impermeable\": [\"A\"]", "\"impermeable\": [\"B\"]", "/regions/1/impermeable/0" },
        { "\"diffusivityFactor\": { \"K\": 1 }", "\"diffusivityFactor\": { \"K\": -1 }", "/regions/1/diffusivityFactor/K" },
        { "\"barrier\": { \"K\"", "\"barrier\": { \"Q\": 0, \"K\"", "/regions/1/barrier/Q" },
        { "\"name\": \"outside\"", "\"name\": \"inside\"", "/regions/2/name" },
        { "\"permittivity\": 2,", "\"permittivity\": 2, \"grid\": { \"cells\": 0 },", "/regions/1/grid/cells" },
        { "\"permittivity\": 2,", "\"permittivity\": 2, \"grid\": { \"cells\": 9, \"growth\": 0.5 },", "/regions/1/grid/growth" },

        // Boundaries
        { "{ \"potential\": \"-70 mV\" }", "{ }", "/boundaries/left/electric" },
        { "{ \"potential\": \"-70 mV\" }", "{ \"potential\": \"-70 mV\", \"current\": 0 }", "/boundaries/left/electric" },
        { "{ \"potential\": \"-70 mV\" }", "{ \"stern\": { \"potential\": 0 } }", "/boundaries/left/electric/stern" },
        {
            "{ \"potential\": \"-70 mV\" }", "{ \"stern\": { \"potential\": 0, \"capacitance\": -1 } }",
            "/boundaries/left/electric/stern/capacitance"
        },
        { "{ \"potential\": \"-70 mV\" }", "{ \"potential\": { \"square\": 1 } }", "/boundaries/left/electric/potential" },
        { "\"ions\": \"bath\"", "\"ions\": \"open\"", "/boundaries/left/ions" },
        {
            "\"ions\": \"bath\"", "\"ions\": { \"default\": \"bath\", \"K\": { \"reservoir\": { \"depth\": \"-1 um\" } } }",
            "/boundaries/left/ions/K/reservoir/depth"
        },
        { "\"ions\": \"bath\"", "\"ions\": { \"default\": \"bath\", \"Rb\": \"blocked\" }", "/boundaries/left/ions/Rb" },

        // Time and output
        { "\"end\": \"1 ns\",", "", "/time" },
        { "\"end\": \"1 ns\"", "\"end\": \"-1 ns\"", "/time/end" },
        { "\"integrator\": \"auto\"", "\"integrator\": \"leapfrog\"", "/time/integrator" },
        { "\"relativeTolerance\": 1e-4", "\"relativeTolerance\": 0", "/time/relativeTolerance" },
        { "\"count\": 5", "\"count\": -5", "/output/snapshots/count" },
        { "\"spacing\": \"log\"", "\"spacing\": \"cubic\"", "/output/snapshots/spacing" },
        { "\"traces\": [\"membranePotential\"", "\"traces\": [\"mebranePotential\"", "/output/traces/0" },
        { "\"initial\": \"regions\"", "\"initial\": \"random\"", "/initial" },
        { "\"activity\": \"ideal\"", "\"activity\": \"davis\"", "/activity" },
        { "\"mechanisms\": []", "\"mechanisms\": [ { \"leak\": {} } ]", "/mechanisms/0/leak" },
        { "\"mechanisms\": []", "\"mechanisms\": [ { \"pump\": { \"rate\": \"1e-7 mol/m^2/s\" } }, { \"channel\": { \"ion\": \"Ca\", \"conductance\": 1, \"gates\": \"hodgkinHuxleySodium\" } } ]", "/mechanisms/1/channel/ion" },
        { "\"initial\": \"regions\"", "\"initial\": { \"file\": \"missing.h5\" }", "/initial/file" },
    };

    /// <summary>All with NPGPU_TEST_ALL=1; else every fourth: the unit tests of the reader have the rules one by one.</summary>
    public static IEnumerable<object[]> Chosen() =>
        ((IEnumerable<object[]>)Replacements).Where((_, i) => i % 4 == 0 || LongFactAttribute.IsAsked);

    [Theory]
    [MemberData(nameof(Chosen))]
    public void A_wrong_value_is_named_with_its_place_and_remedy(string text, string replacement, string place) =>
        Refuse(Configurations.Replace(text, replacement), place);

    [Fact]
    public void A_sweep_is_no_single_run()
    {
        ProcessResult result = Refuse(Configurations.Replace("\"mechanisms\": []", "\"sweep\": { \"axes\": [] }"), "/sweep");
        Assert.Contains("npgpu sweep", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Current_clamp_on_both_sides_is_refused()
    {
        string text = Configurations.Replace("{ \"potential\": \"-70 mV\" }", "{ \"current\": 0 }");
        _ = Refuse(text.Replace("{ \"potential\": \"0 mV\" }", "{ \"current\": 0 }", StringComparison.Ordinal), "/boundaries");
    }

    [Fact]
    public void All_errors_of_a_file_are_told_at_once()
    {
        string text = Configurations.Replace("\"length\": \"5 nm\"", "\"length\": \"-5 nm\"")
            .Replace("\"permittivity\": 2", "\"permittivity\": 0", StringComparison.Ordinal)
            .Replace("\"spacing\": \"log\"", "\"spacing\": \"cubic\"", StringComparison.Ordinal);
        ProcessResult result = Refuse(text, "/regions/0/length");
        Assert.Contains("/regions/1/permittivity", result.Error, StringComparison.Ordinal);
        Assert.Contains("/output/snapshots/spacing", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\n")]
    [InlineData("// only a comment\n")]
    [InlineData("{ \"schemaVersion\": 1,")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{ \"schemaVersion\": 01 }")]
    [InlineData("\0\0\0\0")]
    public void What_is_no_configuration_at_all_is_refused(string text) => Refuse(text, "");

    [Fact]
    public void Deep_nesting_is_refused() => Refuse(new string('[', 100_000), "");

    [Theory]
    [InlineData("/regions/0/length=-5 nm", "/regions/0/length")]
    [InlineData("/regions/9/length=5 nm", "/regions/9")]
    [InlineData("/colour=red", "/colour")]
    [InlineData("/time/end=soon", "/time/end")]
    public void A_wrong_override_is_named(string assignment, string place)
    {
        ProcessResult result = Refuse(Configurations.Valid, place, "--set", assignment);
        Assert.Contains("--set", result.Error, StringComparison.Ordinal);
    }

    private static ProcessResult Refuse(string text, string place, params string[] options)
    {
        using var scratch = new Scratch();
        _ = scratch.Write("wrong.json", text);
        ProcessResult result = Npgpu.Run(scratch, ["run", "wrong.json", .. options]);
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Empty(result.Output);
        foreach (string line in result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Matches(@"^(wrong\.json(:\d+:\d+)?|--set): /\S*: .+; .+$", line);
        Assert.Contains($": {(place.Length == 0 ? "/" : place)}", result.Error, StringComparison.Ordinal);
        Assert.Equal(["wrong.json"], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName));
        return result;
    }
}
