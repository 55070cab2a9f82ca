namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>An explicit integrator, or what else a group does with a problem.</summary>
public interface IStepper
{
    /// <summary>Steps a problem to its target, to the end of its segments, to a failure, or until its budget of this launch is spent.</summary>
    /// <param name="problem">Problem, loaded.</param>
    /// <param name="clock">Its clock; one thread writes it, between barriers.</param>
    /// <param name="budget">Evaluations after which to come back.</param>
    static abstract void Advance<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock, long budget)
        where TCells : struct, ICells;
}

/// <summary>What the integrators do alike with a clock.</summary>
internal static class Stepping
{
    /// <summary>True for a finite number. As a select: what ILGPU 1.5.3 makes of two comparisons joined by "and" is not to be trusted with a NaN.</summary>
    public static bool IsFinite(double x) =>
        DeviceLane.Where(DeviceLane.Abs(new(x)), new(double.PositiveInfinity), new(1.0), new(0.0)).Value > 0.5;

    /// <summary>The time after the step.</summary>
    public static double EndTime(ref ProblemClock clock)
    {
        double stop = clock.Stop;
        return clock.Step < stop - clock.Time ? clock.Time + clock.Step : stop > clock.Time ? stop : clock.Time;
    }

    /// <summary>The deciding thread accepts a step: the clock moves, and at a corner the next pieces begin.</summary>
    public static void Accept<TCells>(in GroupProblem<TCells> problem, ref ProblemClock clock)
        where TCells : struct, ICells
    {
        clock.Advance();
        problem.Charge(ref clock);
        if (clock.Time < clock.Corner) return;
        clock.ForgetHistory();
        if (problem.SegmentAt(clock.Segment).IsLast != 0)
        {
            if (clock.Time < clock.Target) clock.Outcome = ClockOutcome.NeedsSegments;
            return;
        }
        clock.Segment++;
        clock.Corner = problem.SegmentAt(clock.Segment).End;
    }
}
