using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// An activity model as passes over cells see it. Each depends on the concentrations through one number, its measure m = Σ w_t c_t
/// (ionic strength or filled space), so that d ln gamma_s/dc_t = (d ln gamma_s/dm) w_t: a matrix of rank one. A function of the
/// measure that all ions share is found once per cell.
/// </summary>
/// <typeparam name="T">Lane.</typeparam>
public interface IActivityLaw<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>What ions share: sqrt(I) or −ln(1 − x).</summary>
    static abstract T Common(T measure);

    /// <summary>Its derivative by the measure.</summary>
    static abstract T CommonSlope(T measure);

    /// <summary>ln gamma of an ion.</summary>
    /// <param name="amplitude">A or k; 0 where the ion is ideal.</param>
    /// <param name="closeness">beta; not used by the steric model.</param>
    /// <param name="measure">m.</param>
    /// <param name="common">Of <see cref="Common"/>.</param>
    static abstract T LogGamma(T amplitude, T closeness, T measure, T common);

    /// <summary>d ln gamma/dm of an ion.</summary>
    /// <param name="amplitude">A or k.</param>
    /// <param name="closeness">beta.</param>
    /// <param name="common">Of <see cref="Common"/>.</param>
    /// <param name="commonSlope">Of <see cref="CommonSlope"/>.</param>
    static abstract T Slope(T amplitude, T closeness, T common, T commonSlope);
}

/// <summary>Extended Debye–Hückel: <see cref="ActivityIonCloud"/> with beta = B a and b = 0.</summary>
/// <typeparam name="T">Lane.</typeparam>
public readonly struct DebyeHuckelLaw<T> : IActivityLaw<T>
    where T : unmanaged, ILane<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Common(T measure) => ActivityIonCloud.Root(measure);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CommonSlope(T measure) => ActivityIonCloud.RootSlope(measure);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogGamma(T amplitude, T closeness, T measure, T common) =>
        ActivityIonCloud.LogGamma(amplitude, closeness, T.Of(0.0), measure, common);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Slope(T amplitude, T closeness, T common, T commonSlope) =>
        ActivityIonCloud.Slope(amplitude, closeness, T.Of(0.0), common, commonSlope);
}

/// <summary>Davies: <see cref="ActivityIonCloud"/> with b = 0.3.</summary>
/// <typeparam name="T">Lane.</typeparam>
public readonly struct DaviesLaw<T> : IActivityLaw<T>
    where T : unmanaged, ILane<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Common(T measure) => ActivityIonCloud.Root(measure);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CommonSlope(T measure) => ActivityIonCloud.RootSlope(measure);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogGamma(T amplitude, T closeness, T measure, T common) =>
        ActivityIonCloud.LogGamma(amplitude, closeness, T.Of(ActivityIonCloud.DaviesSlope), measure, common);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Slope(T amplitude, T closeness, T common, T commonSlope) =>
        ActivityIonCloud.Slope(amplitude, closeness, T.Of(ActivityIonCloud.DaviesSlope), common, commonSlope);
}

/// <summary>Bikerman: <see cref="ActivitySteric"/>.</summary>
/// <typeparam name="T">Lane.</typeparam>
public readonly struct BikermanLaw<T> : IActivityLaw<T>
    where T : unmanaged, ILane<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Common(T measure) => ActivitySteric.Crowding(measure);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CommonSlope(T measure) => ActivitySteric.CrowdingSlope(measure);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogGamma(T amplitude, T closeness, T measure, T common) => amplitude * common;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Slope(T amplitude, T closeness, T common, T commonSlope) => amplitude * commonSlope;
}
