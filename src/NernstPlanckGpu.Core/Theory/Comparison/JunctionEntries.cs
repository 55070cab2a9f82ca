using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>
/// Liquid junction between two unlike solutions that nothing parts: no membrane, no fixed charge, no charged wall, no ion that some region
/// keeps out or favours, and diffusivities in the same ratios everywhere.
/// </summary>
internal static class JunctionEntries
{
    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        if (compared.End(true) is not { } left || compared.End(false) is not { } right || !Meet(compared, left, right)) yield break;
        JunctionIon[] ions = [.. compared.Ions.Where(i => left[i] > 0 || right[i] > 0)
            .Select(i => new JunctionIon(compared.Valence[i], compared.Problem.Species[i].Diffusivity, left[i], right[i]))];
        double temperature = compared.Problem.Temperature;
        yield return new("henderson", -LiquidJunction.Henderson(ions, temperature), compared.FreePotential, "V",
            "junction potential of Henderson (the solutions mix in straight lines), left minus right; "
            + "PNP comes to it for one salt once the front is many Debye lengths wide, until it meets closed ends, and other ions mix otherwise");
        if (ions.All(ion => Math.Abs(ion.Valence) == 1))
            yield return new("planck", -LiquidJunction.Planck(ions, temperature), compared.FreePotential, "V",
                "junction potential of Planck (a steady layer between held solutions), left minus right; "
                + "PNP comes to it at steady state between baths many Debye lengths apart, by free diffusion only for one salt");
    }

    private static bool Meet(Compared compared, double[] left, double[] right)
    {
        PnpProblem problem = compared.Problem;
        int[] present = [.. compared.Ions.Where(i => left[i] > 0 || right[i] > 0)];
        return problem.Regions.All(region => !region.IsMembrane && region.FixedCharge == 0)
            && compared.IsNeutral(left) && compared.IsNeutral(right)
            && present.Any(i => Math.Abs(left[i] - right[i]) > 1e-9 * (left[i] + right[i]))
            && !HasWallCharge(problem.Left) && !HasWallCharge(problem.Right)
            && HasKnownStart(problem, present)
            && Enumerable.Range(0, problem.Regions.Count).All(region => IsPlain(compared, region, present))
            && problem.Regions.Skip(1).SkipLast(1).All(region =>
                region.Concentration is null || IsLike(region, problem.Regions[0], present) || IsLike(region, problem.Regions[^1], present));
    }

    private static bool HasWallCharge(Boundary boundary) =>
        boundary.Electric is SurfaceChargeBoundary wall && wall.ChargeDensity is not ConstantWaveform { Value: 0 };

    // From another steady state, ions that the ends do not hold have mixed already.
    private static bool HasKnownStart(PnpProblem problem, int[] present) => problem.Initial is ProfilesInitialState or FileInitialState
        || present.All(i => problem.Left.Ions[i] is BathBoundary && problem.Right.Ions[i] is BathBoundary);

    private static bool IsPlain(Compared compared, int region, int[] present)
    {
        Region here = compared.Problem.Regions[region], first = compared.Problem.Regions[0];
        return present.All(i => compared.Moves(i, region) && here.Barrier[i] == first.Barrier[i]
            && here.DiffusivityFactor[i] == here.DiffusivityFactor[present[0]]);
    }

    private static bool IsLike(Region region, Region other, int[] present) =>
        other.Concentration is { } concentration && present.All(i => region.Concentration![i] == concentration[i]);
}
