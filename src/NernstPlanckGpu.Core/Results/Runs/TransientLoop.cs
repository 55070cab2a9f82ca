using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results.Checkpoints;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>Steps one run in time to its end, and saves it by interval and when it is interrupted.</summary>
/// <param name="run">The run.</param>
/// <param name="batch">Batch of the engine that holds it alone.</param>
/// <param name="elapsed">Wall time of the run so far, s.</param>
internal sealed class TransientLoop(TransientProgress run, IBatch batch, Func<double> elapsed)
{
    /// <summary>When the run went on from a checkpoint, each time.</summary>
    public IReadOnlyList<DateTimeOffset> Resumptions { get; init; } = [];

    /// <summary>Hash of the problem; needed with checkpoints.</summary>
    public string ProblemHash { get; init; } = "";

    /// <summary>Steps to the end, to failure or to cancellation; the sink is told.</summary>
    /// <param name="end">End time, s.</param>
    /// <param name="progress">Called a few times per second, or null.</param>
    /// <param name="checkpoints">When and where to save; null: never.</param>
    /// <param name="cancellation">Ends the run after its current step.</param>
    public RunSummary Run(double end, Action<RunProgress>? progress, Checkpointing? checkpoints, CancellationToken cancellation)
    {
        using var pause = new Pause(checkpoints?.Interval, elapsed(), cancellation);
        double nextReport = 0;
        long saved = -1;
        void AfterStep(ProblemStatus status)
        {
            double now = elapsed();
            // An engine may report before its first step: saved again there, a run would never go on.
            if (status.AcceptedSteps + status.RejectedSteps != saved) pause.Check(now);
            if (now < nextReport || progress is null) return;
            nextReport = now + 0.1;
            progress(new(status.Time, end, status.AcceptedSteps, status.StepSize, now));
        }

        bool isWatched = progress is not null || checkpoints?.Interval is not null;
        while (run.Target is { } target)
        {
            // What follows the end is a matter of a few steps, and nothing to be saved or shown.
            if (run.IsOver)
            {
                batch.Advance([target], null, CancellationToken.None);
                run.Observe(batch, 0);
                continue;
            }
            batch.Advance([target], isWatched ? AfterStep : null, pause.Token);
            if (batch.Status(0).Outcome == Outcome.Interrupted)
            {
                checkpoints?.Store.Save(Checkpoint());
                pause.Restart(elapsed());
                saved = batch.Status(0).AcceptedSteps + batch.Status(0).RejectedSteps;
                if (!cancellation.IsCancellationRequested) continue;
            }
            run.Observe(batch, 0);
        }
        return run.Complete(batch, 0, elapsed());
    }

    private RunCheckpoint Checkpoint()
    {
        EngineRecord engine = new(), observations = new();
        batch.Save(0, engine);
        run.Save(observations);
        return new()
        {
            ProblemHash = ProblemHash,
            Time = batch.Status(0).Time,
            Snapshots = run.Snapshots,
            Samples = run.Samples,
            WallTime = elapsed(),
            Resumptions = Resumptions,
            Engine = engine,
            Observations = observations,
        };
    }
}
