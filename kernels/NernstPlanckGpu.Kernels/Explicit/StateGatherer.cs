namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>
/// No step: the state as it stands with what it comes to, for all problems at once. The host, which looks at every output of every problem, would take
/// longer for their fluxes than the device for the steps between.
/// </summary>
public readonly struct StateGatherer : IStepper
{
    /// <inheritdoc/>
    public static void Advance<TCells>(ref GroupProblem<TCells> problem, ref ProblemClock clock, long budget)
        where TCells : struct, ICells => problem.Gather(ref clock);
}
