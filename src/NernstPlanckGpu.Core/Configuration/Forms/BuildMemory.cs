using System.Runtime.CompilerServices;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>
/// Parts of problems that were built already, for configurations that share most of what was read. A part is kept with what it is
/// built from, once: with the node, and only what has no node, a default, in a table, where each entry would cost every collection of
/// garbage. Safe for threads.
/// </summary>
internal sealed class BuildMemory
{
    private readonly ConditionalWeakTable<object, object> ofDefaults = [];

    /// <summary>The part, built now or before.</summary>
    /// <param name="context">What the building reports to. A part with errors is not kept; remarks come again with it.</param>
    /// <param name="source">What the part is built from; its value counts by reference.</param>
    /// <param name="with">What else it depends on, and only that.</param>
    /// <param name="build">Builds it.</param>
    public T? Recall<TSource, T, TWith>(ReadContext context, Setting<TSource> source, TWith with, Func<T?> build)
        where TSource : class
        where T : class
        where TWith : IEquatable<TWith>
    {
        if (Find(source) is { } found)
        {
            if (found is not Part<TSource, T, TWith> part || !ReferenceEquals(part.Source, source.Value) || !part.With.Equals(with))
                return build();
            context.Remarks.AddRange(part.Remarks);
            return part.Value;
        }

        var (errors, remarks) = (context.Errors.Count, context.Remarks.Count);
        var value = build();
        if (value is not null && context.Errors.Count == errors)
            Keep(source, new Part<TSource, T, TWith>(source.Value!, value, with, [.. context.Remarks.Skip(remarks)]));
        return value;
    }

    private object? Find<TSource>(Setting<TSource> source)
        where TSource : class => source.Node is { } node ? node.Part : ofDefaults.TryGetValue(source.Value!, out var found) ? found : null;

    private void Keep<TSource>(Setting<TSource> source, object part)
        where TSource : class
    {
        if (source.Node is { } node)
            node.Part ??= part;
        else
            ofDefaults.TryAdd(source.Value!, part);
    }

    private sealed record Part<TSource, T, TWith>(TSource Source, T Value, TWith With, IReadOnlyList<string> Remarks);
}

/// <summary>Something by reference.</summary>
internal readonly struct Reference(object? target) : IEquatable<Reference>
{
    private readonly object? target = target;

    public bool Equals(Reference other) => ReferenceEquals(target, other.target);

    public override bool Equals(object? obj) => obj is Reference other && Equals(other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(target);
}
