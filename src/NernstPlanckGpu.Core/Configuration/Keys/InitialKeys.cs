using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Model;
using Range = NernstPlanckGpu.Core.Configuration.Forms.Range;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>
/// The initial state as it is written: a file, the overrides of a steady state, or profiles of some species (none: all from
/// the regions).
/// </summary>
internal sealed record RawInitial(string? File, SpeciesMap<InitialProfile>? Profiles, ConfigurationNode? Steady = null)
{
    /// <summary>True when concentrations come from profiles or from the regions.</summary>
    public bool HasProfiles => File is null && Steady is null;
}

/// <summary>Initial profiles of a species.</summary>
internal static class ProfileForms
{
    private static readonly Key<IReadOnlyList<Setting<double>>> Position = new(new ListForm<double>(Quantities.Position, 1))
    {
        Name = "position",
        Meaning = "Points from the left end, strictly ascending.",
        Example = "[\"0 nm\", \"10 nm\"]",
    };

    private static readonly Key<IReadOnlyList<Setting<double>>> Concentration = new(new ListForm<double>(Quantities.Concentration, 1))
    {
        Name = "concentration",
        Meaning = "Concentrations at these points; straight lines between, constant outside.",
        Example = "[\"140 mM\", \"5 mM\"]",
    };

    private static readonly Key<double> Base = new(Quantities.Concentration)
    {
        Name = "base",
        Meaning = "Concentration far away.",
        Example = "\"10 mM\"",
        Default = "0",
    };

    private static readonly Key<double> Peak = new(Quantities.SignedConcentration)
    {
        Name = "peak",
        Meaning = "Height above the base.",
        Example = "\"1 mM\"",
    };

    private static readonly Key<double> Centre = new(new QuantityForm(Units.QuantityKind.Length, Range.Any))
    {
        Name = "centre",
        Meaning = "Position of the middle, from the left end.",
        Example = "\"15 um\"",
    };

    private static readonly Key<double> GaussianWidth = new(Quantities.Length)
    {
        Name = "width",
        Meaning = "Standard deviation.",
        Example = "\"0.7 um\"",
    };

    private static readonly Key<double> Mean = new(Quantities.Concentration)
    {
        Name = "mean",
        Meaning = "Mean concentration.",
        Example = "\"10 mM\"",
    };

    private static readonly Key<double> Amplitude = new(Quantities.SignedConcentration)
    {
        Name = "amplitude",
        Meaning = "Amplitude, at most the mean.",
        Example = "\"5 mM\"",
    };

    private static readonly Key<double> Mode = new(new NumberForm(new Range(1)), 1)
    {
        Name = "mode",
        Meaning = "Half waves in the stack.",
        Example = "1",
        Default = "1",
    };

    private static readonly Key<double> Left = new(Quantities.Concentration)
    {
        Name = "left",
        Meaning = "Concentration far to the left.",
        Example = "\"100 mM\"",
    };

    private static readonly Key<double> Right = new(Quantities.Concentration)
    {
        Name = "right",
        Meaning = "Concentration far to the right.",
        Example = "\"10 mM\"",
    };

    private static readonly Key<double> ErfWidth = new(Quantities.Length)
    {
        Name = "width",
        Meaning = "Width of the front: sqrt(4 D t) of the diffusion that it stands for.",
        Example = "\"2 nm\"",
    };

    private static readonly ObjectForm<InitialProfile> Table = new("Initial profile: table", "a table", [Position, Concentration], reader =>
    {
        var (position, concentration) = (reader.Get(Position), reader.Get(Concentration));
        var (x, c) = (Quantities.Numbers(position), Quantities.Numbers(concentration));
        if (x is null || c is null || !Quantities.Ascend(position, x, reader.Context))
            return null;
        return x.Length == c.Length
            ? new TableProfile(x, c)
            : reader.Fail<InitialProfile>(concentration.Node,
                $"{c.Length} concentrations for {x.Length} positions", "write one concentration per position");
    });

    private static readonly ObjectForm<InitialProfile> Gaussian = new("Initial profile: gaussian",
        "a gaussian", [Base, Peak, Centre, GaussianWidth], reader =>
    {
        var (far, peak, centre, width) = (reader.Get(Base), reader.Get(Peak), reader.Get(Centre), reader.Get(GaussianWidth));
        if (!reader.IsValid)
            return null;
        return far.Value + peak.Value >= 0
            ? new GaussianProfile(far.Value, peak.Value, centre.Value, width.Value)
            : reader.Fail<InitialProfile>(peak.Node, "the concentration at the centre is negative",
                "write a peak of at least minus the base");
    });

    private static readonly ObjectForm<InitialProfile> Cosine = new("Initial profile: cosine",
        "a cosine", [Mean, Amplitude, Mode], reader =>
    {
        var (mean, amplitude, mode) = (reader.Get(Mean), reader.Get(Amplitude), reader.Get(Mode));
        if (!reader.IsValid)
            return null;
        return Math.Abs(amplitude.Value) <= mean.Value
            ? new CosineProfile(mean.Value, amplitude.Value, mode.Value)
            : reader.Fail<InitialProfile>(amplitude.Node, "the concentration becomes negative", "write an amplitude of at most the mean");
    });

    private static readonly ObjectForm<InitialProfile> Erf = new("Initial profile: erf",
        "an erf front", [Left, Right, Centre, ErfWidth], reader =>
    {
        var (left, right, centre, width) = (reader.Get(Left), reader.Get(Right), reader.Get(Centre), reader.Get(ErfWidth));
        return reader.IsValid ? new ErfProfile(left.Value, right.Value, centre.Value, width.Value) : null;
    });

    public static UnionForm<InitialProfile> Profile { get; } = new("Initial profile", "an initial profile",
    [
        Alternative<InitialProfile>.Word("regions", new RegionsProfile(), "The regions' concentrations."),
        Alternative<InitialProfile>.Tagged("table", Table, profile => profile, "Straight lines through points, constant outside.",
            "{\"position\": [\"0 nm\", \"10 nm\"], \"concentration\": [\"140 mM\", \"5 mM\"]}"),
        Alternative<InitialProfile>.Tagged("gaussian", Gaussian, profile => profile, "base + peak exp(−(x − centre)²/(2 width²)).",
            "{\"peak\": \"1 mM\", \"centre\": \"15 um\", \"width\": \"0.7 um\"}"),
        Alternative<InitialProfile>.Tagged("cosine", Cosine, profile => profile,
            "mean + amplitude cos(pi mode x/L), L the length of the stack.",
            "{\"mean\": \"10 mM\", \"amplitude\": \"5 mM\"}"),
        Alternative<InitialProfile>.Tagged("erf", Erf, profile => profile, "(left + right)/2 + (right − left)/2 erf((x − centre)/width).",
            "{\"left\": \"100 mM\", \"right\": \"10 mM\", \"centre\": \"0.5 um\", \"width\": \"2 nm\"}"),
    ])
    { DefinitionName = "initialProfile" };
}

/// <summary>The initial state: one of the forms of the whole, or profiles per species.</summary>
internal sealed class InitialForm(UnionForm<RawInitial> whole) : Form<RawInitial>
{
    private static readonly SpeciesMapForm<InitialProfile> Profiles = new(ProfileForms.Profile, allowDefault: false)
    {
        Example = "{\"gaussian\": {\"peak\": \"10 mM\", \"centre\": \"15 um\", \"width\": \"0.7 um\"}}",
    };

    /// <summary>The forms of the whole that need no other problem.</summary>
    public static IReadOnlyList<Alternative<RawInitial>> Plain { get; } =
    [
        Alternative<RawInitial>.Word("regions", new(null, null),
            "The regions' concentrations; a region without them is a blend of its neighbours times e^(−W/RT)."),
        Alternative<RawInitial>.Tagged("file", new TextForm(CheckPath), path => new RawInitial(path, null),
            "The last snapshot of an earlier run; the path starts from the configuration's folder.", "\"earlier.h5\""),
    ];

    public override string Accepts => $"{whole.Accepts}, or per species {ProfileForms.Profile.Accepts}";

    public override IEnumerable<Form> Parts => [whole, Profiles];

    public override Setting<RawInitial> Read(ConfigurationNode node, ReadContext context)
    {
        var isSpecies = node.Kind == NodeKind.Object && node.Members.Count > 0
            && (node.Members[0].Name is not ("file" or "steady" or "regions")
                || context.SpeciesNames?.Contains(node.Members[0].Name) == true);
        if (!isSpecies)
            return whole.Read(node, context);
        var profiles = Profiles.Read(node, context);
        return new(new(null, profiles.Value), node, profiles.IsValid);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["anyOf"] = new JsonArray(definitions.Describe(whole), definitions.Describe(Profiles)) };

    private static (string Message, string Remedy)? CheckPath(string path) =>
        path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? ("the path is empty or holds a zero character",
            "write a path, such as \"earlier.h5\"") : null;
}

/// <summary>Sources per species.</summary>
internal static class SourceKeys
{
    /// <summary>Example of a table, as JSON.</summary>
    public const string Example = "{\"position\": [0], \"time\": [0], \"rate\": [[\"1 mol/m^3/s\"]]}";

    private static readonly Key<IReadOnlyList<Setting<double>>> Position = new(new ListForm<double>(Quantities.Position, 1))
    {
        Name = "position",
        Meaning = "Points from the left end, strictly ascending; one is enough for a uniform source.",
        Example = "[\"0 nm\", \"10 nm\"]",
    };

    private static readonly Key<IReadOnlyList<Setting<double>>> Time = new(new ListForm<double>(Quantities.Time, 1))
    {
        Name = "time",
        Meaning = "Times, strictly ascending; one is enough for a constant source.",
        Example = "[\"0 s\", \"1 us\"]",
    };

    private static readonly Key<IReadOnlyList<Setting<IReadOnlyList<Setting<double>>>>> Rate =
        new(new ListForm<IReadOnlyList<Setting<double>>>(new ListForm<double>(Quantities.Source, 1), 1))
        {
            Name = "rate",
            Meaning = "Source per volume: one list per time, one value per position; bilinear between, constant outside.",
            Example = "[[\"1 mol/m^3/s\", \"0 mol/m^3/s\"], [\"0 mol/m^3/s\", \"0 mol/m^3/s\"]]",
        };

    public static ObjectForm<SourceTable> Form { get; } = new("Source",
        "a source table", [Position, Time, Rate], Build)
    { DefinitionName = "source" };

    private static SourceTable? Build(ObjectReader reader)
    {
        var (position, time, rate) = (reader.Get(Position), reader.Get(Time), reader.Get(Rate));
        var (x, t) = (Quantities.Numbers(position), Quantities.Numbers(time));
        if (x is null || t is null || rate.Value is not { } rows)
            return null;
        if (!Quantities.Ascend(position, x, reader.Context) || !Quantities.Ascend(time, t, reader.Context))
            return null;
        if (rows.Count != t.Length)
            return reader.Fail<SourceTable>(rate.Node, $"{rows.Count} lists for {t.Length} times", "write one list per time");
        var table = new List<IReadOnlyList<double>>();
        foreach (var row in rows)
        {
            if (Quantities.Numbers(row) is not { } values)
                return null;
            if (values.Length != x.Length)
                return reader.Fail<SourceTable>(row.Node,
                    $"{values.Length} values for {x.Length} positions", "write one value per position");
            table.Add(values);
        }

        return new(x, t, table);
    }
}
