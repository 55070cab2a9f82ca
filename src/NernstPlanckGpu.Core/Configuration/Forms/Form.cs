using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Json;

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

    /// <summary>JSON schema, draft-07.</summary>
    public abstract JsonObject Schema(SchemaDefinitions definitions);
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
    public JsonObject Describe(Form form)
    {
        if (form.DefinitionName is not { } name)
            return form.Schema(this);
        if (begun.Add(name))
            definitions[name] = form.Schema(this);
        return new() { ["$ref"] = "#/definitions/" + name };
    }

    public JsonObject ToJson() => new(definitions.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
}
