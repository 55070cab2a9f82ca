using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>Nernst potentials of the ions that both ends hold, of concentrations and of activities.</summary>
internal static class NernstEntries
{
    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        foreach ((int i, double inside, double outside, double? computed) in Held(compared))
        {
            string name = compared.Problem.Species[i].Name;
            yield return new($"nernst_{name}", NernstPotential.Of(compared.Problem.Temperature, compared.Valence[i], inside, outside),
                computed, "V", $"potential at which {name} is at rest between the end baths; the membrane takes it only if no other ion passes");
        }
    }

    /// <summary>For ions of known size.</summary>
    public static IEnumerable<TheoryEntry> OfActivities(Compared compared)
    {
        PnpProblem problem = compared.Problem;
        if (compared.End(true) is not { } left || compared.End(false) is not { } right) yield break;
        double inner = Activity.IonicStrength(compared.Valence, left), outer = Activity.IonicStrength(compared.Valence, right);
        foreach ((int i, double inside, double outside, double? computed) in Held(compared))
        {
            Species species = problem.Species[i];
            if (Size(species) is not { } size) continue;
            double Coefficient(Region region, double strength) =>
                Activity.Extended(problem.Temperature, region.Permittivity, species.Valence, size, strength);
            double value = Activity.Nernst(problem.Temperature, species.Valence,
                (inside, Coefficient(problem.Regions[0], inner)), (outside, Coefficient(problem.Regions[^1], outer)));
            yield return new($"nernstActivity_{species.Name}", value, computed, "V",
                $"Nernst potential of {species.Name} from activities (extended law of Debye and Huckel), where the run itself is ideal"
                + $"; so the run can only come to nernst_{species.Name}, and the law is good to an ionic strength of about 0.1 mol/L");
        }
    }

    private static double? Size(Species species) =>
        species.IonSize ?? (KnownIons.TryFind(species.Name, out KnownIon? ion) && ion.Valence == species.Valence ? ion.Size : null);

    // Ions that are baths at both ends; the run's value beside that of the only one that passes.
    private static IEnumerable<(int Species, double Inside, double Outside, double? Computed)> Held(Compared compared)
    {
        int[] permeant = [.. compared.Ions.Where(i => Permeability.OfRegions(compared.Problem, i, _ => true) > 0)];
        foreach (int i in compared.Ions)
        {
            if (compared.Baths(i) is not ({ } inside, { } outside) || !(inside > 0 && outside > 0)) continue;
            yield return (i, inside, outside, permeant.Length == 1 && permeant[0] == i ? compared.FreePotential : null);
        }
    }
}
