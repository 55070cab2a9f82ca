using ILGPU;
using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>Adaptive Runge–Kutta–Chebyshev steps, with the decisions of the CPU's.</summary>
public readonly struct Rkc2Stepper : IStepper
{
    /// <inheritdoc/>
    public static void Advance<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock, long budget)
        where TCells : struct, ICells
    {
        long begun = clock.Evaluations;
        bool settled = false, hasRate = false;
        while (clock.MustStep && clock.Evaluations - begun < budget)
        {
            double time = clock.Time;
            bool counts = clock.NeedsStartRate != 0, bound = clock.StepsSinceBound < 0 || clock.StepsSinceBound >= Rkc2.BoundLifetime(clock.Stages);
            if (!settled) problem.Settle(0, time, ref clock);
            // Between launches only the state is kept: the rate is found again then, and not counted twice.
            if (counts || !hasRate) problem.Evaluate(default(StartRateMove), time, time, ref clock);
            hasRate = true;
            double rho = bound ? problem.SpectralBound() : clock.SpectralBound;
            Group.Barrier();
            if (Stepping.Decides) Plan(problem, rho, bound, ref clock);
            Group.Barrier();
            if (clock.Outcome != ClockOutcome.Running) break;
            Try(ref problem, ref clock);
            settled = Judge(ref problem, ref clock);
            hasRate = clock.NeedsStartRate == 0;
        }
    }

    // Bound, step and stages.
    private static void Plan<TCells>(in GroupProblem<TCells> problem, double rho, bool bound, ref ProblemClock clock)
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

    // All stages, and the rate at the end.
    private static void Try<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock)
        where TCells : struct, ICells
    {
        ArrayView<StageRecord> table = problem.Batch.Stages;
        int stages = clock.Stages, first = ((stages * (stages - 1)) / 2) - 1;
        double time = clock.Time, step = clock.Step, end = Stepping.EndTime(ref clock), at;
        StageRecord stage = table[first];
        at = time + (stage.Time * step);
        problem.Settle(stage.MuTilde * step, at, ref clock);
        for (int j = 2; j <= stages + 1; j++)
        {
            bool isEnd = j > stages;
            // Prescribed fluxes belong to the time of Y_(j−1); the new stage is settled at its own.
            double evaluated = at;
            if (!isEnd)
            {
                stage = table[first + j - 1];
                at = j == stages ? end : time + (stage.Time * step);
            }
            problem.Evaluate(new StageMove(stage, step, isEnd), evaluated, at, ref clock);
        }
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
        Group.Barrier();
        if (Stepping.Decides)
        {
            clock.Evaluations += clock.Stages;
            if (accepted) Take(problem, error, ref clock);
            else Refuse(problem.Shape, error, isFinite, isNegative, ref clock);
        }
        Group.Barrier();
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
