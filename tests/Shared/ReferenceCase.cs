using System.Text.Json;
using System.Text.Json.Nodes;

namespace NernstPlanckGpu.Tests;

/// <summary>A reference case of tests/reference, copied beside the test assembly.</summary>
internal sealed class ReferenceCase
{
    private readonly JsonNode root;

    private ReferenceCase(JsonNode root) => this.root = root;

    /// <summary>The file that starts with "NN" (as acceptance numbers do) or is called NAME.json.</summary>
    public static ReferenceCase Load(string number)
    {
        string file = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "reference"), number + "*.json").Single();
        return new ReferenceCase(JsonNode.Parse(File.ReadAllText(file), null, new JsonDocumentOptions())!);
    }

    /// <summary>The part at a path of keys and indices, such as "reference", "cases", "0".</summary>
    public ReferenceCase this[params string[] path]
    {
        get
        {
            JsonNode? node = root;
            foreach (string key in path) node = node is JsonArray array ? array[int.Parse(key)] : node?[key];
            return new ReferenceCase(node ?? throw new KeyNotFoundException(string.Join('/', path)));
        }
    }

    public double Number => root.GetValue<double>();

    public bool IsTrue => root.GetValue<bool>();

    public double[] Numbers => [.. root.AsArray().Select(node => node!.GetValue<double>())];

    public int Count => root.AsArray().Count;

    public double At(params string[] path) => this[path].Number;
}
