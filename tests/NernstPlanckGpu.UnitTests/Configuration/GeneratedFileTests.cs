using System.Text.Json;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration;
using NJsonSchema;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>
/// The schema and the reference in docs/ are generated; here they must be what the code generates now.
/// With NPGPU_UPDATE_GENERATED=1 the tests write them instead.
/// </summary>
public class GeneratedFileTests
{
    private const string Begin = "<!-- generated: reference -->\n";
    private const string End = "<!-- end of generated -->";
    private static readonly string SchemaPath = Path.Combine(Repository.Root, "configs", "config.schema.json");
    private static readonly string DocumentationPath = Path.Combine(Repository.Root, "docs", "configuration.md");
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static bool Update => Environment.GetEnvironmentVariable("NPGPU_UPDATE_GENERATED") == "1";

    public static TheoryData<string> ConfigNames => [.. Repository.Configs.Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Fact]
    public void Schema_in_configs_is_what_the_code_generates()
    {
        if (Update)
            File.WriteAllText(SchemaPath, ConfigurationSchema.Generate());
        Assert.Equal(ConfigurationSchema.Generate(), File.ReadAllText(SchemaPath));
    }

    [Fact]
    public void Reference_in_docs_is_what_the_code_generates()
    {
        var text = File.ReadAllText(DocumentationPath);
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        var expected = $"\n{ConfigurationReference.Generate()}\n";
        if (Update)
            File.WriteAllText(DocumentationPath, text = text[..start] + expected + text[end..]);
        Assert.Equal(expected, text[start..text.IndexOf(End, StringComparison.Ordinal)]);
    }

    [Fact]
    public void Every_key_of_the_schema_is_documented_with_description_and_example()
    {
        var documentation = File.ReadAllText(DocumentationPath);
        var keys = new List<string>();
        Collect(JsonNode.Parse(ConfigurationSchema.Generate())!, keys);
        Assert.True(keys.Distinct().Count() > 60, "the schema lost keys");
        Assert.All(keys, key => Assert.Contains($"`{key}`", documentation, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Examples_and_defaults_of_the_schema_follow_it()
    {
        var checkedExamples = 0;
        foreach (var property in Properties(await JsonSchema.FromJsonAsync(ConfigurationSchema.Generate()), []))
        {
            var values = property.ExtensionData?.TryGetValue("examples", out var found) == true ? ((IEnumerable<object>)found!).ToList() : [];
            checkedExamples += values.Count;
            if (property.Default is { } value)
                values.Add(value);
            Assert.All(values, example => Assert.Empty(property.Validate(Newtonsoft.Json.JsonConvert.SerializeObject(example))));
        }

        Assert.True(checkedExamples > 60, "the examples were not found");
    }

    [Fact]
    public void Example_in_docs_reads_and_the_errors_quoted_there_are_real()
    {
        var lines = File.ReadAllLines(DocumentationPath);
        var example = string.Join('\n', lines.SkipWhile(line => line != "    {").TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)));
        Sample.Read(example);
        var quoted = Sample.Errors(example, "/time/end=10 uss").Select(error => error.ToString()).ToList();
        Assert.Equal(lines.Where(line => line.StartsWith("    --set: ", StringComparison.Ordinal)).Select(line => line.Trim()), quoted);
    }

    [Theory]
    [MemberData(nameof(ConfigNames))]
    public async Task Config_follows_the_schema_and_names_it(string name)
    {
        var path = Path.Combine(Repository.Root, name);
        var node = JsonNode.Parse(File.ReadAllText(path), null, Lenient)!;
        var schema = await JsonSchema.FromJsonAsync(ConfigurationSchema.Generate());
        Assert.Empty(schema.Validate(node.ToJsonString()));
        Assert.False(string.IsNullOrWhiteSpace((string?)node["title"]));
        var named = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, (string)node["$schema"]!));
        Assert.Equal(SchemaPath, named);
    }

    [Theory]
    [InlineData("""{ "lenght": 1 }""")]
    [InlineData("""{ "temperature": true }""")]
    [InlineData("""{ "regions": [ { "name": "a", "length": -1, "permittivity": 80 } ] }""")]
    [InlineData("""{ "time": { "end": "fast" } }""")]
    public async Task Schema_refuses_what_the_reader_refuses(string text)
    {
        var node = JsonNode.Parse(Repository.Text("configs", "debye-layer.json"), null, Lenient)!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(text)!.AsObject())
            node[key] = value?.DeepClone();
        var schema = await JsonSchema.FromJsonAsync(ConfigurationSchema.Generate());
        Assert.NotEmpty(schema.Validate(node.ToJsonString()));
        Assert.NotEmpty(ConfigurationReader.Parse(node.ToJsonString(), "x.json", []).Errors);
    }

    private static void Collect(JsonNode node, List<string> keys)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array.OfType<JsonNode>())
                Collect(item, keys);
        }

        if (node is not JsonObject schema)
            return;
        foreach (var (name, value) in schema)
        {
            if (name is "examples" or "default" or "enum")
                continue;
            if (name == "properties")
                CollectProperties(value!.AsObject(), isForm: schema.ContainsKey("required") && value.AsObject().Count == 1, keys);
            if (value is not null)
                Collect(value, keys);
        }
    }

    private static void CollectProperties(JsonObject properties, bool isForm, List<string> keys)
    {
        foreach (var (key, property) in properties)
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)property!["description"]), $"{key} has no description");
            if (isForm || key == "default")
                continue; // the tag of a choice stands in the choice's table, within its example
            Assert.NotNull(property["examples"]);
            keys.Add(key);
        }
    }

    /// <summary>Every property of the schema, wherever it is.</summary>
    private static List<JsonSchemaProperty> Properties(JsonSchema schema, HashSet<JsonSchema> seen)
    {
        if (!seen.Add(schema))
            return [];
        IEnumerable<JsonSchema?> inner = [.. schema.Properties.Values, .. schema.Definitions.Values, .. schema.AnyOf, .. schema.AllOf, schema.Item, schema.AdditionalPropertiesSchema, schema.Reference];
        return [.. schema.Properties.Values, .. inner.OfType<JsonSchema>().SelectMany(one => Properties(one, seen))];
    }
}
