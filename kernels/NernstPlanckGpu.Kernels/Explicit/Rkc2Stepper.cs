using ILGPU;
using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>Adaptive Runge–Kutta–Chebyshev steps, with the decisions of the CPU's.</summary>
/// <typeparam name="TBernoulli">Precision of the Bernoulli functions.</typeparam>
public readonly struct Rkc2Stepper<TBernoulli> : IStepper
    where TBernoulli : struct, IBernoulliKind
{
    /// <inheritdoc/>
    public static void Advance<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock, long budget)
        where TCells : struct, ICells
    {
        long begun = clock.Evaluations;
        bool settled = false, hasRate = false;
        while (clock.MustStep && clock.Evaluations - begun < budget)
        {
            // Between launches only the state is kept: the rate is found again then, and not counted twice.
            bool needsRate = !hasRate || clock.NeedsStartRate != 0;
            if (!Try(ref problem, ref clock, settled, needsRate)) break;
            settled = Judge(ref problem, ref clock);
            hasRate = clock.NeedsStartRate == 0;
        }
    }

    // Bound, step and stages; false when no step can be taken.
    private static bool Plan<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock)
        where TCells : struct, ICells
    {
        bool bound = clock.StepsSinceBound < 0 || clock.StepsSinceBound >= Rkc2.BoundLifetime(clock.Stages);
        double rho = bound ? problem.SpectralBound<TBernoulli>() : clock.SpectralBound;
        TCells.Barrier();
        if (GroupProblem<TCells>.Decides) Decide(problem, rho, bound, ref clock);
        TCells.Barrier();
        return clock.Outcome == ClockOutcome.Running;
    }

    private static void Decide<TCells>(in GroupProblem<TCells> problem, double rho, bool bound, ref ProblemClock clock)
        where TCells : struct, ICells
    {
        if (clock.Accepted + clock.Rejected >= problem.Shape.MaximumSteps)
        {
            clock.Outcome = ClockOutcome.StepBudgetSpent;
            return;
        }
        clock.Evaluations += clock.NeedsStartRate;
        clock.NeedsStartRate = 0;
        if (bound)
        {
            clock.SpectralBound = rho;
            clock.StepsSinceBound = 0;
            if (!Stepping.IsFinite(rho))
            {
                clock.Outcome = ClockOutcome.NotFinite;
                return;
            }
        }
        ArrayView<double> stability = problem.Batch.Stability;
        double least = clock.SpectralBound > 1e-300 ? clock.SpectralBound : 1e-300, remaining = clock.Stop - clock.Time;
        clock.Step = problem.Shape.FixedStep > 0
            ? StepPlan.Equal(problem.Shape.FixedStep, remaining)
            : StepPlan.Landing(Proposal(clock, least, stability[Rkc2.MaximumStages] / least), remaining, clock.SpectralBound);
        double product = clock.Step * least;
        int stages = Rkc2.FirstGuess(product);
        while (stages < Rkc2.MaximumStages && stability[stages] < product) stages++;
        clock.Stages = stages;
    }

    // After a start or a corner the first step is a safe explicit one; the control lets it double each time.
    private static double Proposal(in ProblemClock clock, double rho, double longest)
    {
        double proposal = clock.Proposal;
        if (clock.LastStep == 0) proposal = proposal < 1 / rho ? proposal : 1 / rho;
        return proposal < longest ? proposal : longest;
    }

    // The start settled and its rate where they are not known, the plan, all stages, and the rate at the end: one loop, so that the kernel
    // has each part once. False when no step can be taken.
    private static bool Try<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock, bool settled, bool needsRate)
        where TCells : struct, ICells
    {
        double time = clock.Time, step = 0, end = time, at = time, share = 0;
        int stages = 2, first = 0;
        StageRecord stage = default;
        for (int j = settled ? 1 : 0; j <= stages + 1; j++)
        {
            if (j == 1 && !needsRate) continue;
            if (j == 2)
            {
                if (!Plan(ref problem, ref clock)) return false;
                (stages, step, end) = (clock.Stages, clock.Step, Stepping.EndTime(ref clock));
                first = ((stages * (stages - 1)) / 2) - 1;
                stage = problem.Batch.Stages[first];
                (at, share) = (time + (stage.Time * step), stage.MuTilde * step);
            }
            if (j == 0 || j == 2) problem.Settle(share, at, ref clock);
            if (j == 0) continue;
            StageKind kind = j == 1 ? StageKind.StartRate : j <= stages ? StageKind.Stage : StageKind.EndRate;
            if (kind == StageKind.Stage)
            {
                stage = problem.Batch.Stages[first + j - 1];
                at = j == stages ? end : time + (stage.Time * step);
            }
            problem.Evaluate<StageMove, TBernoulli>(new(stage, step, kind), at, ref clock);
        }
        return true;
    }

    // True when the state that the next step starts from is settled.
    private static bool Judge<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock)
        where TCells : struct, ICells
    {
        (double error, double smallest) = problem.Error(clock.Step);
        bool isFinite = Stepping.IsFinite(error);
        bool isNegative = isFinite && smallest < 0 && problem.Inspect() == ClockOutcome.Negative;
        if (problem.Shape.FixedStep > 0 && isFinite) error = 0;
        bool accepted = isFinite && !isNegative && error <= 1;
        if (accepted) problem.Accept(withRate: true);
        int segment = clock.Segment;
        TCells.Barrier();
        if (GroupProblem<TCells>.Decides)
        {
            clock.Evaluations += clock.Stages;
            if (accepted) Take(problem, error, ref clock);
            else Refuse(problem.Shape, error, isFinite, isNegative, ref clock);
        }
        TCells.Barrier();
        bool settled = accepted && clock.Segment == segment;
        problem.Enter(clock.Segment);
        if (accepted && clock.StagesSinceGauss >= Rkc2.StagesBetweenGauss)
        {
            problem.RestoreGauss(ref clock);
            settled = false;
        }
        return settled;
    }

    private static void Take<TCells>(in GroupProblem<TCells> problem, double error, ref ProblemClock clock)
        where TCells : struct, ICells
    {
        clock.Proposal = StepPlan.AfterAccepted<DeviceLane>(error, clock.Step, clock.LastError, clock.LastStep, clock.Proposal);
        clock.LastError = error;
        if (error > clock.WorstError) clock.WorstError = error;
        clock.StepsSinceBound++;
        clock.StagesSinceGauss += clock.Stages;
        Stepping.Accept(problem, ref clock);
    }

    private static void Refuse(in BatchShape shape, double error, bool isFinite, bool isNegative, ref ProblemClock clock)
    {
        clock.Rejected++;
        clock.StepsSinceBound = -1;
        clock.Proposal = StepPlan.AfterRejected<DeviceLane>(error, isFinite, isNegative, clock.Step);
        if (shape.FixedStep > 0 || StepPlan.IsSpent(clock.Proposal, clock.Time))
            clock.Outcome = !isFinite ? ClockOutcome.NotFinite : isNegative ? ClockOutcome.Negative : ClockOutcome.StepTooSmall;
    }
}
