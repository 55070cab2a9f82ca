using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>JSON for the standard output: one indented object; a number that JSON cannot say is null.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    /// <summary>An outcome or status as programs read it: notConverged.</summary>
    public static string Name(Enum outcome)
    {
        string name = outcome.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static void Print(JsonObject value) => Console.Out.WriteLine(Text(value));

    public static string Text(JsonObject value) => value.ToJsonString(Options);
}
