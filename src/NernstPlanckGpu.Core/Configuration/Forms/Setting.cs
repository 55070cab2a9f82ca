using System.Diagnostics.CodeAnalysis;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>A value of the configuration: read, defaulted (then without a node), or wrong and already reported.</summary>
internal readonly record struct Setting<T>(T? Value, ConfigurationNode? Node, bool IsValid)
{
    /// <summary>Stands in the configuration, whether right or wrong.</summary>
    [MemberNotNullWhen(true, nameof(Node))]
    public bool IsPresent => Node is not null;

    public static Setting<T> Wrong(ConfigurationNode? node) => new(default, node, false);
}

/// <summary>Values per species, and a default for the species that are not named.</summary>
internal sealed record SpeciesMap<T>(IReadOnlyDictionary<string, Setting<T>> Named, Setting<T>? Default)
{
    /// <summary>The setting of a species; null when neither it nor a default is given.</summary>
    public Setting<T>? For(string species) => Named.TryGetValue(species, out var setting) ? setting : Default;
}

/// <summary>What a reading of one configuration shares: its errors and the names declared so far.</summary>
/// <param name="errors">Receives the errors.</param>
/// <param name="patch">The overrides that made the tree that is read; null for the file's own tree.</param>
internal sealed class ReadContext(List<ConfigurationError> errors, ConfigurationNode? patch = null)
{
    private readonly List<(ConfigurationError Error, ConfigurationNode Node)> reports = [];

    /// <summary>The overrides that made the tree that is read; null for the file's own tree.</summary>
    public ConfigurationNode? Patch => patch;

    /// <summary>Names of the species, once they are read.</summary>
    public IReadOnlyList<string>? SpeciesNames { get; set; }

    public List<ConfigurationError> Errors => errors;

    public List<string> Remarks { get; } = [];

    /// <summary>
    /// Keeps what is built, while readings are kept with the nodes that they are of: for trees that share nodes, and have the same
    /// species, since a reading depends on their names. Null: nothing is kept.
    /// </summary>
    public BuildMemory? Memory { get; init; }

    /// <summary>Builds a part of the problem, or recalls it: see <see cref="BuildMemory.Recall"/>.</summary>
    public T? Build<TSource, T, TWith>(Setting<TSource> source, TWith with, Func<T?> build)
        where TSource : class
        where T : class
        where TWith : IEquatable<TWith> => Memory is null || source.Value is null ? build() : Memory.Recall(this, source, with, build);

    /// <summary>Reads a node, or recalls its reading. A reading that brought an error or a remark is not kept: it must bring it again.</summary>
    public Setting<T> Read<T>(Form<T> form, ConfigurationNode node)
    {
        if (Memory is null)
            return form.Read(node, this);
        var (isPatched, knowsSpecies) = (patch is not null, SpeciesNames is not null);
        if (node.Reading is Reading<T> kept && kept.Form == form && kept.IsPatched == isPatched && kept.KnowsSpecies == knowsSpecies)
            return kept.Setting;
        var before = errors.Count + Remarks.Count;
        var setting = form.Read(node, this);
        if (setting.IsValid && errors.Count + Remarks.Count == before)
            node.Reading ??= new Reading<T>(form, isPatched, knowsSpecies, setting);
        return setting;
    }

    /// <summary>Reports an error at a value.</summary>
    public void Report(ConfigurationNode node, string message, string remedy) => Add(At(node, message, remedy), node);

    /// <summary>Reports an error at the name of a member.</summary>
    public void ReportKey(NodeMember member, string message, string remedy)
    {
        var file = member.Line > 0 ? member.Value.File : Overrides.File;
        Add(new(file, member.Line, member.Column, member.Value.Pointer, message, remedy), member.Value);
    }

    /// <summary>
    /// Takes over the errors of a patched tree. What the file's own tree has too is not said twice; what only the patch brings
    /// about, but shows elsewhere, is said at the patch.
    /// </summary>
    public void Adopt(ReadContext patched)
    {
        var known = errors.Select(Identity).ToHashSet();
        foreach (var (error, node) in patched.reports)
        {
            if (known.Contains(Identity(error)) || Beneath(node).Any(one => known.Contains(Identity(At(one, error.Message, "")))))
                continue;
            var place = patched.Patch!;
            Add(patched.IsInPatch(error.Pointer) ? error : At(place, $"with these overrides, at {error.Pointer}: {error.Message}", error.Remedy), node);
        }
    }

    /// <summary>True for a place within the overrides.</summary>
    public bool IsInPatch(string pointer) => patch is not null
        && (pointer == patch.Pointer || pointer.StartsWith(patch.Pointer + "/", StringComparison.Ordinal));

    private void Add(ConfigurationError error, ConfigurationNode node)
    {
        errors.Add(error);
        reports.Add((error, node));
    }

    private static ConfigurationError At(ConfigurationNode node, string message, string remedy) =>
        new(node.File, node.Line, node.Column, node.Pointer, message, remedy);

    private static (string, int, int, string, string) Identity(ConfigurationError error) =>
        (error.File, error.Line, error.Column, error.Pointer, error.Message);

    private static IEnumerable<ConfigurationNode> Beneath(ConfigurationNode node)
    {
        for (var one = node.Beneath; one is not null; one = one.Beneath)
            yield return one;
    }
}

/// <summary>A reading that a node keeps.</summary>
internal sealed record Reading<T>(Form<T> Form, bool IsPatched, bool KnowsSpecies, Setting<T> Setting);
