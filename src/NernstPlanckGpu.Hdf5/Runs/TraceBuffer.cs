using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>Trace samples on their way to the file: one column per trace, one for the time.</summary>
internal sealed class TraceBuffer(GrowingDataset time, IReadOnlyList<GrowingDataset> columns) : IDisposable
{
    internal const int Capacity = 512;

    private readonly double[] times = new double[Capacity];
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
        times[Count] = sample.Time;
        for (int i = 0; i < values.Length; i++)
            values[i][Count] = row[i];
        Count++;
    }

    /// <summary>Hands the values over; their times follow with <see cref="WriteTimes"/>, so that no time is without values.</summary>
    internal void WriteValues()
    {
        if (Count == 0)
            return;
        for (int i = 0; i < values.Length; i++)
            columns[i].Append(values[i].AsSpan(0, Count));
        valuesWritten = Count;
    }

    /// <summary>Hands the times of the written values over.</summary>
    internal void WriteTimes()
    {
        if (valuesWritten == 0)
            return;
        time.Append(times.AsSpan(0, valuesWritten));
        valuesWritten = 0;
        Count = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GrowingDataset column in columns)
            column.Dispose();
        time.Dispose();
    }
}
