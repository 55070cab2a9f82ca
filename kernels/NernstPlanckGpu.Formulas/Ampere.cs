using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// The field by Ampère's law instead of Poisson's: dD/dt = I(t) − F sum z J, with the same J that moves the ions, so that
/// Gauss's law, true at the start, stays true to rounding. Stored per face is q = A D/F − Q (mol), with
/// dq/dt = −sum z A J and one scalar Q per problem that closes the circuit.
/// </summary>
/// <remarks>Checked by <c>ConservationTests</c> (1e6 steps) and <c>ElectricBoundaryTests</c>.</remarks>
public static class Ampere
{
    /// <summary>Drop of the reduced potential over a face, F (phi_L − phi_R)/RT = b (q + Q).</summary>
    /// <param name="resistance">b = F²/(RT) ∫dx/(A eps) between the two cell centres, 1/mol.</param>
    /// <param name="charge">q of the face, mol.</param>
    /// <param name="closure">Q of the problem, mol.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Drop<T>(T resistance, T charge, T closure)
        where T : unmanaged, ILane<T> => resistance * (charge + closure);

    /// <summary>Q that makes the drops add up to the clamped voltage: Q = (v − sum w q)/sum w.</summary>
    /// <param name="voltage">v = F (phi_left electrode − phi_right electrode)/RT, dimensionless.</param>
    /// <param name="weightedSum">sum over faces of w q; w = b, with the Stern layers added at the ends.</param>
    /// <param name="inverseWeight">1/sum w, mol.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T VoltageClamp<T>(T voltage, T weightedSum, T inverseWeight)
        where T : unmanaged, ILane<T> => (voltage - weightedSum) * inverseWeight;

    /// <summary>Total current over F under a voltage clamp, dQ/dt = (dv/dt + sum w sum z J)/sum w, mol/s.</summary>
    /// <param name="voltageRate">dv/dt, 1/s.</param>
    /// <param name="weightedCurrent">sum over faces of w sum z A J, 1/s.</param>
    /// <param name="inverseWeight">1/sum w, mol.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ClampCurrent<T>(T voltageRate, T weightedCurrent, T inverseWeight)
        where T : unmanaged, ILane<T> => (voltageRate + weightedCurrent) * inverseWeight;
}
