using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>One of the ways to write a value in a <see cref="UnionForm{T}"/>.</summary>
internal sealed record Alternative<T>
{
    /// <summary>A word ("bath"), or the key of an object with one key ("step"); null for a plain scalar.</summary>
    public string? Name { get; private init; }

    public bool IsWord { get; private init; }

    public required string Meaning { get; init; }

    /// <summary>Example, as JSON.</summary>
    public required string Example { get; init; }

    /// <summary>Form of the scalar or of the key's value; null for a word.</summary>
    public Form? Part { get; private init; }

    public required Func<ConfigurationNode, ReadContext, Setting<T>> Read { get; init; }

    public static Alternative<T> Word(string word, T value, string meaning) => new()
    {
        Name = word,
        IsWord = true,
        Meaning = meaning,
        Example = $"\"{word}\"",
        Read = (node, _) => new(value, node, true),
    };

    public static Alternative<T> Scalar<S>(Form<S> form, Func<S, T> convert, string meaning, string example) => new()
    {
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

    /// <summary>A word or key that is known but not in this version.</summary>
    public static Alternative<T> Later(string tag, string remedy) => new()
    {
        Name = tag,
        Meaning = "",
        Example = "",
        Read = (node, context) =>
        {
            context.Report(node, $"\"{tag}\" is not in this version", remedy);
            return Setting<T>.Wrong(node);
        },
    };

    public bool IsLater => Meaning.Length == 0;

    private static Func<ConfigurationNode, ReadContext, Setting<T>> Convert<S>(Form<S> form, Func<S, T> convert) => (node, context) =>
        form.Read(node, context) is { IsValid: true, Value: { } value } ? new(convert(value), node, true) : Setting<T>.Wrong(node);
}

/// <summary>A value with several forms: a scalar, words, or an object with exactly one key that says which form it is.</summary>
internal sealed class UnionForm<T>(string title, string what, IReadOnlyList<Alternative<T>> alternatives) : Form<T>, IAlternatives
{
    public string Title => title;

    public override string Accepts => DefinitionName is null ? what : $"[{what}](#{DefinitionName.ToLowerInvariant()})";

    public override IEnumerable<Form> Parts => alternatives.Select(alternative => alternative.Part).OfType<Form>();

    public IEnumerable<(string Meaning, string Example, string? Tag)> Rows =>
        alternatives.Where(alternative => !alternative.IsLater)
            .Select(alternative => (alternative.Meaning, alternative.Example, alternative.IsWord ? null : alternative.Name));

    private string Shapes => string.Join(" or ", alternatives.Where(one => !one.IsLater).Select(one => one.Example));

    public override Setting<T> Read(ConfigurationNode node, ReadContext context)
    {
        if (node.Kind == NodeKind.Object)
            return ReadTagged(node, context);
        if (node.Kind == NodeKind.String && alternatives.FirstOrDefault(one => one.IsWord && one.Name == node.Text) is { } word)
            return word.Read(node, context);
        if (node.Kind is NodeKind.Number or NodeKind.String && alternatives.FirstOrDefault(one => one.Name is null) is { } scalar)
            return scalar.Read(node, context);
        var known = alternatives.Where(one => one.IsWord).Select(one => one.Name!);
        var remedy = node.Kind == NodeKind.String && Suggestion.Closest(node.Text, known) is { } closest
            ? $"did you mean \"{closest}\"?"
            : $"write {Shapes}";
        return Wrong(node, context, $"{node.Description} is not {what}", remedy);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["anyOf"] = new JsonArray([.. alternatives.Where(one => !one.IsLater).Select(one => Describe(one, definitions))]) };

    private Setting<T> ReadTagged(ConfigurationNode node, ReadContext context)
    {
        var tags = alternatives.Where(one => one.Name is not null && !one.IsWord).ToList();
        if (tags.Count == 0 || node.Members.Count == 0)
            return Wrong(node, context, $"{node.Description} without a known key is not {what}", $"write {Shapes}");
        var result = Setting<T>.Wrong(node);
        var known = 0;
        foreach (var member in node.Members)
        {
            if (tags.FirstOrDefault(one => one.Name == member.Name) is not { } tag)
            {
                context.ReportKey(member, $"\"{member.Name}\" does not name {what}",
                    Suggestion.Remedy(member.Name, [.. tags.Where(one => !one.IsLater).Select(one => one.Name!)]));
                continue;
            }

            if (++known > 1)
                context.ReportKey(member, $"\"{member.Name}\" is a second form beside another of {what}", "keep one of them");
            result = tag.Read(member.Value, context);
        }

        return result with { Node = node, IsValid = result.IsValid && known == 1 && node.Members.Count == 1 };
    }

    private static JsonObject Describe(Alternative<T> alternative, SchemaDefinitions definitions)
    {
        if (alternative.IsWord)
            return new() { ["description"] = alternative.Meaning, ["enum"] = new JsonArray(alternative.Name) };
        var part = definitions.Describe(alternative.Part!);
        if (alternative.Name is not { } tag)
            return part;
        return new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                [tag] = new JsonObject
                {
                    ["description"] = alternative.Meaning,
                    ["allOf"] = new JsonArray(part)
                }
            },
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

    IEnumerable<(string Meaning, string Example, string? Tag)> Rows { get; }
}
