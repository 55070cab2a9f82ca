using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Checks that a bath or reservoir is electroneutral, with the fixed charge of its region, as long as the run lasts.</summary>
internal sealed class NeutralityChecks(IReadOnlyList<Species> species, InitialDistribution profile, ReadContext context)
{
    private const double Tolerance = 1e-9;

    /// <summary>Checks one end. Species that are blocked count with their initial concentration there.</summary>
    public void CheckEnd(Setting<RawBoundary> setting, Boundary? boundary, Region region, double x, double? end)
    {
        if (setting.Value is not { } raw || boundary is null || !boundary.Ions.Any(ion => ion is BathBoundary or ReservoirBoundary))
            return;
        if (!profile.IsKnown && boundary.Ions.Any(ion => ion is not (BathBoundary or ReservoirBoundary)))
            return;
        foreach (var time in EndConcentration.Times(boundary, end ?? double.PositiveInfinity))
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
            var concentration = EndConcentration.At(boundary, i, profile, x, time)!.Value;
            charge += species[i].Valence * concentration;
            size += Math.Abs(species[i].Valence * concentration);
        }

        return (charge, size);
    }
}
