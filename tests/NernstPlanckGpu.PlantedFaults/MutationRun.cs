using System.Diagnostics;

namespace NernstPlanckGpu.PlantedFaults;

/// <summary>Builds mutants and looks at them, one after the other.</summary>
internal sealed class MutationRun(string root) : IDisposable
{
    // Some seconds of work; the rest is for mutants that crawl and for a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // A row takes a second at most, a run two. The control has to come to its end on the busiest machine.
    private static readonly TimeSpan PatienceOfEach = TimeSpan.FromSeconds(6), PatienceWithControl = TimeSpan.FromSeconds(60);

    private readonly Mutant mutant = new(Path.GetFullPath(root));

    /// <summary>Plants a fault (null: none), builds and probes.</summary>
    public MutantResult Of(PlantedFault? fault)
    {
        var watch = Stopwatch.StartNew();
        mutant.Plant(fault);
        mutant.Build();
        var findings = new List<Finding>();
        (int? exitCode, string output) = mutant.Probe(Patience, fault is null ? PatienceWithControl : PatienceOfEach, line =>
        {
            if (Finding.Parse(line) is { } finding) findings.Add(finding);
        });
        bool ended = findings.RemoveAll(finding => finding.Kind == "end") > 0;
        string? trouble = ended ? null
            : exitCode is null ? $"did not end within {Patience.TotalMinutes} min"
            : $"crashed with exit code {exitCode}: {output.Split('\n').LastOrDefault(line => line.Length > 0 && Finding.Parse(line) is null)}";
        return new(fault?.Name ?? "none", findings, trouble, watch.Elapsed.TotalSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => mutant.Dispose();
}
