using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>Decisions of the Runge–Kutta–Chebyshev integrator that are made once per step and problem, whatever the engine.</summary>
public static class Rkc2
{
    /// <summary>Most stages of one step: beyond it a longer step saves little, and rounding grows with the square of the stages.</summary>
    public const int MaximumStages = 1000;

    /// <summary>After so many stages the charge is taken from Gauss's law again: often enough for 1e-9 of it, too seldom to cost time.</summary>
    public const int StagesBetweenGauss = 100;

    /// <summary>A concentration is negative below −1e-10 times the largest of its species; less is rounding.</summary>
    public const double NegativeLimit = 1e-10;

    /// <summary>Stability interval of s stages (see <see cref="Chebyshev{T}.StabilityInterval"/>).</summary>
    /// <param name="stages">s ≥ 2.</param>
    public static double StabilityInterval(int stages)
    {
        var s = new ScalarLane(stages);
        return Chebyshev<ScalarLane>.StabilityInterval(Chebyshev<ScalarLane>.Shift(s), Chebyshev<ScalarLane>.CurvatureOverSlope(s)).Value;
    }

    /// <summary>Fewest stages that are stable for a step, at most <see cref="MaximumStages"/>.</summary>
    /// <param name="stepTimesBound">h rho.</param>
    public static int StagesFor(double stepTimesBound)
    {
        int stages = FirstGuess(stepTimesBound);
        while (stages < MaximumStages && StabilityInterval(stages) < stepTimesBound) stages++;
        return stages;
    }

    /// <summary>Where the search for the stages begins: not above those needed, since the interval is below 0.54 s². 2 … <see cref="MaximumStages"/>.</summary>
    /// <param name="stepTimesBound">h rho.</param>
    public static int FirstGuess(double stepTimesBound)
    {
        int stages = (int)Math.Sqrt((stepTimesBound < 1e12 ? stepTimesBound : 1e12) / 0.54);
        return stages < 2 ? 2 : stages > MaximumStages ? MaximumStages : stages;
    }

    /// <summary>Longest stable step with the most stages.</summary>
    /// <param name="spectralBound">rho, 1/s.</param>
    public static double LongestStep(double spectralBound) => StabilityInterval(MaximumStages) / spectralBound;

    /// <summary>After how many accepted steps the spectral bound is taken anew: at once when it is cheap beside the stages.</summary>
    /// <param name="stages">Stages of the last step.</param>
    public static int BoundLifetime(int stages) => stages >= 10 ? 1 : 10;
}
