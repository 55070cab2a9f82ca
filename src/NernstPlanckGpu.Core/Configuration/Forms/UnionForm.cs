using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>One of the ways to write a value in a <see cref="UnionForm{T}"/>.</summary>
internal sealed record Alternative<T>
{
    /// <summary>A word ("bath"), or the key of an object with one key ("step"); null for a plain scalar.</summary>
    public string? Name { get; private init; }

    public bool IsWord { get; private init; }

    public bool IsList { get; private init; }

    public required string Meaning { get; init; }

    /// <summary>Example, as JSON.</summary>
    public required string Example { get; init; }

    /// <summary>Form of the scalar or of the key's value; null for a word.</summary>
    public Form? Part { get; private init; }

    /// <summary>Key that may stand beside the tag; null for none.</summary>
    public Key? Beside { get; private init; }

    /// <summary>Reads the tag's value (or the word, scalar or list) within the whole node.</summary>
    public required Func<ConfigurationNode, ConfigurationNode, ReadContext, Setting<T>> Read { get; init; }

    /// <summary>Example of the key beside the tag, within the object.</summary>
    public string BesideExample => $"{Example[..^1]}, \"{Beside!.Name}\": {Beside.Example}}}";

    public static Alternative<T> Word(string word, T value, string meaning) => new()
    {
        Name = word,
        IsWord = true,
        Meaning = meaning,
        Example = $"\"{word}\"",
        Read = (node, _, _) => new(value, node, true),
    };

    public static Alternative<T> Scalar<S>(Form<S> form, Func<S, T> convert, string meaning, string example) => new()
    {
        Meaning = meaning,
        Example = example,
        Part = form,
        Read = Convert(form, convert),
    };

    public static Alternative<T> List(Form<T> form, string meaning, string example) => List(form, list => list, meaning, example);

    public static Alternative<T> List<S>(Form<S> form, Func<S, T> convert, string meaning, string example) => new()
    {
        IsList = true,
        Meaning = meaning,
        Example = example,
        Part = form,
        Read = Convert(form, convert),
    };

    public static Alternative<T> Tagged<S>(string tag, Form<S> form, Func<S, T> convert, string meaning, string example) => new()
    {
        Name = tag,
        Meaning = meaning,
        Example = $"{{\"{tag}\": {example}}}",
        Part = form,
        Read = Convert(form, convert),
    };

    /// <summary>This alternative with a key that may stand beside its tag and changes its value.</summary>
    public Alternative<T> With<S>(Key<S> beside, Func<T, S, T> change)
    {
        var readAlone = Read;
        return this with
        {
            Beside = beside,
            Read = (node, whole, context) =>
            {
                var value = readAlone(node, whole, context);
                if (whole.Find(beside.Name) is not { } place)
                    return value;
                return beside.Read(place, context) is { IsValid: true, Value: { } other } && value.IsValid
                    ? value with { Value = change(value.Value!, other) }
                    : Setting<T>.Wrong(node);
            },
        };
    }

    // A node keeps one reading: that of the tag's value here, but that of the whole choice where the form is of the node itself.
    private static Func<ConfigurationNode, ConfigurationNode, ReadContext, Setting<T>> Convert<S>(Form<S> form, Func<S, T> convert) =>
        (node, whole, context) =>
        (ReferenceEquals(node, whole) ? form.Read(node, context) : context.Read(form, node)) is { IsValid: true, Value: { } value } ? new(convert(value), node, true) : Setting<T>.Wrong(node);
}

/// <summary>A value with several forms: a scalar, words, or an object with exactly one key that says which form it is.</summary>
internal sealed class UnionForm<T>(string title, string what, IReadOnlyList<Alternative<T>> alternatives) : Form<T>, IAlternatives
{
    public string Title => title;

    public override string Accepts => DefinitionName is null ? what : $"[{what}](#{DefinitionName.ToLowerInvariant()})";

    public override IEnumerable<Form> Parts =>
        alternatives.SelectMany(alternative => new[] { alternative.Part, alternative.Beside?.Form }).OfType<Form>();

    public override QuantityKind? Measured => alternatives.FirstOrDefault(one => one is { Name: null, Part: not null })?.Part!.Measured;

    public IEnumerable<(string Meaning, string Example)> Rows
    {
        get
        {
            foreach (var alternative in alternatives)
            {
                yield return (alternative.Meaning, alternative.Example);
                if (alternative.Beside is { } beside)
                    yield return ($"With `{beside.Name}`: {beside.Meaning}", alternative.BesideExample);
            }
        }
    }

    private string Shapes => string.Join(" or ", alternatives.Select(one => one.Example));

    public override Setting<T> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind == NodeKind.Object)
            return ReadTagged(node, context);
        if (node.Kind == NodeKind.String && alternatives.FirstOrDefault(one => one.IsWord && one.Name == node.Text) is { } word)
            return word.Read(node, node, context);
        if (node.Kind is NodeKind.Number or NodeKind.String
            && alternatives.FirstOrDefault(one => one is { Name: null, IsList: false }) is { } scalar)
            return scalar.Read(node, node, context);
        if (node.Kind == NodeKind.Array && alternatives.FirstOrDefault(one => one.IsList) is { } list)
            return list.Read(node, node, context);
        var known = alternatives.Where(one => one.IsWord).Select(one => one.Name!);
        var remedy = node.Kind == NodeKind.String && Suggestion.Closest(node.Text, known) is { } closest
            ? $"did you mean \"{closest}\"?"
            : $"write {Shapes}";
        return Wrong(node, context, $"{node.Description} is not {what}", remedy);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["anyOf"] = new JsonArray([.. alternatives.Select(one => Describe(one, definitions))]) };

    private Setting<T> ReadTagged(ConfigurationNode node, ReadContext context)
    {
        var tags = alternatives.Where(one => one.Name is not null && !one.IsWord).ToList();
        if (tags.Count == 0 || node.Members.Count == 0)
            return Wrong(node, context, $"{node.Description} without a known key is not {what}", $"write {Shapes}");
        var result = Setting<T>.Wrong(node);
        var (known, beside) = (0, 0);
        foreach (var member in node.Members)
        {
            if (tags.FirstOrDefault(one => one.Name == member.Name) is { } tag)
            {
                if (++known > 1)
                    context.ReportKey(member, $"\"{member.Name}\" is a second form beside another of {what}", "keep one of them");
                result = tag.Read(member.Value, node, context);
            }
            else if (tags.FirstOrDefault(one => one.Beside?.Name == member.Name) is not { } owner)
            {
                context.ReportKey(member, $"\"{member.Name}\" does not name {what}",
                    Suggestion.Remedy(member.Name, [.. tags.Select(one => one.Name!)]));
            }
            else if (node.Find(owner.Name!) is not null)
                beside++;
            else
            {
                context.ReportKey(member, $"\"{member.Name}\" stands only beside \"{owner.Name}\"",
                    $"remove it, or write {owner.BesideExample}");
            }
        }

        return result with { Node = node, IsValid = result.IsValid && known == 1 && node.Members.Count == 1 + beside };
    }

    private static JsonObject Describe(Alternative<T> alternative, SchemaDefinitions definitions)
    {
        if (alternative.IsWord)
            return new() { ["description"] = alternative.Meaning, ["enum"] = new JsonArray(alternative.Name) };
        var part = definitions.Describe(alternative.Part!);
        var meaning = alternative.Meaning + alternative.Part!.UnitWords;
        if (alternative.Name is not { } tag)
            return SchemaDefinitions.Explain(part, meaning, alternative.Example);
        var value = JsonNode.Parse(alternative.Example)![tag]!.ToJsonString();
        var properties = new JsonObject { [tag] = SchemaDefinitions.Explain(part, meaning, value) };
        if (alternative.Beside is { } beside)
            properties[beside.Name] = SchemaDefinitions.Explain(definitions.Describe(beside.Form), beside.Meaning + beside.Form.UnitWords, beside.Example);
        return new()
        {
            ["description"] = alternative.Meaning,
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray(tag),
            ["additionalProperties"] = false,
        };
    }
}

/// <summary>Alternatives, for the documentation.</summary>
internal interface IAlternatives
{
    string Title { get; }

    string? DefinitionName { get; }

    IEnumerable<(string Meaning, string Example)> Rows { get; }
}
