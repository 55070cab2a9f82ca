using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>How far the file of a run or a sweep is.</summary>
/// <param name="Path">Path.</param>
/// <param name="State">finished, or unfinished: growing still or left by an interrupted process.</param>
internal sealed record FileStatus(string Path, string State)
{
    /// <summary>A point that failed.</summary>
    /// <param name="Point">Index in the sweep.</param>
    /// <param name="Description">In words.</param>
    /// <param name="Status">Status.</param>
    /// <param name="Message">Why.</param>
    public sealed record Failure(int Point, string Description, PointStatus Status, string Message);

    /// <summary>Which part of a sweep; null for a run, and for a whole or merged sweep.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Points of a sweep; for a run its snapshots.</summary>
    public int Count { get; init; }

    public int Done { get; init; }

    public int Missing { get; init; }

    public IReadOnlyList<Failure> Failures { get; init; } = [];

    /// <summary>How a run ended, and how far it came; null for a sweep.</summary>
    public string? Run { get; init; }

    public static FileStatus Of(string path)
    {
        string state = path.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal) ? "unfinished" : "finished";
        return SweepFile.IsSweep(path) ? OfSweep(path, state) : OfRun(path, state);
    }

    private static FileStatus OfSweep(string path, string state)
    {
        using SweepFile file = SweepFile.Open(path);
        IReadOnlyList<PointStatus> statuses = file.Statuses;
        IReadOnlyList<bool> good = file.GoodRows;
        int missing = statuses.Count(status => status == PointStatus.Missing);
        return new(path, missing > 0 && state == "finished" ? "incomplete" : state)
        {
            Shard = file.Shard.Count > 1 ? file.Shard : null,
            Count = statuses.Count,
            Missing = missing,
            Done = Enumerable.Range(0, statuses.Count).Count(row => statuses[row] != PointStatus.Missing && good[row]),
            Failures = [.. Enumerable.Range(0, statuses.Count).Where(row => statuses[row] != PointStatus.Missing && !good[row])
                .Select(row => FailureOf(file, row, statuses[row]))],
        };
    }

    private static Failure FailureOf(SweepFile file, int row, PointStatus status)
    {
        string message = file.Messages(row, 1)[0];
        int point = file.Points[row];
        return new(point, file.Axes.Describe(point), status, message.Length > 0 ? message : PointReasons.OfStored(status));
    }

    private static FileStatus OfRun(string path, string state)
    {
        using RunFile file = RunFile.Open(path);
        string reached = file.SnapshotCount > 0 ? $", last snapshot at {Quantity.Format(file.Times[^1], file.SnapshotAxis == "time" ? "s" : "V")}" : "";
        string checkpoint = UnfinishedRun.HasCheckpoint(UnfinishedRun.OutputOf(path)) ? "; it has a checkpoint" : "";
        return new(path, state) { Count = file.SnapshotCount, Run = $"{Json.Name(file.Outcome)}, {file.SnapshotCount} snapshots{reached}{checkpoint}" };
    }
}
