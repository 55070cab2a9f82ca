using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>What a pass over the faces makes, as the compiler sees it: a constant, so that nothing of the other is in its loop.</summary>
public interface IFaceContent
{
    /// <summary>The fluxes' coefficients and slopes too.</summary>
    bool Derivatives { get; }
}

/// <summary>Fluxes alone.</summary>
public readonly struct FluxesAlone : IFaceContent
{
    /// <inheritdoc/>
    public bool Derivatives => false;
}

/// <summary>Fluxes and their derivatives.</summary>
public readonly struct WithDerivatives : IFaceContent
{
    /// <inheritdoc/>
    public bool Derivatives => true;
}

/// <summary>One or the other, known at run time only.</summary>
/// <param name="derivatives">Which.</param>
public readonly struct FluxesOrMore(bool derivatives) : IFaceContent
{
    /// <inheritdoc/>
    public bool Derivatives => derivatives;
}

/// <summary>Fluxes of all faces of a state of unknowns, of ideal ions; <see cref="ScharfetterGummel"/> and <see cref="InterfaceFlux"/>.</summary>
/// <typeparam name="T">Lane.</typeparam>
/// <remarks>Checked by <c>ImplicitSystemTests</c> and <c>FluxReductionTests</c>.</remarks>
public static unsafe class FacePass<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>A J of every face and species; with derivatives, its two coefficients and its slope by the drop of the potential.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="state">Concentrations and potentials.</param>
    /// <param name="content">What to make.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Evaluate<TContent>(ImplicitView a, double* state, TContent content)
        where TContent : struct, IFaceContent
    {
        int species = a.Species, size = a.Size, groups = a.Groups;
        int w = a.Stride;
        int* groupEnd = a.GroupEnd;
        double* magnitude = a.GroupMagnitude;
        for (int f = 0; f <= a.Cells; f++)
        {
            double* left = state + f * size * w, right = left + size * w;
            T drop = T.Load(left + species * w) - T.Load(right + species * w);
            int at = f * species * w;
            if (a.InterfaceAt[f] >= 0)
            {
                Interface(a, a.InterfaceAt[f], at, left, right, drop, content.Derivatives);
                continue;
            }
            int s = 0;
            for (int g = 0; g < groups; g++)
            {
                T bernoulli = Bernoulli.OfMagnitude(T.Of(magnitude[g]) * drop);
                for (; s < groupEnd[g]; s++, at += w)
                {
                    T z = T.Of(a.Valence[s]), drive = ScharfetterGummel.Drive(z, drop), conductance = T.Load(a.Conductance + at);
                    T cLeft = T.Load(left + s * w), cRight = T.Load(right + s * w);
                    T.Store(ScharfetterGummel.Flux(conductance, bernoulli, drive, cLeft, cRight), a.Flux + at);
                    if (content.Derivatives) Store(a, at, ScharfetterGummel.Linearise(conductance, bernoulli, drive, z, cLeft, cRight));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ImplicitView a, int at, ScharfetterGummel.Linear<T> linear)
    {
        T.Store(linear.Left, a.Left + at);
        T.Store(linear.Right, a.Right + at);
        T.Store(linear.Slope, a.Slope + at);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interface(ImplicitView a, int index, int at, double* left, double* right, T drop, bool derivatives)
    {
        int w = a.Stride, next = a.InterfaceLength;
        for (int s = 0; s < a.Species; s++, at += w)
        {
            double* item = a.Interface + (index * a.Species + s) * w;
            T cLeft = T.Load(left + s * w), cRight = T.Load(right + s * w);
            var linear = InterfaceFlux.Linearise(
                T.Load(item), T.Load(item + next), T.Load(item + 2 * next), T.Load(item + 3 * next), drop,
                T.Load(item + 4 * next), T.Load(item + 5 * next), cLeft, cRight);
            T.Store(InterfaceFlux.Flux(new InterfaceFlux.Coefficients<T>(linear.Left, linear.Right), cLeft, cRight), a.Flux + at);
            // The coefficients of the step's start serve all its stages.
            if (derivatives) Store(a, at, linear);
        }
    }
}
