using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// As <see cref="FaceFluxes{T}"/> for problems with activity coefficients. A flux depends on all concentrations on both sides through
/// ln gamma: with D = dJ_s/d(drive) and m = Σ w c,
/// <code>dJ_s = … + D (d ln gamma_s/dm)_L Σ w_t dc_t,L − D (d ln gamma_s/dm)_R Σ w_t dc_t,R,</code>
/// of which the factors before the sums are stored.
/// </summary>
internal static unsafe class ActivityFluxes<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>A J of every face and species, and on request its derivatives.</summary>
    public static void Evaluate(ImplicitArrays a, double* state, bool derivatives)
    {
        switch (a.Shape.Activity)
        {
            case ActivityKind.DebyeHuckel: LogGamma<DebyeHuckelLaw<T>>(a, state, derivatives); break;
            case ActivityKind.Davies: LogGamma<DaviesLaw<T>>(a, state, derivatives); break;
            case ActivityKind.Bikerman: LogGamma<BikermanLaw<T>>(a, state, derivatives); break;
        }
        Fluxes(a, state, derivatives);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LogGamma<TLaw>(ImplicitArrays a, double* state, bool derivatives)
        where TLaw : struct, IActivityLaw<T>
    {
        int w = a.Problems, species = a.Species, size = a.Size;
        for (int i = 0; i < a.Blocks; i++)
        {
            double* concentration = state + (long)i * size * w;
            T measure = T.Of(0.0);
            for (int s = 0; s < species; s++)
                measure = T.MultiplyAdd(T.Load(a.ActivityWeight + s * w), T.Load(concentration + s * w), measure);
            T common = TLaw.Common(measure), commonSlope = derivatives ? TLaw.CommonSlope(measure) : common;
            for (int s = 0; s < species; s++)
            {
                long at = ((long)i * species + s) * w;
                T amplitude = T.Load(a.Amplitude + at), closeness = T.Load(a.Closeness + at);
                T.Store(TLaw.LogGamma(amplitude, closeness, measure, common), a.LogGamma + at);
                if (derivatives) T.Store(TLaw.Slope(amplitude, closeness, common, commonSlope), a.LogGammaSlope + at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fluxes(ImplicitArrays a, double* state, bool derivatives)
    {
        int w = a.Problems, species = a.Species, size = a.Size;
        for (int f = 0; f <= a.Cells; f++)
        {
            double* left = state + (long)f * size * w, right = left + (long)size * w;
            T drop = T.Load(left + species * w) - T.Load(right + species * w);
            for (int s = 0; s < species; s++)
            {
                // Cell f has the index of the face right of it.
                long at = ((long)f * species + s) * w, next = at + (long)species * w;
                T excess = T.Load(a.LogGamma + next) - T.Load(a.LogGamma + at);
                T cLeft = T.Load(left + s * w), cRight = T.Load(right + s * w);
                if (a.InterfaceAt[f] >= 0) Interface(a, s, f, at, drop, excess, cLeft, cRight, derivatives);
                else Inner(a, s, at, drop, excess, cLeft, cRight, derivatives);
                if (!derivatives) continue;
                T strength = T.Load(a.ExcessLeft + at);
                T.Store(strength * T.Load(a.LogGammaSlope + at), a.ExcessLeft + at);
                T.Store(strength * T.Load(a.LogGammaSlope + next), a.ExcessRight + at);
            }
        }
    }

    // A J, its coefficients and slope; D is left in a.ExcessLeft.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Inner(ImplicitArrays a, int s, long at, T drop, T excess, T left, T right, bool derivatives)
    {
        T z = T.Of(a.Valence[s]), drive = ScharfetterGummel.Drive(z, drop, excess), conductance = T.Load(a.Conductance + at);
        T bernoulli = Bernoulli.OfMagnitude(drive);
        T.Store(ScharfetterGummel.Flux(conductance, bernoulli, drive, left, right), a.Flux + at);
        if (!derivatives) return;
        // With valence 1 the slope is that by the drive itself.
        ScharfetterGummel.Linear<T> linear = ScharfetterGummel.Linearise(conductance, bernoulli, drive, T.Of(1.0), left, right);
        T.Store(linear.Left, a.Left + at);
        T.Store(linear.Right, a.Right + at);
        T.Store(z * linear.Slope, a.Slope + at);
        T.Store(linear.Slope, a.ExcessLeft + at);
    }

    // The jump of ln gamma adds to that of W; both halves keep their drop of the potential.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interface(ImplicitArrays a, int s, int face, long at, T drop, T excess, T left, T right, bool derivatives)
    {
        int length = a.InterfaceLength;
        double* item = a.Interface + (long)(a.InterfaceAt[face] * a.Species + s) * a.Problems;
        T half = T.Of(0.5) * excess;
        T partition = T.Load(item + 4 * length) * Elementary.Exp(-half), inverse = T.Load(item + 5 * length) * Elementary.Exp(half);
        T leftConductance = T.Load(item), rightConductance = T.Load(item + length);
        T leftShare = T.Load(item + 2 * length), rightShare = T.Load(item + 3 * length);
        ScharfetterGummel.Linear<T> linear = InterfaceFlux.Linearise(
            leftConductance, rightConductance, leftShare, rightShare, drop, partition, inverse, left, right);
        var coefficients = new InterfaceFlux.Coefficients<T>(linear.Left, linear.Right);
        T.Store(InterfaceFlux.Flux(coefficients, left, right), a.Flux + at);
        if (!derivatives) return;
        T.Store(linear.Left, a.Left + at);
        T.Store(linear.Right, a.Right + at);
        T.Store(linear.Slope, a.Slope + at);
        T.Store(
            InterfaceFlux.ExcessSlope(coefficients, leftConductance, rightConductance, leftShare * drop, rightShare * drop, partition, inverse, left, right),
            a.ExcessLeft + at);
    }
}
