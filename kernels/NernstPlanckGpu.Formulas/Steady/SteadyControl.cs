using System.Runtime.CompilerServices;

namespace NernstPlanckGpu.Formulas.Steady;

/// <summary>
/// How much of a Newton update of the potential is taken, and when the iteration ends: each potential moves by at most
/// <see cref="LargestUpdate"/>; updates that turn back are halved; updates that are small and shrink to their square are the last.
/// </summary>
public struct SteadyControl
{
    /// <summary>Largest change of the reduced potential in one iteration.</summary>
    public const double LargestUpdate = 2;

    /// <summary>Least share of an update that is taken while updates turn back.</summary>
    private const double SmallestDamping = 1.0 / 64;

    /// <summary>Updates below this are taken whole.</summary>
    private const double Contracting = 1e-3;

    /// <summary>Updates below this leave an error of their square, which is rounding; unless they shrink only by a factor.</summary>
    private const double Tolerance = 1e-6, Linear = 1e-3, LinearTolerance = 1e-10;

    private double damping, previous;
    private int slow;

    /// <summary>Before the first iteration.</summary>
    public static SteadyControl Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { damping = 1, previous = double.MaxValue };
    }

    /// <summary>An update, taken into ±<see cref="LargestUpdate"/>.</summary>
    /// <param name="update">Reduced.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Clamp(double update) =>
        update < -LargestUpdate ? -LargestUpdate : update > LargestUpdate ? LargestUpdate : update;

    /// <summary>Share of the update that is taken.</summary>
    /// <param name="largest">Largest change of the reduced potential that the update asks for.</param>
    /// <param name="turned">It points against the last one: Newton's method goes to and fro.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Damping(double largest, bool turned)
    {
        // Near the solution updates turn as well, but shrink to their square, and the last one is not to be halved.
        double halved = 0.5 * damping, doubled = 2 * damping;
        halved = halved < SmallestDamping ? SmallestDamping : halved;
        doubled = doubled > 1 ? 1 : doubled;
        damping = largest < Contracting ? 1 : turned ? halved : doubled;
        return damping;
    }

    /// <summary>True when the update was the last one.</summary>
    /// <param name="largest">Largest change that it asked for.</param>
    /// <param name="applied">Largest change that was made.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLast(double largest, double applied)
    {
        if (largest < Tolerance && (largest < Linear * previous || largest < LinearTolerance)) return true;
        // At the rounding of the residual updates no longer shrink.
        slow = applied > 0.5 * previous && applied < 1e-6 ? slow + 1 : 0;
        previous = applied;
        return slow >= 4;
    }
}
