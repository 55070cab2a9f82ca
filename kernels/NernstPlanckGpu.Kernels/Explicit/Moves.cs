using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>What is made of an unknown's rate.</summary>
public interface IMove
{
    /// <summary>True where the new value is a state; false where it is a rate.</summary>
    bool GivesState { get; }

    /// <summary>New value of a concentration.</summary>
    /// <param name="unknown">Old numbers.</param>
    /// <param name="inverseVolume">1/V, 1/m³.</param>
    /// <param name="difference">A J of the left face less that of the right one, mol/s.</param>
    double Cell<TUnknown>(in TUnknown unknown, double inverseVolume, double difference)
        where TUnknown : struct, IUnknown;

    /// <summary>New value of q.</summary>
    /// <param name="unknown">Old numbers.</param>
    /// <param name="current">sum z A J, mol/s.</param>
    double Charge<TUnknown>(in TUnknown unknown, double current)
        where TUnknown : struct, IUnknown;

    /// <summary>Puts the new value in its place.</summary>
    /// <param name="unknown">Numbers.</param>
    /// <param name="value">New value.</param>
    void Take<TUnknown>(ref TUnknown unknown, double value)
        where TUnknown : struct, IUnknown;
}

/// <summary>The rate at the start of a step.</summary>
public readonly struct StartRateMove : IMove
{
    /// <inheritdoc/>
    public bool GivesState => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Cell<TUnknown>(in TUnknown unknown, double inverseVolume, double difference)
        where TUnknown : struct, IUnknown => difference * inverseVolume;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Charge<TUnknown>(in TUnknown unknown, double current)
        where TUnknown : struct, IUnknown => -current;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take<TUnknown>(ref TUnknown unknown, double value)
        where TUnknown : struct, IUnknown => unknown.StartRate = value;
}

/// <summary>y + h rate.</summary>
/// <param name="step">h, s.</param>
public readonly struct EulerMove(double step) : IMove
{
    /// <inheritdoc/>
    public bool GivesState => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Cell<TUnknown>(in TUnknown unknown, double inverseVolume, double difference)
        where TUnknown : struct, IUnknown => (step * inverseVolume * difference) + unknown.Previous;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Charge<TUnknown>(in TUnknown unknown, double current)
        where TUnknown : struct, IUnknown => (-step * current) + unknown.Previous;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take<TUnknown>(ref TUnknown unknown, double value)
        where TUnknown : struct, IUnknown => unknown.Previous = value;
}

/// <summary>A later stage of rkc2, or the rate at the end of the step: one code for both, so that a kernel has their fluxes once.</summary>
/// <param name="stage">Coefficients of the stage.</param>
/// <param name="step">h, s.</param>
/// <param name="isEnd">The rate at the end is wanted.</param>
public readonly struct StageMove(StageRecord stage, double step, bool isEnd) : IMove
{
    /// <inheritdoc/>
    public bool GivesState => !isEnd;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Cell<TUnknown>(in TUnknown unknown, double inverseVolume, double difference)
        where TUnknown : struct, IUnknown =>
        isEnd ? difference * inverseVolume : Combine(unknown, step * stage.MuTilde * inverseVolume * difference);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Charge<TUnknown>(in TUnknown unknown, double current)
        where TUnknown : struct, IUnknown => isEnd ? -current : Combine(unknown, -(step * stage.MuTilde * current));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take<TUnknown>(ref TUnknown unknown, double value)
        where TUnknown : struct, IUnknown
    {
        unknown.Before = isEnd ? value : unknown.Previous;
        unknown.Previous = isEnd ? unknown.Previous : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Combine<TUnknown>(in TUnknown unknown, double moved)
        where TUnknown : struct, IUnknown
    {
        double increment = (step * stage.GammaTilde * unknown.StartRate) + moved;
        return Chebyshev<DeviceLane>.Combine(
            new(stage.Rest), new(stage.Mu), new(stage.Nu), new(unknown.Start), new(unknown.Previous), new(unknown.Before), new(increment)).Value;
    }
}
