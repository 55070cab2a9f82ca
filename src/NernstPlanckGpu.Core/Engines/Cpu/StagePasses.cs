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
    /// In place is allowed. Faces of unlike halves, prescribed fluxes and ghosts are added by others, between the species and
    /// the charge.
    /// </summary>
    public static void MoveSpecies<TUpdate>(PackArrays a, double* state, double* target, TUpdate update)
        where TUpdate : struct, IUpdate<T>
    {
        int s = 0;
        for (; s + 1 < a.Species; s += 2) MovePair(a, s, state, target, update);
        if (s < a.Species) MoveOne(a, s, state, target, update);
    }

    /// <summary>
    /// Moves q by a.Current, which <see cref="MoveSpecies"/> and others have summed up, and leaves the eight partial sums of
    /// b q in a.Partial.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MoveCharge<TUpdate>(PackArrays a, double* state, double* target, TUpdate update)
        where TUpdate : struct, IUpdate<T>
    {
        nint offset = (nint)a.Species * a.Stride, elements = (a.Cells + 2) * TPacking.Problems, block = 8 * TPacking.Problems;
        double* current = a.Current, charge = state + offset, moved = target + offset, resistance = a.Resistance, partial = a.Partial;
        new Span<double>(partial, (int)block).Clear();
        T sum = T.Of(0.0);
        for (nint e = 0; e < elements; e += T.Width)
        {
            T value = update.Charge(offset + e, T.Load(current + e), T.Load(charge + e));
            T.Store(value, moved + e);
            // One lane holds all eight sums, or each eighth of the faces has a lane of its own.
            double* place = partial + (e & (block - 1));
            if (block == T.Width) sum = T.MultiplyAdd(T.Load(resistance + e), value, sum);
            else T.Store(T.MultiplyAdd(T.Load(resistance + e), value, T.Load(place)), place);
        }
        if (block == T.Width) T.Store(sum, partial);
    }

    /// <summary>Moves the extras of mechanisms by their rates.</summary>
    public static void MoveExtras<TUpdate>(PackArrays a, double* state, double* target, TUpdate update)
        where TUpdate : struct, IUpdate<T>
    {
        nint first = a.FirstExtra, end = first + a.Extras * TPacking.Problems;
        double* rate = a.ExtraRate - first;
        // Like q they have no volume; q falls with its current.
        for (nint e = first; e < end; e += T.Width) T.Store(update.Charge(e, -T.Load(rate + e), T.Load(state + e)), target + e);
    }

    // The flux of a face is used twice, for the cells on both of its sides, and never stored.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MoveOne<TUpdate>(PackArrays a, int s, double* state, double* target, TUpdate update)
        where TUpdate : struct, IUpdate<T>
    {
        nint offset = (nint)s * a.Stride, elements = (a.Cells + 2) * TPacking.Problems;
        double* concentration = state + offset, moved = target + offset, conductance = a.Conductance + offset;
        double* drops = a.Drop, bernoulli = a.Bernoulli + a.GroupOf[s], inverseVolume = a.InverseVolume, current = a.Current;
        T valence = T.Load(a.Valence + 8 * s), before = T.Of(0.0), left = T.Load(concentration);
        bool first = s == 0;
        for (nint e = 0; e < elements; e += T.Width)
        {
            T next = T.Load(concentration + e + T.Width), drive = ScharfetterGummel.Drive(valence, T.Load(drops + e));
            T flux = ScharfetterGummel.Flux(
                T.Load(conductance + e), T.Load(bernoulli + e), drive, left, TPacking.Following(left, next));
            T.Store(T.MultiplyAdd(valence, flux, first ? T.Of(0.0) : T.Load(current + e)), current + e);
            T difference = TPacking.Preceding(before, flux) - flux;
            T.Store(update.Cell(offset + e, T.Load(inverseVolume + e), difference, left), moved + e);
            before = flux;
            left = next;
        }
    }

    // Two species at once share the drop, the volume and the current: a fifth less time than one after the other (measured).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MovePair<TUpdate>(PackArrays a, int s, double* state, double* target, TUpdate update)
        where TUpdate : struct, IUpdate<T>
    {
        nint offset = (nint)s * a.Stride, second = a.Stride, elements = (a.Cells + 2) * TPacking.Problems;
        double* concentration = state + offset, moved = target + offset, conductance = a.Conductance + offset;
        double* drops = a.Drop, bernoulli1 = a.Bernoulli + a.GroupOf[s], bernoulli2 = a.Bernoulli + a.GroupOf[s + 1];
        double* inverseVolume = a.InverseVolume, current = a.Current;
        T valence1 = T.Load(a.Valence + 8 * s), before1 = T.Of(0.0), left1 = T.Load(concentration);
        T valence2 = T.Load(a.Valence + 8 * s + 8), before2 = T.Of(0.0), left2 = T.Load(concentration + second);
        bool first = s == 0;
        for (nint e = 0; e < elements; e += T.Width)
        {
            T drop = T.Load(drops + e), volume = T.Load(inverseVolume + e);
            T next1 = T.Load(concentration + e + T.Width), next2 = T.Load(concentration + second + e + T.Width);
            T flux1 = ScharfetterGummel.Flux(
                T.Load(conductance + e), T.Load(bernoulli1 + e), ScharfetterGummel.Drive(valence1, drop), left1, TPacking.Following(left1, next1));
            T flux2 = ScharfetterGummel.Flux(
                T.Load(conductance + second + e), T.Load(bernoulli2 + e), ScharfetterGummel.Drive(valence2, drop), left2, TPacking.Following(left2, next2));
            T sum = T.MultiplyAdd(valence1, flux1, first ? T.Of(0.0) : T.Load(current + e));
            T.Store(T.MultiplyAdd(valence2, flux2, sum), current + e);
            T.Store(update.Cell(offset + e, volume, TPacking.Preceding(before1, flux1) - flux1, left1), moved + e);
            T.Store(update.Cell(offset + second + e, volume, TPacking.Preceding(before2, flux2) - flux2, left2), moved + second + e);
            (before1, before2) = (flux1, flux2);
            (left1, left2) = (next1, next2);
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
        nint extras = a.FirstExtra;
        for (nint e = extras; e < extras + a.Extras * TPacking.Problems; e += T.Width)
            T.Store(T.MultiplyAdd(h, T.Load(rate + e), T.Load(start + e)), to + e);
    }
}
