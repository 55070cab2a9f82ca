using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>The initial state with all its forms, the steady state of another problem among them.</summary>
internal static class SteadyKeys
{
    private static readonly UnionForm<RawInitial> Start = new("Start of the initial steady state", "a start of the steady state",
        InitialForm.Plain)
    { DefinitionName = "steadyStart" };

    private static readonly Key<ConfigurationNode> Boundaries = new(new PatchForm(BoundaryKeys.Form))
    {
        Name = "boundaries",
        Meaning = "What holds at the ends before the run.",
        Example = "{\"left\": {\"electric\": {\"current\": \"0 A/m^2\"}}}",
        Default = "as in the run",
    };

    private static readonly Key<ConfigurationNode> Regions = new(new PatchForm(new ListForm<RawRegion>(RegionKeys.Form, 1)))
    {
        Name = "regions",
        Meaning = "The regions before the run, written in full: a list is replaced whole. Names, lengths and grids stay those of the run, and no species may enter where the run lets it not.",
        Example = "[{\"name\": \"bath\", \"length\": \"10 nm\", \"permittivity\": 78.5, \"concentration\": {\"K\": \"140 mM\", \"A\": \"140 mM\"}}]",
        Default = "as in the run",
    };

    private static readonly Key<ConfigurationNode> Source = new(new PatchForm(
        new SpeciesMapForm<SourceTable>(SourceKeys.Form, allowDefault: false) { Example = SourceKeys.Example }))
    {
        Name = "source",
        Meaning = "Sources before the run, at time 0.",
        Example = "{\"K\": null}",
        Default = "as in the run",
    };

    private static readonly Key<ConfigurationNode> Mechanisms = new(new PatchForm(MechanismKeys.List))
    {
        Name = "mechanisms",
        Meaning = "The mechanisms before the run, written in full: a list is replaced whole. Kinds, ions and gates stay those of the run, in the same order.",
        Example = "[{\"leak\": {\"ion\": \"K\", \"permeability\": \"2e-8 m/s\"}}]",
        Default = "as in the run",
    };

    private static readonly Key<ConfigurationNode> StartingPoint = new(new PatchForm(new InitialForm(Start)))
    {
        Name = "initial",
        Meaning = "Where the search for the steady state starts; species without a bath keep their amount.",
        Example = "\"regions\"",
        Default = "\"regions\"",
    };

    private static readonly IReadOnlyList<Key> Allowed = [Boundaries, Regions, Source, Mechanisms, StartingPoint];

    private static readonly ObjectForm<ConfigurationNode> Overrides = new("Initial steady state",
        "the overrides of the initial steady state",
        [.. Allowed, Shared("temperature"), Shared("geometry"), Shared("species"), Shared("activity"), Shared("grid")], Build)
    { DefinitionName = "initialSteady" };

    private static readonly UnionForm<RawInitial> Whole = new("Initial state", "an initial state",
    [
        .. InitialForm.Plain,
        Alternative<RawInitial>.Tagged("steady", Overrides, overrides => new RawInitial(null, null, overrides),
            "The steady state of this problem with [overrides](#initialsteady); {} for none.",
            "{\"boundaries\": {\"left\": {\"electric\": {\"current\": \"0 A/m^2\"}}}}"),
    ])
    { DefinitionName = "initialState" };

    /// <summary>The initial state.</summary>
    public static InitialForm Initial { get; } = new(Whole);

    private static Key<string> Shared(string name) => new(new TextForm())
    {
        Name = name,
        Meaning = "That of the run.",
        Example = "\"\"",
        Default = "as in the run",
        RefusedBecause = "is shared by the initial steady state and the run",
        RefusedRemedy = $"remove it, and write it in /{name} for both",
    };

    /// <summary>The overrides without what is refused, so that its errors come once.</summary>
    private static ConfigurationNode? Build(ObjectReader reader) => reader.Context.Patch is null
        ? reader.Node.With(reader.Node.Members.Where(member => Allowed.Any(key => key.Name == member.Name)))
        : reader.Fail<ConfigurationNode>(reader.Node, "an initial steady state stands within another one",
            "write \"regions\", {\"file\": \"earlier.h5\"} or initial profiles here");
}
