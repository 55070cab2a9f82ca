using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>The activity model, reservoirs by their ratio of area to volume, and the area of plane layers.</summary>
public class ActivityAndReservoirTests
{
    private const string Ideal = "\"activity\": \"ideal\"";
    private const string A = "{ \"name\": \"A\", \"valence\": -1, \"diffusivity\": 1e-9 }";
    private const string SizedA = "{ \"name\": \"A\", \"valence\": -1, \"diffusivity\": 1e-9, \"size\": \"5 angstrom\" }";
    private const string Depth = "{ \"depth\": \"3 um\" }";

    /// <summary>Activity with the mark, pointer, parts of message and remedy, in a cell whose A and glucose have no size.</summary>
    public static TheoryData<string, string, string, string> Wrong => new()
    {
        { "§\"davis\"", "/activity", "is not an activity model", "did you mean \"davies\"?" },
        { "§\"debyeHuckel\"", "/activity", "\"debyeHuckel\" needs the size of \"A\"", "write \"size\": \"4 angstrom\" in /species, or \"davies\"" },
        { "§\"bikerman\"", "/activity", "\"bikerman\" needs the size of \"A\", \"glucose\"", "write \"size\"" },
        { "§{ \"bikerman\": { \"solventSize\": \"2.75 angstrom\" } }", "/activity", "\"bikerman\" needs the size of \"A\", \"glucose\"", "write \"size\"" },
        { "{ \"bikerman\": §{} }", "/activity/bikerman", "\"solventSize\" is missing", "\"2.75 angstrom\"" },
        { "{ \"bikerman\": { \"solventSize\": §0 } }", "/activity/bikerman/solventSize", "out of range", "> 0 m" },
        { "{ §\"davies\": {} }", "/activity/davies", "does not name an activity model", "\"bikerman\"" },
        { "\"davies\", \"mode\": \"impedance\", \"impedance\": { \"frequencies\": [ 1 ] }", "/activity", "impedance with activity coefficients is not computed", "write \"ideal\"" },
    };

    [Theory]
    [InlineData("\"ideal\"", ActivityKind.Ideal, 0)]
    [InlineData("\"debyeHuckel\"", ActivityKind.DebyeHuckel, 0)]
    [InlineData("\"davies\"", ActivityKind.Davies, 0)]
    [InlineData("{ \"bikerman\": { \"solventSize\": \"2.75 angstrom\" } }", ActivityKind.Bikerman, 2.75e-10)]
    public void Reads_every_model(string activity, ActivityKind kind, double solvent) => Assert.Equal(new(kind, solvent), Read(activity));

    [Fact]
    public void Steric_model_takes_the_common_size_of_the_species_that_are_there()
    {
        const string bikerman = "\"bikerman\"", kSized = "{ \"name\": \"K\", \"size\": \"5 angstrom\" }";
        var changes = new[] { ("{ \"name\": \"K\" }", kSized), ("{ \"name\": \"Na\" }", kSized.Replace("K", "Na", StringComparison.Ordinal)), ("{ \"name\": \"Cl\" }", kSized.Replace("K", "Cl", StringComparison.Ordinal)) };
        // Glucose is in the sample's outside; taken out of there it needs no size.
        Assert.Equal(new(ActivityKind.Bikerman, 5e-10), Read(bikerman, [.. changes, (", \"glucose\": 5", "")]));
        var mixed = NeuronSample.OnlyError(NeuronSample.With("", (Ideal, "\"activity\": §\"bikerman\""), (A, SizedA), (", \"glucose\": 5", "")));
        Assert.Equal("/activity", mixed.Pointer);
        Assert.Contains("differ in size", mixed.Message, StringComparison.Ordinal);
        Assert.Contains("\"solventSize\": \"2.75 angstrom\"", mixed.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_models_are_refused(string activity, string place, string message, string remedy)
    {
        var mark = activity.Contains('§', StringComparison.Ordinal) ? "" : "§";
        var changes = new List<(string, string)> { (Ideal, $"\"activity\": {mark}{activity}") };
        if (activity.Contains("impedance", StringComparison.Ordinal))
            changes.AddRange([(",\n  \"time\": { \"end\": \"1 s\" }", ""), ("\"current\": 0", "\"potential\": 0")]);
        var error = NeuronSample.OnlyError(NeuronSample.With("", [.. changes]));
        Assert.Equal(place, error.Pointer);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"concentration\": { \"K\": 140, ", "\"concentration\": §{ \"K\": 140, ", "/regions/0/concentration", "region \"inside\"", "30")]
    [InlineData("\"ions\": \"bath\"", "\"ions\": §{ \"default\": \"bath\", \"glucose\": { \"bath\": { \"step\": { \"from\": 5, \"to\": \"90 M\", \"at\": 0.5 } } } }", "/boundaries/right/ions", "bath beside the region \"outside\"", "3")]
    [InlineData("\"initial\": \"regions\"", "\"initial\": { \"glucose\": { \"gaussian\": { \"peak\": \"90 M\", \"centre\": \"20 nm\", \"width\": \"1 nm\" } } }", "/regions/2/concentration", "region \"outside\"", "3")]
    public void Ions_must_leave_room(string part, string replacement, string place, string where, string size)
    {
        (string, string)[] changes = [(part, replacement), (Ideal, "\"activity\": { \"bikerman\": { \"solventSize\": \"3 angstrom\" } }"),
            (A, A.Replace("1e-9", $"1e-9, \"size\": \"{size} angstrom\"", StringComparison.Ordinal)),
            ("6e-10", "6e-10, \"size\": \"3 angstrom\"")];
        var error = Assert.Single(Sample.Errors(NeuronSample.With("", changes).Replace("§", "", StringComparison.Ordinal)));
        Assert.Equal(place, error.Pointer);
        Assert.Contains("times the space of the " + where, error.Message, StringComparison.Ordinal);
        Assert.Contains("smaller sizes in /species", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Depth, 3e-6)]
    [InlineData("{ \"areaToVolume\": \"0.25 1/um\" }", 4e-6)]
    [InlineData("{ \"areaToVolume\": 2e5 }", 5e-6)]
    public void Reservoirs_have_a_depth_or_a_ratio_of_area_to_volume(string reservoir, double depth)
    {
        var ions = Sample.Read(NeuronSample.With("", (Depth, reservoir))).Problem.Left.Ions;
        Assert.Equal([140, 12, 11, 141, 0], ions.Select(ion => Assert.IsType<ReservoirBoundary>(ion).Concentration));
        Assert.All(ions, ion => Assert.Equal(depth, ((ReservoirBoundary)ion).Depth, 1e-20));
    }

    [Theory]
    [InlineData("§{}", "", "the reservoir has no size", "write either \"depth\"")]
    [InlineData("{ \"depth\": 1, \"areaToVolume\": §1 }", "/areaToVolume", "the reservoir has two sizes", "write either \"depth\"")]
    [InlineData("{ \"areaToVolume\": §0 }", "/areaToVolume", "out of range", "> 0 1/m")]
    [InlineData("{ \"areaToVolume\": §\"-0.3 1/um\" }", "/areaToVolume", "out of range", "> 0 1/m")]
    [InlineData("{ \"areaToVolume\": §\"0.3 um\" }", "/areaToVolume", "not that of an area per volume", "\"0.3 1/um\"")]
    [InlineData("{ \"depth\": §0 }", "/depth", "out of range", "> 0 m")]
    public void Wrong_reservoirs_are_refused(string reservoir, string place, string message, string remedy)
    {
        var error = NeuronSample.OnlyError(NeuronSample.With("", (Depth, reservoir)));
        Assert.Equal("/boundaries/left/ions/reservoir" + place, error.Pointer);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_charged_reservoir_is_refused()
    {
        const string ions = "\"ions\": §{ \"default\": { \"reservoir\": { \"depth\": 1 } }, \"A\": { \"reservoir\": { \"areaToVolume\": 1, \"concentration\": 141 } } }";
        string With(string text) => NeuronSample.With("", ("\"ions\": { \"reservoir\": { \"depth\": \"3 um\" } }", text));
        Sample.Read(With(ions.Replace("§", "", StringComparison.Ordinal)));
        var error = NeuronSample.OnlyError(With(ions.Replace("141", "142", StringComparison.Ordinal)));
        Assert.Equal("/boundaries/left/ions", error.Pointer);
        Assert.Contains("is charged", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(", \"area\": \"1000 um^2\"", 1e-9)]
    [InlineData(", \"area\": 2", 2)]
    public void Plane_layers_have_an_area(string area, double expected)
    {
        var geometry = Sample.Read(Sample.With("\"planar\"", "\"planar\"" + area)).Problem.Geometry;
        Assert.Equal(expected, Assert.IsType<PlanarGeometry>(geometry).Area, 1e-15 * expected);
    }

    [Theory]
    [InlineData("\"planar\", \"area\": §0", "/geometry/area", "out of range", "> 0 m^2")]
    [InlineData("\"planar\", \"area\": §[1]", "/geometry/area", "only a table has positions and areas", "\"kind\": \"table\"")]
    [InlineData("\"spherical\", \"innerRadius\": 1, \"area\": §1", "/geometry/area", "only plane layers have one area", "the radius gives the area")]
    [InlineData("\"table\", \"position\": [0], \"area\": §1", "/geometry/area", "only plane layers have one area", "one area per position")]
    public void Wrong_areas_are_refused(string geometry, string place, string message, string remedy)
    {
        var error = NeuronSample.OnlyError(Sample.With("\"planar\"", geometry));
        Assert.Equal(place, error.Pointer);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    private static ActivityModel Read(string activity, params (string, string)[] changes) => Sample.Read(NeuronSample.With("",
        [(Ideal, $"\"activity\": {activity}"), (A, SizedA), .. changes, ("6e-10", "6e-10, \"size\": \"7 angstrom\"")])).Problem.Activity;
}
