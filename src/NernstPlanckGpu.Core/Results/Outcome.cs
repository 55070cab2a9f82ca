namespace NernstPlanckGpu.Core.Results;

/// <summary>How a problem ended. The same number stands in the exit code's table, in JSON and in the file.</summary>
public enum Outcome
{
    /// <summary>Reached its end time.</summary>
    Done = 0,

    /// <summary>Still on its way.</summary>
    Running = 1,

    /// <summary>The step size fell below the rounding of the time.</summary>
    StepTooSmall = 2,

    /// <summary>A number became infinite or not a number.</summary>
    NotFinite = 3,

    /// <summary>A concentration stayed negative however small the step.</summary>
    Negative = 4,

    /// <summary>The step budget is spent.</summary>
    StepBudgetSpent = 5,

    /// <summary>Stopped from outside (signal or cancellation).</summary>
    Interrupted = 6,

    /// <summary>No steady state was found.</summary>
    NotConverged = 7,

    /// <summary>The reservoir inside swelled beyond what the membrane bears.</summary>
    Burst = 8,
}

/// <summary>Words for outcomes: what happened, and what to change.</summary>
public static class OutcomeText
{
    /// <summary>True when the run is complete: at its end time, or at an end that physics set before.</summary>
    /// <param name="outcome">Outcome.</param>
    public static bool IsComplete(this Outcome outcome) => outcome is Outcome.Done or Outcome.Burst;

    /// <summary>What happened and what to change, one sentence.</summary>
    /// <param name="outcome">Outcome.</param>
    public static string Describe(this Outcome outcome) => outcome switch
    {
        Outcome.Done => "done",
        Outcome.Running => "running",
        Outcome.StepTooSmall => "the step size fell below the rounding of the time; loosen time.relativeTolerance or refine the grid where the field is strongest",
        Outcome.NotFinite => "a number became infinite or not a number; with a fixed time.step, make it smaller, else report this configuration",
        Outcome.Negative => "a concentration stayed negative however small the step; tighten time.relativeTolerance or refine the grid",
        Outcome.StepBudgetSpent => "time.maximumSteps is spent before time.end; raise it or shorten the run",
        Outcome.Interrupted => "interrupted; what was written so far is readable",
        Outcome.NotConverged => "no steady state was found; see where it stuck, start nearer to it, or integrate in time instead",
        Outcome.Burst => "the cell burst: the volume inside reached what waterFlux.burst allows, and the run ends there",
        _ => outcome.ToString(),
    };
}
