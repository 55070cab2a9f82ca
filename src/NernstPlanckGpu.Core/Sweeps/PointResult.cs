using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>How a point stands. The numbers of ends are those of <see cref="Outcome"/>.</summary>
public enum PointStatus
{
    /// <summary>Not computed yet.</summary>
    Missing = -1,

    /// <summary>Reached its end; its certificate is another question.</summary>
    Done = Outcome.Done,

    /// <summary>See <see cref="Outcome.StepTooSmall"/>.</summary>
    StepTooSmall = Outcome.StepTooSmall,

    /// <summary>See <see cref="Outcome.NotFinite"/>.</summary>
    NotFinite = Outcome.NotFinite,

    /// <summary>See <see cref="Outcome.Negative"/>.</summary>
    Negative = Outcome.Negative,

    /// <summary>See <see cref="Outcome.StepBudgetSpent"/>.</summary>
    StepBudgetSpent = Outcome.StepBudgetSpent,

    /// <summary>See <see cref="Outcome.NotConverged"/>.</summary>
    NotConverged = Outcome.NotConverged,

    /// <summary>See <see cref="Outcome.Burst"/>: complete.</summary>
    Burst = Outcome.Burst,

    /// <summary>The point could not be set up: its grid cannot be built or refined.</summary>
    Refused = 100,

    /// <summary>An error of the program, which the message names.</summary>
    Faulted = 101,
}

/// <summary>Words for the status of a point.</summary>
public static class PointStatusText
{
    /// <summary>What happened and what to change, one sentence.</summary>
    /// <param name="status">Status.</param>
    public static string Describe(this PointStatus status) => status switch
    {
        PointStatus.Missing => "not computed yet",
        PointStatus.Refused => "the point could not be set up; see its message",
        PointStatus.Faulted => "an error of the program; report this point's configuration",
        _ => ((Outcome)status).Describe(),
    };
}

/// <summary>What one point of a sweep came to, all in memory; owned by the receiver.</summary>
public sealed class PointResult
{
    /// <summary>Index of the point in the sweep.</summary>
    public required int Index { get; init; }

    /// <summary>How it ended; never <see cref="PointStatus.Missing"/>.</summary>
    public required PointStatus Status { get; init; }

    /// <summary>Where and why it failed, one line; empty when it did not.</summary>
    public string Message { get; init; } = "";

    /// <summary>Axes and names; null when the point could not be set up.</summary>
    public RunLayout? Layout { get; init; }

    /// <summary>How it ended; null when the point could not be set up.</summary>
    public RunSummary? Summary { get; init; }

    /// <summary>States, in the order of the snapshots' axis; fields that the sweep does not store (<see cref="SweepLayout.Fields"/>) may be empty.</summary>
    public IReadOnlyList<Snapshot> Snapshots { get; init; } = [];

    /// <summary>Traces, in the order of their axis; a row per sample: place, then one value per trace of the layout.</summary>
    public IReadOnlyList<(double Place, double[] Values)> Traces { get; init; } = [];

    /// <summary>True when it is complete and its certificate holds.</summary>
    public bool IsGood => Status is PointStatus.Done or PointStatus.Burst && Summary is { CertificateHolds: true };
}

/// <summary>Where the points of a sweep go. Calls come from one thread at a time.</summary>
public interface ISweepSink
{
    /// <summary>Takes computed points; they may wait in memory until <see cref="Flush"/> or for a second at most.</summary>
    /// <param name="points">Points, in any order.</param>
    void Add(IReadOnlyList<PointResult> points);

    /// <summary>Puts everything taken so far where a kill of the process cannot lose it.</summary>
    void Flush();
}
