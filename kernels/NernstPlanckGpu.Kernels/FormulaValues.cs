using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Kernels;

/// <summary>The formulas that everything else leans on, at one argument x: what a device is asked before it is trusted.</summary>
/// <param name="Bernoulli">B(x).</param>
/// <param name="Exponential">e^x.</param>
/// <param name="Logarithm">ln |x|.</param>
/// <param name="Sine">sin x.</param>
/// <param name="FluxFromLeft">Flux through an interface from its left cell alone, mol/s.</param>
/// <param name="FluxFromRight">The same from its right cell alone: apart from the other, so that nothing cancels.</param>
public readonly record struct FormulaValues<T>(T Bernoulli, T Exponential, T Logarithm, T Sine, T FluxFromLeft, T FluxFromRight)
    where T : unmanaged, ILane<T>
{
    /// <summary>The values at x, with drops of x and x/2 over the halves of an interface.</summary>
    /// <param name="x">Argument; 1e-3 ≤ |x| ≤ 300 keeps every value normal.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FormulaValues<T> At(T x)
    {
        T one = T.Of(1.0), zero = T.Of(0.0);
        InterfaceFlux.Coefficients<T> face = InterfaceFlux.AtFace(
            one, T.Of(3.0), x, T.Of(0.5) * x, T.Of(0.8), T.Of(1.25));
        return new(
            Formulas.Bernoulli.FromMagnitude(x, Formulas.Bernoulli.OfMagnitude(x)),
            Elementary.Exp(x),
            Elementary.Log(T.Abs(x)),
            Elementary.Sin(x),
            InterfaceFlux.Flux(face, one, zero),
            InterfaceFlux.Flux(face, zero, one));
    }
}
