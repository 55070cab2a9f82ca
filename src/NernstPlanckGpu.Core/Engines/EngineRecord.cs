namespace NernstPlanckGpu.Core.Engines;

/// <summary>One array of a record.</summary>
/// <param name="Name">Name, a path with slashes such as <c>state/concentration</c>.</param>
/// <param name="Unit">UDUNITS unit; "1" for none.</param>
/// <param name="Values">Values; an integer up to 2^53 is a double too.</param>
public sealed record RecordEntry(string Name, string Unit, double[] Values);

/// <summary>
/// Everything that something remembers, as named arrays with units, to go on from later with the same bits. Numbers that are not finite are
/// kept as they are.
/// </summary>
public sealed class EngineRecord
{
    private readonly Dictionary<string, RecordEntry> entries = [];

    /// <summary>Entries, in the order in which they were added.</summary>
    public IReadOnlyCollection<RecordEntry> Entries => entries.Values;

    /// <summary>Adds an array.</summary>
    /// <param name="name">Name; unique.</param>
    /// <param name="unit">UDUNITS unit.</param>
    /// <param name="values">Values; copied.</param>
    public void Add(string name, string unit, params ReadOnlySpan<double> values) => entries.Add(name, new(name, unit, values.ToArray()));

    /// <summary>Adds a text, as its UTF-16 code units and a 0 at the end.</summary>
    /// <param name="name">Name; unique.</param>
    /// <param name="text">Text.</param>
    public void AddText(string name, string text) => Add(name, "1", [.. text.Select(unit => (double)unit), 0]);

    /// <summary>An array, checked.</summary>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit that it must have.</param>
    /// <param name="length">Length that it must have.</param>
    /// <exception cref="EngineRecordException">There is none of that name, unit and length.</exception>
    public double[] Get(string name, string unit, int length)
    {
        double[] values = Find(name, unit);
        return values.Length == length ? values : throw new EngineRecordException($"{name} has {values.Length} values, not {length}");
    }

    /// <summary>A single number, checked.</summary>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit that it must have.</param>
    public double Get(string name, string unit) => Get(name, unit, 1)[0];

    /// <summary>A text, checked.</summary>
    /// <param name="name">Name.</param>
    /// <exception cref="EngineRecordException">There is none of that name.</exception>
    public string GetText(string name)
    {
        double[] units = Find(name, "1");
        bool isText = units.Length > 0 && units[^1] == 0 && units.All(unit => unit is >= 0 and <= char.MaxValue);
        return isText ? string.Concat(units[..^1].Select(unit => (char)unit)) : throw new EngineRecordException($"{name} is not a text");
    }

    private double[] Find(string name, string unit)
    {
        if (!entries.TryGetValue(name, out RecordEntry? entry)) throw new EngineRecordException($"{name} is missing");
        return entry.Unit == unit ? entry.Values : throw new EngineRecordException($"{name} is in {entry.Unit}, not in {unit}");
    }
}

/// <summary>A record does not fit what it is to be restored into.</summary>
public sealed class EngineRecordException : Exception
{
    /// <summary>Without a reason.</summary>
    public EngineRecordException()
    {
    }

    /// <summary>With a reason, a sentence without its full stop.</summary>
    /// <param name="message">Reason.</param>
    public EngineRecordException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    /// <param name="message">Reason.</param>
    /// <param name="innerException">Cause.</param>
    public EngineRecordException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
