using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Model;

/// <summary>
/// A quantity prescribed in time, in SI: piecewise smooth, continuous from the right at its corners.
/// Integrators never step across a corner, so within a step a waveform is one <see cref="WaveformPiece"/>.
/// </summary>
public abstract record Waveform
{
    /// <summary>The smooth piece that holds on [<paramref name="time"/>, <see cref="NextCorner"/>).</summary>
    /// <param name="time">Time, s.</param>
    public abstract WaveformPiece PieceFrom(double time);

    /// <summary>The first corner (jump or kink) strictly after <paramref name="time"/>, s; +infinity when there is none.</summary>
    /// <param name="time">Time, s.</param>
    public abstract double NextCorner(double time);

    /// <summary>Value at <paramref name="time"/>; at a jump, the value after it.</summary>
    /// <param name="time">Time, s.</param>
    public double At(double time) => PieceFrom(time).At(time);
}

/// <summary>One smooth piece of a waveform: v(t) = Value + Slope (t − Origin) + Amplitude sin(AngularFrequency (t − Origin) + Phase).</summary>
/// <param name="Origin">Time that the piece counts from, s.</param>
/// <param name="Value">Offset, SI unit of the quantity.</param>
/// <param name="Slope">Rate, SI unit per second.</param>
/// <param name="Amplitude">Amplitude of the sine, SI unit of the quantity; 0 for none.</param>
/// <param name="AngularFrequency">2 pi f, rad/s.</param>
/// <param name="Phase">Phase, rad.</param>
public readonly record struct WaveformPiece(
    double Origin, double Value, double Slope = 0, double Amplitude = 0, double AngularFrequency = 0, double Phase = 0)
{
    /// <summary>The piece as the formula that engines evaluate, times a factor.</summary>
    /// <param name="scale">Factor that makes the engine's unit of the SI unit.</param>
    public Drive<ScalarLane> ToDrive(double scale = 1) =>
        new(new(Value * scale), new(Slope * scale), new(Amplitude * scale), new(AngularFrequency), new(Phase));

    /// <summary>Value at <paramref name="time"/>, s.</summary>
    public double At(double time) => ToDrive().At(new(time - Origin)).Value;

    /// <summary>Time derivative at <paramref name="time"/>, SI unit per second.</summary>
    public double RateAt(double time) => ToDrive().RateAt(new(time - Origin)).Value;
}

/// <summary>A constant.</summary>
/// <param name="Value">SI value.</param>
public sealed record ConstantWaveform(double Value) : Waveform
{
    /// <inheritdoc/>
    public override WaveformPiece PieceFrom(double time) => new(0, Value);

    /// <inheritdoc/>
    public override double NextCorner(double time) => double.PositiveInfinity;
}

/// <summary>A waveform plus a constant.</summary>
/// <param name="Waveform">Waveform.</param>
/// <param name="Shift">Constant, SI.</param>
public sealed record ShiftedWaveform(Waveform Waveform, double Shift) : Waveform
{
    /// <inheritdoc/>
    public override WaveformPiece PieceFrom(double time)
    {
        WaveformPiece piece = Waveform.PieceFrom(time);
        return piece with { Value = piece.Value + Shift };
    }

    /// <inheritdoc/>
    public override double NextCorner(double time) => Waveform.NextCorner(time);
}
