using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Report.Runs;

namespace NernstPlanckGpu.Report.Sweeps;

/// <summary>How the points of a sweep's file stand.</summary>
internal sealed class SweepRows
{
    /// <summary>What the page calls a point that came to its end with a violated certificate; no status of a file.</summary>
    internal const int Violated = 1000;

    /// <summary>Failures that are told one by one.</summary>
    private const int MostFailures = 1000;

    private readonly SweepFile file;

    internal SweepRows(SweepFile file)
    {
        this.file = file;
        IReadOnlyList<bool> violations = file.Violations;
        Status = [.. file.Statuses.Select((status, row) => violations[row] ? Violated : (int)status)];
    }

    /// <summary>Status per row, <see cref="Violated"/> among them.</summary>
    internal IReadOnlyList<int> Status { get; }

    /// <summary>Points that were computed and are not good.</summary>
    internal int FailureCount => Status.Count(IsFailure);

    /// <summary>Rows that hold numbers.</summary>
    internal IEnumerable<int> Ended => Enumerable.Range(0, Status.Count).Where(row => Status[row] is (int)PointStatus.Done or (int)PointStatus.Burst or Violated);

    /// <summary>How many points have each status, with what it means.</summary>
    internal JsonArray Counts() =>
    [
        .. Status.CountBy(status => status).OrderBy(pair => pair.Key).Select(pair => new JsonObject
        {
            ["status"] = pair.Key,
            ["name"] = Name(pair.Key),
            ["meaning"] = pair.Key == Violated ? "came to its end, but its certificate does not hold" : ((PointStatus)pair.Key).Describe(),
            ["count"] = pair.Value,
        }),
    ];

    /// <summary>Names of the statuses by number.</summary>
    internal JsonObject Names() => new(Status.Distinct().Order().Select(status => KeyValuePair.Create<string, JsonNode?>($"{status}", Name(status))));

    /// <summary>The first failures, with their messages.</summary>
    internal JsonArray Failures() =>
    [
        .. Enumerable.Range(0, Status.Count).Where(row => IsFailure(Status[row])).Take(MostFailures).Select(row => new JsonObject
        {
            ["row"] = row,
            ["point"] = file.Points[row],
            ["description"] = file.Axes.Describe(file.Points[row]),
            ["status"] = Name(Status[row]),
            ["message"] = file.Messages(row, 1)[0],
        }),
    ];

    private static bool IsFailure(int status) => status is not ((int)PointStatus.Done or (int)PointStatus.Burst or (int)PointStatus.Missing);

    private static string Name(int status) => status == Violated ? "certificateViolated" : RunSection.Name((PointStatus)status);
}
