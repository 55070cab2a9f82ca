using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;

namespace NernstPlanckGpu.Core.Configuration;

/// <summary>The JSON schema of a configuration, generated from the tables that the reader uses.</summary>
public static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Draft-07 text with a description, unit, default and example for every key.</summary>
    public static string Generate()
    {
        var definitions = new SchemaDefinitions();
        var document = RootKeys.Form.Schema(definitions);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "NernstPlanckGpu configuration",
            ["description"] = "A one-dimensional Poisson–Nernst–Planck problem and how to run it. "
                + "Quantities are numbers in SI or text with a unit, such as \"4 nm\". See docs/configuration.md.",
        };
        foreach (var (name, value) in document.ToList())
        {
            document.Remove(name);
            schema[name] = value;
        }

        schema["definitions"] = definitions.ToJson();
        return schema.ToJsonString(Options) + "\n";
    }
}
