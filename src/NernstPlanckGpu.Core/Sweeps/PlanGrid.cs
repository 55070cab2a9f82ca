using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// Whether two problems have one grid, from all that <see cref="GridBuilder"/> looks at: geometry, lengths, grid keys, the ends at
/// which charge can gather, and where the first cell comes from it, the Debye length. A grid that is refined has a say in none: it is
/// every problem's own.
/// </summary>
internal static class PlanGrid
{
    /// <summary>True where the grids are certainly the same.</summary>
    public static bool IsSame(PnpProblem one, PnpProblem other)
    {
        if (one.GridTolerance is not null || other.GridTolerance is not null)
            return false;
        if (!Equals(one.Geometry, other.Geometry) || one.Regions.Count != other.Regions.Count)
            return false;
        for (var r = 0; r < one.Regions.Count; r++)
        {
            var (mine, others) = (one.Regions[r], other.Regions[r]);
            if (mine.Length != others.Length || mine.Grid != others.Grid)
                return false;
            if (mine.Grid?.Grading is null && GridBuilder.ChargedEnds(one, r) != GridBuilder.ChargedEnds(other, r))
                return false;
            if (NeedsDebyeLength(mine.Grid) && DebyeLength.OfRegion(one, mine) != DebyeLength.OfRegion(other, others))
                return false;
        }

        return true;
    }

    /// <summary>False where the keys of the grid say all.</summary>
    private static bool NeedsDebyeLength(RegionGrid? grid) => grid switch
    {
        null => true,
        { FirstCell: not null } => false,
        { Cells: not null, Growth: not null } => false,
        { Cells: not null, Grading: Grading.None } => false,
        _ => true,
    };
}
