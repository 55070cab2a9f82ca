using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Implicit;

namespace NernstPlanckGpu.Kernels.Implicit;

/// <summary>What waveforms prescribe at a time, from the pieces that hold in a span between corners.</summary>
internal static unsafe class WaveformPieces
{
    /// <summary>Writes values, or rates per second, into both ends.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="pieces">First piece of the span.</param>
    /// <param name="time">s.</param>
    /// <param name="rates">Rates.</param>
    public static void Prescribe(ImplicitView a, double* pieces, double time, bool rates)
    {
        int species = a.Species;
        long next = ImplicitLayout.Piece * a.Stride;
        EndView left = EndView.Left(a), right = EndView.Right(a);
        for (int s = 0; s < species; s++)
        {
            left.Prescribe(s, At(pieces + s * next, a.Stride, time, rates));
            right.Prescribe(s, At(pieces + (species + 1 + s) * next, a.Stride, time, rates));
        }
        left.Electric = At(pieces + species * next, a.Stride, time, rates);
        right.Electric = At(pieces + (2 * species + 1) * next, a.Stride, time, rates);
    }

    private static double At(double* piece, long stride, double time, bool rates)
    {
        double value = piece[stride], slope = piece[2 * stride], amplitude = piece[3 * stride];
        // Most drives are constant; a sine costs as much as a cell.
        if (slope == 0 && amplitude == 0) return rates ? 0 : value;
        var drive = new Drive<DeviceLane>(new(value), new(slope), new(amplitude), new(piece[4 * stride]), new(piece[5 * stride]));
        DeviceLane since = new(time - piece[0]);
        return rates ? drive.RateAt(since).Value : drive.At(since).Value;
    }
}
