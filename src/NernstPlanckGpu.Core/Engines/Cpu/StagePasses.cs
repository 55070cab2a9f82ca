using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// The passes over a pack's arrays: index, load, formula, store. One pass finds drops and Bernoulli functions, one long chain
/// per face with nothing to wait for; the other turns them into fluxes and moves species and charge at once, the fluxes
/// staying in registers. Small methods on raw pointers with one call of Bernoulli: several inlined copies exceed the
/// compiler's budget and cost a factor five.
/// </summary>
internal static unsafe class StagePasses<T, TPacking>
    where T : unmanaged, ILane<T>
    where TPacking : struct, IPacking<T>
{
    /// <summary>Drop of the reduced potential over every face, and B(|z| drop) for each group of equal |z|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Drops(PackArrays a, double* state)
    {
        int elements = (a.Cells + 1) * TPacking.Problems;
        double* charge = state + (long)a.Species * a.Stride, resistance = a.Resistance, drops = a.Drop;
        T closure = TPacking.Spread(a.Closure);
        for (int g = 0; g < a.Groups; g++)
        {
            T magnitude = T.Of(a.GroupMagnitude[g]);
            double* bernoulli = a.Bernoulli + (long)g * a.Stride;
            for (int e = 0; e < elements; e += T.Width)
            {
                T drop = Ampere.Drop(T.Load(resistance + e), T.Load(charge + e), closure);
                T.Store(drop, drops + e);
                T.Store(Bernoulli.OfMagnitude(magnitude * drop), bernoulli + e);
            }
        }
    }

    /// <summary>
    /// Moves every species and q by the fluxes of a state whose <see cref="Drops"/> were found: target = update(state, rate).
    /// In place is allowed. Faces of unlike halves, prescribed fluxes and ghosts are added by others, before or after. Leaves
    /// the eight partial sums of b q of the target in a.Partial.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move<TUpdate>(PackArrays a, double* state, double* target, TUpdate update)
        where TUpdate : struct, IUpdate<T>
    {
        int species = a.Species, stride = a.Stride, elements = (a.Cells + 2) * TPacking.Problems, block = 8 * TPacking.Problems - 1;
        double* before = stackalloc double[species * T.Width];
        new Span<double>(before, species * T.Width).Clear();
        double* partial = a.Partial, conductance = a.Conductance, valences = a.Valence;
        new Span<double>(partial, block + 1).Clear();
        long chargeOffset = (long)species * stride;
        int* group = a.GroupOf;
        for (int e = 0; e < elements; e += T.Width)
        {
            T drop = T.Load(a.Drop + e);
            T rate = update.CellRate(T.Load(a.InverseVolume + e));
            T current = T.Of(0.0);
            double* c = state + e;
            double* k = conductance + e;
            long offset = e;
            for (int s = 0; s < species; s++)
            {
                T valence = T.Load(valences + 8 * s), left = T.Load(c);
                T bernoulli = T.Load(a.Bernoulli + e + group[s]);
                T flux = ScharfetterGummel.Flux(
                    T.Load(k), bernoulli, ScharfetterGummel.Drive(valence, drop), left, T.Load(c + TPacking.Problems));
                T preceding = TPacking.Preceding(T.Load(before + s * T.Width), flux);
                T.Store(flux, before + s * T.Width);
                current = T.MultiplyAdd(valence, flux, current);
                T.Store(update.Cell(offset, rate, preceding - flux, left), target + offset);
                c += stride;
                k += stride;
                offset += stride;
            }
            T charge = update.Charge(chargeOffset + e, current, T.Load(state + chargeOffset + e));
            T.Store(charge, target + chargeOffset + e);
            double* sum = partial + (e & block);
            T.Store(T.MultiplyAdd(T.Load(a.Resistance + e), charge, T.Load(sum)), sum);
        }
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
}

/// <summary>What <see cref="StagePasses{T, TPacking}.Move"/> makes of a rate. Offsets address arrays of a whole state.</summary>
internal interface IUpdate<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Factor on the difference of fluxes, from 1/V.</summary>
    T CellRate(T inverseVolume);

    /// <summary>New value of a species in a cell.</summary>
    T Cell(long offset, T rate, T difference, T old);

    /// <summary>New q of a face, from sum z A J.</summary>
    T Charge(long offset, T current, T old);
}

/// <summary>The rate itself.</summary>
internal readonly struct RateUpdate<T> : IUpdate<T>
    where T : unmanaged, ILane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T CellRate(T inverseVolume) => inverseVolume;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cell(long offset, T rate, T difference, T old) => difference * rate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Charge(long offset, T current, T old) => -current;
}

/// <summary>y + h rate.</summary>
internal readonly struct EulerUpdate<T>(T step) : IUpdate<T>
    where T : unmanaged, ILane<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T CellRate(T inverseVolume) => step * inverseVolume;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cell(long offset, T rate, T difference, T old) => T.MultiplyAdd(difference, rate, old);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Charge(long offset, T current, T old) => T.MultiplyAdd(-step, current, old);
}

/// <summary>A later Chebyshev stage; the old value is Y_(j−1), the target may be Y_(j−2).</summary>
internal readonly unsafe struct StageUpdate<T> : IUpdate<T>
    where T : unmanaged, ILane<T>
{
    public required T Rest { get; init; }

    public required T Mu { get; init; }

    public required T Nu { get; init; }

    /// <summary>h mu~.</summary>
    public required T MuTilde { get; init; }

    /// <summary>h gamma~.</summary>
    public required T GammaTilde { get; init; }

    public required double* Start { get; init; }

    public required double* StartRate { get; init; }

    public required double* BeforePrevious { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T CellRate(T inverseVolume) => MuTilde * inverseVolume;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Cell(long offset, T rate, T difference, T old) => Combine(offset, difference * rate, old);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Charge(long offset, T current, T old) => Combine(offset, -(MuTilde * current), old);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Combine(long offset, T increment, T old) => Chebyshev<T>.Combine(
        Rest, Mu, Nu, T.Load(Start + offset), old, T.Load(BeforePrevious + offset),
        T.MultiplyAdd(GammaTilde, T.Load(StartRate + offset), increment));
}
