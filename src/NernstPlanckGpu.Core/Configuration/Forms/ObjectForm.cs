using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>A key of an object: the one place that says its name, form, default, meaning and example.</summary>
internal abstract class Key
{
    public required string Name { get; init; }

    public required string Meaning { get; init; }

    /// <summary>Example, as JSON.</summary>
    public required string Example { get; init; }

    /// <summary>Default in words or as JSON; null when the key is required.</summary>
    public string? Default { get; init; }

    public bool IsRequired => Default is null;

    /// <summary>Known, but refused with this remedy and left out of the schema.</summary>
    public string? RefusedRemedy { get; init; }

    /// <summary>Why it is refused, after the name of the key.</summary>
    public string RefusedBecause { get; init; } = "is not in this version";

    public abstract Form Form { get; }
}

/// <summary>A key whose value is a <typeparamref name="T"/>.</summary>
internal sealed class Key<T>(Form<T> form, T? defaultValue = default) : Key
{
    public override Form Form => form;

    public Setting<T> Missing => new(defaultValue, null, true);

    public Setting<T> Read(ConfigurationNode node, ReadContext context) => context.Read(form, node);
}

/// <summary>An object with a fixed set of keys, turned into a <typeparamref name="T"/>.</summary>
internal sealed class ObjectForm<T>(string title, string what, IReadOnlyList<Key> keys, Func<ObjectReader, T?> build) : Form<T>, IKeyTable
    where T : class
{
    public string Title => title;

    public IReadOnlyList<Key> Keys => keys;

    public override string Accepts => what;

    public override IEnumerable<Form> Parts => keys.Select(key => key.Form);

    public override QuantityKind? Measured => null;

    public override Setting<T> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind != NodeKind.Object)
        {
            var needed = keys.Where(key => key.IsRequired).DefaultIfEmpty(keys[0]);
            var example = string.Join(", ", needed.Select(key => $"\"{key.Name}\": {key.Example}"));
            return Wrong(node, context, $"{node.Description} stands where {what} is expected", $"write an object: {{ {example} }}");
        }

        foreach (var member in node.Members)
        {
            var key = Find(member.Name);
            if (key is null)
            {
                context.ReportKey(member, $"the key \"{member.Name}\" is not known in {what}",
                    Suggestion.Remedy(member.Name, [.. keys.Where(one => one.RefusedRemedy is null).Select(one => one.Name)]));
            }
            else if (key.RefusedRemedy is { } remedy)
                context.Report(member.Value, $"\"{member.Name}\" {key.RefusedBecause}", remedy);
        }

        var value = build(new(node, context));
        return new(value, node, value is not null);
    }

    private Key? Find(string name)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Name == name)
                return keys[i];
        }

        return null;
    }

    public override bool MergesKeys => true;

    public override ConfigurationNode Merge(ConfigurationNode? target, ConfigurationNode patch, ReadContext context) =>
        patch.Over(target, (name, old, value) => Find(name) switch
        {
            null => value,
            _ when value.Kind == NodeKind.Null => null,
            var key => key.Form.Merge(old, value, context),
        });

    public override JsonObject PatchSchema(SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        foreach (var key in keys.Where(key => key.RefusedRemedy is null))
        {
            var form = definitions.DescribePatch(key.Form);
            properties[key.Name] = Describe(key, key.IsRequired ? form : SchemaDefinitions.OrNull(form), withDefault: false);
        }

        return new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        foreach (var key in keys.Where(key => key.RefusedRemedy is null))
            properties[key.Name] = Describe(key, definitions.Describe(key.Form), withDefault: true);
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = keys.Where(key => key.IsRequired).Select(key => JsonValue.Create(key.Name)).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray([.. required]);
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Describe(Key key, JsonObject form, bool withDefault)
    {
        var defaultJson = withDefault ? DefaultAsJson(key) : null;
        var words = withDefault && key.Default is { } inWords && defaultJson is null ? $" Default: {inWords}." : "";
        var schema = SchemaDefinitions.Explain(form, key.Meaning + key.Form.UnitWords + words, key.Example);
        if (defaultJson is not null)
            schema["default"] = JsonNode.Parse(defaultJson);
        return schema;
    }

    private static string? DefaultAsJson(Key key)
    {
        if (key.Default is not { } text)
            return null;
        var isJson = text.StartsWith('"') || text.StartsWith('[') || text.StartsWith('{') || text is "true" or "false"
            || double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);
        return isJson ? text : null;
    }
}

/// <summary>Key table, for the documentation.</summary>
internal interface IKeyTable
{
    string Title { get; }

    IReadOnlyList<Key> Keys { get; }
}

/// <summary>Reads the members of an object by their keys.</summary>
internal sealed class ObjectReader(ConfigurationNode node, ReadContext context)
{
    public ConfigurationNode Node => node;

    public ReadContext Context => context;

    /// <summary>False once a key that was read is wrong or missing.</summary>
    public bool IsValid { get; private set; } = true;

    /// <summary>The key's value, its default, or a reported error.</summary>
    public Setting<T> Get<T>(Key<T> key)
    {
        Setting<T> setting;
        if (node.Find(key.Name) is { } child)
            setting = key.Read(child, context);
        else if (key.IsRequired)
        {
            context.Report(node, $"the key \"{key.Name}\" is missing", $"write \"{key.Name}\": {key.Example}");
            setting = Setting<T>.Wrong(null);
        }
        else
            setting = key.Missing;
        IsValid &= setting.IsValid;
        return setting;
    }

    /// <summary>Reports what is wrong with the object as a whole, or with one of its values; always null.</summary>
    public T? Fail<T>(ConfigurationNode? place, string message, string remedy)
        where T : class
    {
        context.Report(place ?? node, message, remedy);
        return null;
    }
}
