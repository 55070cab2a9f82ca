using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>Conservation of a species in a cell: dc/dt = (J_left − J_right)/V (+ source).</summary>
public static class Continuity
{
    /// <summary>dc/dt, mol/(m³ s). What leaves a cell enters its neighbour, to the last bit of the flux.</summary>
    /// <param name="leftFlux">A J through the left face, mol/s, positive to the right.</param>
    /// <param name="rightFlux">A J through the right face, mol/s.</param>
    /// <param name="inverseVolume">1/V of the cell, 1/m³; 0 for an infinite bath.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Rate<T>(T leftFlux, T rightFlux, T inverseVolume)
        where T : unmanaged, ILane<T> => (leftFlux - rightFlux) * inverseVolume;
}
