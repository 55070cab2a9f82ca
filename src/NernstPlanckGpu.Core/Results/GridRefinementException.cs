namespace NernstPlanckGpu.Core.Results;

/// <summary>A grid could not be refined to its tolerance.</summary>
/// <param name="detail">What happened, and on which grid.</param>
/// <param name="outcome">How the solution by which grids are compared ended; null: it was found, but the tolerance lies out of reach.</param>
public sealed class GridRefinementException(string detail, Outcome? outcome = null) : Exception(detail)
{
    /// <summary>How the solution by which grids are compared ended; null: it was found, but the tolerance lies out of reach.</summary>
    public Outcome? Outcome { get; } = outcome;
}
