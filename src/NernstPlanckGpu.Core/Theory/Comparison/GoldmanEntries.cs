using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>Constant-field potential and currents of a membrane whose permeant ions are all held at both ends.</summary>
internal static class GoldmanEntries
{
    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        if (Ions(compared) is not { } ions) yield break;
        double voltage = GoldmanHodgkinKatz.Voltage([.. ions.Select(entry => entry.Ion)], compared.Problem.Temperature);
        double? imposed = compared.ImposedPotential;
        if (double.IsFinite(voltage))
            yield return new("ghk", voltage, compared.FreePotential, "V",
                "GHK resting potential from the membrane's permeabilities; "
                + "PNP differs by space charge in the membrane and unequal bath strengths, and before it is at rest"
                + (imposed is null ? "" : "; a run that imposes its potential and seeks none computes none: compare the currents"));
        if (imposed is null) yield break;
        foreach ((int i, PermeantIon ion) in ions)
            yield return new($"ghkCurrent_{compared.Problem.Species[i].Name}",
                GoldmanHodgkinKatz.CurrentDensity(ion, compared.Run.MembranePotential ?? imposed.Value, compared.Problem.Temperature),
                compared.Run.IonicCurrentDensity?[i], "A m-2",
                $"GHK current of {compared.Problem.Species[i].Name} at the imposed potential, positive outward; "
                + "PNP differs by what drops in the Debye layers (about 1 % of the potential), and before it is steady");
    }

    private static List<(int Species, PermeantIon Ion)>? Ions(Compared compared)
    {
        if (!compared.Problem.Regions.Any(region => region.IsMembrane)) return null;
        var ions = new List<(int Species, PermeantIon Ion)>();
        foreach (int i in compared.Ions)
        {
            double permeability = Permeability.OfMembrane(compared.Problem, i, compared.Run.ReferenceArea);
            if (permeability == 0) continue;

            // An ion that passes but is not held at both ends runs down or charges up: constant-field theory has nothing to say.
            if (compared.Baths(i) is not ({ } inside, { } outside)) return null;
            ions.Add((i, new PermeantIon(compared.Valence[i], permeability, inside, outside)));
        }

        return ions;
    }
}
