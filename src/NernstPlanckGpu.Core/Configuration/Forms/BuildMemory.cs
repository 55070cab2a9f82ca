using System.Runtime.CompilerServices;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>
/// Parts of problems that were built already, for configurations that share most of what was read. A part is kept with what it is
/// built from, once; safe for threads.
/// </summary>
internal sealed class BuildMemory
{
    private readonly ConditionalWeakTable<object, object> parts = [];

    /// <summary>The part, built now or before.</summary>
    /// <param name="context">What the building reports to. A part with errors is not kept; remarks come again with it.</param>
    /// <param name="source">What the part is built from, by reference.</param>
    /// <param name="with">What else it depends on, and only that.</param>
    /// <param name="build">Builds it.</param>
    public T? Recall<T, TWith>(ReadContext context, object source, TWith with, Func<T?> build)
        where T : class
        where TWith : IEquatable<TWith>
    {
        if (parts.TryGetValue(source, out var found))
        {
            if (found is not Part<T, TWith> part || !part.With.Equals(with))
                return build();
            context.Remarks.AddRange(part.Remarks);
            return part.Value;
        }

        var (errors, remarks) = (context.Errors.Count, context.Remarks.Count);
        var value = build();
        if (value is not null && context.Errors.Count == errors)
            parts.TryAdd(source, new Part<T, TWith>(value, with, [.. context.Remarks.Skip(remarks)]));
        return value;
    }

    private sealed record Part<T, TWith>(T Value, TWith With, IReadOnlyList<string> Remarks);
}

/// <summary>Something by reference.</summary>
internal readonly struct Reference(object? target) : IEquatable<Reference>
{
    private readonly object? target = target;

    public bool Equals(Reference other) => ReferenceEquals(target, other.target);

    public override bool Equals(object? obj) => obj is Reference other && Equals(other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(target);
}
