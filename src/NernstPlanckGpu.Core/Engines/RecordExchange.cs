using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines;

/// <summary>A number of an array that is remembered.</summary>
/// <param name="index">Index in the record's entry.</param>
internal delegate ref double RecordPlace(int index);

/// <summary>
/// Names what is remembered, once for both directions, so that they cannot drift apart: what an owner names is written into a record, or
/// looked for there, or taken from there. Which entries there are depends on the problem alone, neither on its state nor on how it is packed.
/// </summary>
internal sealed class RecordExchange
{
    private enum Direction
    {
        Save,
        Check,
        Restore,
    }

    private readonly EngineRecord record;
    private readonly Direction direction;

    private RecordExchange(EngineRecord record, Direction direction) => (this.record, this.direction) = (record, direction);

    /// <summary>Writes all that is named.</summary>
    public static void Save(EngineRecord record, Action<RecordExchange> owner) => owner(new(record, Direction.Save));

    /// <summary>Takes all that is named; nothing of it where something does not fit.</summary>
    /// <exception cref="EngineRecordException">Something is missing, or is not what it should be.</exception>
    public static void Restore(EngineRecord record, Action<RecordExchange> owner)
    {
        owner(new(record, Direction.Check));
        owner(new(record, Direction.Restore));
    }

    /// <summary>True where what is named has been taken, and what follows from it is to be made.</summary>
    public bool IsRestoring => direction == Direction.Restore;

    /// <summary>What the record and the problem must have in common.</summary>
    public void Identify(DiscreteProblem problem, IntegratorKind integrator)
    {
        MembraneLayout? layout = MembraneLayout.Of(problem.Problem);
        Match("problem/integrator", integrator.ToString());
        Match("problem/species", problem.Species);
        Match("problem/cells", problem.Cells);
        Match("problem/mechanismStates", layout?.States ?? 0);
        Match("problem/mechanismFluxes", layout?.Items.Count ?? 0);
    }

    /// <summary>A number: its value from now on.</summary>
    /// <param name="name">Name of its entry.</param>
    /// <param name="unit">UDUNITS unit.</param>
    /// <param name="value">Its value.</param>
    public double Number(string name, string unit, double value)
    {
        double[] one = [value];
        Values(name, unit, 1, i => ref one[i]);
        return one[0];
    }

    /// <summary>A count or an index: its value from now on.</summary>
    public long Count(string name, long value) => (long)Number(name, "1", value);

    /// <summary>Something that is so or not: how it is from now on.</summary>
    public bool Flag(string name, bool value) => Number(name, "1", value ? 1 : 0) != 0;

    /// <summary>A text, or none: that from now on.</summary>
    public string? Text(string name, string? text)
    {
        if (direction == Direction.Save) record.AddText(name, text ?? "");
        else if (record.GetText(name) is var saved && IsRestoring) return saved.Length > 0 ? saved : null;
        return text;
    }

    /// <summary>Numbers; none of them: no entry.</summary>
    /// <param name="name">Name of their entry.</param>
    /// <param name="unit">UDUNITS unit.</param>
    /// <param name="count">How many.</param>
    /// <param name="place">Where each stands.</param>
    public void Values(string name, string unit, int count, RecordPlace place)
    {
        if (count == 0) return;
        if (direction == Direction.Save)
        {
            var values = new double[count];
            for (int i = 0; i < count; i++) values[i] = place(i);
            record.Add(name, unit, values);
            return;
        }
        double[] saved = record.Get(name, unit, count);
        if (!IsRestoring) return;
        for (int i = 0; i < count; i++) place(i) = saved[i];
    }

    private void Match(string name, long value)
    {
        if (direction == Direction.Save) record.Add(name, "1", value);
        else if (record.Get(name, "1") is var saved && saved != value) throw new EngineRecordException(FormattableString.Invariant($"{name} is {saved}, not {value}"));
    }

    private void Match(string name, string text)
    {
        if (direction == Direction.Save) record.AddText(name, text);
        else if (record.GetText(name) is var saved && saved != text) throw new EngineRecordException($"{name} is {saved}, not {text}");
    }
}
