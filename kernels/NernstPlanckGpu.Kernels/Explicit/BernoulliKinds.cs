using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>In what precision the Bernoulli functions of the fluxes are found. All else is double in every kernel.</summary>
public interface IBernoulliKind
{
    /// <summary>B(|x|).</summary>
    /// <param name="x">Reduced potential drop.</param>
    static abstract DeviceLane OfMagnitude(DeviceLane x);
}

/// <summary>In double precision.</summary>
public readonly struct DoubleBernoulli : IBernoulliKind
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane OfMagnitude(DeviceLane x) => Bernoulli.OfMagnitude(x);
}

/// <summary>In single precision, as far as that does no harm: the mixed precision of devices that are slow in double.</summary>
public readonly struct SingleBernoulli : IBernoulliKind
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceLane OfMagnitude(DeviceLane x) => Bernoulli.OfMagnitude<DeviceLane, SingleLane>(x);
}
