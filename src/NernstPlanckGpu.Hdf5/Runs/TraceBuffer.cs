using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>Trace samples on their way to the file: one column per trace, one for the axis.</summary>
/// <param name="axis">Axis: time, voltage or frequency.</param>
/// <param name="columns">One per trace.</param>
/// <param name="curves">
/// Curves that the end of the run fills in, by name. They grow with the samples, as not a number, so that all datasets of the
/// group are of the same length at any time, and after a kill.
/// </param>
internal sealed class TraceBuffer(
    GrowingDataset axis, IReadOnlyList<GrowingDataset> columns, IReadOnlyDictionary<string, GrowingDataset> curves) : IDisposable
{
    internal const int Capacity = 512;

    private static readonly double[] Unknown = [.. Enumerable.Repeat(double.NaN, Capacity)];

    private readonly double[] places = new double[Capacity];
    private readonly double[][] values = [.. columns.Select(_ => new double[Capacity])];
    private int valuesWritten;

    /// <summary>Samples not yet in the file.</summary>
    internal int Count { get; private set; }

    /// <summary>No room for another sample.</summary>
    internal bool IsFull => Count == Capacity;

    /// <summary>Keeps a sample.</summary>
    internal void Add(in TraceSample sample)
    {
        ReadOnlySpan<double> row = sample.Values.Span;
        if (row.Length != values.Length)
            throw new ArgumentException($"{row.Length} values for {values.Length} traces", nameof(sample));
        places[Count] = sample.Time;
        for (int i = 0; i < values.Length; i++)
            values[i][Count] = row[i];
        Count++;
    }

    /// <summary>Hands the values over; their places follow with <see cref="WriteAxis"/>, so that no place is without values.</summary>
    internal void WriteValues()
    {
        if (Count == 0)
            return;
        for (int i = 0; i < values.Length; i++)
            columns[i].Append(values[i].AsSpan(0, Count));
        foreach (GrowingDataset curve in curves.Values)
            curve.Append(Unknown.AsSpan(0, Count));
        valuesWritten = Count;
    }

    /// <summary>Hands the places of the written values over.</summary>
    internal void WriteAxis()
    {
        if (valuesWritten == 0)
            return;
        axis.Append(places.AsSpan(0, valuesWritten));
        valuesWritten = 0;
        Count = 0;
    }

    /// <summary>Fills the curves in, as far as there are samples.</summary>
    internal void WriteCurves(IReadOnlyList<ResultCurve> results)
    {
        foreach (ResultCurve result in results)
        {
            if (!curves.TryGetValue(RunFileSchema.SafeName(result.Name), out GrowingDataset? curve))
                throw new ArgumentException($"the layout announced no curve {result.Name}", nameof(results));
            double[] known = [.. result.Values.Take(curve.Rows)];
            if (known.Length > 0)
                curve.Overwrite(known);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GrowingDataset column in columns.Concat(curves.Values))
            column.Dispose();
        axis.Dispose();
    }
}
