using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>
/// Donnan potential of each region with fixed charge against each solution beside it, and of a reservoir with ions that the membrane keeps.
/// </summary>
internal static class DonnanEntries
{
    /// <summary>Debye lengths from an interface after which its layer is taken to be over: 5e-5 of the drop are left.</summary>
    private const double Deep = 10;

    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        for (int gel = 0; gel <= compared.LastRegion; gel++)
        {
            if (compared.Problem.Regions[gel].FixedCharge == 0) continue;
            foreach (int bath in new[] { gel - 1, gel + 1 })
                if (bath >= 0 && bath <= compared.LastRegion && Between(compared, gel, bath) is { } entry) yield return entry;
        }
    }

    /// <summary>
    /// A left reservoir with charged ions that nothing carries through the membrane: the potential at which all others are at rest against
    /// the right end as it is.
    /// </summary>
    public static IEnumerable<TheoryEntry> OfReservoir(Compared compared)
    {
        PnpProblem problem = compared.Problem;
        if (!compared.IsReservoir(true) || !problem.Regions.Any(region => region.IsMembrane)) yield break;
        if (compared.Now(true) is not { } inside || compared.Now(false) is not { } outside) yield break;
        bool Passes(int i) => compared.Mechanisms.Move(i)
            || Enumerable.Range(0, problem.Regions.Count).All(region => !problem.Regions[region].IsMembrane || compared.Moves(i, region));
        double charge = compared.Ions.Where(i => !Passes(i)).Sum(i => compared.Valence[i] * inside[i]);
        double[] entering = [.. outside.Select((c, i) => Passes(i) ? c : 0)];
        if (charge == 0 || !compared.Ions.Any(i => compared.Valence[i] * charge < 0 && entering[i] > 0)) yield break;
        string kept = string.Join(", ", compared.Ions.Where(i => !Passes(i) && inside[i] > 0).Select(i => problem.Species[i].Name));
        yield return new("donnanReservoir", Donnan.Potential(problem.Temperature, compared.Valence, entering, charge), compared.FreePotential, "V",
            $"Donnan potential of the left reservoir, which {kept} cannot leave, against the right end, both as they are; "
            + "PNP comes to it only when nothing pumps and no ion flows");
    }

    private static TheoryEntry? Between(Compared compared, int gel, int bath)
    {
        Region inside = compared.Problem.Regions[gel], outside = compared.Problem.Regions[bath];
        if (outside.IsMembrane || outside.FixedCharge != 0) return null;
        if (compared.Solution(bath) is not { } start || !compared.IsNeutral(start) || compared.SolutionNow(bath) is not { } solution) return null;
        double[] entering = [.. solution.Select((c, i) => compared.Moves(i, gel) ? c * Math.Exp(-compared.Partition(i, inside, outside)) : 0)];

        // Ions that cannot move in the region are fixed charge as well.
        double charge = inside.FixedCharge + compared.Ions.Where(i => !compared.Moves(i, gel) && !inside.Impermeable[i])
            .Sum(i => compared.Valence[i] * (inside.Concentration?[i] ?? 0));
        if (charge == 0 || !compared.Ions.Any(i => compared.Valence[i] * charge < 0 && entering[i] > 0)) return null;
        double potential = Donnan.Potential(compared.Problem.Temperature, compared.Valence, entering, charge);
        double[] gelSolution = [.. entering.Select((c, i) => GouyChapman.Concentration(compared.Problem.Temperature, compared.Valence[i], c, potential))];
        double depth = Math.Min(Deep * compared.DebyeLength(inside, gelSolution), inside.Length / 2);
        Boundary? end = bath == 0 ? compared.Problem.Left : bath == compared.LastRegion ? compared.Problem.Right : null;
        double room = end is not null && compared.IsBath(end, solution) ? outside.Length : outside.Length / 2;
        double reach = Math.Min(Deep * compared.DebyeLength(outside, solution), room);
        double face = compared.Start(Math.Max(gel, bath)), side = gel > bath ? 1 : -1;
        PotentialProfile? profile = compared.Run.Potential;
        return new($"donnan_{inside.Name}_{outside.Name}", potential, profile?.At(face + side * depth) - profile?.At(face - side * reach), "V",
            $"Donnan potential of {inside.Name} against {outside.Name}; "
            + "PNP differs where either is not many Debye lengths thick, where ions flow, and before it is at rest");
    }
}
