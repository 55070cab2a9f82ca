using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>
/// Explicit Euler: the given step, or 0.9 of the stability limit 2/rho, shortened to land. Concentrations are looked at every so many
/// steps and on landing.
/// </summary>
/// <typeparam name="TBernoulli">Precision of the Bernoulli functions.</typeparam>
public readonly struct EulerStepper<TBernoulli> : IStepper
    where TBernoulli : struct, IBernoulliKind
{
    /// <inheritdoc/>
    public static void Advance<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock, long budget)
        where TCells : struct, ICells
    {
        long begun = clock.Evaluations;
        bool settled = false;
        while (clock.MustStep && clock.Evaluations - begun < budget)
        {
            double time = clock.Time;
            bool isFixed = problem.Shape.FixedStep > 0, bound = !isFixed && (clock.StepsSinceBound < 0 || clock.StepsSinceBound >= EulerRule.CheckInterval);
            if (!settled) problem.Settle(0, time, ref clock);
            double rho = bound ? problem.SpectralBound<TBernoulli>() : clock.SpectralBound;
            TCells.Barrier();
            if (GroupProblem<TCells>.Decides) Plan(problem.Shape, rho, bound, ref clock);
            TCells.Barrier();
            if (clock.Outcome != ClockOutcome.Running) break;
            problem.Evaluate<EulerMove, TBernoulli>(new(clock.Step), Stepping.EndTime(ref clock), ref clock);
            problem.Accept(withRate: false);
            int segment = clock.Segment;
            TCells.Barrier();
            if (GroupProblem<TCells>.Decides) Take(problem, ref clock);
            TCells.Barrier();
            settled = clock.Segment == segment;
            problem.Enter(clock.Segment);
            if (clock.Accepted % EulerRule.GaussInterval == 0)
            {
                problem.RestoreGauss(ref clock);
                settled = false;
            }
            if (clock.Accepted % EulerRule.CheckInterval == 0 || clock.Time >= clock.Target) Check(ref problem, ref clock);
            // The loop has one way back.
            TCells.Barrier();
        }
    }

    private static void Plan(in BatchShape shape, double rho, bool bound, ref ProblemClock clock)
    {
        if (clock.Accepted >= shape.MaximumSteps)
        {
            clock.Outcome = ClockOutcome.StepBudgetSpent;
            return;
        }
        if (bound)
        {
            clock.SpectralBound = rho;
            clock.StepsSinceBound = 0;
        }
        double wish = shape.FixedStep > 0 ? shape.FixedStep : 2 * EulerRule.LimitFraction / (clock.SpectralBound > 1e-300 ? clock.SpectralBound : 1e-300);
        clock.Step = StepPlan.Equal(wish, clock.Stop - clock.Time);
    }

    private static void Take<TCells>(in GroupProblem<TCells> problem, ref ProblemClock clock)
        where TCells : struct, ICells
    {
        clock.Evaluations++;
        clock.StepsSinceBound++;
        Stepping.Accept(problem, ref clock);
    }

    private static void Check<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock)
        where TCells : struct, ICells
    {
        int found = problem.Inspect();
        if (found == ClockOutcome.Running) return;
        TCells.Barrier();
        if (GroupProblem<TCells>.Decides) clock.Outcome = found;
        TCells.Barrier();
    }
}
