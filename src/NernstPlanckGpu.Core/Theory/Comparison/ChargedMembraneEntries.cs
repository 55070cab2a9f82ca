using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>Zero-current potential of one charged region between baths of one salt of univalent ions.</summary>
internal static class ChargedMembraneEntries
{
    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        IReadOnlyList<Region> regions = compared.Problem.Regions;
        int[] charged = [.. Enumerable.Range(0, regions.Count).Where(region => regions[region].FixedCharge != 0)];
        if (charged is not [int middle] || middle == 0 || middle == compared.LastRegion) yield break;
        if (regions.Where((_, i) => i != middle).Any(region => region.IsMembrane)) yield break;
        if (compared.End(true) is not { } left || compared.End(false) is not { } right) yield break;
        int[] present = [.. compared.Ions.Where(i => left[i] > 0 || right[i] > 0)];
        if (present.Length != 2 || !compared.IsNeutral(left) || !compared.IsNeutral(right)) yield break;
        if (!compared.IsBath(compared.Problem.Left, left) || !compared.IsBath(compared.Problem.Right, right)) yield break;
        (int cation, int anion) = compared.Valence[present[0]] > 0 ? (present[0], present[1]) : (present[1], present[0]);
        if (compared.Valence[cation] != 1 || compared.Valence[anion] != -1 || !IsPlain(compared, present)) yield break;
        double Diffusivity(int i) => compared.Problem.Species[i].Diffusivity * regions[middle].DiffusivityFactor[i];
        double value = ChargedMembrane.ZeroCurrentPotential(compared.Problem.Temperature, regions[middle].FixedCharge,
            Diffusivity(cation), Diffusivity(anion), left[cation], right[cation]);
        yield return new("teorellMeyerSievers", value, compared.FreePotential, "V",
            $"zero-current potential of the charged layer {regions[middle].Name} (Teorell, Meyer, Sievers), left minus right; "
            + "PNP differs where diffusion outside changes the solutions at its faces, and where it is not many Debye lengths thick");
    }

    private static bool IsPlain(Compared compared, int[] present) => present.All(i =>
        Enumerable.Range(0, compared.Problem.Regions.Count).All(region =>
            compared.Moves(i, region) && compared.Problem.Regions[region].Barrier[i] == compared.Problem.Regions[0].Barrier[i]));
}
