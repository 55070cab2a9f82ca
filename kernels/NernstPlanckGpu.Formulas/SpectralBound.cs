using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// Upper bound of the spectral radius of the explicit right-hand side,
/// <code>rho ≤ 2 max over species and cells of sum over faces K B(−|u|)/V + max over faces of sum z² K c b,</code>
/// Gershgorin for diffusion and drift in a frozen field, plus the relaxation of charge (Maxwell) through each face.
/// </summary>
/// <remarks>Checked by <c>SpectralBoundTests</c> against the eigenvalues of small systems.</remarks>
public static class SpectralBound
{
    /// <summary>Outflow rate of a cell, sum over its two faces of the largest coefficient over the volume, 1/s.</summary>
    /// <param name="leftCoefficient">Coefficient of this cell's concentration in its left face's flux, m³/s.</param>
    /// <param name="rightCoefficient">The same for the right face, m³/s.</param>
    /// <param name="inverseVolume">1/V, 1/m³.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Outflow<T>(T leftCoefficient, T rightCoefficient, T inverseVolume)
        where T : unmanaged, ILane<T> => (leftCoefficient + rightCoefficient) * inverseVolume;

    /// <summary>One species' share z² K c b of the relaxation rate of a face, 1/s, with the larger of the two concentrations.</summary>
    /// <param name="valence">z.</param>
    /// <param name="coefficient">K B(−|u|), m³/s.</param>
    /// <param name="left">c_L, mol/m³.</param>
    /// <param name="right">c_R, mol/m³.</param>
    /// <param name="resistance">b, 1/mol.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Relaxation<T>(T valence, T coefficient, T left, T right, T resistance)
        where T : unmanaged, ILane<T> => valence * valence * (coefficient * T.Max(left, right)) * resistance;

    /// <summary>rho = 2 max outflow + max relaxation, 1/s.</summary>
    /// <param name="outflow">Largest <see cref="Outflow{T}"/>.</param>
    /// <param name="relaxation">Largest sum of <see cref="Relaxation{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Total<T>(T outflow, T relaxation)
        where T : unmanaged, ILane<T> => T.MultiplyAdd(T.Of(2.0), outflow, relaxation);
}
