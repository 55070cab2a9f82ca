using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Membrane;

/// <summary>
/// Water through the membrane after van 't Hoff, and the relative volume v = V/V_0 of a reservoir with it,
/// <code>dv/dt = A L_p RT (Σ c_in − Σ c_out)/V_0</code>
/// inside, and the opposite outside: the volume goes where more is dissolved. The membrane bears no pressure.
/// </summary>
/// <remarks>Source: O. Kedem, A. Katchalsky, Biochim. Biophys. Acta 27, 229 (1958), with a reflection coefficient of 1. Checked by
/// <c>MembraneFormulaTests</c>.</remarks>
public static class Osmosis
{
    /// <summary>Sum of the differences with one more species: they are small beside the concentrations.</summary>
    /// <param name="difference">Σ (c_in − c_out) of those before, mol/m³.</param>
    /// <param name="inside">c_in, mol/m³.</param>
    /// <param name="outside">c_out, mol/m³.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add<T>(T difference, T inside, T outside)
        where T : unmanaged, ILane<T> => difference + (inside - outside);

    /// <summary>dv/dt of the reservoir inside, 1/s.</summary>
    /// <param name="permeability">A L_p RT, m⁶/(mol s).</param>
    /// <param name="inverseVolume">1/V_0, 1/m³; negative for the reservoir outside.</param>
    /// <param name="difference">Σ c_in − Σ c_out, mol/m³.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Rate<T>(T permeability, T inverseVolume, T difference)
        where T : unmanaged, ILane<T> => permeability * inverseVolume * difference;
}
