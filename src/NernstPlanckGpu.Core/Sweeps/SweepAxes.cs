namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>How the axes of a sweep make points.</summary>
public enum SweepCombination
{
    /// <summary>Every value with every other; the last axis runs fastest.</summary>
    Grid,

    /// <summary>The first values together, the second ones together, …</summary>
    Zip,
}

/// <summary>One value of an axis.</summary>
/// <param name="Json">The value as it stands in a point's configuration, JSON: <c>"-70 mV"</c>, <c>3</c>, <c>"rodas4"</c>.</param>
/// <param name="Number">The value in SI; not a number where it is none.</param>
public readonly record struct SweepValue(string Json, double Number);

/// <summary>What is varied, and over which values.</summary>
/// <param name="Path">JSON pointer into the configuration.</param>
/// <param name="Name">Name of the coordinate in files and tables; unique among the axes.</param>
/// <param name="Unit">UDUNITS unit of <see cref="SweepValue.Number"/>; "1" for none.</param>
/// <param name="Values">Values, at least one.</param>
public sealed record SweepAxis(string Path, string Name, string Unit, IReadOnlyList<SweepValue> Values)
{
    /// <summary>True when every value is a number, so that the coordinate is one of numbers and not of words.</summary>
    public bool IsNumeric { get; } = Values.All(value => !double.IsNaN(value.Number));
}

/// <summary>The axes of a sweep and the points that they make. The index of a point is its place in the order of the axes.</summary>
public sealed class SweepAxes
{
    /// <summary>Puts the axes together.</summary>
    /// <param name="axes">Axes, at least one; of equal lengths for zip.</param>
    /// <param name="combination">How they make points.</param>
    /// <exception cref="ArgumentException">No axis, unequal lengths, or more than <see cref="int.MaxValue"/> points.</exception>
    public SweepAxes(IReadOnlyList<SweepAxis> axes, SweepCombination combination)
    {
        ArgumentNullException.ThrowIfNull(axes);
        (Axes, Combination) = (axes, combination);
        if (axes.Count == 0) throw new ArgumentException("a sweep has at least one axis", nameof(axes));
        if (combination == SweepCombination.Zip && axes.Any(axis => axis.Values.Count != axes[0].Values.Count))
            throw new ArgumentException("axes that are zipped have the same length", nameof(axes));
        double count = combination == SweepCombination.Zip ? axes[0].Values.Count : axes.Aggregate(1.0, (product, axis) => product * axis.Values.Count);
        if (count > int.MaxValue) throw new ArgumentException($"{count} points are more than {int.MaxValue}", nameof(axes));
        Count = (int)count;
    }

    /// <summary>Axes.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; }

    /// <summary>How they make points.</summary>
    public SweepCombination Combination { get; }

    /// <summary>Number of points.</summary>
    public int Count { get; }

    /// <summary>Which value of an axis a point has.</summary>
    /// <param name="point">Index of the point, 0 … Count − 1.</param>
    /// <param name="axis">Index of the axis.</param>
    public int Choice(int point, int axis)
    {
        if (Combination == SweepCombination.Zip) return point;
        for (int later = Axes.Count - 1; later > axis; later--) point /= Axes[later].Values.Count;
        return point % Axes[axis].Values.Count;
    }

    /// <summary>The value that a point has on an axis.</summary>
    /// <param name="point">Index of the point.</param>
    /// <param name="axis">Index of the axis.</param>
    public SweepValue Value(int point, int axis) => Axes[axis].Values[Choice(point, axis)];

    /// <summary>A point in words: <c>point 7 (outside_K = "5 mM", left_potential = "-70 mV")</c>.</summary>
    /// <param name="point">Index of the point.</param>
    public string Describe(int point) =>
        $"point {point} ({string.Join(", ", Axes.Select((axis, i) => $"{axis.Name} = {Value(point, i).Json}"))})";
}
