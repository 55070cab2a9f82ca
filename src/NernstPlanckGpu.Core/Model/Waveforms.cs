namespace NernstPlanckGpu.Core.Model;

/// <summary>A jump.</summary>
/// <param name="From">Value before, SI.</param>
/// <param name="To">Value from <paramref name="Time"/> on, SI.</param>
/// <param name="Time">Time of the jump, s.</param>
public sealed record StepWaveform(double From, double To, double Time) : CorneredWaveform
{
    private protected override long CornerCount => 1;

    private protected override double CornerTime(long index) => Time;

    private protected override double GuessIndex(double time) => -1;

    private protected override WaveformPiece Piece(long index) => new(Time, index < 0 ? From : To);
}

/// <summary>A rectangular pulse, or a train of them.</summary>
/// <param name="Base">Value outside the pulse, SI.</param>
/// <param name="Peak">Value within the pulse, SI.</param>
/// <param name="Start">Start of the first pulse, s.</param>
/// <param name="Duration">Length of a pulse, s; > 0.</param>
/// <param name="Period">Time from pulse to pulse, s, longer than <paramref name="Duration"/>; null for a single pulse.</param>
public sealed record PulseWaveform(double Base, double Peak, double Start, double Duration, double? Period = null) : CorneredWaveform
{
    private protected override long CornerCount => Period is null ? 2 : long.MaxValue;

    private protected override double CornerTime(long index)
    {
        var rise = Start + index / 2 * (Period ?? 0);
        if (index % 2 == 0)
            return rise;
        var fall = rise + Duration;
        return Period is { } period ? Math.Min(fall, Start + (index / 2 + 1) * period) : fall;
    }

    private protected override double GuessIndex(double time) => Period is { } period ? 2 * ((time - Start) / period) : -1;

    private protected override WaveformPiece Piece(long index) =>
        new(index < 0 ? Start : CornerTime(index), index >= 0 && index % 2 == 0 ? Peak : Base);
}

/// <summary>A straight line between two constants.</summary>
/// <param name="From">Value up to <paramref name="Start"/>, SI.</param>
/// <param name="To">Value from <paramref name="End"/> on, SI.</param>
/// <param name="Start">Start of the line, s.</param>
/// <param name="End">End of the line, s; > <paramref name="Start"/>.</param>
public sealed record RampWaveform(double From, double To, double Start, double End) : CorneredWaveform
{
    private protected override long CornerCount => 2;

    private protected override double CornerTime(long index) => index == 0 ? Start : End;

    private protected override double GuessIndex(double time) => -1;

    private protected override WaveformPiece Piece(long index) => index switch
    {
        < 0 => new(Start, From),
        0 => new(Start, From, (To - From) / (End - Start)),
        _ => new(End, To),
    };
}

/// <summary>A triangle wave, as in cyclic voltammetry: <paramref name="Low"/> until <paramref name="Start"/>, up in half a period, down in the other half, and so on.</summary>
/// <param name="Low">Lower turning value, SI; the wave starts here.</param>
/// <param name="High">Other turning value, SI.</param>
/// <param name="Period">Period, s; > 0.</param>
/// <param name="Start">Start of the first rise, s.</param>
public sealed record TriangleWaveform(double Low, double High, double Period, double Start = 0) : CorneredWaveform
{
    private protected override long CornerCount => long.MaxValue;

    private protected override double CornerTime(long index) => Start + index * (Period / 2);

    private protected override double GuessIndex(double time) => (time - Start) / (Period / 2);

    private protected override WaveformPiece Piece(long index)
    {
        if (index < 0)
            return new(Start, Low);
        var slope = (High - Low) / (Period / 2);
        return index % 2 == 0 ? new(CornerTime(index), Low, slope) : new(CornerTime(index), High, -slope);
    }
}

/// <summary>A sine around an offset, from the start: Offset + Amplitude sin(2 pi Frequency t + Phase). It has no corners.</summary>
/// <param name="Offset">Mean, SI.</param>
/// <param name="Amplitude">Amplitude, SI.</param>
/// <param name="Frequency">Frequency, Hz; > 0.</param>
/// <param name="Phase">Phase at t = 0, rad.</param>
public sealed record SineWaveform(double Offset, double Amplitude, double Frequency, double Phase = 0) : Waveform
{
    /// <inheritdoc/>
    public override WaveformPiece PieceFrom(double time) => new(0, Offset, 0, Amplitude, 2 * Math.PI * Frequency, Phase);

    /// <inheritdoc/>
    public override double NextCorner(double time) => double.PositiveInfinity;
}

/// <summary>Piecewise linear through points, constant outside.</summary>
/// <param name="Time">Times, s, strictly ascending, at least one.</param>
/// <param name="Value">Values, SI, as many.</param>
public sealed record TableWaveform(IReadOnlyList<double> Time, IReadOnlyList<double> Value) : CorneredWaveform
{
    private protected override long CornerCount => Time.Count;

    private protected override double CornerTime(long index) => Time[(int)index];

    private protected override double GuessIndex(double time)
    {
        var (low, high) = (-1, Time.Count - 1);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (Time[middle] <= time)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private protected override WaveformPiece Piece(long index)
    {
        var k = (int)index;
        if (k < 0)
            return new(Time[0], Value[0]);
        return k + 1 == Time.Count
            ? new(Time[k], Value[k])
            : new(Time[k], Value[k], (Value[k + 1] - Value[k]) / (Time[k + 1] - Time[k]));
    }
}
