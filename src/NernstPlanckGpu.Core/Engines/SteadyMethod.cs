using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines;

/// <summary>How steady states of a problem are found.</summary>
public static class SteadyMethod
{
    /// <summary>
    /// True where the state is integrated until nothing moves: with mechanisms, whose gates, pumps and volumes have no Newton iteration of
    /// their own, and with activity coefficients.
    /// </summary>
    /// <param name="problem">Problem.</param>
    public static bool Settles(PnpProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Mechanisms.Count > 0 || problem.Activity.Kind != ActivityKind.Ideal;
    }

    /// <summary>The method, for people.</summary>
    /// <param name="problem">Problem.</param>
    public static string Describe(PnpProblem problem) =>
        Settles(problem) ? "integration in time until nothing moves" : "Newton's method";
}
