using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>Initial steady states: overrides that are merged into the configuration's own tree.</summary>
public class SteadyInitialTests
{
    private const string Regions = "\"initial\": \"regions\"";
    private const string OpenCircuit = "\"boundaries\": { \"left\": { \"electric\": { \"current\": \"0 A/m^2\" } } }";
    private const string Relative = "{ \"potential\": \"10 mV\", \"relativeTo\": \"initial\" }";
    private const string Left = "{ \"potential\": \"-70 mV\" }";

    /// <summary>Overrides with §, pointer below /initial/steady, parts of message and remedy; in every case the only error.</summary>
    public static TheoryData<string, string, string, string> WrongOverrides => new()
    {
        { "{ \"temperature\": §300 }", "/temperature", "\"temperature\" is shared by the initial steady state and the run", "write it in /temperature for both" },
        { "{ \"geometry\": §{} }", "/geometry", "is shared", "write it in /geometry for both" },
        { "{ \"species\": §[] }", "/species", "is shared", "write it in /species for both" },
        { "{ \"grid\": §{ \"cells\": 5 } }", "/grid", "is shared", "write it in /grid for both" },
        { "{ §\"time\": { \"end\": 1 } }", "/time", "not known in the overrides", "write one of \"boundaries\", \"regions\", \"source\", \"mechanisms\", \"initial\"" },
        { "{ §\"boundary\": {} }", "/boundary", "not known in the overrides", "did you mean \"boundaries\"?" },
        { "§[]", "", "a list stands where the overrides", "write an object" },
        { "{ \"boundaries\": §3 }", "/boundaries", "3 stands where the boundaries is expected", "write an object" },
        { "§{ \"boundaries\": null }", "", "\"boundaries\" is missing", "write \"boundaries\"" },
        { "{ \"boundaries\": { \"left\": §{ \"ions\": null } } }", "/boundaries/left", "\"ions\" is missing", "write \"ions\"" },
        { "{ \"boundaries\": { §\"lft\": null } }", "/boundaries/lft", "not known in the boundaries", "did you mean \"left\"?" },
        { "{ \"boundaries\": { \"left\": { \"electric\": { \"current\": §\"0 A\" } } } }", "/boundaries/left/electric/current", "not that of a current per area", "write a current per area" },
        { "{ \"boundaries\": { \"left\": { \"electric\": { \"current\": 0, §\"potential\": 0 } } } }", "/boundaries/left/electric/potential", "a second form", "keep one of them" },
        { "{ \"boundaries\": { \"left\": { \"electric\": { \"potential\": { §\"stp\": {} } } } } }", "/boundaries/left/electric/potential/stp", "does not name", "did you mean \"step\"?" },
        { "{ \"boundaries\": { \"left\": { \"ions\": §{ \"K\": { \"bath\": \"140 mM\" } } } } }", "/boundaries/left/ions", "is charged", "change a concentration" },
        { "{ \"boundaries\": { \"right\": { \"ions\": §{ \"A\": \"blocked\", \"Cl\": \"bath\" } } } }", "/boundaries/right/ions", "\"K\" has no condition here", "\"default\": \"bath\" for all others" },
        { "{ \"boundaries\": { \"left\": { \"ions\": { §\"Na\": \"blocked\" } } } }", "/boundaries/left/ions/Na", "not declared", "/species" },
        { "{ \"boundaries\": { \"left\": { \"electric\": { \"potential\": 0, \"relativeTo\": §\"initial\" } } } }", "/boundaries/left/electric/relativeTo", "would count from the very state", "remove this key" },
        { "{ \"initial\": { \"steady\": §{} } }", "/initial/steady", "within another one", "write \"regions\"" },
        { "{ \"initial\": §\"region\" }", "/initial", "not an initial state", "did you mean \"regions\"?" },
        { "{ \"regions\": §[] }", "/regions", "the list is empty", "write at least 1" },
        { "{ \"source\": { §\"Na\": {} } }", "/source/Na", "not declared", "/species" },
    };

    public static TheoryData<string, string, string, string, string> WrongRegions => new()
    {
        { "\"name\": \"membrane\"", "\"name\": §\"film\"", "/1/name", "the name of this region differs", "the name of /regions/1" },
        { "\"length\": \"5 nm\"", "\"length\": §\"6 nm\"", "/1/length", "the length of this region differs", "the length of /regions/1" },
        { "\"cells\": 20", "\"cells\": 21", "/1/grid", "the grid of this region differs", "the grid of /regions/1" },
        { "\"impermeable\": [\"A\"],", "", "/1", "\"A\" can enter this region here", "write \"A\" into \"impermeable\" here too" },
        { "\"permittivity\": 2", "\"permittivity\": §-2", "/1/permittivity", "out of range", "write a number > 0" },
    };

    [Theory]
    [MemberData(nameof(WrongOverrides))]
    public void Errors_of_overrides_stand_where_the_overrides_stand(string overrides, string place, string message, string remedy)
    {
        var (text, line, column) = Sample.Unmark(WithSteady(overrides));
        var error = Assert.Single(Sample.Errors(text));
        Assert.Equal(("/initial/steady" + place, line, column), (error.Pointer, error.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongRegions))]
    public void Regions_of_the_overrides_share_the_grid(string part, string replacement, string place, string message, string remedy)
    {
        var marked = OwnRegions().Replace(part, replacement, StringComparison.Ordinal);
        var error = Assert.Single(Sample.Errors(WithSteady($"{{ \"regions\": {marked.Replace("§", "", StringComparison.Ordinal)} }}")));
        Assert.Equal("/initial/steady/regions" + place, error.Pointer);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
        if (marked.Contains('§', StringComparison.Ordinal))
        {
            var (_, line, column) = Sample.Unmark(WithSteady($"{{ \"regions\": {marked} }}"));
            Assert.Equal((line, column), (error.Line, error.Column));
        }
    }

    [Fact]
    public void Regions_of_the_overrides_are_as_many()
    {
        var error = Assert.Single(Sample.Errors(WithSteady("{ \"regions\": [ { \"name\": \"inside\", \"length\": \"10 nm\", \"permittivity\": 80, \"concentration\": { \"K\": 1, \"Cl\": 1 } } ], "
            + "\"boundaries\": { \"left\": { \"ions\": \"bath\" } } }")));
        Assert.Equal("/initial/steady/regions", error.Pointer);
        Assert.Equal("there are 3 regions in the run, but 1 here", error.Message);
    }

    [Fact]
    public void An_electric_condition_is_replaced_not_merged_into_two()
    {
        var problem = Sample.Read(WithSteady($"{{ {OpenCircuit} }}")).Problem;
        var steady = Assert.IsType<SteadyInitialState>(problem.Initial).Problem;
        Assert.Equal(new CurrentBoundary(new ConstantWaveform(0)), steady.Left.Electric);
        Assert.Equal(new PotentialBoundary(new ConstantWaveform(-0.07)), problem.Left.Electric);
        Assert.Equal(problem.Left.Ions, steady.Left.Ions);
        Assert.Equal(problem.Right.Electric, steady.Right.Electric);
        Assert.Equal(problem.Species, steady.Species);
        Assert.Equal(problem.Regions.Select(region => region.Grid), steady.Regions.Select(region => region.Grid));
        Assert.All(Assert.IsType<ProfilesInitialState>(steady.Initial).Profiles, profile => Assert.IsType<RegionsProfile>(profile));
    }

    [Fact]
    public void Waveforms_and_ions_are_replaced_and_species_merged()
    {
        var text = WithSteady("{ \"boundaries\": { \"left\": { \"electric\": { \"potential\": { \"step\": { \"from\": 0, \"to\": 1, \"at\": 1 } } }, \"ions\": { \"Cl\": \"blocked\", \"K\": \"blocked\" } },"
            + " \"right\": { \"ions\": { \"reservoir\": { \"depth\": \"1 um\" } } } }, \"source\": { \"K\": null } }")
            .Replace(Left, "{ \"potential\": { \"ramp\": { \"from\": 0, \"to\": 1, \"duration\": 1 } } }", StringComparison.Ordinal)
            .Replace("\"mechanisms\"", "\"source\": { \"K\": { \"position\": [0], \"time\": [0], \"rate\": [[1]] } }, \"mechanisms\"", StringComparison.Ordinal);
        var problem = Sample.Read(text).Problem;
        var steady = Assert.IsType<SteadyInitialState>(problem.Initial).Problem;
        Assert.Equal(new PotentialBoundary(new StepWaveform(0, 1, 1)), steady.Left.Electric);
        Assert.All(steady.Left.Ions, ion => Assert.IsType<BlockedBoundary>(ion));
        Assert.All(steady.Right.Ions, ion => Assert.IsType<ReservoirBoundary>(ion));
        Assert.NotNull(problem.Sources);
        Assert.Null(steady.Sources);
    }

    [Fact]
    public void Overrides_may_be_empty_or_hold_regions_and_a_start()
    {
        var own = Assert.IsType<SteadyInitialState>(Sample.Read(WithSteady("{}")).Problem.Initial).Problem;
        Assert.Equal(new PotentialBoundary(new ConstantWaveform(-0.07)), own.Left.Electric);
        var regions = OwnRegions().Replace("\"permittivity\": 2", "\"permittivity\": 3", StringComparison.Ordinal);
        var changed = Assert.IsType<SteadyInitialState>(Sample.Read(WithSteady($"{{ \"regions\": {regions}, \"initial\": {{ \"file\": \"a.h5\" }} }}")).Problem.Initial).Problem;
        Assert.Equal([78.5, 3], changed.Regions.Take(2).Select(region => region.Permittivity));
        Assert.IsType<FileInitialState>(changed.Initial);
        var closed = OwnRegions().Replace("[\"A\"]", "[\"A\", \"K\"]", StringComparison.Ordinal);
        Sample.Read(WithSteady($"{{ \"regions\": {closed} }}"));
    }

    [Fact]
    public void Overrides_from_the_command_line_are_read_and_named()
    {
        var set = Sample.Read(WithSteady("{}"), "/initial/steady/boundaries={\"left\": {\"electric\": {\"current\": 0}}}");
        Assert.IsType<CurrentBoundary>(Assert.IsType<SteadyInitialState>(set.Problem.Initial).Problem.Left.Electric);
        var error = Assert.Single(Sample.Errors(WithSteady("{}"), "/initial/steady/boundaries={\"left\": {\"electric\": {\"current\": \"1 V\"}}}"));
        Assert.Equal(("--set", "/initial/steady/boundaries/left/electric/current"), (error.File, error.Pointer));
    }

    [Theory]
    [InlineData("\"25 degC\"", "\"25 mV\"", "/temperature")]
    [InlineData("\"length\": \"5 nm\"", "\"length\": -5", "/regions/1/length")]
    [InlineData("\"title\":", "\"titel\":", "/titel")]
    [InlineData("\"temperature\": \"25 degC\",", "", "")]
    [InlineData("\"Cl\": \"5 mM\"", "\"Cl\": \"6 mM\"", "/boundaries/right/ions")]
    [InlineData("\"right\": { \"electric\": { \"stern\": { \"potential\": 0, \"capacitance\": \"0.2 F/m^2\" } }, ", "\"right\": { ", "/boundaries/right")]
    [InlineData(", \"ions\": { \"default\": \"bath\", \"A\": \"blocked\" } }", " }", "/boundaries/left")]
    [InlineData("{ \"default\": \"bath\", \"A\": \"blocked\" }", "{ \"K\": \"bath\", \"A\": \"blocked\" }", "/boundaries/left/ions")]
    public void Errors_of_the_run_itself_are_not_said_twice(string part, string replacement, string place)
    {
        var text = WithSteady($"{{ {OpenCircuit} }}");
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Equal(place, Assert.Single(Sample.Errors(text.Replace(part, replacement, StringComparison.Ordinal))).Pointer);
    }

    [Fact]
    public void Errors_of_the_run_and_of_the_overrides_come_together()
    {
        var text = WithSteady("{ \"boundaries\": { \"left\": { \"electric\": { \"current\": \"0 A\" } } } }")
            .Replace("\"Cl\": \"5 mM\"", "\"Cl\": \"6 mM\"", StringComparison.Ordinal)
            .Replace("\"rkc2\"", "\"rkc3\"", StringComparison.Ordinal);
        Assert.Equal(["/boundaries/right/ions", "/initial/steady/boundaries/left/electric/current", "/time/integrator"],
            Sample.Errors(text).Select(error => error.Pointer));
    }

    [Fact]
    public void What_only_the_overrides_make_wrong_is_said_at_them()
    {
        var (text, line, column) = Sample.Unmark(WithSteady($"§{{ {OpenCircuit} }}")
            .Replace("\"stern\": { \"potential\": 0, \"capacitance\": \"0.2 F/m^2\" }", "\"current\": 0", StringComparison.Ordinal));
        var error = Assert.Single(Sample.Errors(text));
        Assert.Equal(("/initial/steady", line, column), (error.Pointer, error.Line, error.Column));
        Assert.Equal("with these overrides, at /boundaries/right/electric: the current is prescribed at both ends", error.Message);
    }

    [Fact]
    public void Reads_a_potential_relative_to_the_initial_state()
    {
        var text = WithSteady($"{{ {OpenCircuit} }}");
        var left = Sample.Read(text.Replace(Left, Relative, StringComparison.Ordinal)).Problem.Left.Electric;
        Assert.Equal(new PotentialBoundary(new ConstantWaveform(0.01), RelativeToInitial: true), left);
        var step = Sample.Read(text.Replace(Left, "{ \"relativeTo\": \"initial\", \"potential\": { \"step\": { \"from\": 0, \"to\": \"10 mV\", \"at\": \"1 ns\" } } }", StringComparison.Ordinal));
        Assert.Equal(new PotentialBoundary(new StepWaveform(0, 0.01, 1e-9), RelativeToInitial: true), step.Problem.Left.Electric);
    }

    [Theory]
    [InlineData("{ \"potential\": 0, \"relativeTo\": §\"initial\" }", Regions, "/boundaries/left/electric/relativeTo", "no initial steady state", "write \"initial\": {\"steady\": {\"boundaries\": {\"left\"")]
    [InlineData("{ \"potential\": 0, \"relativeTo\": §\"start\" }", "\"initial\": { \"steady\": { " + OpenCircuit + " } }", "/boundaries/left/electric/relativeTo", "not known", "\"initial\"")]
    [InlineData("{ \"current\": 0, §\"relativeTo\": \"initial\" }", "\"initial\": { \"steady\": { " + OpenCircuit + " } }", "/boundaries/left/electric/relativeTo", "stands only beside \"potential\"", "remove it, or write {\"potential\": \"-70 mV\", \"relativeTo\": \"initial\"}")]
    [InlineData("{ §\"relativeTo\": \"initial\" }", "\"initial\": { \"steady\": { " + OpenCircuit + " } }", "/boundaries/left/electric/relativeTo", "stands only beside", "\"potential\"")]
    [InlineData(Relative, "\"initial\": { \"steady\": §{} }", "/initial/steady", "the potential at the left end would count from the very state that is looked for", "write \"boundaries\": {\"left\": {\"electric\": {\"current\": \"0 A/m^2\"}}} here")]
    public void Refuses_a_relative_potential_without_its_reference(string electric, string initial, string place, string message, string remedy)
    {
        var (text, line, column) = Sample.Unmark(Sample.With(Left, electric).Replace(Regions, initial, StringComparison.Ordinal));
        var error = Assert.Single(Sample.Errors(text));
        Assert.Equal((place, line, column), (error.Pointer, error.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_one_end_counts_from_the_initial_state_and_none_in_a_curve()
    {
        var overrides = "{ \"boundaries\": { \"left\": { \"electric\": { \"current\": 0 } }, \"right\": { \"electric\": { \"potential\": 0 } } } }";
        var both = WithSteady(overrides).Replace(Left, Relative, StringComparison.Ordinal)
            .Replace("{ \"stern\": { \"potential\": 0, \"capacitance\": \"0.2 F/m^2\" } }", Relative, StringComparison.Ordinal);
        var error = Assert.Single(Sample.Errors(both));
        Assert.Equal(("/boundaries/right/electric/relativeTo", "both ends count from the initial state"), (error.Pointer, error.Message));
        var curve = WithSteady(overrides).Replace(Left, Relative, StringComparison.Ordinal)
            .Replace("\"transient\"", "\"iv\", \"iv\": { \"voltages\": [0, 1], \"protocol\": \"step\" }", StringComparison.Ordinal);
        error = Assert.Single(Sample.Errors(curve));
        Assert.Equal(("/boundaries/left/electric/relativeTo", "remove this key"), (error.Pointer, error.Remedy));
    }

    private static string WithSteady(string overrides) => Sample.With(Regions, $"\"initial\": {{ \"steady\": {overrides} }}");

    /// <summary>The list of regions of the sample, on one line.</summary>
    private static string OwnRegions()
    {
        var start = Sample.Text.IndexOf("\"regions\": [", StringComparison.Ordinal) + "\"regions\": ".Length;
        var end = Sample.Text.IndexOf("\n  ],\n  \"boundaries\"", StringComparison.Ordinal);
        return Sample.Text[start..end].ReplaceLineEndings(" ") + " ]";
    }
}
