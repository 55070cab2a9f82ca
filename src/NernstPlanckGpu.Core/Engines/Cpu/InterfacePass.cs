using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// Fluxes through the few faces where something jumps. Items are [interface][species][problem] without gaps, so that a lane
/// is full whichever way the pack is laid; concentrations are gathered into the same order first.
/// </summary>
internal static unsafe class InterfacePass<T>
    where T : unmanaged, ILane<T>
{
    // The arrays of PackArrays.Interface; the tenth, InterfaceFlux, has the results, and the last three stand with activity coefficients
    // alone, which change the partition.
    private const int LeftConductance = 0, RightConductance = 1, LeftResistance = 2, RightResistance = 3,
        Partition = 4, InversePartition = 5, LeftConcentration = 6, RightConcentration = 7, Charge = 8,
        StandardPartition = 10, InverseStandardPartition = 11, Excess = 12;

    /// <summary>Writes the constants of one problem of the pack.</summary>
    public static void Prepare(PackArrays a, PackShape shape, DiscreteProblem problem, int k)
    {
        for (int i = 0; i < problem.Interfaces.Count; i++)
        {
            InterfaceFace face = problem.Interfaces[i];
            for (int s = 0; s < a.Species; s++)
            {
                int original = shape.Order[s], item = (i * a.Species + s) * a.Problems + k;
                void Set(int array, double value) => a.Interface[(long)array * a.InterfaceStride + item] = value;
                Set(LeftConductance, face.LeftConductance[original]);
                Set(RightConductance, face.RightConductance[original]);
                // u = −z b (q + Q): the valence is folded into the resistance.
                Set(LeftResistance, -shape.Valence[s] * face.LeftResistance);
                Set(RightResistance, -shape.Valence[s] * face.RightResistance);
                Set(Partition, face.Partition[original]);
                Set(InversePartition, 1 / face.Partition[original]);
                if (!a.HasDrives) continue;
                Set(StandardPartition, face.Partition[original]);
                Set(InverseStandardPartition, 1 / face.Partition[original]);
            }
        }
    }

    /// <summary>A J of every item for a state; <see cref="Move"/> or <see cref="Store"/> then uses it.</summary>
    public static void Evaluate(PackArrays a, PackShape shape, double* state)
    {
        if (shape.InterfaceFaces.Length == 0) return;
        Gather(a, shape, state);
        Fluxes(a, a.InterfaceFlux);
    }

    /// <summary>Moves the evaluated fluxes: target += factor[problem] · rate for the species, and sum z A J for the charge.</summary>
    public static void Move(PackArrays a, PackShape shape, double* target, double* factor)
    {
        int w = a.Problems;
        double* value = a.InterfaceFlux;
        foreach (int face in shape.InterfaceFaces)
        {
            int left = face * w;
            for (int s = 0; s < a.Species; s++)
            {
                double* c = target + (long)s * a.Stride;
                double valence = shape.Valence[s];
                for (int k = 0; k < w; k++, value++)
                {
                    int e = left + k;
                    double moved = factor[k] * *value;
                    c[e] -= moved * a.InverseVolume[e];
                    c[e + w] += moved * a.InverseVolume[e + w];
                    a.Current[e] += valence * *value;
                }
            }
        }
    }

    /// <summary>Puts the evaluated fluxes, and what they add to sum z A J, into the flux arrays.</summary>
    public static void Store(PackArrays a, PackShape shape)
    {
        int w = a.Problems, item = 0;
        double* sum = a.Flux + (long)a.Species * a.Stride;
        foreach (int face in shape.InterfaceFaces)
        {
            for (int s = 0; s < a.Species; s++)
            {
                for (int k = 0; k < w; k++, item++)
                {
                    double value = a.InterfaceFlux[item];
                    a.Flux[(long)s * a.Stride + face * w + k] = value;
                    sum[face * w + k] += shape.Valence[s] * value;
                }
            }
        }
    }

    /// <summary>Puts the larger coefficient of each interface flux, and its relaxation rate, where the spectral bound looks for them.</summary>
    public static void Coefficients(PackArrays a, PackShape shape, double* state)
    {
        if (shape.InterfaceFaces.Length == 0) return;
        Gather(a, shape, state);
        EvaluateLargest(a, a.InterfaceFlux);
        int w = a.Problems, item = 0;
        double* relaxation = a.Flux + (long)a.Species * a.Stride;
        foreach (int face in shape.InterfaceFaces)
        {
            for (int s = 0; s < a.Species; s++)
            {
                for (int k = 0; k < w; k++, item++)
                {
                    double value = a.InterfaceFlux[item];
                    a.Flux[(long)s * a.Stride + face * w + k] = value;
                    relaxation[face * w + k] += SpectralBound.Relaxation(
                        new ScalarLane(shape.Valence[s]), new(value), new(Array(a, LeftConcentration)[item]),
                        new(Array(a, RightConcentration)[item]), new ScalarLane(a.Resistance[face * w + k])).Value;
                }
            }
        }
    }

    private static double* Array(PackArrays a, int array) => a.Interface + (long)array * a.InterfaceStride;

    private static void Gather(PackArrays a, PackShape shape, double* state)
    {
        int w = a.Problems, item = 0;
        double* charge = state + (long)a.Species * a.Stride;
        foreach (int face in shape.InterfaceFaces)
        {
            for (int s = 0; s < a.Species; s++)
            {
                double* c = state + (long)s * a.Stride + face * w;
                for (int k = 0; k < w; k++, item++)
                {
                    Array(a, LeftConcentration)[item] = c[k];
                    Array(a, RightConcentration)[item] = c[k + w];
                    Array(a, Charge)[item] = charge[face * w + k] + a.Closure[k];
                    if (!a.HasDrives) continue;
                    double* logGamma = a.LogGamma + (long)s * a.Stride + face * w + k;
                    Array(a, Excess)[item] = logGamma[w] - logGamma[0];
                }
            }
        }
        if (a.HasDrives) Partitions(a);
    }

    // The jump of ln gamma adds to w: both halves keep the drop of the potential to themselves, and c gamma e^(z psi + W) is the same on
    // both sides where nothing flows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Partitions(PackArrays a)
    {
        for (int e = 0; e < a.InterfaceStride; e += T.Width)
        {
            T half = T.Of(0.5) * T.Load(Array(a, Excess) + e);
            T.Store(T.Load(Array(a, StandardPartition) + e) * Elementary.Exp(-half), Array(a, Partition) + e);
            T.Store(T.Load(Array(a, InverseStandardPartition) + e) * Elementary.Exp(half), Array(a, InversePartition) + e);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fluxes(PackArrays a, double* result)
    {
        for (int e = 0; e < a.InterfaceStride; e += T.Width)
        {
            var coefficients = AtFace(a, e);
            T.Store(
                InterfaceFlux.Flux(coefficients, T.Load(Array(a, LeftConcentration) + e), T.Load(Array(a, RightConcentration) + e)),
                result + e);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EvaluateLargest(PackArrays a, double* result)
    {
        for (int e = 0; e < a.InterfaceStride; e += T.Width)
        {
            var coefficients = AtFace(a, e);
            T.Store(T.Max(coefficients.Left, coefficients.Right), result + e);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static InterfaceFlux.Coefficients<T> AtFace(PackArrays a, int e)
    {
        T charge = T.Load(Array(a, Charge) + e);
        return InterfaceFlux.AtFace(
            T.Load(Array(a, LeftConductance) + e), T.Load(Array(a, RightConductance) + e),
            T.Load(Array(a, LeftResistance) + e) * charge, T.Load(Array(a, RightResistance) + e) * charge,
            T.Load(Array(a, Partition) + e), T.Load(Array(a, InversePartition) + e));
    }
}
