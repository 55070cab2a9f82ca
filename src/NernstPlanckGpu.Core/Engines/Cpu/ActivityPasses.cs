using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// The passes of problems with activity coefficients, in place of those of <see cref="StagePasses{T, TPacking}"/>: ln gamma of every species in
/// every cell, then the drive of every species over every face, z drop less the difference of ln gamma, with a Bernoulli function of its own.
/// </summary>
internal static unsafe class ActivityPasses<T, TPacking>
    where T : unmanaged, ILane<T>
    where TPacking : struct, IPacking<T>
{
    /// <summary>ln gamma of a state; <see cref="Drives"/> and interfaces use it.</summary>
    public static void LogGamma(PackArrays a, PackShape shape, double* state)
    {
        switch (shape.Activity)
        {
            case ActivityKind.DebyeHuckel: LogGamma<DebyeHuckelLaw<T>>(a, state); break;
            case ActivityKind.Davies: LogGamma<DaviesLaw<T>>(a, state); break;
            case ActivityKind.Bikerman: LogGamma<BikermanLaw<T>>(a, state); break;
        }
    }

    /// <summary>Drop over every face, and drive and B(|drive|) of every species; <see cref="LogGamma(PackArrays, PackShape, double*)"/> first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Drives(PackArrays a, double* state)
    {
        int elements = (a.Cells + 1) * TPacking.Problems;
        double* charge = state + (long)a.Species * a.Stride, resistance = a.Resistance, drops = a.Drop;
        T closure = TPacking.Spread(a.Closure);
        for (int e = 0; e < elements; e += T.Width)
            T.Store(Ampere.Drop(T.Load(resistance + e), T.Load(charge + e), closure), drops + e);
        for (int s = 0; s < a.Species; s++)
        {
            long offset = (long)s * a.Stride;
            double* drives = a.Drive + offset, bernoulli = a.Bernoulli + offset, left = a.LogGamma + offset, right = left + TPacking.Problems;
            T valence = T.Load(a.Valence + 8 * s);
            for (int e = 0; e < elements; e += T.Width)
            {
                T drive = ScharfetterGummel.Drive(valence, T.Load(drops + e), T.Load(right + e) - T.Load(left + e));
                T.Store(drive, drives + e);
                T.Store(Bernoulli.OfMagnitude(drive), bernoulli + e);
            }
        }
    }

    /// <summary>As <see cref="StagePasses{T, TPacking}.MoveSpecies"/>, of a state whose <see cref="Drives"/> were found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MoveSpecies<TUpdate>(PackArrays a, double* state, double* target, TUpdate update)
        where TUpdate : struct, IUpdate<T>
    {
        nint elements = (a.Cells + 2) * TPacking.Problems;
        double* inverseVolume = a.InverseVolume, current = a.Current;
        for (int s = 0; s < a.Species; s++)
        {
            nint offset = (nint)s * a.Stride;
            double* concentration = state + offset, moved = target + offset, conductance = a.Conductance + offset;
            double* drives = a.Drive + offset, bernoulli = a.Bernoulli + offset;
            T valence = T.Load(a.Valence + 8 * s), before = T.Of(0.0), left = T.Load(concentration);
            for (nint e = 0; e < elements; e += T.Width)
            {
                T next = T.Load(concentration + e + T.Width);
                T flux = ScharfetterGummel.Flux(
                    T.Load(conductance + e), T.Load(bernoulli + e), T.Load(drives + e), left, TPacking.Following(left, next));
                T.Store(T.MultiplyAdd(valence, flux, s == 0 ? T.Of(0.0) : T.Load(current + e)), current + e);
                T.Store(update.Cell(offset + e, T.Load(inverseVolume + e), TPacking.Preceding(before, flux) - flux, left), moved + e);
                before = flux;
                left = next;
            }
        }
    }

    /// <summary>
    /// What activity coefficients add to the coefficients of the spectral bound: a species t drives every other through gamma,
    /// |dJ_s/dc_t| ≤ K B(−|u|) max(c_s) |d ln gamma_s/dm| w_t, with the larger of the slopes on both sides.
    /// </summary>
    public static void AddToCoefficients(PackArrays a, PackShape shape, double* state)
    {
        switch (shape.Activity)
        {
            case ActivityKind.DebyeHuckel: AddToCoefficients<DebyeHuckelLaw<T>>(a, state); break;
            case ActivityKind.Davies: AddToCoefficients<DaviesLaw<T>>(a, state); break;
            case ActivityKind.Bikerman: AddToCoefficients<BikermanLaw<T>>(a, state); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LogGamma<TLaw>(PackArrays a, double* state)
        where TLaw : struct, IActivityLaw<T>
    {
        int elements = (a.Cells + 2) * TPacking.Problems;
        for (int e = 0; e < elements; e += T.Width)
        {
            T measure = Measure(a, state + e), common = TLaw.Common(measure);
            for (int s = 0; s < a.Species; s++)
            {
                long at = (long)s * a.Stride + e;
                T.Store(TLaw.LogGamma(T.Load(a.Amplitude + at), T.Load(a.Closeness + at), measure, common), a.LogGamma + at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddToCoefficients<TLaw>(PackArrays a, double* state)
        where TLaw : struct, IActivityLaw<T>
    {
        int w = TPacking.Problems, elements = (a.Cells + 1) * w;
        for (int e = 0; e < elements; e += T.Width)
        {
            T left = Measure(a, state + e), right = Measure(a, state + e + w), sum = T.Of(0.0);
            T commonLeft = TLaw.Common(left), commonRight = TLaw.Common(right), slopeLeft = TLaw.CommonSlope(left), slopeRight = TLaw.CommonSlope(right);
            for (int s = 0; s < a.Species; s++)
            {
                long at = (long)s * a.Stride + e;
                T atLeft = TLaw.Slope(T.Load(a.Amplitude + at), T.Load(a.Closeness + at), commonLeft, slopeLeft);
                T atRight = TLaw.Slope(T.Load(a.Amplitude + at + w), T.Load(a.Closeness + at + w), commonRight, slopeRight);
                T largest = T.Load(a.Flux + at) * T.Max(T.Load(state + at), T.Load(state + at + w));
                sum = T.MultiplyAdd(largest, T.Max(T.Abs(atLeft), T.Abs(atRight)), sum);
            }
            for (int s = 0; s < a.Species; s++)
            {
                long at = (long)s * a.Stride + e;
                T.Store(T.MultiplyAdd(sum, TPacking.Spread(a.ActivityWeight + s * w), T.Load(a.Flux + at)), a.Flux + at);
            }
        }
    }

    // m = Σ w c of a lane of cells.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Measure(PackArrays a, double* concentration)
    {
        T sum = T.Of(0.0);
        for (int s = 0; s < a.Species; s++)
            sum = T.MultiplyAdd(TPacking.Spread(a.ActivityWeight + s * TPacking.Problems), T.Load(concentration + (long)s * a.Stride), sum);
        return sum;
    }
}
