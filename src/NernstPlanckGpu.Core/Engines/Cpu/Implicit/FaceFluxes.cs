using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Fluxes of all faces of a state of unknowns, and their derivatives; lanes run across problems.</summary>
internal static unsafe class FaceFluxes<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>A J of every face and species.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Evaluate(ImplicitArrays a, double* state)
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
                Interface(a, a.InterfaceAt[f], at, left, right, drop, derivatives: false);
                continue;
            }
            int s = 0;
            for (int g = 0; g < groupEnd.Length; g++)
            {
                T bernoulli = Bernoulli.OfMagnitude(T.Of(magnitude[g]) * drop);
                for (; s < groupEnd[g]; s++, at += w)
                {
                    T drive = ScharfetterGummel.Drive(T.Of(a.Valence[s]), drop);
                    T.Store(
                        ScharfetterGummel.Flux(T.Load(a.Conductance + at), bernoulli, drive, T.Load(left + s * w), T.Load(right + s * w)),
                        a.Flux + at);
                }
            }
        }
    }

    /// <summary>A J, its two coefficients and its slope by the drop of the potential.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Linearise(ImplicitArrays a, double* state)
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
                Interface(a, a.InterfaceAt[f], at, left, right, drop, derivatives: true);
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
                    var linear = ScharfetterGummel.Linearise(conductance, bernoulli, drive, z, cLeft, cRight);
                    T.Store(linear.Left, a.Left + at);
                    T.Store(linear.Right, a.Right + at);
                    T.Store(linear.Slope, a.Slope + at);
                }
            }
        }
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
            if (!derivatives) continue;
            T.Store(linear.Left, a.Left + at);
            T.Store(linear.Right, a.Right + at);
            T.Store(linear.Slope, a.Slope + at);
        }
    }
}
