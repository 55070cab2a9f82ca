namespace NernstPlanckGpu.PlantedFaults;

/// <summary>What a probe found of one mutant.</summary>
/// <param name="Name">Name of the fault; of the control, "none".</param>
/// <param name="Findings">What it looked at.</param>
/// <param name="Trouble">Why the probe did not come to its end, or null.</param>
/// <param name="Seconds">Time of building and probing, s.</param>
internal sealed record MutantResult(string Name, IReadOnlyList<Finding> Findings, string? Trouble, double Seconds)
{
    /// <summary>Rows of the table that are red, or end with an exception that the user sees.</summary>
    public IReadOnlyList<string> Rows => Red("row");

    /// <summary>Entries of certificates that are red, and runs that end with an error.</summary>
    public IReadOnlyList<string> Entries => [.. Red("run"), .. Red("entry")];

    /// <summary>Rows and runs that do not end: no error that a user would see.</summary>
    public IReadOnlyList<string> Endless => [.. Findings.Where(f => f.Verdict == Verdict.Endless).Select(f => f.Name)];

    /// <summary>Something a user sees is red. What merely does not end does not count.</summary>
    public bool IsCaught => Rows.Count + Entries.Count > 0 || Trouble?.StartsWith("crashed", StringComparison.Ordinal) == true;

    /// <summary>Everything holds, to the last line.</summary>
    public bool IsGreen => Trouble is null && Findings.Count > 0 && Findings.All(f => f.Verdict == Verdict.Holds);

    private IReadOnlyList<string> Red(string kind) =>
        [.. Findings.Where(f => f.Kind == kind && f.Verdict is Verdict.Red or Verdict.Crashed)
            .Select(f => f.Verdict == Verdict.Crashed ? $"{f.Name} (crash)" : f.Name)];
}
