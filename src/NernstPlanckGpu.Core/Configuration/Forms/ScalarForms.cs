using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>A quantity: a plain number in SI, or a string with its unit.</summary>
internal sealed class QuantityForm(QuantityKind kind, Range range) : Form<double>
{
    public QuantityKind Kind => kind;

    public override QuantityKind? Measured => kind;

    public Range Range => range;

    public override string Accepts => $"{kind.Name}, {kind.Unit}{(range.Words.Length > 0 ? ", " + range.Words : "")}";

    public override Setting<double> Read(ConfigurationNode node, ReadContext context)
    {
        double value;
        if (node.Kind == NodeKind.Number)
            value = node.Number;
        else if (node.Kind != NodeKind.String)
            return Wrong(node, context, $"{node.Description} stands where {kind.WithArticle} is expected", $"write {kind.Advice}");
        else if (!Quantity.TryParse(node.Text, kind, out value, out var problem, out var remedy))
            return Wrong(node, context, problem, remedy);
        if (double.IsNaN(value))
            return Setting<double>.Wrong(node);
        return range.Contains(value)
            ? Good(value, node)
            : Wrong(node, context, $"{node.Description} is out of range for this {kind.Name}",
                $"write a value {range.Words} {kind.Unit}, such as \"{kind.Examples[0]}\"");
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = new JsonArray("number", "string") };
        range.Describe(schema);
        schema["pattern"] = @"^\s*[-+\u2212]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*(1\s*/|[^\d\s]).*$";
        return schema;
    }
}

/// <summary>A plain number.</summary>
internal sealed class NumberForm(Range range) : Form<double>
{
    public override string Accepts => range.Words.Length > 0 ? "number, " + range.Words : "number";

    public override Setting<double> Read(ConfigurationNode node, ReadContext context)
    {
        var example = range.Contains(1) ? "1" : range.Contains(1e-4) ? "1e-4" : "2";
        if (node.Kind != NodeKind.Number)
            return Wrong(node, context, $"{node.Description} stands where a number is expected",
                $"write a plain number, such as {example}");
        if (double.IsNaN(node.Number))
            return Setting<double>.Wrong(node);
        return range.Contains(node.Number)
            ? Good(node.Number, node)
            : Wrong(node, context, $"{node.Description} is out of range", $"write a number {range.Words}");
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "number" };
        range.Describe(schema);
        return schema;
    }
}

/// <summary>A whole number.</summary>
internal sealed class IntegerForm(long minimum, long maximum) : Form<long>
{
    public override string Accepts => string.Create(CultureInfo.InvariantCulture, $"whole number from {minimum} to {maximum}");

    public override Setting<long> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind == NodeKind.Number && double.IsNaN(node.Number))
            return Setting<long>.Wrong(node);
        var isWhole = node.Kind == NodeKind.Number && Math.Floor(node.Number) == node.Number;
        return isWhole && node.Number >= minimum && node.Number <= maximum
            ? Good((long)node.Number, node)
            : Wrong(node, context, $"{node.Description} stands where a {Accepts} is expected", $"write a {Accepts}");
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };
}

/// <summary>Any text, if <paramref name="check"/> finds nothing wrong with it.</summary>
internal sealed class TextForm(Func<string, (string Message, string Remedy)?>? check = null) : Form<string>
{
    public override string Accepts => "text";

    public override Setting<string> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind != NodeKind.String)
            return Wrong(node, context, $"{node.Description} stands where text is expected", "write text in quotes");
        return check?.Invoke(node.Text) is { } problem
            ? Wrong(node, context, problem.Message, problem.Remedy)
            : Good(node.Text, node);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string" };
}

/// <summary>true or false.</summary>
internal sealed class BooleanForm : Form<bool>
{
    public override string Accepts => "true or false";

    public override Setting<bool> Read(ConfigurationNode node, ReadContext context) => node.Kind == NodeKind.Boolean
        ? Good(node.IsTrue, node)
        : Wrong(node, context, $"{node.Description} stands where true or false is expected", "write true or false, without quotes");

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };
}

/// <summary>One of a few words.</summary>
internal sealed class WordForm<T>(IReadOnlyList<(string Word, T Value)> words) : Form<T>
{
    private string List => string.Join(", ", words.Select(word => $"\"{word.Word}\""));

    public override string Accepts => List;

    public override Setting<T> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind != NodeKind.String)
            return Wrong(node, context, $"{node.Description} stands where a word is expected", $"write one of {List}");
        foreach (var (word, value) in words)
        {
            if (word == node.Text)
                return Good(value, node);
        }

        return Wrong(node, context, $"{node.Description} is not known here", Suggestion.Remedy(node.Text, [.. words.Select(word => word.Word)]));
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word.Word))]) };
}
