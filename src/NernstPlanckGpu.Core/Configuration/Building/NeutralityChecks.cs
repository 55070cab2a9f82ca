using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Checks that a bath or reservoir is electroneutral, with the fixed charge of its region, as long as the run lasts.</summary>
internal sealed class NeutralityChecks(IReadOnlyList<Species> species, InitialDistribution profile, ReadContext context)
{
    private const double Tolerance = 1e-9;
    private const int MostCorners = 1000;

    /// <summary>Checks one end. Species that are blocked count with their initial concentration there.</summary>
    public void CheckEnd(Setting<RawBoundary> setting, Boundary? boundary, Region region, double x, double? end)
    {
        if (setting.Value is not { } raw || boundary is null || !boundary.Ions.Any(ion => ion is BathBoundary or ReservoirBoundary))
            return;
        if (!profile.IsKnown && boundary.Ions.Any(ion => ion is not (BathBoundary or ReservoirBoundary)))
            return;
        foreach (var time in Times(boundary, end ?? double.PositiveInfinity))
        {
            var (charge, size) = Charge(boundary, region, x, time);
            if (Math.Abs(charge) <= Tolerance * size)
                continue;
            var when = time.Origin > 0 || time.At > 0 ? string.Create(CultureInfo.InvariantCulture, $" at {time.At:0.###e+0} s") : "";
            context.Report(raw.Ions.Node!, string.Create(CultureInfo.InvariantCulture,
                    $"the bath beside the region \"{region.Name}\" is charged{when}: sum of z c and fixed charge = {charge:G6} mol/m^3"),
                "change a concentration (of the region, or of the bath here) so that the charges cancel");
            return;
        }
    }

    private (double Charge, double Size) Charge(Boundary boundary, Region region, double x, (double Origin, double At) time)
    {
        var (charge, size) = (region.FixedCharge, Math.Abs(region.FixedCharge));
        for (var i = 0; i < species.Count; i++)
        {
            var concentration = boundary.Ions[i] switch
            {
                BathBoundary bath => bath.Concentration.PieceFrom(time.Origin).At(time.At),
                ReservoirBoundary reservoir => reservoir.Concentration,
                _ => profile.At(i, x == 0 ? 0 : profile.Regions.Count - 1, x),
            };
            charge += species[i].Valence * concentration;
            size += Math.Abs(species[i].Valence * concentration);
        }

        return (charge, size);
    }

    /// <summary>Start, three inner points and end of every piece between corners of any bath: (start of the piece, time in it).</summary>
    private static IEnumerable<(double Origin, double At)> Times(Boundary boundary, double end)
    {
        var baths = boundary.Ions.OfType<BathBoundary>().Select(bath => bath.Concentration).ToList();
        var origin = 0.0;
        for (var corner = 0; corner < MostCorners && origin <= end; corner++)
        {
            yield return (origin, origin);
            var next = baths.Select(bath => bath.NextCorner(origin)).DefaultIfEmpty(double.PositiveInfinity).Min();
            var until = Math.Min(next, end);
            for (var part = 1; part <= 4 && double.IsFinite(until); part++)
                yield return (origin, origin + (until - origin) * (part / 4.0));
            if (!double.IsFinite(next))
                yield break;
            origin = next;
        }
    }
}
