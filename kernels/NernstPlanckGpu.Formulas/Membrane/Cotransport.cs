using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Membrane;

/// <summary>
/// A carrier that moves n_i ions of each kind per turn, near equilibrium: <code>A J = rate Σ n_i m_i</code> with the electrochemical
/// differences m_i, the common driving force over RT; 0 at equilibrium whatever the rate.
/// </summary>
/// <remarks>Source: the linear law of T. L. Hill, Free Energy Transduction in Biology (1977), with stoichiometry K : Cl = 1 : 1 for KCC2
/// after J. A. Payne, Am. J. Physiol. 273, C1516 (1997). Checked by <c>MembraneFormulaTests</c>.</remarks>
public static class Cotransport
{
    /// <summary>Sum with the share of one more ion, affinity + n m.</summary>
    /// <param name="affinity">Σ of those before.</param>
    /// <param name="count">n, ions per turn.</param>
    /// <param name="difference">m of <see cref="ElectrochemicalDifference{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add<T>(T affinity, T count, T difference)
        where T : unmanaged, ILane<T> => T.MultiplyAdd(count, difference, affinity);

    /// <summary>Flux of one of the ions, n rate Σ n m, mol/s.</summary>
    /// <param name="rate">Turns times area for a gradient of RT, mol/s.</param>
    /// <param name="count">n, ions per turn.</param>
    /// <param name="affinity">Σ n m.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Flux<T>(T rate, T count, T affinity)
        where T : unmanaged, ILane<T> => rate * count * affinity;
}
