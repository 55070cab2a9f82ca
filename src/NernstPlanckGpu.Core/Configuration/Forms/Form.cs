using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>How a value may be written. One object serves the reader, the schema and the documentation.</summary>
internal abstract class Form
{
    /// <summary>Name among the schema's definitions; null: written out where it is used.</summary>
    public string? DefinitionName { get; init; }

    /// <summary>In a few words, for tables ("length, m").</summary>
    public abstract string Accepts { get; }

    /// <summary>Forms within this one.</summary>
    public virtual IEnumerable<Form> Parts => [];

    /// <summary>What is measured where a plain value of this form stands, also within a list or for one species; null where it has no unit.</summary>
    public virtual QuantityKind? Measured => Parts.ToList() is [var only] ? only.Measured : null;

    /// <summary>Dimension and unit in words, after a description; empty where there is none.</summary>
    public string UnitWords => Measured is { } kind
        ? $" {char.ToUpperInvariant(kind.WithArticle[0])}{kind.WithArticle[1..]}: a number in {kind.Unit}, or text with its unit." : "";

    /// <summary>JSON schema, draft-07.</summary>
    public abstract JsonObject Schema(SchemaDefinitions definitions);

    /// <summary>
    /// True for objects whose keys all hold together: a patch changes them key by key. A choice between forms ("electric", a
    /// waveform, ...) is none, although it is written as an object: two of its keys would be two forms.
    /// </summary>
    public virtual bool MergesKeys => false;

    /// <summary>The value after a patch (RFC 7386): key by key where <see cref="MergesKeys"/>, else replaced whole.</summary>
    public virtual ConfigurationNode Merge(ConfigurationNode? target, ConfigurationNode patch, ReadContext context) => patch;

    /// <summary>JSON schema of a patch, where <see cref="MergesKeys"/>.</summary>
    public virtual JsonObject PatchSchema(SchemaDefinitions definitions) => Schema(definitions);
}

/// <summary>How a value of type <typeparamref name="T"/> may be written.</summary>
internal abstract class Form<T> : Form
{
    /// <summary>Reads a node; a wrong one is reported here and nowhere else.</summary>
    public abstract Setting<T> Read(ConfigurationNode node, ReadContext context);

    protected static Setting<T> Good(T value, ConfigurationNode node) => new(value, node, true);

    protected static Setting<T> Wrong(ConfigurationNode node, ReadContext context, string message, string remedy)
    {
        context.Report(node, message, remedy);
        return Setting<T>.Wrong(node);
    }
}

/// <summary>Collects the schema's shared definitions.</summary>
internal sealed class SchemaDefinitions
{
    private readonly SortedDictionary<string, JsonObject> definitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> begun = new(StringComparer.Ordinal);

    /// <summary>Schema of a form: a reference when it has a name.</summary>
    public JsonObject Describe(Form form) => Define(form.DefinitionName, () => form.Schema(this));

    /// <summary>Schema of a patch over a form.</summary>
    public JsonObject DescribePatch(Form form) => form.MergesKeys
        ? Define(form.DefinitionName is { } name ? name + "Override" : null, () => form.PatchSchema(this))
        : Describe(form);

    /// <summary>A schema with what an editor shows; draft-07 reads nothing beside a reference, which is therefore wrapped.</summary>
    /// <param name="schema">Schema of a form.</param>
    /// <param name="description">What it means.</param>
    /// <param name="examples">Examples, as JSON.</param>
    public static JsonObject Explain(JsonObject schema, string description, params IEnumerable<string> examples)
    {
        var explained = new JsonObject { ["description"] = description };
        if (schema.ContainsKey("$ref") || schema.ContainsKey("description"))
            explained["allOf"] = new JsonArray(schema);
        else
        {
            foreach (var (name, value) in schema.ToList())
            {
                schema.Remove(name);
                explained[name] = value;
            }
        }

        JsonNode?[] values = [.. examples.Select(example => JsonNode.Parse(example))];
        if (values.Length > 0)
            explained["examples"] = new JsonArray(values);
        return explained;
    }

    /// <summary>A schema that also lets a patch take the value away.</summary>
    public static JsonObject OrNull(JsonObject schema) =>
        new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };

    private JsonObject Define(string? definition, Func<JsonObject> describe)
    {
        if (definition is not { } name)
            return describe();
        if (begun.Add(name))
            definitions[name] = describe();
        return new() { ["$ref"] = "#/definitions/" + name };
    }

    public JsonObject ToJson() => new(definitions.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
}
