using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>Names that head data in output files.</summary>
internal static class PlainName
{
    private const int LongestName = 64;

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static (string Message, string Remedy)? Check(string name) => name switch
    {
        _ when string.IsNullOrWhiteSpace(name) => ("the name is empty", "write a name, such as \"K\""),
        _ when name.Length > LongestName => ($"the name is longer than {LongestName} characters", "write a shorter name"),
        _ when name.Contains('/', StringComparison.Ordinal) => ($"the name \"{name}\" holds a \"/\", which output files do not allow",
            "write a name without \"/\""),
        _ when name.Any(char.IsControl) || name.Any(char.IsSurrogate) || name != name.Trim() || name is "." =>
            ("the name holds a control character, a blank at an end, or nothing but a dot", "write a plain name, such as \"K\""),
        _ => null,
    };
}

/// <summary>The name of a declared species.</summary>
internal sealed class SpeciesNameForm : Form<string>
{
    private static readonly TextForm Text = new();

    public override string Accepts => "name of a species";

    public override Setting<string> Read(ConfigurationNode node, ReadContext context)
    {
        var name = Text.Read(node, context);
        return name.IsValid && context.SpeciesNames?.Contains(name.Value!) == false
            ? Wrong(node, context, $"the species \"{name.Value}\" is not declared", Suggestion.SpeciesRemedy(name.Value!, [.. context.SpeciesNames]))
            : name;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => Text.Schema(definitions);
}
