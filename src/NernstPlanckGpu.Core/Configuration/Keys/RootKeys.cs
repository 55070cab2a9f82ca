using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>How known diffusivities go to the run's temperature.</summary>
internal enum DiffusivityScaling
{
    None,
    StokesEinstein,
}

/// <summary>A configuration as it is written.</summary>
internal sealed record RawConfiguration
{
    public required ConfigurationNode Node { get; init; }

    public required Setting<string> Title { get; init; }

    public required Setting<double> Temperature { get; init; }

    public required Setting<Geometry> Geometry { get; init; }

    public required Setting<IReadOnlyList<Setting<RawSpecies>>> Species { get; init; }

    public required Setting<DiffusivityScaling> Scaling { get; init; }

    /// <summary>Cells of regions without a grid of their own; null when the grid says nothing of them.</summary>
    public required Setting<RegionGrid> Grid { get; init; }

    public required double? GridTolerance { get; init; }

    public required Setting<IReadOnlyList<Setting<RawRegion>>> Regions { get; init; }

    public required Setting<RawBoundaries> Boundaries { get; init; }

    public required Setting<RawInitial> Initial { get; init; }

    public required Setting<SpeciesMap<SourceTable>> Source { get; init; }

    public required Setting<IReadOnlyList<Setting<RawMechanism>>> Mechanisms { get; init; }

    public required Setting<RawActivity> Activity { get; init; }

    public required Setting<RunMode> Mode { get; init; }

    public required Setting<CurrentVoltageSettings> CurrentVoltage { get; init; }

    public required Setting<ImpedanceSettings> Impedance { get; init; }

    public required Setting<TimeSettings> Time { get; init; }

    public required Setting<RawOutput> Output { get; init; }
}

/// <summary>Keys of the document.</summary>
internal static class RootKeys
{
    private static readonly Key<string> SchemaReference = new(new TextForm())
    {
        Name = "$schema",
        Meaning = "Path of the schema, for editors.",
        Example = "\"config.schema.json\"",
        Default = "none",
    };

    private static readonly Key<long> SchemaVersion = new(new IntegerForm(1, 1), 1)
    {
        Name = "schemaVersion",
        Meaning = "Version of this format.",
        Example = "1",
        Default = "1",
    };

    private static readonly Key<string> Title = new(new TextForm())
    {
        Name = "title",
        Meaning = "Title for the terminal and the output file.",
        Example = "\"Resting membrane\"",
        Default = "the file's name",
    };

    private static readonly Key<double> Temperature = new(Quantities.Temperature)
    {
        Name = "temperature",
        Meaning = "Temperature.",
        Example = "\"37 degC\"",
    };

    private static readonly Key<Geometry> Geometry = new(GeometryKeys.Form, new PlanarGeometry())
    {
        Name = "geometry",
        Meaning = "Shape of the stack.",
        Example = "{\"kind\": \"planar\"}",
        Default = "{\"kind\": \"planar\"}",
    };

    private static readonly Key<IReadOnlyList<Setting<RawSpecies>>> Species = new(new ListForm<RawSpecies>(SpeciesKeys.Form, 1))
    {
        Name = "species",
        Meaning = "Ions and neutral tracers.",
        Example = "[{\"name\": \"K\"}, {\"name\": \"A\", \"valence\": -1, \"diffusivity\": \"1e-9 m^2/s\"}]",
    };

    private static readonly Key<DiffusivityScaling> Scaling = new(new WordForm<DiffusivityScaling>(
        [("none", DiffusivityScaling.None), ("stokesEinstein", DiffusivityScaling.StokesEinstein)]))
    {
        Name = "diffusivityScaling",
        Meaning = "\"stokesEinstein\" moves the diffusivities of known ions from 25 degC to the run's temperature with T/viscosity of water (0 to 100 degC); diffusivities that are given are not touched.",
        Example = "\"stokesEinstein\"",
        Default = "\"none\"",
    };

    private static readonly Key<StackGrid> Grid = new(GridKeys.Stack)
    {
        Name = "grid",
        Meaning = "Grid of every region that has none of its own, and how fine the whole must be.",
        Example = "{\"tolerance\": \"0.01 mV\"}",
        Default = "automatic from the Debye length",
    };

    private static readonly Key<IReadOnlyList<Setting<RawRegion>>> Regions = new(new ListForm<RawRegion>(RegionKeys.Form, 1))
    {
        Name = "regions",
        Meaning = "Layers from left (inside) to right (outside).",
        Example = "[{\"name\": \"bath\", \"length\": \"10 nm\", \"permittivity\": 78.5, \"concentration\": {\"K\": \"140 mM\", \"A\": \"140 mM\"}}]",
    };

    private static readonly Key<RawBoundaries> Boundaries = new(BoundaryKeys.Form)
    {
        Name = "boundaries",
        Meaning = "What holds at the two ends.",
        Example = "{\"left\": {\"electric\": {\"potential\": \"-70 mV\"}, \"ions\": \"bath\"}, \"right\": {\"electric\": {\"potential\": \"0 mV\"}, \"ions\": \"bath\"}}",
    };

    private static readonly Key<RawInitial> Initial = new(SteadyKeys.Initial, new(null, null))
    {
        Name = "initial",
        Meaning = "Initial concentrations; species that are not named start from the regions.",
        Example = "{\"K\": {\"gaussian\": {\"peak\": \"1 mM\", \"centre\": \"5 nm\", \"width\": \"1 nm\"}}}",
        Default = "\"regions\"",
    };

    private static readonly Key<SpeciesMap<SourceTable>> Source = new(new SpeciesMapForm<SourceTable>(SourceKeys.Form, allowDefault: false) { Example = SourceKeys.Example })
    {
        Name = "source",
        Meaning = "Prescribed sources per species, a table in position and time.",
        Example = "{\"K\": " + SourceKeys.Example + "}",
        Default = "none",
    };

    private static readonly Key<IReadOnlyList<Setting<RawMechanism>>> Mechanisms = new(MechanismKeys.List, [])
    {
        Name = "mechanisms",
        Meaning = "Transports through the membrane beside diffusion and drift: leaks, pumps, channels, carriers, water.",
        Example = "[{\"leak\": {\"ion\": \"K\", \"permeability\": \"1e-8 m/s\"}}]",
        Default = "[]",
    };

    private static readonly Key<RawActivity> Activity = new(ActivityKeys.Form, new(ActivityKind.Ideal))
    {
        Name = "activity",
        Meaning = "Model of the activity coefficients, everywhere but in membranes.",
        Example = "\"debyeHuckel\"",
        Default = "\"ideal\"",
    };

    private static readonly Key<RunMode> Mode = new(ModeKeys.Mode)
    {
        Name = "mode",
        Meaning = "What to compute: \"transient\" integrates in time; \"steady\" is the steady state of the boundary values at time 0; \"iv\" is a current–voltage curve; \"impedance\" is the small-signal response about the steady state.",
        Example = "\"steady\"",
        Default = "\"transient\"",
    };

    private static readonly Key<CurrentVoltageSettings> CurrentVoltage = new(ModeKeys.CurrentVoltage)
    {
        Name = "iv",
        Meaning = "Points of the current–voltage curve; only with the mode \"iv\". Both ends then prescribe a potential.",
        Example = "{\"voltages\": {\"linspace\": [\"-120 mV\", \"60 mV\", 37]}}",
        Default = "required with the mode \"iv\"",
    };

    private static readonly Key<ImpedanceSettings> Impedance = new(ModeKeys.Impedance)
    {
        Name = "impedance",
        Meaning = "Frequencies of the impedance spectrum; only with the mode \"impedance\". Both ends then prescribe a potential.",
        Example = "{\"frequencies\": {\"logspace\": [\"10 mHz\", \"1 GHz\", 56]}}",
        Default = "required with the mode \"impedance\"",
    };

    private static readonly Key<TimeSettings> Time = new(TimeKeys.Form)
    {
        Name = "time",
        Meaning = "How long, and how to integrate; for the mode \"transient\", and for \"iv\" with the protocol \"step\".",
        Example = "{\"end\": \"10 us\"}",
        Default = "required where the mode integrates in time, refused elsewhere",
    };

    private static readonly Key<RawOutput> Output = new(OutputKeys.Form)
    {
        Name = "output",
        Meaning = "What to write, and when.",
        Example = "{\"snapshots\": {\"count\": 50}}",
        Default = "50 snapshots, log spacing",
    };

    /// <summary>Taken out before the document is read: see <see cref="Sweeps.SweepPlan"/>.</summary>
    public static Key<RawSweep> Sweep { get; } = new(SweepKeys.Form)
    {
        Name = "sweep",
        Meaning = "Many runs in one: the configuration with some of its values varied. For `npgpu sweep`; without it the document is one run.",
        Example = "{\"axes\": [{\"path\": \"/boundaries/left/electric/potential\", \"linspace\": [\"-120 mV\", \"60 mV\", 37]}]}",
        Default = "none",
    };

    public static ObjectForm<RawConfiguration> Form { get; } = new("The document", "a configuration",
        [SchemaReference, SchemaVersion, Title, Temperature, Geometry, Species, Scaling, Regions, Boundaries, Initial, Source,
            Mechanisms, Activity, Grid, Mode, CurrentVoltage, Impedance, Time, Output, Sweep], Build);

    private static RawConfiguration Build(ObjectReader reader)
    {
        reader.Get(SchemaReference);
        reader.Get(SchemaVersion);
        var species = reader.Get(Species);
        reader.Context.SpeciesNames = Names(species);
        var grid = reader.Get(Grid);
        return new()
        {
            Node = reader.Node,
            Title = reader.Get(Title),
            Temperature = reader.Get(Temperature),
            Geometry = reader.Get(Geometry),
            Species = species,
            Scaling = reader.Get(Scaling),
            Grid = new(grid.Value?.Cells, grid.Node, grid.IsValid),
            GridTolerance = grid.Value?.Tolerance,
            Regions = reader.Get(Regions),
            Boundaries = reader.Get(Boundaries),
            Initial = reader.Get(Initial),
            Source = reader.Get(Source),
            Mechanisms = reader.Get(Mechanisms),
            Activity = reader.Get(Activity),
            Mode = reader.Get(Mode),
            CurrentVoltage = reader.Get(CurrentVoltage),
            Impedance = reader.Get(Impedance),
            Time = reader.Get(Time),
            Output = reader.Get(Output),
        };
    }

    /// <summary>Names of all species; null when one is unknown, so that nothing is called undeclared for want of it.</summary>
    private static IReadOnlyList<string>? Names(Setting<IReadOnlyList<Setting<RawSpecies>>> species)
    {
        if (species.Value is not { } list || list.Any(item => item.Value is not { Name.IsValid: true }))
            return null;
        return [.. list.Select(item => item.Value!.Name.Value!)];
    }
}
