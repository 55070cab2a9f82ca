using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>A waveform during a run: its current smooth piece, scaled to the engine's unit.</summary>
internal sealed class DriveState(Waveform waveform, double scale)
{
    private Drive<ScalarLane> piece;
    private double origin;
    private bool constant;

    /// <summary>Takes the piece that holds from a time on; returns the next corner.</summary>
    public double Enter(double time)
    {
        WaveformPiece p = waveform.PieceFrom(time);
        origin = p.Origin;
        piece = p.ToDrive(scale);
        constant = p.Slope == 0 && p.Amplitude == 0;
        return waveform.NextCorner(time);
    }

    /// <summary>Numbers of a piece: origin, value, slope, amplitude, angular frequency, phase.</summary>
    public const int Length = 6;

    /// <summary>Copies the piece.</summary>
    public void CopyTo(Span<double> target)
    {
        (target[0], target[1], target[2]) = (origin, piece.Value.Value, piece.Slope.Value);
        (target[3], target[4], target[5]) = (piece.Amplitude.Value, piece.AngularFrequency.Value, piece.Phase.Value);
    }

    /// <summary>Value of the piece.</summary>
    public double At(double time) => constant ? piece.Value.Value : piece.At(new(time - origin)).Value;

    /// <summary>Rate of the piece, 1/s.</summary>
    public double RateAt(double time) => constant ? 0 : piece.RateAt(new(time - origin)).Value;

    /// <summary>Integral of the piece between two times.</summary>
    public double Integral(double from, double to) =>
        piece.IntegralTo(new(to - origin)).Value - piece.IntegralTo(new(from - origin)).Value;
}
