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

/// <summary>Nothing moves: the fluxes alone are wanted.</summary>
public readonly struct NoMove : IMove
{
    /// <inheritdoc/>
    public bool GivesState => false;

    /// <inheritdoc/>
    public double Cell<TUnknown>(in TUnknown unknown, double inverseVolume, double difference)
        where TUnknown : struct, IUnknown => unknown.Previous;

    /// <inheritdoc/>
    public double Charge<TUnknown>(in TUnknown unknown, double current)
        where TUnknown : struct, IUnknown => unknown.Previous;

    /// <inheritdoc/>
    public void Take<TUnknown>(ref TUnknown unknown, double value)
        where TUnknown : struct, IUnknown
    {
    }
}

/// <summary>What an evaluation of rkc2 is for.</summary>
public enum StageKind
{
    /// <summary>F_0.</summary>
    StartRate,

    /// <summary>A later stage.</summary>
    Stage,

    /// <summary>The rate at the end of the step.</summary>
    EndRate,
}

/// <summary>An evaluation of rkc2: one code for all of them, so that a kernel has the fluxes once.</summary>
/// <param name="stage">Coefficients of a stage.</param>
/// <param name="step">h, s.</param>
/// <param name="kind">What for.</param>
public readonly struct StageMove(StageRecord stage, double step, StageKind kind) : IMove
{
    /// <inheritdoc/>
    public bool GivesState => kind == StageKind.Stage;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Cell<TUnknown>(in TUnknown unknown, double inverseVolume, double difference)
        where TUnknown : struct, IUnknown =>
        GivesState ? Combine(unknown, step * stage.MuTilde * inverseVolume * difference) : difference * inverseVolume;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Charge<TUnknown>(in TUnknown unknown, double current)
        where TUnknown : struct, IUnknown => GivesState ? Combine(unknown, -(step * stage.MuTilde * current)) : -current;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take<TUnknown>(ref TUnknown unknown, double value)
        where TUnknown : struct, IUnknown
    {
        if (kind == StageKind.StartRate)
        {
            unknown.StartRate = value;
            return;
        }
        unknown.Before = GivesState ? unknown.Previous : value;
        unknown.Previous = GivesState ? value : unknown.Previous;
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
