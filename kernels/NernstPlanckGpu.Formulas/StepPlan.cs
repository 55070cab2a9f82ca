using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// How long the next step of a problem is. Decisions per problem and step, in plain numbers and branches: they are not taken per cell,
/// and a device takes them in one thread. They stand here so that every engine takes the same ones.
/// </summary>
public static class StepPlan
{
    /// <summary>Factor of a step after which a number was not finite, and after which a concentration was negative.</summary>
    public const double NotFiniteShrink = 0.1, NegativeShrink = 0.5;

    /// <summary>
    /// Largest step not above the proposal that lands on a stop without leaving a sliver behind. The stop is approached in
    /// steps that shrink fifty-fold until one is explicit: a long step leaves a third to a half of what it stirred up in the
    /// stiff modes, which is nothing in the concentrations and much in the current, and the short ones damp it.
    /// </summary>
    /// <param name="proposal">Proposed step, s.</param>
    /// <param name="remaining">Time to the stop, s.</param>
    /// <param name="spectralBound">Bound of the fastest rate, 1/s.</param>
    public static double Landing(double proposal, double remaining, double spectralBound)
    {
        if (proposal >= remaining * (1 - 1e-9))
            return remaining * spectralBound > 200 ? 0.98 * remaining : remaining;
        return proposal > 0.5 * remaining ? 0.5 * remaining : proposal;
    }

    /// <summary>The largest of equal steps that land on a stop and are not above the wish by more than 1e-6 of the number of steps.</summary>
    /// <param name="wish">Wished step, s.</param>
    /// <param name="remaining">Time to the stop, s.</param>
    public static double Equal(double wish, double remaining)
    {
        double steps = remaining / wish - 1e-6, whole = steps < 9e15 ? (long)steps : steps, count = whole < steps ? whole + 1 : whole;
        return count <= 1 ? remaining : remaining / count;
    }

    /// <summary>Proposal after an accepted rkc2 step.</summary>
    /// <param name="error">Norm of its scaled error.</param>
    /// <param name="step">The step, s.</param>
    /// <param name="lastError">Norm of the accepted step before.</param>
    /// <param name="lastStep">The accepted step before, s; 0: none since the last corner.</param>
    /// <param name="proposal">Proposal that the step was taken from, s; not a number: none yet.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AfterAccepted<T>(double error, double step, double lastError, double lastStep, double proposal)
        where T : unmanaged, ILane<T>, IScalar
    {
        bool hasHistory = lastStep > 0 && lastError > 0;
        double factor = hasHistory
            ? StepControl.AcceptedFactor(T.Of(error), T.Of(lastError), T.Of(step / lastStep)).Value
            : StepControl.PlainFactor(T.Of(error)).Value;
        double next = factor * step;
        // A step cut short to land says little about how long it could have been.
        return lastStep > 0 && proposal > step && proposal > next ? proposal : next;
    }

    /// <summary>Proposal after a rejected rkc2 step.</summary>
    /// <param name="error">Norm of its scaled error; not finite where a number was not.</param>
    /// <param name="isFinite">Every number was finite.</param>
    /// <param name="isNegative">A concentration was negative.</param>
    /// <param name="step">The step, s.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AfterRejected<T>(double error, bool isFinite, bool isNegative, double step)
        where T : unmanaged, ILane<T>, IScalar =>
        step * (!isFinite ? NotFiniteShrink : isNegative ? NegativeShrink : StepControl.PlainFactor(T.Of(error)).Value);

    /// <summary>True for a proposal that moves the clock no more: the problem has failed.</summary>
    /// <param name="proposal">Proposed step, s.</param>
    /// <param name="time">Time, s.</param>
    public static bool IsSpent(double proposal, double time) => time + 0.5 * proposal == time || !(proposal >= 1e-30);
}
