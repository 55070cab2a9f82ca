using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>One problem's clock, step size and outcome. Nothing here depends on the other problems of its pack.</summary>
internal sealed class ProblemControl(int index, DiscreteProblem problem)
{
    /// <summary>Index in the batch.</summary>
    public int Index { get; } = index;

    public DiscreteProblem Problem { get; } = problem;

    public Outcome Outcome { get; set; } = Outcome.Running;

    public double Time { get; set; }

    public double Target { get; set; }

    /// <summary>When the pieces of waveforms and sources that hold now were entered, s.</summary>
    public double Entered { get; set; }

    /// <summary>Next corner of any waveform or source.</summary>
    public double Corner { get; set; }

    /// <summary>Proposed next step; NaN: none yet.</summary>
    public double Proposal { get; set; } = double.NaN;

    /// <summary>Step being tried, s.</summary>
    public double Step { get; set; }

    /// <summary>No step is longer: a cell bursts before.</summary>
    public double LongestStep { get; set; } = double.PositiveInfinity;

    /// <summary>Stages of the step being tried, or of the last one.</summary>
    public int Stages { get; set; }

    /// <summary>Last accepted step and its scaled error; 0: none since the last corner.</summary>
    public double LastStep { get; set; }

    public double LastError { get; set; }

    public double WorstError { get; set; }

    /// <summary>Spectral bound, 1/s, and accepted steps since it was taken; negative: take it now.</summary>
    public double SpectralBound { get; set; }

    public int StepsSinceBound { get; set; } = -1;

    /// <summary>Largest violation of Gauss's law that was found before q was taken from it, mol/m³.</summary>
    public double GaussDrift { get; set; }

    /// <summary>Largest relative correction of an amount that rounding had let drift (implicit steps).</summary>
    public double MassCorrection { get; set; }

    /// <summary>Where an implicit step failed, or when a cell burst.</summary>
    public string? Detail { get; private set; }

    public bool NeedsStartRate { get; set; } = true;

    /// <summary>Stages since q was last taken from Gauss's law.</summary>
    public int StagesSinceGauss { get; set; }

    public long Accepted { get; set; }

    public long Rejected { get; set; }

    public long Evaluations { get; set; }

    public bool IsRunning => Outcome == Outcome.Running;

    public ProblemStatus Status => new(Outcome, Time, LastStep, Accepted, Rejected, Evaluations, WorstError, SpectralBound, GaussDrift, MassCorrection, Detail);

    /// <summary>How far the next step may go: the target, or a corner before it.</summary>
    public double Stop => Math.Min(Target, Corner);

    /// <summary>The next step where one is proposed: it lands on the stop; see <see cref="StepPlan.Landing"/>.</summary>
    public double Landing(double proposal) => StepPlan.Landing(proposal, Stop - Time, SpectralBound);

    /// <summary>Moves the clock by the step, exactly onto the stop when the step reaches it.</summary>
    public void Advance()
    {
        Time = Step >= Stop - Time ? Stop : Time + Step;
        LastStep = Step;
        Accepted++;
    }

    /// <summary>Forgets what was learnt on the smooth piece before a corner.</summary>
    public void ForgetHistory()
    {
        (LastStep, LastError) = (0, 0);
        StepsSinceBound = -1;
        NeedsStartRate = true;
    }

    /// <summary>
    /// Exchanges all but what is made anew: target and steps tried by the next <see cref="IBatch.Advance"/>, the corner by entering the pieces.
    /// </summary>
    public void Exchange(RecordExchange exchange)
    {
        Outcome = (Outcome)exchange.Count("control/outcome", (long)Outcome);
        Detail = exchange.Text("control/detail", Detail);
        Time = exchange.Number("control/time", "s", Time);
        Entered = exchange.Number("control/entered", "s", Entered);
        Proposal = exchange.Number("control/proposal", "s", Proposal);
        LongestStep = exchange.Number("control/longestStep", "s", LongestStep);
        LastStep = exchange.Number("control/lastStep", "s", LastStep);
        LastError = exchange.Number("control/lastError", "1", LastError);
        WorstError = exchange.Number("control/worstError", "1", WorstError);
        SpectralBound = exchange.Number("control/spectralBound", "s-1", SpectralBound);
        StepsSinceBound = (int)exchange.Count("control/stepsSinceBound", StepsSinceBound);
        Stages = (int)exchange.Count("control/stages", Stages);
        StagesSinceGauss = (int)exchange.Count("control/stagesSinceGauss", StagesSinceGauss);
        NeedsStartRate = exchange.Flag("control/needsStartRate", NeedsStartRate);
        GaussDrift = exchange.Number("control/gaussDrift", "mol m-3", GaussDrift);
        MassCorrection = exchange.Number("control/massCorrection", "1", MassCorrection);
        Accepted = exchange.Count("control/acceptedSteps", Accepted);
        Rejected = exchange.Count("control/rejectedSteps", Rejected);
        Evaluations = exchange.Count("control/evaluations", Evaluations);
    }

    /// <summary>The cell has burst, now, at a volume over its initial one.</summary>
    public void Burst(double volume) =>
        Fail(Outcome.Burst, FormattableString.Invariant($"at t = {Time:g6} s, at {volume:g6} times the initial volume"));

    public void Fail(Outcome outcome, string? detail = null)
    {
        (Outcome, Detail) = (outcome, detail);
        Step = 0;
    }
}
