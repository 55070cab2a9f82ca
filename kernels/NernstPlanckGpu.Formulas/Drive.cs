using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>A smooth piece of a waveform: v(t) = value + slope t + amplitude sin(omega t + phase), t since the piece's origin.</summary>
/// <param name="Value">Offset.</param>
/// <param name="Slope">Rate, 1/s.</param>
/// <param name="Amplitude">Amplitude of the sine.</param>
/// <param name="AngularFrequency">omega, rad/s; not 0 where the amplitude is not.</param>
/// <param name="Phase">rad.</param>
public readonly record struct Drive<T>(T Value, T Slope, T Amplitude, T AngularFrequency, T Phase)
    where T : unmanaged, ILane<T>
{
    /// <summary>Value at <paramref name="time"/>, s since the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(T time) =>
        T.MultiplyAdd(Amplitude, Elementary.Sin(T.MultiplyAdd(AngularFrequency, time, Phase)), T.MultiplyAdd(Slope, time, Value));

    /// <summary>Derivative at <paramref name="time"/>, s since the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T RateAt(T time) =>
        T.MultiplyAdd(Amplitude * AngularFrequency, Elementary.Cos(T.MultiplyAdd(AngularFrequency, time, Phase)), Slope);

    /// <summary>The derivative as a piece of its own, where one formula is to serve both.</summary>
    public Drive<T> Derivative
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Slope, T.Of(0.0), Amplitude * AngularFrequency, AngularFrequency, Phase + T.Of(Math.PI / 2));
    }

    /// <summary>Integral from the origin to <paramref name="time"/>, s since the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T IntegralTo(T time)
    {
        T omega = T.Where(-T.Abs(AngularFrequency), T.Of(0.0), AngularFrequency, T.Of(1.0));
        T wave = Elementary.Cos(Phase) - Elementary.Cos(T.MultiplyAdd(AngularFrequency, time, Phase));
        return T.MultiplyAdd(Amplitude / omega, wave, time * T.MultiplyAdd(T.Of(0.5) * Slope, time, Value));
    }
}
