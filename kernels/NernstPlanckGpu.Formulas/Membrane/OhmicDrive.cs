using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Membrane;

/// <summary>
/// What drives an ion through an ohmic pore, per conductance: with z F J = g (V − E) and all voltages over RT/F,
/// <code>A J = G d,   d = (u − e)/z,   G = g A RT/F².</code>
/// </summary>
/// <param name="Value">d, dimensionless.</param>
/// <param name="ByInside">Derivative by c_in, m³/mol.</param>
/// <param name="ByOutside">Derivative by c_out, m³/mol.</param>
/// <param name="ByDrop">Derivative by u; by e it is the opposite.</param>
/// <remarks>Source: A. L. Hodgkin, A. F. Huxley, J. Physiol. 117, 500 (1952), eqs. 3 to 5. Checked by <c>MembraneFormulaTests</c>.</remarks>
public readonly record struct OhmicDrive<T>(T Value, T ByInside, T ByOutside, T ByDrop)
    where T : unmanaged, ILane<T>
{
    /// <summary>With a given reversal potential.</summary>
    /// <param name="valence">z; not 0.</param>
    /// <param name="drop">u = F V/RT.</param>
    /// <param name="reversal">e = F E/RT.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OhmicDrive<T> AtReversal(T valence, T drop, T reversal)
    {
        T inverse = T.Of(1.0) / valence;
        return new((drop - reversal) * inverse, T.Of(0.0), T.Of(0.0), inverse);
    }

    /// <summary>With the Nernst potential e = ln(c_out/c_in)/z: d = m/z² of the electrochemical difference m.</summary>
    /// <param name="valence">z; not 0.</param>
    /// <param name="inside">c_in, mol/m³.</param>
    /// <param name="outside">c_out, mol/m³.</param>
    /// <param name="drop">u = F V/RT.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OhmicDrive<T> AtNernst(T valence, T inside, T outside, T drop)
    {
        T inverse = T.Of(1.0) / (valence * valence);
        var m = ElectrochemicalDifference<T>.At(valence, inside, outside, drop);
        return new(inverse * m.Value, inverse * m.ByInside, inverse * m.ByOutside, inverse * m.ByDrop);
    }
}
