using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Theory.Comparison;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// Textbook values beside a run, of every kind that applies to its problem (<c>Theory/Comparison</c>, one class per kind); each with one
/// line on why the full equations may differ. Which entries there are, and what they are called, depends on the problem alone: the file
/// announces them before the run. Tests: TheoryComparisonTests, TheoryEntriesTests, TheoryBesideRunTests.
/// </summary>
public static class TheoryComparison
{
    /// <summary>All entries that apply to a problem.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="run">What the run measured; null before it.</param>
    public static IReadOnlyList<TheoryEntry> Of(PnpProblem problem, RunMeasurement? run = null)
    {
        var compared = new Compared(problem, run ?? new RunMeasurement());
        return
        [
            .. NernstEntries.Of(compared),
            .. NernstEntries.OfActivities(compared),
            .. GoldmanEntries.Of(compared),
            .. JunctionEntries.Of(compared),
            .. ChargedMembraneEntries.Of(compared),
            .. DonnanEntries.Of(compared),
            .. WallEntries.Of(compared),
            .. CapacitorEntries.Of(compared),
            .. CapacitorEntries.DebyeLengths(compared),
        ];
    }
}
