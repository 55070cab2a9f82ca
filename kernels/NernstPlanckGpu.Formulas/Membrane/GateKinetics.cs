using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Membrane;

/// <summary>
/// Rate of a gate as a function of x = (V − midpoint)/scale, in the three forms of Hodgkin and Huxley.
/// </summary>
/// <param name="Value">1/s.</param>
/// <param name="Slope">Derivative by x, 1/s.</param>
/// <remarks>Source: A. L. Hodgkin, A. F. Huxley, J. Physiol. 117, 500 (1952), eqs. 12, 13, 20, 21, 23, 24. Checked by
/// <c>MembraneFormulaTests</c>.</remarks>
public readonly record struct GateRateAt<T>(T Value, T Slope)
    where T : unmanaged, ILane<T>
{
    /// <summary>rate · e^x.</summary>
    /// <param name="rate">Rate at the midpoint, 1/s.</param>
    /// <param name="x">Distance from the midpoint in scales.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GateRateAt<T> Exponential(T rate, T x)
    {
        T value = rate * Elementary.Exp(x);
        return new(value, value);
    }

    /// <summary>rate/(1 + e^(−x)): from e^(−|x|) = e, so that both far ends keep their digits.</summary>
    /// <param name="rate">Largest rate, 1/s.</param>
    /// <param name="x">Distance from the midpoint in scales.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GateRateAt<T> Sigmoid(T rate, T x)
    {
        T one = T.Of(1.0), e = Elementary.Exp(-T.Abs(x)), share = rate / (one + e);
        return new(T.Where(x, T.Of(0.0), e * share, share), e * share / (one + e));
    }

    /// <summary>rate · x/(1 − e^(−x)) = rate · B(−x): <see cref="Bernoulli"/> has no hole at the midpoint.</summary>
    /// <param name="rate">Rate at the midpoint, 1/s.</param>
    /// <param name="x">Distance from the midpoint in scales.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GateRateAt<T> Linoid(T rate, T x)
    {
        T magnitude = Bernoulli.OfMagnitude(x);
        Bernoulli.Slopes(x, magnitude, out _, out T opposite);
        return new(rate * Bernoulli.FromMagnitude(-x, magnitude), -(rate * opposite));
    }
}

/// <summary>Kinetics of the open fraction of a gate, <code>dg/dt = speed [alpha (1 − g) − beta g].</code></summary>
/// <param name="Rate">dg/dt, 1/s.</param>
/// <param name="ByGate">Derivative by g, −speed (alpha + beta), 1/s.</param>
/// <param name="ByOpening">Derivative by alpha.</param>
/// <param name="ByClosing">Derivative by beta.</param>
/// <remarks>Source: Hodgkin and Huxley (1952), eqs. 7, 15, 16. Checked by <c>MembraneFormulaTests</c>.</remarks>
public readonly record struct GateKinetics<T>(T Rate, T ByGate, T ByOpening, T ByClosing)
    where T : unmanaged, ILane<T>
{
    /// <summary>Rate and derivatives.</summary>
    /// <param name="speed">Temperature factor.</param>
    /// <param name="opening">alpha, 1/s.</param>
    /// <param name="closing">beta, 1/s.</param>
    /// <param name="gate">g, 0 to 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GateKinetics<T> At(T speed, T opening, T closing, T gate)
    {
        T byOpening = speed * (T.Of(1.0) - gate), byClosing = -(speed * gate);
        return new(T.MultiplyAdd(byOpening, opening, byClosing * closing), -(speed * (opening + closing)), byOpening, byClosing);
    }

    /// <summary>Open fraction at rest, alpha/(alpha + beta).</summary>
    /// <param name="opening">alpha, 1/s.</param>
    /// <param name="closing">beta, 1/s; not both 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AtRest(T opening, T closing) => opening / (opening + closing);

    /// <summary>Share of the channels whose gates of one kind are all open, g^count, and its derivative by g.</summary>
    /// <param name="gate">g.</param>
    /// <param name="count">Number of like gates in a channel, ≥ 1.</param>
    /// <param name="slope">count g^(count − 1).</param>
    public static T AllOpen(T gate, int count, out T slope)
    {
        T others = T.Of(1.0);
        for (int i = 1; i < count; i++) others *= gate;
        slope = T.Of(count) * others;
        return others * gate;
    }
}
