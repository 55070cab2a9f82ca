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
internal sealed class ReadContext(List<ConfigurationError> errors)
{
    /// <summary>Names of the species, once they are read.</summary>
    public IReadOnlyList<string>? SpeciesNames { get; set; }

    public List<ConfigurationError> Errors => errors;

    public List<string> Remarks { get; } = [];

    /// <summary>Reports an error at a value.</summary>
    public void Report(ConfigurationNode node, string message, string remedy) =>
        errors.Add(new(node.File, node.Line, node.Column, node.Pointer, message, remedy));

    /// <summary>Reports an error at the name of a member.</summary>
    public void ReportKey(NodeMember member, string message, string remedy)
    {
        var file = member.Line > 0 ? member.Value.File : Overrides.File;
        errors.Add(new(file, member.Line, member.Column, member.Value.Pointer, message, remedy));
    }
}
