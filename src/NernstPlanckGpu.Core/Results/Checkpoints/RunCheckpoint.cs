using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Core.Results.Checkpoints;

/// <summary>
/// Everything from which a run in time goes on with the same bits on the CPU, but what follows from its configuration: that is computed
/// again, and compared by <see cref="ProblemHash"/>.
/// </summary>
public sealed record RunCheckpoint
{
    /// <summary>Hash of the discretised problem and its initial state, bit by bit; hexadecimal.</summary>
    public required string ProblemHash { get; init; }

    /// <summary>Simulated time, s.</summary>
    public required double Time { get; init; }

    /// <summary>Snapshots that the sink has been given.</summary>
    public required int Snapshots { get; init; }

    /// <summary>Trace samples that the sink has been given.</summary>
    public required int Samples { get; init; }

    /// <summary>Wall time of the run so far, pauses not counted, s.</summary>
    public required double WallTime { get; init; }

    /// <summary>When the run went on from a checkpoint, each time.</summary>
    public required IReadOnlyList<DateTimeOffset> Resumptions { get; init; }

    /// <summary>The engine's own record.</summary>
    public required EngineRecord Engine { get; init; }

    /// <summary>What the run has observed so far: worst residuals, balances.</summary>
    public required EngineRecord Observations { get; init; }
}

/// <summary>Where the checkpoints of a run go. Calls come from the thread that runs it.</summary>
public interface ICheckpointStore
{
    /// <summary>
    /// Takes a checkpoint, once all outputs that it counts are where nothing can lose them. Where it cannot be kept, the one before stays,
    /// and the run goes on.
    /// </summary>
    /// <param name="checkpoint">Checkpoint.</param>
    void Save(RunCheckpoint checkpoint);
}

/// <summary>When a run saves its state: whenever it is interrupted, and by interval.</summary>
/// <param name="Store">Receiver.</param>
/// <param name="Interval">Wall time between checkpoints, > 0; null: on interruption alone.</param>
public sealed record Checkpointing(ICheckpointStore Store, TimeSpan? Interval = null);
