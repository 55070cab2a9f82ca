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
        TheoryEntry[] entries =
        [
            .. NernstEntries.Of(compared),
            .. NernstEntries.OfActivities(compared),
            .. GoldmanEntries.Of(compared),
            .. PumpEntries.Of(compared),
            .. JunctionEntries.Of(compared),
            .. ChargedMembraneEntries.Of(compared),
            .. DonnanEntries.Of(compared),
            .. DonnanEntries.OfReservoir(compared),
            .. WallEntries.Of(compared),
            .. CapacitorEntries.Of(compared),
            .. CapacitorEntries.DebyeLengths(compared),
            .. CapacitorEntries.ReservoirDebyeLengths(compared),
        ];
        return problem.Activity.Kind == ActivityKind.Ideal ? entries : [.. entries.Select(WithActivity)];
    }

    // Behind the semicolon, in front of a further one; an entry of activities has them.
    private static TheoryEntry WithActivity(TheoryEntry entry)
    {
        string[] parts = entry.Meaning.Split(';', 3);
        if (parts.Length < 2 || entry.Name.StartsWith(NernstEntries.ActivityPrefix, StringComparison.Ordinal)
            || entry.Name.StartsWith("debyeLength", StringComparison.Ordinal)) return entry;
        parts[1] += ", and by the run's activity coefficients, which this leaves out";
        return entry with { Meaning = string.Join(';', parts) };
    }
}
