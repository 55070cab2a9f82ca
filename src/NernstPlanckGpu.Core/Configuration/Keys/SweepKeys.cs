using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>The values of an axis as they are written.</summary>
internal abstract record RawSeries;

internal sealed record RawValues(IReadOnlyList<Setting<ConfigurationNode>> Values) : RawSeries;

internal sealed record RawSpaced(AnyQuantity First, AnyQuantity Last, int Count, bool IsLogarithmic) : RawSeries;

internal sealed record RawRandom(AnyQuantity From, AnyQuantity To, int Count, long Seed, bool IsLogarithmic) : RawSeries;

/// <summary>An axis as it is written, or what goes with one.</summary>
internal sealed record RawAxis(ConfigurationNode Node, Setting<string> Path, Setting<string> Name, RawSeries Series, ConfigurationNode SeriesNode)
{
    /// <summary>What is varied along with it, value by value.</summary>
    public IReadOnlyList<RawAxis> With { get; init; } = [];
}

/// <summary>A sweep as it is written.</summary>
internal sealed record RawSweep(ConfigurationNode Node, IReadOnlyList<Setting<RawAxis>> Axes, SweepCombination Combination, IReadOnlyList<string> Fields);

/// <summary>Keys of a sweep.</summary>
internal static class SweepKeys
{
    /// <summary>Datasets of a snapshot that can be kept, in the order in which they are listed.</summary>
    public static IReadOnlyList<string> AllFields { get; } = ["concentration", "potential", "electric_field", "displacement", "charge_density", "flux"];

    private static readonly AnyQuantityForm Number = new();

    private static readonly Key<string> Path = new(new TextForm())
    {
        Name = "path",
        Meaning = "JSON pointer (RFC 6901) of the value that is varied; it must be in the configuration.",
        Example = "\"/boundaries/left/electric/potential\"",
    };

    private static readonly Key<string> Name = new(new TextForm(PlainName.Check))
    {
        Name = "name",
        Meaning = "Name of the coordinate in files and tables, unique.",
        Example = "\"voltage_clamp\"",
        Default = "the parts of the path joined by \"_\", with the names of regions and species in place of their numbers",
    };

    private static readonly Key<IReadOnlyList<Setting<ConfigurationNode>>> Values = new(new ListForm<ConfigurationNode>(new AnyValueForm(), 1))
    {
        Name = "values",
        Meaning = "The values themselves: numbers, texts, or whole objects such as waveforms.",
        Example = "[\"3 mM\", \"5 mM\", \"10 mM\"]",
        Default = OneOf,
    };

    private static readonly Key<RawSpaced> Linspace = new(new SpacedAxisForm(isLogarithmic: false))
    {
        Name = "linspace",
        Meaning = "First, last and number of values, at equal intervals.",
        Example = "[\"-120 mV\", \"60 mV\", 37]",
        Default = OneOf,
    };

    private static readonly Key<RawSpaced> Logspace = new(new SpacedAxisForm(isLogarithmic: true))
    {
        Name = "logspace",
        Meaning = "First, last and number of values, at equal ratios; both ends > 0. The ends are values, not exponents.",
        Example = "[\"1 mM\", \"1 M\", 7]",
        Default = OneOf,
    };

    private static readonly Key<AnyQuantity> From = new(Number)
    {
        Name = "from",
        Meaning = "Least value.",
        Example = "\"1 mM\"",
    };

    private static readonly Key<AnyQuantity> To = new(Number)
    {
        Name = "to",
        Meaning = "Largest value.",
        Example = "\"20 mM\"",
    };

    private static readonly Key<long> Count = new(new IntegerForm(1, Spacing.MostPoints))
    {
        Name = "count",
        Meaning = "Number of values; raising it keeps the earlier ones.",
        Example = "1000",
    };

    private static readonly Key<long> Seed = new(new IntegerForm(0, 1L << 53))
    {
        Name = "seed",
        Meaning = "Another seed gives other values. Axes with the same seed are independent: the path is part of it.",
        Example = "1",
    };

    private static readonly Key<bool> RandomSpacing = new(new WordForm<bool>([("linear", false), ("log", true)]))
    {
        Name = "spacing",
        Meaning = "\"linear\": all values are equally likely; \"log\": all ratios are, and both ends are > 0.",
        Example = "\"log\"",
        Default = "\"linear\"",
    };

    private static readonly Key<RawRandom> Random = new(new ObjectForm<RawRandom>("Random values", "random values",
        [From, To, Count, Seed, RandomSpacing], BuildRandom)
    { DefinitionName = "randomAxis" })
    {
        Name = "random",
        Meaning = "Values drawn at random, the same on every machine.",
        Example = "{\"from\": \"1 mM\", \"to\": \"20 mM\", \"count\": 1000, \"seed\": 1}",
        Default = OneOf,
    };

    private static readonly Key<IReadOnlyList<Setting<RawAxis>>> With = new(new ListForm<RawAxis>(new ObjectForm<RawAxis>("What goes with an axis",
        "what goes with an axis", [Path, Values, Linspace, Logspace], reader => BuildSeries(reader, default, default))
    { DefinitionName = "sweepWith" }, 1))
    {
        Name = "with",
        Meaning = "Values elsewhere that change along with this axis, its first with the first, its second with the second, …: such as the ion that keeps a solution neutral.",
        Example = "[{\"path\": \"/regions/2/concentration/Na\", \"values\": [\"147 mM\", \"145 mM\", \"140 mM\"]}]",
        Default = "nothing",
    };

    private static readonly Key<IReadOnlyList<Setting<RawAxis>>> Axes = new(new ListForm<RawAxis>(new ObjectForm<RawAxis>("Axis of a sweep",
        "an axis", [Path, Values, Linspace, Logspace, Random, With, Name], BuildAxis)
    { DefinitionName = "sweepAxis" }, 1))
    {
        Name = "axes",
        Meaning = "What is varied, and over which values.",
        Example = "[{\"path\": \"/boundaries/left/electric/potential\", \"linspace\": [\"-120 mV\", \"60 mV\", 37]}]",
    };

    private static readonly Key<SweepCombination> Combine = new(new WordForm<SweepCombination>(
        [("grid", SweepCombination.Grid), ("zip", SweepCombination.Zip)]))
    {
        Name = "combine",
        Meaning = "\"grid\": every value with every other, the last axis fastest; \"zip\": the first values of all axes together, the second ones together, …",
        Example = "\"zip\"",
        Default = "\"grid\"",
    };

    private static readonly Key<IReadOnlyList<Setting<string>>> Store = new(
        new ListForm<string>(new WordForm<string>([.. AllFields.Select(field => (field, field))])))
    {
        Name = "store",
        Meaning = "Fields of the snapshots that are kept for every point; [] keeps numbers and traces only.",
        Example = "[\"concentration\", \"potential\", \"flux\"]",
        Default = "[\"concentration\", \"potential\"]",
    };

    private const string OneOf = "one of values, linspace, logspace and random";

    /// <summary>The sweep.</summary>
    public static ObjectForm<RawSweep> Form { get; } = new("Sweep", "a sweep", [Axes, Combine, Store], reader =>
    {
        var (axes, combine, store) = (reader.Get(Axes), reader.Get(Combine), reader.Get(Store));
        if (!reader.IsValid || store.Value?.Any(item => !item.IsValid) == true)
            return null;
        IEnumerable<string> kept = store.Value?.Select(item => item.Value!) ?? ["concentration", "potential"];
        return new(reader.Node, axes.Value!, combine.Value, [.. AllFields.Where(kept.Contains)]);
    })
    { DefinitionName = "sweep" };

    private static RawRandom? BuildRandom(ObjectReader reader)
    {
        var (from, to, count, seed) = (reader.Get(From), reader.Get(To), reader.Get(Count), reader.Get(Seed));
        var isLogarithmic = reader.Get(RandomSpacing);
        return reader.IsValid && AnyQuantity.AreEnds(from.Value!, to.Value!, isLogarithmic.Value, mustAscend: true, to.Node!, reader.Context)
            ? new(from.Value!, to.Value!, (int)count.Value, seed.Value, isLogarithmic.Value)
            : null;
    }

    private static RawAxis? BuildAxis(ObjectReader reader)
    {
        var (name, random, with) = (reader.Get(Name), reader.Get(Random), reader.Get(With));
        var axis = BuildSeries(reader, name, random);
        return reader.IsValid && with.Value?.Any(one => !one.IsValid) != true && axis is not null
            ? axis with { With = [.. (with.Value ?? []).Select(one => one.Value!)] } : null;
    }

    // What goes with an axis has no name, and no values of chance.
    private static RawAxis? BuildSeries(ObjectReader reader, Setting<string> name, Setting<RawRandom> random)
    {
        var (path, values, linspace, logspace) = (reader.Get(Path), reader.Get(Values), reader.Get(Linspace), reader.Get(Logspace));
        ConfigurationNode[] places = [.. new[] { values.Node, linspace.Node, logspace.Node, random.Node }.OfType<ConfigurationNode>()];
        if (places.Length != 1)
        {
            return reader.Fail<RawAxis>(places.Length == 0 ? null : places[1], places.Length == 0 ? "the axis has no values" : "the axis has two series of values",
                $"write {OneOf}");
        }

        RawSeries? series = values.Value is { } list ? new RawValues(list) : linspace.Value ?? logspace.Value ?? (RawSeries?)random.Value;
        return reader.IsValid && series is not null ? new(reader.Node, path, name, series, places[0]) : null;
    }
}

/// <summary>Any value, kept as it is written.</summary>
internal sealed class AnyValueForm : Form<ConfigurationNode>
{
    public override string Accepts => "values of the key at the path";

    public override Setting<ConfigurationNode> Read(ConfigurationNode node, ReadContext context) => Good(node, node);

    public override JsonObject Schema(SchemaDefinitions definitions) => [];
}

/// <summary>A number, or a quantity of any dimension.</summary>
/// <param name="Number">The number as it is written.</param>
/// <param name="Unit">The unit as it is written; empty for a plain number.</param>
/// <param name="Value">In SI.</param>
/// <param name="Dimension">Dimension; null for a plain number, which is of any.</param>
internal sealed record AnyQuantity(double Number, string Unit, double Value, Dimension? Dimension)
{
    /// <summary>Reports two numbers that are no ends of a series.</summary>
    public static bool AreEnds(AnyQuantity first, AnyQuantity last, bool isLogarithmic, bool mustAscend, ConfigurationNode place, ReadContext context)
    {
        (string Message, string Remedy) problem = (first, last) switch
        {
            ({ Dimension: { } one }, { Dimension: { } other }) when one != other => ("the ends are of different dimensions", "write both in the same unit"),
            _ when isLogarithmic && !(first.Value > 0 && last.Value > 0) => ("equal ratios need ends above 0", "write positive ends, or equal intervals"),
            _ when mustAscend && !(last.Value > first.Value) => ("the largest value is not above the least", "write the smaller one first"),
            _ when last.Value == first.Value => ("the last value is the first", "write another last value"),
            _ => ("", ""),
        };
        if (problem.Message.Length > 0)
            context.Report(place, problem.Message, problem.Remedy);
        return problem.Message.Length == 0;
    }
}

internal sealed class AnyQuantityForm : Form<AnyQuantity>
{
    public override string Accepts => "number, or a quantity with its unit";

    public override Setting<AnyQuantity> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind == NodeKind.Number)
            return double.IsNaN(node.Number) ? Setting<AnyQuantity>.Wrong(node) : Good(new(node.Number, "", node.Number, null), node);
        if (node.Kind != NodeKind.String || Quantity.TryParse(node.Text) is not { } quantity)
            return Wrong(node, context, $"{node.Description} stands where a number or a quantity is expected", "write 5 or \"5 mM\"");
        var (number, unit) = Quantity.Split(node.Text);
        return Good(new(double.Parse(number, System.Globalization.CultureInfo.InvariantCulture), unit, quantity.Value, quantity.Dimension), node);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = new JsonArray("number", "string") };
}

/// <summary>The series of an axis as [first, last, count].</summary>
internal sealed class SpacedAxisForm(bool isLogarithmic) : Form<RawSpaced>
{
    private static readonly AnyQuantityForm End = new();

    private static readonly IntegerForm Count = new(2, Spacing.MostPoints);

    public override string Accepts => "[first, last, count]";

    public override Setting<RawSpaced> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind != NodeKind.Array || node.Items.Count != 3)
        {
            var found = node.Kind == NodeKind.Array ? $"a list of {node.Items.Count}" : node.Description;
            return Wrong(node, context, $"{found} stands where {Accepts} is expected", "write [\"-120 mV\", \"60 mV\", 37]");
        }

        var (first, last, count) = (End.Read(node.Items[0], context), End.Read(node.Items[1], context), Count.Read(node.Items[2], context));
        return first.IsValid && last.IsValid && count.IsValid
            && AnyQuantity.AreEnds(first.Value!, last.Value!, isLogarithmic, mustAscend: false, node.Items[1], context)
            ? Good(new(first.Value!, last.Value!, (int)count.Value, isLogarithmic), node)
            : Setting<RawSpaced>.Wrong(node);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "array",
        ["items"] = new JsonArray(definitions.Describe(End), definitions.Describe(End), definitions.Describe(Count)),
        ["minItems"] = 3,
        ["maxItems"] = 3,
    };
}
