using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>Nernst potentials of the ions that both ends hold, of concentrations and of activities.</summary>
internal static class NernstEntries
{
    /// <summary>Heads the names of the entries of activities.</summary>
    public const string ActivityPrefix = "nernstActivity_";

    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        foreach ((int i, double inside, double outside, double? computed) in Held(compared))
        {
            string name = compared.Problem.Species[i].Name;
            yield return new($"nernst_{name}", NernstPotential.Of(compared.Problem.Temperature, compared.Valence[i], inside, outside),
                computed, "V",
                $"potential at which {name} is at rest between what the ends hold; the membrane takes it only if no other ion passes");
        }
    }

    /// <summary>Of activities: with the run's own model, or beside an ideal run with the extended law for ions of known size.</summary>
    public static IEnumerable<TheoryEntry> OfActivities(Compared compared)
    {
        PnpProblem problem = compared.Problem;
        ActivityKind kind = problem.Activity.Kind;
        if (compared.Now(true) is not { } left || compared.Now(false) is not { } right) yield break;
        foreach ((int i, double inside, double outside, double? computed) in Held(compared))
        {
            string name = problem.Species[i].Name;
            double? Coefficient(int region, IReadOnlyList<double> solution) => CoefficientOf(problem, problem.Regions[region], i, solution);
            if (Coefficient(0, left) is not { } inner || Coefficient(compared.LastRegion, right) is not { } outer) continue;
            double value = Activity.Nernst(problem.Temperature, compared.Valence[i], (inside, inner), (outside, outer));
            yield return new(ActivityPrefix + name, value, computed, "V", kind == ActivityKind.Ideal
                ? $"Nernst potential of {name} from activities (extended law of Debye and Huckel), where the run itself is ideal"
                    + $"; so the run can only come to nernst_{name}, and the law is good to an ionic strength of about 0.1 mol/L"
                : $"Nernst potential of {name} from activities ({LawOf(kind)}), as in the run; "
                    + "PNP comes to it at rest where this ion alone passes the membrane region; a mechanism sees concentrations and comes to that of them");
        }
    }

    // Of a species in a solution beside a region's solvent; null where its size is not known.
    private static double? CoefficientOf(PnpProblem problem, Region region, int species, IReadOnlyList<double> solution)
    {
        Species ion = problem.Species[species];
        double strength = Activity.IonicStrength([.. problem.Species.Select(one => one.Valence)], solution);
        return problem.Activity.Kind switch
        {
            ActivityKind.Davies => Activity.Davies(problem.Temperature, region.Permittivity, ion.Valence, strength),
            ActivityKind.Bikerman when problem.Species.All(one => one.IonSize is not null) => Activity.Bikerman(
                ion.IonSize!.Value, problem.Activity.SolventSize, [.. problem.Species.Select(one => one.IonSize!.Value)], solution),
            ActivityKind.Bikerman => null,
            _ => Size(ion) is { } size ? Activity.Extended(problem.Temperature, region.Permittivity, ion.Valence, size, strength) : null,
        };
    }

    private static string LawOf(ActivityKind kind) => kind switch
    {
        ActivityKind.Davies => "Davies",
        ActivityKind.Bikerman => "steric, after Bikerman",
        _ => "extended law of Debye and Huckel",
    };

    private static double? Size(Species species) =>
        species.IonSize ?? (KnownIons.TryFind(species.Name, out KnownIon? ion) && ion.Valence == species.Valence ? ion.Size : null);

    // Ions that both ends hold; the run's value beside that of the only one that passes.
    private static IEnumerable<(int Species, double Inside, double Outside, double? Computed)> Held(Compared compared)
    {
        int[] permeant = [.. compared.Ions.Where(i => Permeability.OfRegions(compared.Problem, i, _ => true) > 0 || compared.Mechanisms.Move(i))];
        foreach (int i in compared.Ions)
        {
            if (compared.Held(i) is not ({ } inside, { } outside) || !(inside > 0 && outside > 0)) continue;
            yield return (i, inside, outside, permeant.Length == 1 && permeant[0] == i && compared.Mechanisms.RestAtNernst(i) ? compared.FreePotential : null);
        }
    }
}
