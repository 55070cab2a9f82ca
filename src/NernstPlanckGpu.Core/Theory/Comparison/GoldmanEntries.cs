using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>
/// Constant-field potential and currents of a membrane whose permeant ions are all held at both ends; a leak of the constant-field kind
/// adds its permeability to that of the membrane, other mechanisms are left out and named.
/// </summary>
internal static class GoldmanEntries
{
    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        if (Ions(compared) is not { } ions) yield break;
        ComparedMechanisms mechanisms = compared.Mechanisms;
        double voltage = GoldmanHodgkinKatz.Voltage([.. ions.Select(entry => entry.Ion)], compared.Problem.Temperature);
        double? imposed = compared.ImposedPotential;
        if (double.IsFinite(voltage))
            yield return new("ghk", voltage, compared.FreePotential, "V",
                $"GHK resting potential from the membrane's permeabilities{(ions.Exists(entry => mechanisms.Move(entry.Species)) ? ", its leaks included" : "")}; "
                + "PNP differs by space charge in the membrane and unequal bath strengths, and before it is at rest"
                + (mechanisms.BesideGoldman is { Length: > 0 } others ? $", and by what GHK leaves out: {others}" : "")
                + (imposed is null ? "" : "; a run that imposes its potential and seeks none computes none: compare the currents"));
        if (imposed is null) yield break;
        foreach ((int i, PermeantIon ion) in ions)
            yield return new($"ghkCurrent_{compared.Problem.Species[i].Name}",
                GoldmanHodgkinKatz.CurrentDensity(ion, compared.Run.MembranePotential ?? imposed.Value, compared.Problem.Temperature),
                mechanisms.CurrentWithout(i, mechanism => mechanism is not GoldmanLeak), "A m-2",
                $"GHK current of {compared.Problem.Species[i].Name} at the imposed potential, positive outward; "
                + "PNP differs by what drops in the Debye layers (about 1 % of the potential), and before it is steady");
    }

    /// <summary>An ion of constant-field theory, P of the membrane and of its leaks together; null where it does not pass so, or an end does not hold it.</summary>
    public static PermeantIon? Ion(Compared compared, int species)
    {
        if (!compared.Problem.Regions.Any(region => region.IsMembrane)) return null;
        double membrane = Permeability.OfMembrane(compared.Problem, species, compared.Run.ReferenceArea);
        double? leaks = compared.Mechanisms.LeakPermeability(species);
        if (membrane == 0 && leaks is null) return null;
        return compared.Held(species) is ({ } inside, { } outside)
            ? new PermeantIon(compared.Valence[species], membrane + (leaks ?? 0), inside, outside) : null;
    }

    /// <summary>The ions of constant-field theory; null where it does not apply.</summary>
    public static List<(int Species, PermeantIon Ion)>? Ions(Compared compared)
    {
        if (!compared.Problem.Regions.Any(region => region.IsMembrane)) return null;
        var ions = new List<(int Species, PermeantIon Ion)>();
        foreach (int i in compared.Ions)
        {
            bool passes = Permeability.OfMembrane(compared.Problem, i, compared.Run.ReferenceArea) > 0 || compared.Mechanisms.LeakPermeability(i) is not null;
            if (!passes) continue;

            // An ion that passes but is not held at both ends runs down or charges up: constant-field theory has nothing to say.
            if (Ion(compared, i) is not { } ion) return null;
            ions.Add((i, ion));
        }

        return ions;
    }
}
