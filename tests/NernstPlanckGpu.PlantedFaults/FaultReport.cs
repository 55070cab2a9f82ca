using System.Globalization;
using NernstPlanckGpu.PlantedFaults.Faults;

namespace NernstPlanckGpu.PlantedFaults;

/// <summary>What is printed: which fault was caught by what.</summary>
internal static class FaultReport
{
    private const int MostNames = 4;

    /// <summary>Says which faults can no longer be planted; 0 where all can.</summary>
    public static int Check(string root)
    {
        string[] problems = [.. PlantedFaultList.All.Select(fault => (fault.Name, Why: fault.WhyNot(root))).Where(one => one.Why is not null)
            .Select(one => $"{one.Name}: {one.Why}")];
        foreach (string problem in problems) Console.Error.WriteLine(problem);
        return problems.Length == 0 ? 0 : 1;
    }

    /// <summary>Builds and probes the control and the faults, and prints the table; 0 where the control is green and all are caught.</summary>
    public static int Run(string root, IReadOnlyList<PlantedFault> faults)
    {
        if (Check(root) != 0) return 1;
        using var run = new MutationRun(root);
        MutantResult control = run.Of(null);
        Tell(control);
        if (!control.IsGreen) return 1;
        var results = new List<MutantResult>();
        foreach (PlantedFault fault in faults)
        {
            MutantResult result = run.Of(fault);
            results.Add(result);
            Tell(result);
        }
        Console.Write(Table(control, results));
        return results.All(result => result.IsCaught) ? 0 : 1;
    }

    /// <summary>The table in Markdown, the control first.</summary>
    public static string Table(MutantResult control, IReadOnlyList<MutantResult> results)
    {
        IEnumerable<string> lines =
        [
            "| fault | rows of `verify` | certificates |",
            "|---|---|---|",
            $"| none | {(control.IsGreen ? "all hold" : Names(control.Rows))} | {(control.IsGreen ? "all hold" : Names(control.Entries))} |",
            .. results.Select(result => $"| {result.Name} | {Names(result.Rows)} | {Names(result.Entries)}{Aside(result)} |"),
        ];
        return string.Join('\n', lines) + $"\n\n{results.Count} faults, {results.Count(result => result.IsCaught)} caught\n";
    }

    private static string Aside(MutantResult result) =>
        (result.Endless.Count > 0 ? $" ({result.Endless.Count} of the table's rows and runs do not end)" : "") + (result.Trouble is { } trouble ? $" ({trouble})" : "");

    private static string Names(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "none",
        <= MostNames => string.Join(", ", names),
        _ => string.Join(", ", names.Take(MostNames - 1)) + $" and {names.Count - MostNames + 1} more",
    };

    private static void Tell(MutantResult result)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Name}: {(result.IsGreen ? "green" : result.IsCaught ? "caught" : "NOT CAUGHT")} ({result.Findings.Count} looked at, {result.Seconds:f0} s)"));
        foreach (Finding finding in result.Findings.Where(finding => finding.Verdict != Verdict.Holds))
            Console.Error.WriteLine($"    {finding.Kind} {finding.Name}: {finding.Verdict}: {finding.Detail}");
        if (result.Trouble is { } trouble) Console.Error.WriteLine($"    {trouble}");
    }
}
