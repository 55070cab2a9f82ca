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

    /// <summary>
    /// True where the admittance is computed with these mechanisms: nothing that they see but the voltage may answer, so the electrodes impose it,
    /// it is seen from the ends, and every ion that they move has a bath at both.
    /// </summary>
    /// <param name="mechanisms">Mechanisms.</param>
    /// <param name="left">Left end.</param>
    /// <param name="right">Right end.</param>
    public static bool HasAdmittance(IReadOnlyList<Mechanism> mechanisms, Boundary left, Boundary right)
    {
        ArgumentNullException.ThrowIfNull(mechanisms);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        bool IsHeld(int species) => left.Ions[species] is BathBoundary && right.Ions[species] is BathBoundary;
        return left.Electric is PotentialBoundary && right.Electric is PotentialBoundary
            && mechanisms.All(mechanism => mechanism.View == MechanismView.Ends && mechanism is not WaterFlux && mechanism.MovedSpecies.All(IsHeld));
    }

    /// <summary>The method, for people.</summary>
    /// <param name="problem">Problem.</param>
    public static string Describe(PnpProblem problem) =>
        Settles(problem) ? "integration in time until nothing moves" : "Newton's method";
}
