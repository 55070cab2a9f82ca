using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Concentration behind an end of the stack: of the bath or reservoir, or where there is none, initially at the end.</summary>
internal static class EndConcentration
{
    private const int MostCorners = 1000;

    /// <summary>Concentration at a time, mol/m³; null when it comes from a file or another problem.</summary>
    /// <param name="end">The end.</param>
    /// <param name="species">Index of the species.</param>
    /// <param name="profile">Initial state.</param>
    /// <param name="x">Position of the end, m; 0 is the left one.</param>
    /// <param name="time">Start of a waveform's piece, and a time within it, s.</param>
    public static double? At(Boundary end, int species, InitialDistribution profile, double x, (double Origin, double At) time) =>
        end.Ions[species] switch
        {
            BathBoundary bath => bath.Concentration.PieceFrom(time.Origin).At(time.At),
            ReservoirBoundary reservoir => reservoir.Concentration,
            _ when profile.IsKnown => profile.At(species, x == 0 ? 0 : profile.Regions.Count - 1, x),
            _ => null,
        };

    /// <summary>The same at time 0.</summary>
    public static double? AtStart(Boundary end, int species, InitialDistribution profile, double x) => At(end, species, profile, x, (0, 0));

    /// <summary>Start, three inner points and end of every piece between corners of any bath: (start of the piece, time in it). Only 0 where no bath changes.</summary>
    /// <param name="boundary">The end.</param>
    /// <param name="end">End of the run, s.</param>
    public static IEnumerable<(double Origin, double At)> Times(Boundary boundary, double end)
    {
        var baths = boundary.Ions.OfType<BathBoundary>().Select(bath => bath.Concentration).ToList();
        if (baths.TrueForAll(bath => bath is ConstantWaveform))
            return [(0, 0)];
        return PiecesOf(baths, end);
    }

    private static IEnumerable<(double Origin, double At)> PiecesOf(List<Waveform> baths, double end)
    {
        var origin = 0.0;
        for (var corner = 0; corner < MostCorners && origin <= end; corner++)
        {
            yield return (origin, origin);
            var next = baths.Min(bath => bath.NextCorner(origin));
            var until = Math.Min(next, end);
            for (var part = 1; part <= 4 && double.IsFinite(until); part++)
                yield return (origin, origin + (until - origin) * (part / 4.0));
            if (!double.IsFinite(next))
                yield break;
            origin = next;
        }
    }
}
