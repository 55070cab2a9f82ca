namespace NernstPlanckGpu.Core.Model;

/// <summary>
/// A waveform given by its corners: piece k holds on [corner k, corner k+1), piece −1 before the first.
/// Corners and pieces are found by comparing with the very numbers that <see cref="CornerTime"/> returns, never by
/// dividing alone, so the piece that starts at <see cref="NextCorner"/> is always the next one, after a million periods too.
/// </summary>
public abstract record CorneredWaveform : Waveform
{
    /// <summary>Beyond this index corners are closer than the rounding of their times.</summary>
    private const long Countable = 1L << 52;

    /// <summary>Number of corners; <see cref="long.MaxValue"/> when they never end.</summary>
    private protected abstract long CornerCount { get; }

    /// <summary>Time of corner <paramref name="index"/>, s; does not decrease with the index.</summary>
    private protected abstract double CornerTime(long index);

    /// <summary>Index of a corner near <paramref name="time"/>, give or take a few.</summary>
    private protected abstract double GuessIndex(double time);

    /// <summary>Piece from corner <paramref name="index"/> to the next; −1: before the first.</summary>
    private protected abstract WaveformPiece Piece(long index);

    /// <inheritdoc/>
    public sealed override WaveformPiece PieceFrom(double time)
    {
        var index = IndexAt(time);
        return index < Countable - 1 ? Piece(index) : Piece(index) with { Slope = 0 };
    }

    /// <inheritdoc/>
    public sealed override double NextCorner(double time)
    {
        var next = IndexAt(time) + 1;
        if (next >= CornerCount)
            return double.PositiveInfinity;
        return Math.Max(CornerTime(next), Math.BitIncrement(time));
    }

    /// <summary>Index of the last corner at or before <paramref name="time"/>; −1 when there is none.</summary>
    private long IndexAt(double time)
    {
        var last = Math.Min(CornerCount, Countable) - 1;
        var index = (long)Math.Clamp(Math.Floor(GuessIndex(time)), -1, last);
        while (index >= 0 && CornerTime(index) > time)
            index--;
        while (index < last && CornerTime(index + 1) <= time)
            index++;
        return index;
    }
}
