using System.Text.Json;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration;
using NJsonSchema;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>
/// The schema, as an editor uses it: whatever key it offers, at whatever depth and in whichever form of a choice, it explains, with unit,
/// default and an example. And it knows right from wrong.
/// </summary>
public class SchemaTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonObject Document = JsonNode.Parse(ConfigurationSchema.Generate())!.AsObject();

    public static TheoryData<string> TemplateNames => [.. Templates().Select(path => Path.GetFileNameWithoutExtension(path))];

    [Fact]
    public void Every_key_has_a_description_and_an_example_or_words()
    {
        var keys = Keys(Document, "").ToList();
        Assert.True(keys.Count > 400, "the schema lost keys");
        Assert.Empty(keys.Where(key => string.IsNullOrWhiteSpace((string?)key.Schema["description"])).Select(key => key.Place));
        Assert.Empty(keys.Where(key => key.Schema["examples"] is not JsonArray { Count: > 0 } && key.Schema["enum"] is null).Select(key => key.Place));
    }

    [Fact]
    public void Every_quantity_tells_its_dimension_and_unit()
    {
        var quantities = Keys(Document, "").Where(key => Resolved(key.Schema).Any(IsQuantity)).ToList();
        Assert.True(quantities.Count > 150, "the quantities were not found");
        Assert.Empty(quantities.Where(key => !((string)key.Schema["description"]!).Contains(": a number in ", StringComparison.Ordinal)).Select(key => key.Place));
    }

    [Fact]
    public void Every_key_that_may_be_left_out_tells_its_default_or_that_there_is_a_choice()
    {
        // Of a patch (…Override) and of a choice's forms nothing has a default: what is left out stays as it is, or is another form.
        var silent = Objects(Document, "").Where(one => !one.Place.Contains("Override", StringComparison.Ordinal) && !IsForm(one.Schema))
            .SelectMany(one => one.Schema["properties"]!.AsObject().Where(key => key.Key != "default" && !Required(one.Schema).Contains(key.Key))
                .Where(key => key.Value!["default"] is null && !((string)key.Value["description"]!).Contains("Default: ", StringComparison.Ordinal))
                .Select(key => $"{one.Place}/{key.Key}"));
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_form_of_a_choice_tells_its_meaning()
    {
        var silent = Nodes(Document, "").SelectMany(node => (node.Schema["anyOf"] as JsonArray ?? []).Select((form, i) => (Place: $"{node.Place}/{i}", Form: form!.AsObject())))
            .Where(one => one.Form["description"] is null && one.Form["$ref"] is null && (string?)one.Form["type"] != "null" && one.Form["anyOf"] is null && !one.Form.ContainsKey("allOf"));
        Assert.Empty(silent.Select(one => one.Place));
    }

    [Theory]
    [MemberData(nameof(TemplateNames))]
    public async Task A_template_follows_the_schema_that_init_writes_beside_it(string name)
    {
        var text = File.ReadAllText(Templates().Single(path => Path.GetFileNameWithoutExtension(path) == name));
        var node = JsonNode.Parse(text, null, Lenient)!;
        Assert.Equal("config.schema.json", (string)node["$schema"]!);
        Assert.Empty((await JsonSchema.FromJsonAsync(ConfigurationSchema.Generate())).Validate(node.ToJsonString()));
        Assert.Empty(ConfigurationReader.Parse(text, name + ".json", []).Errors);
    }

    [Theory]
    [InlineData("/boundaries/left/electric", """{ "potental": "1 mV" }""")]
    [InlineData("/boundaries/left/electric", """{ "potential": "1 mV", "current": 0 }""")]
    [InlineData("/boundaries/left/electric", """{ "potential": { "step": { "from": "0 mV" } } }""")]
    [InlineData("/boundaries/left/ions", "\"open\"")]
    [InlineData("/species", "[]")]
    [InlineData("/species", """[ { "valence": 1 } ]""")]
    [InlineData("/regions/0/permittivity", "0")]
    [InlineData("/regions/0/length", "\"four nm\"")]
    [InlineData("/geometry", """{ "kind": "cubic" }""")]
    [InlineData("/activity", "\"davis\"")]
    [InlineData("/mechanisms", """[ { "leek": { "ion": "K", "permeability": 1 } } ]""")]
    [InlineData("/mechanisms", """[ { "channel": { "ion": "K" } } ]""")]
    [InlineData("/sweep", """{ "axes": [ { "path": 3, "values": [1] } ] }""")]
    [InlineData("/schemaVersion", "2")]
    public async Task What_is_wrong_is_refused(string place, string value)
    {
        var node = JsonNode.Parse(Repository.Text("configs", "debye-layer.json"), null, Lenient)!;
        var schema = await JsonSchema.FromJsonAsync(ConfigurationSchema.Generate());
        Assert.Empty(schema.Validate(node.ToJsonString()));
        var keys = place[1..].Split('/');
        var parent = keys[..^1].Aggregate(node, (inner, key) => inner is JsonArray list ? list[int.Parse(key)]! : inner[key]!);
        parent[keys[^1]] = JsonNode.Parse(value);
        Assert.NotEmpty(schema.Validate(node.ToJsonString()));
    }

    private static IEnumerable<string> Templates() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "NernstPlanckGpu.Cli", "Templates"), "*.json");

    /// <summary>Every subschema with its place; examples and defaults are none.</summary>
    private static IEnumerable<(string Place, JsonObject Schema)> Nodes(JsonNode? node, string place)
    {
        if (node is JsonObject schema)
        {
            yield return (place, schema);
            foreach (var (name, value) in schema.Where(pair => pair.Key is not ("examples" or "default" or "enum")))
            {
                foreach (var inner in Nodes(value, $"{place}/{name}"))
                    yield return inner;
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var inner in list.SelectMany((item, i) => Nodes(item, $"{place}/{i}")))
                yield return inner;
        }
    }

    /// <summary>Objects with keys; an object called "properties" is a table of keys, and none of them.</summary>
    private static IEnumerable<(string Place, JsonObject Schema)> Objects(JsonNode node, string place) =>
        Nodes(node, place).Where(one => one.Schema["properties"] is JsonObject && !one.Place.EndsWith("/properties", StringComparison.Ordinal));

    private static IEnumerable<(string Place, JsonObject Schema)> Keys(JsonNode node, string place) => Objects(node, place)
        .SelectMany(one => one.Schema["properties"]!.AsObject().Select(key => ($"{one.Place}/{key.Key}", key.Value!.AsObject())));

    /// <summary>One form of a choice: its tag is required, and what may stand beside it has no default.</summary>
    private static bool IsForm(JsonObject schema) => schema.ContainsKey("description") && Required(schema).Count == 1;

    private static HashSet<string> Required(JsonObject schema) => [.. (schema["required"] as JsonArray ?? []).Select(name => (string)name!)];

    private static bool IsQuantity(JsonObject schema) => schema.ContainsKey("pattern") && schema["type"] is JsonArray;

    /// <summary>A key's schema where a plain value stands: itself, what it refers to, the items of a list, the plain forms of a choice.</summary>
    private static IEnumerable<JsonObject> Resolved(JsonObject schema)
    {
        yield return schema;
        var inner = (schema["allOf"] as JsonArray ?? []).Concat(schema["anyOf"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (schema["items"] is JsonObject items)
            inner.Add(items);
        if ((string?)schema["$ref"] is { } reference)
            inner.Add(Document["definitions"]![reference.Split('/')[^1]]!.AsObject());
        foreach (var found in inner.SelectMany(Resolved))
            yield return found;
    }
}
