using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>Ionic condition of a species as it is written; concentrations may still come from the region.</summary>
internal abstract record RawIon;

internal sealed record RawBath(Waveform? Concentration) : RawIon;

internal sealed record RawBlocked : RawIon;

internal sealed record RawFlux(Waveform Flux) : RawIon;

internal sealed record RawReservoir(double Depth, double? Concentration) : RawIon;

/// <summary>An end as it is written.</summary>
internal sealed record RawBoundary(ConfigurationNode Node, Setting<ElectricBoundary> Electric, Setting<SpeciesMap<RawIon>> Ions);

/// <summary>Both ends as they are written.</summary>
internal sealed record RawBoundaries(Setting<RawBoundary> Left, Setting<RawBoundary> Right);

/// <summary>Keys of the boundaries.</summary>
internal static class BoundaryKeys
{
    private static readonly Key<Waveform> SternPotential = new(WaveformForms.Potential)
    {
        Name = "potential",
        Meaning = "Potential of the electrode.",
        Example = "\"0 mV\"",
    };

    private static readonly Key<double> SternCapacitance = new(Quantities.Capacitance)
    {
        Name = "capacitance",
        Meaning = "Capacitance per area of the layer.",
        Example = "\"0.2 F/m^2\"",
    };

    private static readonly ObjectForm<ElectricBoundary> Stern = new("Stern layer",
        "a Stern layer", [SternPotential, SternCapacitance], reader =>
    {
        var (potential, capacitance) = (reader.Get(SternPotential), reader.Get(SternCapacitance));
        return reader.IsValid ? new SternBoundary(potential.Value!, capacitance.Value) : null;
    });

    private static readonly Key<string> RelativeTo = new(new WordForm<string>([("initial", "initial")]))
    {
        Name = "relativeTo",
        Meaning = "The potential counts from the one that this end has in the initial steady state; only at one end, and only with an initial state of the form {\"steady\": ...}.",
        Example = "\"initial\"",
        Default = "absolute",
    };

    private static readonly UnionForm<ElectricBoundary> ElectricForm = new("Electrical boundary", "an electrical boundary",
    [
        Alternative<ElectricBoundary>.Tagged("potential", WaveformForms.Potential, ElectricBoundary (potential) =>
            new PotentialBoundary(potential),
            "The potential at this end.", "\"-70 mV\"").With(RelativeTo, (electric, _) =>
                electric is PotentialBoundary potential ? potential with { RelativeToInitial = true } : electric),
        Alternative<ElectricBoundary>.Tagged("stern", Stern, stern => stern, "An electrode behind a Stern layer.",
            "{\"potential\": \"0 mV\", \"capacitance\": \"0.2 F/m^2\"}"),
        Alternative<ElectricBoundary>.Tagged("current", WaveformForms.Current, ElectricBoundary (current) => new CurrentBoundary(current),
            "The total current through this end, positive from left to right; 0 is the open circuit.", "\"0 A/m^2\""),
        Alternative<ElectricBoundary>.Tagged("surfaceCharge", WaveformForms.SurfaceCharge, ElectricBoundary (charge) =>
            new SurfaceChargeBoundary(charge),
            "The charge per area on the wall.", "\"0.01 C/m^2\""),
    ])
    { DefinitionName = "electricBoundary" };

    private static readonly Key<double> ReservoirDepth = new(Quantities.Length)
    {
        Name = "depth",
        Meaning = "Volume per area of this end; this or areaToVolume.",
        Example = "\"3.3 um\"",
        Default = "1/areaToVolume",
    };

    private static readonly Key<double> ReservoirAreaToVolume = new(Quantities.AreaToVolume)
    {
        Name = "areaToVolume",
        Meaning = "Area of this end per volume; this or depth.",
        Example = "\"0.3 1/um\"",
        Default = "1/depth",
    };

    private static readonly Key<double> ReservoirConcentration = new(Quantities.Concentration)
    {
        Name = "concentration",
        Meaning = "Initial concentration.",
        Example = "\"12 mM\"",
        Default = "of the region at this end",
    };

    private static readonly ObjectForm<RawIon> Reservoir = new("Reservoir",
        "a reservoir", [ReservoirDepth, ReservoirAreaToVolume, ReservoirConcentration], reader =>
    {
        var (depth, ratio, concentration) = (reader.Get(ReservoirDepth), reader.Get(ReservoirAreaToVolume), reader.Get(ReservoirConcentration));
        if (!reader.IsValid)
            return null;
        return depth.IsPresent == ratio.IsPresent
            ? reader.Fail<RawIon>(ratio.Node, depth.IsPresent ? "the reservoir has two sizes" : "the reservoir has no size",
                "write either \"depth\": \"3.3 um\" or \"areaToVolume\": \"0.3 1/um\"")
            : new RawReservoir(depth.IsPresent ? depth.Value : 1 / ratio.Value, concentration.IsPresent ? concentration.Value : null);
    });

    private static readonly UnionForm<RawIon> IonForm = new("Ionic boundary", "an ionic boundary",
    [
        Alternative<RawIon>.Word("bath", new RawBath(null), "An infinite bath with the region's concentration."),
        Alternative<RawIon>.Word("blocked", new RawBlocked(), "Nothing passes."),
        Alternative<RawIon>.Tagged("bath", WaveformForms.Concentration, RawIon (concentration) => new RawBath(concentration),
            "An infinite bath with this concentration.", "\"5 mM\""),
        Alternative<RawIon>.Tagged("flux", WaveformForms.Flux, RawIon (flux) => new RawFlux(flux),
            "The flux through this end, positive from left to right.", "\"1e-7 mol/m^2/s\""),
        Alternative<RawIon>.Tagged("reservoir", Reservoir, reservoir => reservoir, "A well-mixed finite volume.",
            "{\"depth\": \"3.3 um\"}"),
    ])
    { DefinitionName = "ionicBoundary" };

    private static readonly Key<ElectricBoundary> Electric = new(ElectricForm)
    {
        Name = "electric",
        Meaning = "Electrical condition.",
        Example = "{\"potential\": \"-70 mV\"}",
    };

    private static readonly Key<SpeciesMap<RawIon>> Ions = new(new SpeciesMapForm<RawIon>(IonForm, allowDefault: true, IsUniform) { Example = "\"bath\"" })
    {
        Name = "ions",
        Meaning = "Ionic condition, for all species or per species (\"default\" for those not named).",
        Example = "{\"default\": \"bath\", \"A\": \"blocked\"}",
    };

    private static readonly ObjectForm<RawBoundary> EndForm = new("Boundary", "a boundary", [Electric, Ions],
        reader => new(reader.Node, reader.Get(Electric), reader.Get(Ions)))
    { DefinitionName = "boundary" };

    private static readonly Key<RawBoundary> Left = new(EndForm)
    {
        Name = "left",
        Meaning = "Left end (inside).",
        Example = "{\"electric\": {\"potential\": \"-70 mV\"}, \"ions\": \"bath\"}",
    };

    private static readonly Key<RawBoundary> Right = new(EndForm)
    {
        Name = "right",
        Meaning = "Right end (outside).",
        Example = "{\"electric\": {\"potential\": \"0 mV\"}, \"ions\": \"bath\"}",
    };

    public static ObjectForm<RawBoundaries> Form { get; } = new("Boundaries", "the boundaries", [Left, Right],
        reader => new(reader.Get(Left), reader.Get(Right)))
    { DefinitionName = "boundaries" };

    /// <summary>Where "relativeTo" stands at an end; null where it does not.</summary>
    public static ConfigurationNode? FindRelativeTo(Setting<RawBoundary> end) => end.Value?.Electric.Node?.Find(RelativeTo.Name);

    /// <summary>One condition for all: a word, or an object whose key is a condition.</summary>
    private static bool IsUniform(ConfigurationNode node) =>
        node.Kind != NodeKind.Object || (node.Members.Count > 0 && node.Members[0].Name is "bath" or "flux" or "reservoir" or "blocked");
}
