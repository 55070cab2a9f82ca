using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Fluxes of all faces of a state of unknowns, and their derivatives; lanes run across problems.</summary>
internal static unsafe class FaceFluxes<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>A J of every face and species.</summary>
    public static void Evaluate(ImplicitArrays a, double* state)
    {
        if (a.Shape.IsIdeal) Pass(a, state, default(FluxesAlone));
        else ActivityFluxes<T>.Evaluate(a, state, derivatives: false);
    }

    /// <summary>A J, its two coefficients and its slope by the drop of the potential.</summary>
    public static void Linearise(ImplicitArrays a, double* state)
    {
        if (a.Shape.IsIdeal) Pass(a, state, default(WithDerivatives));
        else ActivityFluxes<T>.Evaluate(a, state, derivatives: true);
    }

    /// <summary>What a pass makes, as the compiler sees it: a constant, so that nothing of the other is in its loop.</summary>
    private interface IContent
    {
        bool Derivatives { get; }
    }

    private readonly struct FluxesAlone : IContent
    {
        public bool Derivatives => false;
    }

    private readonly struct WithDerivatives : IContent
    {
        public bool Derivatives => true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<TContent>(ImplicitArrays a, double* state, TContent content)
        where TContent : struct, IContent
    {
        int w = a.Problems, species = a.Species, size = a.Size;
        int[] groupEnd = a.Shape.GroupEnd;
        double[] magnitude = a.Shape.GroupMagnitude;
        for (int f = 0; f <= a.Cells; f++)
        {
            double* left = state + (long)f * size * w, right = left + (long)size * w;
            T drop = T.Load(left + species * w) - T.Load(right + species * w);
            long at = (long)f * species * w;
            if (a.InterfaceAt[f] >= 0)
            {
                Interface(a, a.InterfaceAt[f], at, left, right, drop, content.Derivatives);
                continue;
            }
            int s = 0;
            for (int g = 0; g < groupEnd.Length; g++)
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
    private static void Store(ImplicitArrays a, long at, ScharfetterGummel.Linear<T> linear)
    {
        T.Store(linear.Left, a.Left + at);
        T.Store(linear.Right, a.Right + at);
        T.Store(linear.Slope, a.Slope + at);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Interface(ImplicitArrays a, int index, long at, double* left, double* right, T drop, bool derivatives)
    {
        int w = a.Problems;
        for (int s = 0; s < a.Species; s++, at += w)
        {
            double* item = a.Interface + (long)(index * a.Species + s) * w;
            int next = a.InterfaceLength;
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
