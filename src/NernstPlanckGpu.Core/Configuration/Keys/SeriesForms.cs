using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>Which ways a series of values may run.</summary>
internal enum SeriesOrder
{
    Ascending,
    AscendingOrDescending,
}

/// <summary>A series written value by value, in strict order.</summary>
internal sealed class ListedForm(QuantityForm item, int minimumCount, SeriesOrder order) : Form<IReadOnlyList<double>>
{
    private readonly ListForm<double> list = new(item, minimumCount);

    public override string Accepts => list.Accepts;

    public override IEnumerable<Form> Parts => [item];

    public override Setting<IReadOnlyList<double>> Read(ConfigurationNode node, ReadContext context)
    {
        var items = list.Read(node, context);
        return Quantities.Numbers(items) is { } numbers && IsOrdered(items, numbers, context)
            ? Good(numbers, node)
            : Setting<IReadOnlyList<double>>.Wrong(node);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => list.Schema(definitions);

    private bool IsOrdered(Setting<IReadOnlyList<Setting<double>>> items, double[] numbers, ReadContext context)
    {
        if (order == SeriesOrder.Ascending)
            return Quantities.Ascend(items, numbers, context);
        var descends = numbers.Length > 1 && numbers[1] < numbers[0];
        for (var i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] != numbers[i - 1] && numbers[i] < numbers[i - 1] == descends)
                continue;
            ConfigurationNode place = items.Value![i].Node!;
            context.Report(place, numbers[i] == numbers[i - 1]
                    ? $"{place.Description} repeats the value before it"
                    : $"{place.Description} breaks the {(descends ? "descending" : "ascending")} order",
                "write the list in strictly ascending or strictly descending order");
            return false;
        }

        return true;
    }
}

/// <summary>A series as [first, last, count]: equal intervals, or equal ratios when logarithmic. Both ends belong to it.</summary>
internal sealed class SpacedForm(QuantityForm item, bool isLogarithmic) : Form<IReadOnlyList<double>>
{
    private const int MostPoints = 100_000;

    private static readonly IntegerForm Count = new(2, MostPoints);

    public override string Accepts => "[first, last, count]";

    public override IEnumerable<Form> Parts => [item];

    public override Setting<IReadOnlyList<double>> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind != NodeKind.Array || node.Items.Count != 3)
        {
            var found = node.Kind == NodeKind.Array ? $"a list of {node.Items.Count}" : node.Description;
            return Wrong(node, context, $"{found} stands where {Accepts} is expected",
                $"write [\"{item.Kind.Examples[0]}\", \"{item.Kind.Examples[1]}\", 10]");
        }

        var (first, last) = (item.Read(node.Items[0], context), item.Read(node.Items[1], context));
        var count = Count.Read(node.Items[2], context);
        if (!first.IsValid || !last.IsValid || !count.IsValid)
            return Setting<IReadOnlyList<double>>.Wrong(node);
        if (isLogarithmic ? last.Value <= first.Value : last.Value == first.Value)
        {
            return Wrong(node.Items[1], context, isLogarithmic ? "the last value is not above the first" : "the last value is the first",
                isLogarithmic ? "write the smaller one first" : "write another last value");
        }

        var values = isLogarithmic
            ? Spacing.Logarithmic(first.Value, last.Value, (int)count.Value)
            : Spacing.Linear(first.Value, last.Value, (int)count.Value);
        return Spacing.AreApart(values, last.Value > first.Value)
            ? Good(values, node)
            : Wrong(node, context, $"double precision does not hold {count.Value} different values between these ends",
                "write a smaller count, or ends that lie further apart");
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "array",
        ["items"] = new JsonArray(definitions.Describe(item), definitions.Describe(item), definitions.Describe(Count)),
        ["minItems"] = 3,
        ["maxItems"] = 3,
    };
}
