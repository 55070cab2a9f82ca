using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Model;
using Range = NernstPlanckGpu.Core.Configuration.Forms.Range;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>A species as it is written.</summary>
internal sealed record RawSpecies(
    ConfigurationNode Node, Setting<string> Name, Setting<double> Valence, Setting<double> Diffusivity, Setting<double> Size);

/// <summary>Keys of a species.</summary>
internal static class SpeciesKeys
{
    private static readonly Key<string> Name = new(new TextForm(CheckName))
    {
        Name = "name",
        Meaning = "Name, unique. A known ion (`npgpu ions`) brings its valence, diffusivity and size.",
        Example = "\"K\"",
    };

    private static readonly Key<double> Valence = new(new NumberForm(Range.Any))
    {
        Name = "valence",
        Meaning = "Charge number z; any finite number, 0 for a neutral tracer.",
        Example = "1",
        Default = "of the known ion; else required",
    };

    private static readonly Key<double> Diffusivity = new(Quantities.Diffusivity)
    {
        Name = "diffusivity",
        Meaning = "Bulk diffusivity at the run's temperature; never scaled.",
        Example = "\"1.957e-9 m^2/s\"",
        Default = "of the known ion at 25 degC; else required",
    };

    private static readonly Key<double> Size = new(Quantities.Length)
    {
        Name = "size",
        Meaning = "Size of the ion, for activity models: the distance of closest approach of Debye and Hückel.",
        Example = "\"3 angstrom\"",
        Default = "of the known ion, where there is one",
    };

    public static ObjectForm<RawSpecies> Form { get; } = new("Species", "a species", [Name, Valence, Diffusivity, Size],
        reader => new(reader.Node, reader.Get(Name), reader.Get(Valence), reader.Get(Diffusivity), reader.Get(Size)))
    { DefinitionName = "species" };

    private static (string Message, string Remedy)? CheckName(string name) => name == SpeciesMapForm<double>.DefaultKey
        ? ("\"default\" stands for all other species and cannot be a name", "write another name")
        : PlainName.Check(name);
}

/// <summary>Areas as they are written: one for all faces, or one per point of a table.</summary>
/// <param name="Uniform">Area of all faces, m²; null for a list.</param>
/// <param name="Points">Areas at the points of a table; null for one area.</param>
internal sealed record RawArea(double? Uniform, IReadOnlyList<Setting<double>>? Points);

/// <summary>Keys of the geometry.</summary>
internal static class GeometryKeys
{
    private enum Shape
    {
        Planar,
        Cylindrical,
        Spherical,
        Table,
    }

    private static readonly Key<Shape> Kind = new(new WordForm<Shape>(
        [("planar", Shape.Planar), ("cylindrical", Shape.Cylindrical), ("spherical", Shape.Spherical), ("table", Shape.Table)]))
    {
        Name = "kind",
        Meaning = "Face area along x: planar (constant), cylindrical (2 pi r, per length), spherical (4 pi r²), or a table of areas.",
        Example = "\"planar\"",
    };

    private static readonly Key<double> InnerRadius = new(Quantities.Position)
    {
        Name = "innerRadius",
        Meaning = "Radius of the left end of a cylinder or sphere; 0 is the axis or centre, where nothing passes.",
        Example = "\"5 um\"",
        Default = "required for cylindrical and spherical",
    };

    private static readonly Key<IReadOnlyList<Setting<double>>> Position = new(new ListForm<double>(Quantities.Position, 1))
    {
        Name = "position",
        Meaning = "Points of an area table, from the left end, strictly ascending.",
        Example = "[\"0 nm\", \"10 nm\"]",
        Default = "required for table",
    };

    private static readonly UnionForm<RawArea> AreaForm = new("Areas", "an area or a list of areas",
    [
        Alternative<RawArea>.Scalar(Quantities.Area, area => new RawArea(area, null), "Of all faces (planar).", "\"100 um^2\""),
        Alternative<RawArea>.List(new ListForm<double>(Quantities.Area, 1), areas => new RawArea(null, areas),
            "At the points of a table; straight lines between, constant outside.",
            "[\"1 nm^2\", \"4 nm^2\"]"),
    ])
    { DefinitionName = "areas" };

    private static readonly Key<RawArea> Area = new(AreaForm)
    {
        Name = "area",
        Meaning = "Planar: the area of every face, of which totals (amounts, currents) are. Table: areas at the points.",
        Example = "[\"1 nm^2\", \"4 nm^2\"]",
        Default = "1 m^2 for planar; required for table",
    };

    public static ObjectForm<Geometry> Form { get; } = new("Geometry",
        "a geometry", [Kind, InnerRadius, Position, Area], Build)
    { DefinitionName = "geometry" };

    private static Geometry? Build(ObjectReader reader)
    {
        var (kind, radius, position, area) = (reader.Get(Kind), reader.Get(InnerRadius), reader.Get(Position), reader.Get(Area));
        if (!reader.IsValid)
            return null;
        var isRound = kind.Value is Shape.Cylindrical or Shape.Spherical;
        var isTable = kind.Value == Shape.Table;
        if (!isRound && radius.IsPresent)
            return reader.Fail<Geometry>(radius.Node, "only a cylinder or sphere has an inner radius",
                "remove it, or write \"kind\": \"spherical\"");
        if (!isTable && (position.IsPresent || area.Value?.Points is not null))
            return reader.Fail<Geometry>(position.Node ?? area.Node, "only a table has positions and areas",
                "remove them, or write \"kind\": \"table\"");
        if (kind.Value != Shape.Planar && area.Value?.Uniform is not null)
            return reader.Fail<Geometry>(area.Node, "only plane layers have one area", isTable
                ? "write one area per position: [\"1 nm^2\", \"4 nm^2\"]" : "remove it: the radius gives the area");
        if (isRound && !radius.IsPresent)
            return reader.Fail<Geometry>(null, "the key \"innerRadius\" is missing", "write \"innerRadius\": \"5 um\"");
        return kind.Value switch
        {
            Shape.Cylindrical => new CylindricalGeometry(radius.Value),
            Shape.Spherical => new SphericalGeometry(radius.Value),
            Shape.Table => Table(reader, position, new(area.Value?.Points, area.Node, area.IsValid)),
            _ => new PlanarGeometry(area.Value?.Uniform ?? 1),
        };
    }

    private static Geometry? Table(ObjectReader reader, Setting<IReadOnlyList<Setting<double>>> position,
        Setting<IReadOnlyList<Setting<double>>> area)
    {
        if (!position.IsPresent || !area.IsPresent)
            return reader.Fail<Geometry>(null, "a table needs \"position\" and \"area\"",
                "write \"position\": [\"0 nm\", \"10 nm\"], \"area\": [\"1 nm^2\", \"4 nm^2\"]");
        var (x, a) = (Quantities.Numbers(position), Quantities.Numbers(area));
        if (x is null || a is null || !Quantities.Ascend(position, x, reader.Context))
            return null;
        return x.Length == a.Length
            ? new TableGeometry(x, a)
            : reader.Fail<Geometry>(area.Node, $"{a.Length} areas for {x.Length} positions", "write one area per position");
    }
}
