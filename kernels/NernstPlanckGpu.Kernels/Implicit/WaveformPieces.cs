using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Implicit;

namespace NernstPlanckGpu.Kernels.Implicit;

/// <summary>What waveforms prescribe at a time, from the pieces that hold in a span between corners.</summary>
internal static unsafe class WaveformPieces
{
    /// <summary>Writes values, or rates per second, into both ends; each has its species, then its potential.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="pieces">First piece of the span.</param>
    /// <param name="time">s.</param>
    /// <param name="rates">Rates.</param>
    public static void Prescribe(ImplicitView a, double* pieces, double time, bool rates)
    {
        int drives = a.Species + 1;
        int next = ImplicitLayout.Piece * a.Stride;
        EndView left = EndView.Left(a), right = EndView.Right(a);
        for (int d = 0; d < 2 * drives; d++)
        {
            double value = At(pieces + d * next, a.Stride, time, rates);
            if (d < drives) left.Prescribe(d, value);
            else right.Prescribe(d - drives, value);
        }
    }

    private static double At(double* piece, int stride, double time, bool rates)
    {
        var drive = new Drive<DeviceLane>(
            new(piece[stride]), new(piece[2 * stride]), new(piece[3 * stride]), new(piece[4 * stride]), new(piece[5 * stride]));
        if (rates) drive = drive.Derivative;
        // Most drives are constant; a sine costs as much as a cell.
        if (drive.Slope.Value == 0 && drive.Amplitude.Value == 0) return drive.Value.Value;
        return drive.At(new(time - piece[0])).Value;
    }
}
