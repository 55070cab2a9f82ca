namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>How a problem stands; the numbers are those of the host's outcomes, but for the last.</summary>
public static class ClockOutcome
{
    /// <summary>At its target.</summary>
    public const int Done = 0;

    /// <summary>On its way.</summary>
    public const int Running = 1;

    /// <summary>The step fell below the rounding of the time.</summary>
    public const int StepTooSmall = 2;

    /// <summary>A number was not finite.</summary>
    public const int NotFinite = 3;

    /// <summary>A concentration stayed negative.</summary>
    public const int Negative = 4;

    /// <summary>Too many steps.</summary>
    public const int StepBudgetSpent = 5;

    /// <summary>At the end of the last segment that the host has prepared; it goes on with more of them.</summary>
    public const int NeedsSegments = 100;
}

/// <summary>
/// One problem's clock, step size and outcome: in the group's own memory while it steps, in the device's between launches. Nothing in
/// it depends on the other problems.
/// </summary>
public struct ProblemClock
{
    /// <summary>s.</summary>
    public double Time { get; set; }

    /// <summary>s.</summary>
    public double Target { get; set; }

    /// <summary>End of the segment, s.</summary>
    public double Corner { get; set; }

    /// <summary>Step being tried, s.</summary>
    public double Step { get; set; }

    /// <summary>Proposed next step, s; not a number: none yet.</summary>
    public double Proposal { get; set; }

    /// <summary>Last accepted step, s; 0: none since the last corner.</summary>
    public double LastStep { get; set; }

    /// <summary>Its scaled error.</summary>
    public double LastError { get; set; }

    /// <summary>Largest scaled error of an accepted step.</summary>
    public double WorstError { get; set; }

    /// <summary>Spectral bound, 1/s.</summary>
    public double SpectralBound { get; set; }

    /// <summary>Largest violation of Gauss's law that was taken away, mol/m³.</summary>
    public double GaussDrift { get; set; }

    /// <summary>Under a current clamp, Q at the start of the step, mol.</summary>
    public double ClampCharge { get; set; }

    /// <summary>Q of the state that was gathered last, mol.</summary>
    public double Closure { get; set; }

    /// <summary>Accepted steps.</summary>
    public long Accepted { get; set; }

    /// <summary>Rejected steps.</summary>
    public long Rejected { get; set; }

    /// <summary>Evaluations of the right-hand side.</summary>
    public long Evaluations { get; set; }

    /// <summary>A <see cref="ClockOutcome"/>.</summary>
    public int Outcome { get; set; }

    /// <summary>Stages of the step being tried, or of the last one.</summary>
    public int Stages { get; set; }

    /// <summary>Accepted steps since the bound was taken; negative: take it now.</summary>
    public int StepsSinceBound { get; set; }

    /// <summary>Stages since q was last taken from Gauss's law.</summary>
    public int StagesSinceGauss { get; set; }

    /// <summary>1 where the rate at the start of the step is to be counted as an evaluation.</summary>
    public int NeedsStartRate { get; set; }

    /// <summary>Segment that the time lies in, counted from the problem's first.</summary>
    public int Segment { get; set; }

    /// <summary>How far the next step may go, s.</summary>
    public readonly double Stop => Target < Corner ? Target : Corner;

    /// <summary>True for a problem that has still to step.</summary>
    public readonly bool MustStep => Outcome == ClockOutcome.Running && Time < Target;

    /// <summary>Moves the clock by the step, exactly onto the stop when the step reaches it.</summary>
    public void Advance()
    {
        Time = Step >= Stop - Time ? Stop : Time + Step;
        LastStep = Step;
        Accepted++;
    }

    /// <summary>Forgets what was learnt before a corner.</summary>
    public void ForgetHistory()
    {
        LastStep = 0;
        LastError = 0;
        StepsSinceBound = -1;
        NeedsStartRate = 1;
    }
}
