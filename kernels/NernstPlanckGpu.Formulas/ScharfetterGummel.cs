using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// The exponentially fitted Nernst–Planck flux through a face between two cells with one diffusivity:
/// <code>J = K [B(u) c_L − B(−u) c_R],   u = z F (phi_R − phi_L)/RT + Delta(W/RT + ln gamma),</code>
/// exact for a constant field and flux between the two cell centres, so that a Boltzmann equilibrium has no flux.
/// </summary>
/// <remarks>Source: Scharfetter and Gummel (1969), eq. 6; excess chemical potential as in Bessemoulin-Chatard,
/// Numer. Math. 121, 637 (2012). Checked by <c>ScharfetterGummelTests</c>.</remarks>
public static class ScharfetterGummel
{
    /// <summary>Driving force −u = z F (phi_L − phi_R)/RT, without an excess chemical potential.</summary>
    /// <param name="valence">Charge number z.</param>
    /// <param name="drop">F (phi_L − phi_R)/RT, dimensionless (see <see cref="Ampere.Drop{T}"/>).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Drive<T>(T valence, T drop)
        where T : unmanaged, ILane<T> => valence * drop;

    /// <summary>Driving force −u = z F (phi_L − phi_R)/RT − excess.</summary>
    /// <param name="valence">Charge number z.</param>
    /// <param name="drop">F (phi_L − phi_R)/RT, dimensionless (see <see cref="Ampere.Drop{T}"/>).</param>
    /// <param name="excess">Difference right minus left of W/RT + ln gamma, dimensionless.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Drive<T>(T valence, T drop, T excess)
        where T : unmanaged, ILane<T> => T.MultiplyAdd(valence, drop, -excess);

    /// <summary>
    /// Flux times area, J = K [B(|u|) (c_L − c_R) − u (u > 0 ? c_R : c_L)]: the difference of the concentrations is taken
    /// first, so near equilibrium the rounding is that of the difference.
    /// </summary>
    /// <param name="conductance">K = A D/h, m³/s; 0 for a face that lets none through.</param>
    /// <param name="bernoulli">B(|u|), shared by species with the same |u|.</param>
    /// <param name="drive">−u of <see cref="Drive{T}(T, T)"/>, dimensionless, positive when it drives a cation to the right.</param>
    /// <param name="left">c_L, mol/m³.</param>
    /// <param name="right">c_R, mol/m³.</param>
    /// <returns>mol/s, positive from left to right.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Flux<T>(T conductance, T bernoulli, T drive, T left, T right)
        where T : unmanaged, ILane<T>
    {
        T carried = T.Where(drive, T.Of(0.0), right, left);
        return conductance * T.MultiplyAdd(bernoulli, left - right, drive * carried);
    }

    /// <summary>Larger of the two coefficients of the flux, K B(−|u|) = K (B(|u|) + |u|): for the spectral bound.</summary>
    /// <param name="conductance">K, m³/s.</param>
    /// <param name="bernoulli">B(|u|).</param>
    /// <param name="drive">−u, dimensionless.</param>
    /// <returns>m³/s.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LargestCoefficient<T>(T conductance, T bernoulli, T drive)
        where T : unmanaged, ILane<T> => conductance * (bernoulli + T.Abs(drive));

    /// <summary>The flux's coefficients, J = Left c_L − Right c_R, and its slope dJ/d(drop) at fixed concentrations, for the Jacobian.</summary>
    /// <param name="Left">K B(u), m³/s.</param>
    /// <param name="Right">K B(−u), m³/s.</param>
    /// <param name="Slope">Derivative by F (phi_L − phi_R)/RT, mol/s.</param>
    public readonly record struct Linear<T>(T Left, T Right, T Slope)
        where T : unmanaged, ILane<T>;

    /// <summary>Coefficients and slope: u = −drive, so dJ/d(drop) = −z K [B'(u) c_L + B'(−u) c_R].</summary>
    /// <param name="conductance">K, m³/s.</param>
    /// <param name="bernoulli">B(|u|).</param>
    /// <param name="drive">−u, dimensionless.</param>
    /// <param name="valence">z.</param>
    /// <param name="left">c_L, mol/m³.</param>
    /// <param name="right">c_R, mol/m³.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Linear<T> Linearise<T>(T conductance, T bernoulli, T drive, T valence, T left, T right)
        where T : unmanaged, ILane<T>
    {
        Bernoulli.Slopes(-drive, bernoulli, out T atLeft, out T atRight);
        return new(
            conductance * Bernoulli.FromMagnitude(-drive, bernoulli), conductance * Bernoulli.FromMagnitude(drive, bernoulli),
            -(valence * conductance * T.MultiplyAdd(atLeft, left, atRight * right)));
    }
}
