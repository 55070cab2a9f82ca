using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// The passes over a pack's arrays: index, load, formula, store. They are small methods on raw pointers with one call of
/// Bernoulli inside a loop over species: several inlined copies exceed the compiler's budget and cost a factor five.
/// </summary>
internal static unsafe class StagePasses<T, TPacking>
    where T : unmanaged, ILane<T>
    where TPacking : struct, IPacking<T>
{
    /// <summary>A J of every species and sum z A J through every face, for a state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fluxes(PackArrays a, int[] groupEnd, double* state)
    {
        int species = a.Species, stride = a.Stride, elements = (a.Cells + 1) * TPacking.Problems;
        double* resistance = a.Resistance, charge = state + (long)species * stride;
        double* sum = a.Flux + (long)species * stride;
        double* conductance = a.Conductance, flux = a.Flux, valences = a.Valence, magnitudes = a.GroupMagnitude;
        T closure = TPacking.Spread(a.Closure);
        for (int e = 0; e < elements; e += T.Width)
        {
            T drop = Ampere.Drop(T.Load(resistance + e), T.Load(charge + e), closure);
            T current = T.Of(0.0);
            double* c = state + e;
            double* k = conductance + e;
            double* j = flux + e;
            int s = 0;
            for (int g = 0; g < groupEnd.Length; g++)
            {
                T bernoulli = Bernoulli.OfMagnitude(T.Of(magnitudes[g]) * drop);
                for (; s < groupEnd[g]; s++)
                {
                    T valence = T.Of(valences[s]);
                    T u = ScharfetterGummel.ReducedPotential(valence, drop, T.Of(0.0));
                    T value = ScharfetterGummel.Flux(T.Load(k), bernoulli, u, T.Load(c), T.Load(c + TPacking.Problems));
                    T.Store(value, j);
                    current = T.MultiplyAdd(valence, value, current);
                    c += stride;
                    k += stride;
                    j += stride;
                }
            }
            T.Store(current, sum + e);
        }
    }

    /// <summary>Rates of a state from its fluxes: dc/dt per cell, dq/dt = −sum z A J per face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rates(PackArrays a, double* rate)
    {
        int stride = a.Stride, elements = (a.Cells + 2) * TPacking.Problems;
        for (int s = 0; s < a.Species; s++)
        {
            double* flux = a.Flux + (long)s * stride;
            double* target = rate + (long)s * stride;
            for (int e = 0; e < elements; e += T.Width)
                T.Store(CellRate(a, flux, e), target + e);
        }
        double* sum = a.Flux + (long)a.Species * stride;
        double* charge = rate + (long)a.Species * stride;
        for (int e = 0; e < elements; e += T.Width) T.Store(-T.Load(sum + e), charge + e);
    }

    /// <summary>Euler, or the first Chebyshev stage: to = from + h rate, the rate taken from the fluxes. In place is allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EulerUpdate(PackArrays a, double* state, double* step)
    {
        int stride = a.Stride, elements = (a.Cells + 2) * TPacking.Problems;
        T h = TPacking.Spread(step);
        for (int s = 0; s < a.Species; s++)
        {
            double* flux = a.Flux + (long)s * stride;
            double* c = state + (long)s * stride;
            for (int e = 0; e < elements; e += T.Width)
                T.Store(T.MultiplyAdd(h, CellRate(a, flux, e), T.Load(c + e)), c + e);
        }
        double* sum = a.Flux + (long)a.Species * stride;
        double* charge = state + (long)a.Species * stride;
        for (int e = 0; e < elements; e += T.Width)
            T.Store(T.MultiplyAdd(-h, T.Load(sum + e), T.Load(charge + e)), charge + e);
    }

    /// <summary>First Chebyshev stage: to = start + h rate, all of them arrays of a whole state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FirstStage(PackArrays a, double* start, double* rate, double* to, double* step)
    {
        T h = TPacking.Spread(step);
        int elements = (a.Cells + 2) * TPacking.Problems;
        for (int s = 0; s <= a.Species; s++)
        {
            long offset = (long)s * a.Stride;
            for (int e = 0; e < elements; e += T.Width)
                T.Store(T.MultiplyAdd(h, T.Load(rate + offset + e), T.Load(start + offset + e)), to + offset + e);
        }
    }

    /// <summary>
    /// A later Chebyshev stage. <paramref name="target"/> holds Y_(j−2) before and Y_j after unless <paramref name="beforePrevious"/>
    /// says otherwise. Coefficients are [rest, mu, nu, h mu~, h gamma~][problem].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LaterStage(PackArrays a, double* previous, double* beforePrevious, double* target, double* coefficients)
    {
        int stride = a.Stride, species = a.Species, w = TPacking.Problems, elements = (a.Cells + 2) * w;
        T rest = TPacking.Spread(coefficients), mu = TPacking.Spread(coefficients + w), nu = TPacking.Spread(coefficients + 2 * w);
        T muTilde = TPacking.Spread(coefficients + 3 * w), gammaTilde = TPacking.Spread(coefficients + 4 * w);
        for (int s = 0; s < species; s++)
        {
            long offset = (long)s * stride;
            double* flux = a.Flux + offset;
            double* start = a.Start + offset;
            double* startRate = a.StartRate + offset;
            for (int e = 0; e < elements; e += T.Width)
            {
                T increment = T.MultiplyAdd(gammaTilde, T.Load(startRate + e), muTilde * CellRate(a, flux, e));
                T.Store(
                    Chebyshev<T>.Combine(rest, mu, nu, T.Load(start + e), T.Load(previous + offset + e), T.Load(beforePrevious + offset + e), increment),
                    target + offset + e);
            }
        }
        long q = (long)species * stride;
        double* sum = a.Flux + q;
        for (int e = 0; e < elements; e += T.Width)
        {
            T increment = T.MultiplyAdd(gammaTilde, T.Load(a.StartRate + q + e), -(muTilde * T.Load(sum + e)));
            T.Store(
                Chebyshev<T>.Combine(rest, mu, nu, T.Load(a.Start + q + e), T.Load(previous + q + e), T.Load(beforePrevious + q + e), increment),
                target + q + e);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CellRate(PackArrays a, double* flux, int e) =>
        Continuity.Rate(T.Load(flux + e - TPacking.Problems), T.Load(flux + e), T.Load(a.InverseVolume + e));
}
