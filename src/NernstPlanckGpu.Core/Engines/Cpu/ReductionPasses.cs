using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// Sums and extremes over a pack. A sum runs as eight interleaved partial sums by index modulo 8, added in a fixed order,
/// whatever the lane: eight indices are 8 W elements for W problems, so the partial sums are an array [8][W] either way.
/// </summary>
internal static unsafe class ReductionPasses<T, TPacking>
    where T : unmanaged, ILane<T>
    where TPacking : struct, IPacking<T>
{
    /// <summary>Doubles of scratch that a reduction needs.</summary>
    public static int ScratchLength => 8 * TPacking.Problems;

    /// <summary>Eight partial sums of b · value over the faces, [8][problem].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightedSum(PackArrays a, double* value, double* partial)
    {
        int block = ScratchLength, elements = (a.Cells + 1) * TPacking.Problems;
        double* resistance = a.Resistance;
        for (nint m = 0; m < block; m += T.Width)
        {
            T sum = T.Of(0.0);
            for (nint e = m; e < elements; e += block) sum = T.MultiplyAdd(T.Load(resistance + e), T.Load(value + e), sum);
            T.Store(sum, partial + m);
        }
    }

    /// <summary>Adds eight partial sums, ((p0 + p4) + (p2 + p6)) + ((p1 + p5) + (p3 + p7)), for one problem.</summary>
    public static double Fold(double* partial, int k)
    {
        int w = TPacking.Problems;
        double* p = partial + k;
        return ((p[0] + p[4 * w]) + (p[2 * w] + p[6 * w])) + ((p[w] + p[5 * w]) + (p[3 * w] + p[7 * w]));
    }

    /// <summary>
    /// After a step: rates of the end state into <paramref name="endRate"/>, sum of squared scaled errors, and the smallest and
    /// largest end concentration of each species ([species][problem]). Ghosts are expected to be 0 in both states.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Error(PackArrays a, double* end, double* endRate, in ErrorScratch scratch)
    {
        int block = ScratchLength, w = TPacking.Problems, elements = (a.Cells + 2) * w;
        double* partial = stackalloc double[block];
        double* low = stackalloc double[block];
        double* high = stackalloc double[block];
        new Span<double>(partial, block).Clear();
        T h = TPacking.Spread(scratch.Step), rtol = T.Of(scratch.RelativeTolerance), atol = T.Of(scratch.AbsoluteTolerance);
        for (int s = 0; s < a.Species; s++)
        {
            long offset = (long)s * a.Stride;
            double* start = a.Start + offset;
            double* startRate = a.StartRate + offset;
            double* rate = endRate + offset;
            double* y = end + offset;
            new Span<double>(low, block).Fill(double.PositiveInfinity);
            new Span<double>(high, block).Clear();
            for (int e = 0; e < elements; e += block)
            {
                for (int m = 0; m < block && e + m < elements; m += T.Width)
                {
                    T value = T.Load(y + e + m);
                    T error = StepControl.ScaledError(
                        T.Load(start + e + m), value, h, T.Load(startRate + e + m), T.Load(rate + e + m), rtol, atol);
                    T.Store(T.MultiplyAdd(error, error, T.Load(partial + m)), partial + m);
                    T.Store(T.Min(value, T.Load(low + m)), low + m);
                    T.Store(T.Max(value, T.Load(high + m)), high + m);
                }
            }
            Extreme(low, scratch.Lowest + s * w, smallest: true);
            Extreme(high, scratch.Highest + s * w, smallest: false);
        }
        for (int k = 0; k < w; k++) scratch.ErrorSum[k] = Fold(partial, k);
    }

    /// <summary>First half of the spectral bound: largest coefficients and relaxation rates, into the flux arrays; drops (or drives) first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Coefficients(PackArrays a, double* state)
    {
        int species = a.Species, stride = a.Stride, elements = (a.Cells + 1) * TPacking.Problems;
        double* relaxation = a.Flux + (long)species * stride;
        for (int e = 0; e < elements; e += T.Width)
        {
            T resistance = T.Load(a.Resistance + e), drop = T.Load(a.Drop + e), total = T.Of(0.0);
            for (int s = 0; s < species; s++)
            {
                long offset = (long)s * stride + e;
                T valence = T.Load(a.Valence + 8 * s);
                T largest = ScharfetterGummel.LargestCoefficient(
                    T.Load(a.Conductance + offset), T.Load(a.Bernoulli + e + a.GroupOf[s]), Drive(a, offset, valence, drop));
                T.Store(largest, a.Flux + offset);
                total += SpectralBound.Relaxation(
                    valence, largest, T.Load(state + offset), T.Load(state + offset + TPacking.Problems), resistance);
            }
            T.Store(total, relaxation + e);
        }
    }

    /// <summary>A J of every species and sum z A J through every face, into the flux arrays; drops (or drives) first.</summary>
    public static void Fluxes(PackArrays a, double* state)
    {
        int species = a.Species, stride = a.Stride, elements = (a.Cells + 1) * TPacking.Problems;
        double* sum = a.Flux + (long)species * stride;
        for (int e = 0; e < elements; e += T.Width)
        {
            T drop = T.Load(a.Drop + e), current = T.Of(0.0);
            for (int s = 0; s < species; s++)
            {
                long offset = (long)s * stride + e;
                T valence = T.Load(a.Valence + 8 * s);
                T flux = ScharfetterGummel.Flux(
                    T.Load(a.Conductance + offset), T.Load(a.Bernoulli + e + a.GroupOf[s]), Drive(a, offset, valence, drop),
                    T.Load(state + offset), T.Load(state + offset + TPacking.Problems));
                T.Store(flux, a.Flux + offset);
                current = T.MultiplyAdd(valence, flux, current);
            }
            T.Store(current, sum + e);
        }
    }

    /// <summary>Second half of the bound, after interface coefficients were put into the flux arrays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Bound(PackArrays a, double* result)
    {
        int block = ScratchLength, w = TPacking.Problems, elements = (a.Cells + 1) * w;
        double* outflow = stackalloc double[block];
        double* relaxation = stackalloc double[block];
        new Span<double>(outflow, block).Clear();
        new Span<double>(relaxation, block).Clear();
        for (int s = 0; s <= a.Species; s++)
        {
            double* k = a.Flux + (long)s * a.Stride;
            double* largest = s < a.Species ? outflow : relaxation;
            for (int e = 0; e < elements; e += block)
            {
                for (int m = 0; m < block && e + m < elements; m += T.Width)
                {
                    T here = T.Load(k + e + m);
                    T value = s < a.Species
                        ? SpectralBound.Outflow(T.Load(k + e + m - w), here, T.Load(a.InverseVolume + e + m)) : here;
                    T.Store(T.Max(T.Load(largest + m), value), largest + m);
                }
            }
        }
        double* worst = stackalloc double[w];
        Extreme(outflow, worst, smallest: false);
        Extreme(relaxation, result, smallest: false);
        for (int k = 0; k < w; k++)
            result[k] = SpectralBound.Total(new ScalarLane(worst[k]), new ScalarLane(result[k])).Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Drive(PackArrays a, long offset, T valence, T drop) =>
        a.HasDrives ? T.Load(a.Drive + offset) : ScharfetterGummel.Drive(valence, drop);

    private static void Extreme(double* partial, double* result, bool smallest)
    {
        int w = TPacking.Problems;
        for (int k = 0; k < w; k++)
        {
            double best = partial[k];
            for (int i = 1; i < 8; i++)
            {
                double value = partial[i * w + k];
                best = smallest ? (value < best ? value : best) : (value > best ? value : best);
            }
            result[k] = best;
        }
    }
}

/// <summary>What the error pass is given and where it leaves its results, all [problem] unless said otherwise.</summary>
internal readonly unsafe struct ErrorScratch
{
    public double* Step { get; init; }

    public double RelativeTolerance { get; init; }

    public double AbsoluteTolerance { get; init; }

    /// <summary>Sum of squared scaled errors.</summary>
    public double* ErrorSum { get; init; }

    /// <summary>Smallest concentration, [species][problem].</summary>
    public double* Lowest { get; init; }

    /// <summary>Largest concentration, [species][problem].</summary>
    public double* Highest { get; init; }
}
