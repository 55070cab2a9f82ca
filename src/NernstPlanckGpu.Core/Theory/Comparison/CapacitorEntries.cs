using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>Capacitance of the membrane, alone and with the Debye layers on its two sides; and the Debye lengths.</summary>
internal static class CapacitorEntries
{
    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        List<Region> regions = [.. compared.Problem.Regions];
        int first = regions.FindIndex(region => region.IsMembrane), last = regions.FindLastIndex(region => region.IsMembrane);
        if (first < 0) yield break;
        double elastance = regions.Where(region => region.IsMembrane).Sum(region => 1 / MembraneCapacitor.Plate(region.Permittivity, region.Length));
        double? computed = compared.Run is { LeftCharge: { } charge, MembranePotential: { } potential } && Math.Abs(potential) > 1e-6 ? charge / potential : null;
        yield return new("membraneCapacitance", 1 / elastance, computed, "F m-2",
            "plate capacitance of the membrane; "
            + "PNP stores less, since the Debye layers lie in series, and counts any other charge on the left as well");
        if (first == 0 || last == regions.Count - 1) yield break;
        double layers = Elastance(compared.Problem, regions[first - 1]) + Elastance(compared.Problem, regions[last + 1]);
        if (double.IsFinite(layers))
            yield return new("membraneCapacitanceWithDebyeLayers", 1 / (elastance + layers), computed, "F m-2",
                "membrane in series with the Debye layers on its two sides; linear, so PNP stores a little more at large potentials, and less before it is charged");
    }

    public static IEnumerable<TheoryEntry> DebyeLengths(Compared compared)
    {
        foreach (Region region in compared.Problem.Regions)
        {
            double length = DebyeLength.OfRegion(compared.Problem, region);
            if (double.IsFinite(length))
                yield return new($"debyeLength_{region.Name}", length, null, "m",
                    $"Debye length of {region.Name} at its configured concentrations; "
                    + "linear in the potential, so layers above 25 mV are thinner");
        }
    }

    /// <summary>Of the reservoirs as they are.</summary>
    public static IEnumerable<TheoryEntry> ReservoirDebyeLengths(Compared compared)
    {
        foreach (bool left in new[] { true, false })
        {
            if (!compared.IsReservoir(left) || compared.Now(left) is not { } solution) continue;
            double length = compared.DebyeLength(compared.Problem.Regions[left ? 0 : compared.LastRegion], solution);
            string side = left ? "left" : "right";
            if (double.IsFinite(length))
                yield return new($"debyeLength_{side}Reservoir", length, null, "m",
                    $"Debye length of the {side} reservoir as it is; linear in the potential, so layers above 25 mV are thinner");
        }
    }

    private static double Elastance(PnpProblem problem, Region region) =>
        DebyeLength.OfRegion(problem, region) / (PhysicalConstants.VacuumPermittivity * region.Permittivity);
}
