using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>Error estimate and step-size rule of the adaptive explicit integrator (Sommeijer, Shampine, Verwer 1998, sect. 3).</summary>
public static class StepControl
{
    /// <summary>Local error of rkc2, 0.8 (y_n − y_(n+1)) + 0.4 h (F_n + F_(n+1)), over the weight rtol (|y| + atol).</summary>
    /// <param name="start">y_n.</param>
    /// <param name="end">y_(n+1).</param>
    /// <param name="step">h, s.</param>
    /// <param name="startRate">F_n.</param>
    /// <param name="endRate">F_(n+1).</param>
    /// <param name="relativeTolerance">rtol.</param>
    /// <param name="absoluteTolerance">atol, unit of y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ScaledError<T>(T start, T end, T step, T startRate, T endRate, T relativeTolerance, T absoluteTolerance)
        where T : unmanaged, ILane<T>
    {
        T error = T.MultiplyAdd(T.Of(0.8), start - end, T.Of(0.4) * step * (startRate + endRate));
        T size = T.Max(T.Abs(start), T.Abs(end));
        return error / (relativeTolerance * (size + absoluteTolerance));
    }

    /// <summary>Factor for the next step from the scaled errors of this step and the last accepted one, within [0.1, 2].</summary>
    /// <param name="error">Norm of the scaled error of this step.</param>
    /// <param name="previousError">That of the last accepted step.</param>
    /// <param name="stepRatio">This step over the last accepted one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AcceptedFactor<T>(T error, T previousError, T stepRatio)
        where T : unmanaged, ILane<T>
    {
        T third = T.Of(1.0 / 3.0);
        T floor = T.Of(1e-10);
        T now = Elementary.Pow(T.Max(error, floor), third);
        T before = Elementary.Pow(T.Max(previousError, floor), third);
        return Clamp(T.Of(0.8) * stepRatio * before / (now * now));
    }

    /// <summary>Factor after a rejection, or after the first step, 0.8 error^(−1/3) within [0.1, 2].</summary>
    /// <param name="error">Norm of the scaled error.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T PlainFactor<T>(T error)
        where T : unmanaged, ILane<T> => Clamp(T.Of(0.8) / Elementary.Pow(T.Max(error, T.Of(1e-10)), T.Of(1.0 / 3.0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Clamp<T>(T factor)
        where T : unmanaged, ILane<T> => T.Min(T.Max(factor, T.Of(0.1)), T.Of(2.0));
}
