using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>A list. Wrong items stay in it as wrong settings, so that the others keep their places.</summary>
internal sealed class ListForm<T>(Form<T> item, int minimumCount = 0) : Form<IReadOnlyList<Setting<T>>>
{
    public override string Accepts => $"list of {item.Accepts}";

    public override IEnumerable<Form> Parts => [item];

    public override Setting<IReadOnlyList<Setting<T>>> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind != NodeKind.Array)
            return Wrong(node, context, $"{node.Description} stands where a list is expected", "write a list in brackets: [ ... ]");
        if (node.Items.Count < minimumCount)
        {
            return Wrong(node, context, node.Items.Count == 0 ? "the list is empty" : $"the list has only {node.Items.Count} entries",
                $"write at least {minimumCount.ToString(CultureInfo.InvariantCulture)}");
        }

        return Good([.. node.Items.Select(child => context.Read(item, child))], node);
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = definitions.Describe(item) };
        if (minimumCount > 0)
            schema["minItems"] = minimumCount;
        return schema;
    }
}

/// <summary>Values per species: {"K": ...}; where allowed with "default", or one value for all.</summary>
internal sealed class SpeciesMapForm<T>(Form<T> item, bool allowDefault, Func<ConfigurationNode, bool>? isUniform = null)
    : Form<SpeciesMap<T>>
{
    public const string DefaultKey = "default";

    /// <summary>Example of a value for one species, as JSON.</summary>
    public required string Example { get; init; }

    public override string Accepts => isUniform is null ? $"per species: {item.Accepts}" : $"for all or per species: {item.Accepts}";

    public override IEnumerable<Form> Parts => [item];

    public override Setting<SpeciesMap<T>> Read(ConfigurationNode node, ReadContext context)
    {
        if (isUniform?.Invoke(node) == true && !NamesSpecies(node, context))
        {
            var uniform = item.Read(node, context);
            return new(new(new Dictionary<string, Setting<T>>(), uniform), node, uniform.IsValid);
        }

        if (node.Kind != NodeKind.Object)
            return Wrong(node, context,
                $"{node.Description} stands where values per species are expected", "write an object: { \"K\": ..., \"Na\": ... }");
        var named = new Dictionary<string, Setting<T>>(StringComparer.Ordinal);
        Setting<T>? fallback = null;
        foreach (var member in node.Members)
        {
            if (allowDefault && member.Name == DefaultKey)
                fallback = context.Read(item, member.Value);
            else if (context.SpeciesNames?.Contains(member.Name) == false)
                ReportUnknown(member, context);
            else
                named[member.Name] = context.Read(item, member.Value);
        }

        return Good(new(named, fallback), node);
    }

    public override bool MergesKeys => true;

    /// <summary>Species by species. One value for all is a form of its own: it replaces, and is replaced by, values per species.</summary>
    public override ConfigurationNode Merge(ConfigurationNode? target, ConfigurationNode patch, ReadContext context)
    {
        if (!IsMap(patch, context))
            return patch;
        return patch.Over(target is not null && IsMap(target, context) ? target : null, (name, old, value) =>
            value.Kind != NodeKind.Null ? item.Merge(old, value, context)
            : name == DefaultKey || context.SpeciesNames?.Contains(name) != false ? null
            : value);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => Schema(definitions, () => definitions.Describe(item));

    public override JsonObject PatchSchema(SchemaDefinitions definitions) =>
        Schema(definitions, () => SchemaDefinitions.OrNull(definitions.DescribePatch(item)));

    private JsonObject Schema(SchemaDefinitions definitions, Func<JsonObject> describe)
    {
        var map = new JsonObject
        {
            ["description"] = "A value for each species, by its name." + UnitWords,
            ["type"] = "object",
            ["additionalProperties"] = SchemaDefinitions.Explain(describe(), "Value for this species." + UnitWords, Example),
        };
        if (allowDefault)
        {
            map["properties"] = new JsonObject
            {
                [DefaultKey] = SchemaDefinitions.Explain(describe(), "For every species that is not named." + UnitWords, Example),
            };
        }

        return isUniform is null ? map
            : new() { ["anyOf"] = new JsonArray(SchemaDefinitions.Explain(definitions.Describe(item), "One value for all species." + UnitWords, Example), map) };
    }

    private bool IsMap(ConfigurationNode node, ReadContext context) =>
        node.Kind == NodeKind.Object && (isUniform?.Invoke(node) != true || NamesSpecies(node, context));

    private bool NamesSpecies(ConfigurationNode node, ReadContext context) => node.Kind == NodeKind.Object
        && node.Members.Any(member => (allowDefault && member.Name == DefaultKey) || context.SpeciesNames?.Contains(member.Name) == true);

    private void ReportUnknown(NodeMember member, ReadContext context)
    {
        List<string> known = [.. context.SpeciesNames ?? []];
        if (allowDefault)
            known.Add(DefaultKey);
        context.ReportKey(member, $"the species \"{member.Name}\" is not declared", Suggestion.SpeciesRemedy(member.Name, known));
    }
}

/// <summary>A patch over a value of another form: kept as it is written, and read once it is merged.</summary>
internal sealed class PatchForm(Form form) : Form<ConfigurationNode>
{
    public override string Accepts => form.MergesKeys ? $"overrides: {form.Accepts}" : form.Accepts;

    public override IEnumerable<Form> Parts => [form];

    public override Setting<ConfigurationNode> Read(ConfigurationNode node, ReadContext context) => Good(node, node);

    public override JsonObject Schema(SchemaDefinitions definitions) => definitions.DescribePatch(form);
}
