using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas;

/// <summary>
/// The flux through a face where diffusivity, permittivity or standard chemical potential jumps: two half cells in series
/// with the partition c_R/c_L = e^(−w) between them. Second order, where one averaged face is only first.
/// </summary>
/// <remarks>
/// Left half: J = K_L [B(u_L) c_L − B(−u_L) c'], right half: J = K_R [B(u_R) c' e^(−w) − B(−u_R) c_R]. Eliminating the face
/// concentration c' and multiplying through by K_L B(−u_L) e^(w/2), with e^(−u) B(−u) = B(u), gives
/// <code>J = K_L K_R [e^(−w/2) B(u_L) B(u_R) c_L − e^(w/2) B(−u_L) B(−u_R) c_R]
///     / [K_L e^(w/2) B(−u_L) + K_R e^(−w/2) B(u_R)],</code>
/// which needs no exponential at run time and does not overflow for |w| ≤ 120: both drops come from one displacement, so
/// u_L and u_R have one sign and the denominator is never small. Checked by <c>InterfaceFluxTests</c>.
/// </remarks>
public static class InterfaceFlux
{
    /// <summary>The three coefficients of J = Left c_L − Right c_R.</summary>
    /// <param name="Left">Coefficient of c_L, m³/s.</param>
    /// <param name="Right">Coefficient of c_R, m³/s.</param>
    public readonly record struct Coefficients<T>(T Left, T Right)
        where T : unmanaged, ILane<T>;

    /// <summary>Coefficients of the flux; both 0 where either half lets none through, by select.</summary>
    /// <param name="leftConductance">K_L = A D/(h/2) of the left half, m³/s.</param>
    /// <param name="rightConductance">K_R of the right half, m³/s.</param>
    /// <param name="leftPotential">u_L = z F (phi_face − phi_L)/RT.</param>
    /// <param name="rightPotential">u_R = z F (phi_R − phi_face)/RT.</param>
    /// <param name="partition">e^(−w/2), w = (W_R − W_L)/RT.</param>
    /// <param name="inversePartition">e^(w/2).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Coefficients<T> AtFace<T>(
        T leftConductance, T rightConductance, T leftPotential, T rightPotential, T partition, T inversePartition)
        where T : unmanaged, ILane<T> => FromMagnitudes(
            leftConductance, rightConductance, leftPotential, rightPotential, partition, inversePartition, Bernoulli.OfMagnitude(leftPotential),
            Bernoulli.OfMagnitude(rightPotential));

    /// <summary>The coefficients of <see cref="AtFace{T}"/> from Bernoulli functions that are known.</summary>
    /// <param name="leftConductance">K_L, m³/s.</param>
    /// <param name="rightConductance">K_R, m³/s.</param>
    /// <param name="leftPotential">u_L.</param>
    /// <param name="rightPotential">u_R.</param>
    /// <param name="partition">e^(−w/2).</param>
    /// <param name="inversePartition">e^(w/2).</param>
    /// <param name="magnitudeLeft">B(|u_L|).</param>
    /// <param name="magnitudeRight">B(|u_R|).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Coefficients<T> FromMagnitudes<T>(
        T leftConductance, T rightConductance, T leftPotential, T rightPotential, T partition, T inversePartition, T magnitudeLeft, T magnitudeRight)
        where T : unmanaged, ILane<T>
    {
        T forwardLeft = Bernoulli.FromMagnitude(leftPotential, magnitudeLeft);
        T forwardRight = Bernoulli.FromMagnitude(rightPotential, magnitudeRight);
        T backwardLeft = Bernoulli.FromMagnitude(-leftPotential, magnitudeLeft);
        T backwardRight = Bernoulli.FromMagnitude(-rightPotential, magnitudeRight);

        T series = leftConductance * rightConductance;
        T denominator = T.MultiplyAdd(
            leftConductance * inversePartition, backwardLeft, rightConductance * partition * forwardRight);
        T open = T.Where(-series, T.Of(0.0), T.Of(1.0), T.Of(0.0));
        T scale = series / T.Where(-series, T.Of(0.0), denominator, T.Of(1.0)) * open;
        return new(scale * (partition * (forwardLeft * forwardRight)), scale * (inversePartition * (backwardLeft * backwardRight)));
    }

    /// <summary>Flux times area, mol/s, positive from left to right.</summary>
    /// <param name="coefficients">Of <see cref="AtFace{T}"/>.</param>
    /// <param name="left">c_L, mol/m³.</param>
    /// <param name="right">c_R, mol/m³.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Flux<T>(Coefficients<T> coefficients, T left, T right)
        where T : unmanaged, ILane<T> => T.MultiplyAdd(coefficients.Left, left, -(coefficients.Right * right));

    /// <summary>
    /// Slope −dJ/dw by a jump of the excess chemical potential. With the two terms P = K_L e^(w/2) B(−u_L) and Q = K_R e^(−w/2) B(u_R) of the
    /// denominator it is (P a c_L + Q b c_R)/(P + Q), a sum of what is not negative. Checked by <c>LinearisedFluxTests</c>.
    /// </summary>
    /// <param name="coefficients">a and b of <see cref="AtFace{T}"/>.</param>
    /// <param name="leftConductance">K_L, m³/s.</param>
    /// <param name="rightConductance">K_R, m³/s.</param>
    /// <param name="leftPotential">u_L.</param>
    /// <param name="rightPotential">u_R.</param>
    /// <param name="partition">e^(−w/2).</param>
    /// <param name="inversePartition">e^(w/2).</param>
    /// <param name="left">c_L, mol/m³.</param>
    /// <param name="right">c_R, mol/m³.</param>
    /// <returns>mol/s.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExcessSlope<T>(
        Coefficients<T> coefficients, T leftConductance, T rightConductance, T leftPotential, T rightPotential, T partition, T inversePartition, T left, T right)
        where T : unmanaged, ILane<T>
    {
        T zero = T.Of(0.0), one = T.Of(1.0);
        T backward = Bernoulli.FromMagnitude(-leftPotential, Bernoulli.OfMagnitude(leftPotential));
        T forward = Bernoulli.FromMagnitude(rightPotential, Bernoulli.OfMagnitude(rightPotential));
        T ofLeft = leftConductance * inversePartition * backward, ofRight = rightConductance * partition * forward, sum = ofLeft + ofRight;
        T weighted = T.MultiplyAdd(ofLeft, coefficients.Left * left, ofRight * (coefficients.Right * right));
        return weighted / T.Where(-sum, zero, sum, one);
    }

    /// <summary>
    /// Coefficients and slope dJ/d(drop), u_L = −z s_L drop and u_R = −z s_R drop with s_L + s_R = 1: with N the numerator of J and M
    /// its denominator, dJ = K_L K_R dN/M − J dM/M.
    /// </summary>
    /// <param name="leftConductance">K_L, m³/s.</param>
    /// <param name="rightConductance">K_R, m³/s.</param>
    /// <param name="leftShare">−z s_L: u_L per drop.</param>
    /// <param name="rightShare">−z s_R: u_R per drop.</param>
    /// <param name="drop">F (phi_L − phi_R)/RT over the whole face.</param>
    /// <param name="partition">e^(−w/2).</param>
    /// <param name="inversePartition">e^(w/2).</param>
    /// <param name="left">c_L, mol/m³.</param>
    /// <param name="right">c_R, mol/m³.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScharfetterGummel.Linear<T> Linearise<T>(
        T leftConductance, T rightConductance, T leftShare, T rightShare, T drop, T partition, T inversePartition, T left, T right)
        where T : unmanaged, ILane<T>
    {
        T leftPotential = leftShare * drop, rightPotential = rightShare * drop;
        T magnitudeLeft = Bernoulli.OfMagnitude(leftPotential), magnitudeRight = Bernoulli.OfMagnitude(rightPotential);
        T forwardLeft = Bernoulli.FromMagnitude(leftPotential, magnitudeLeft);
        T forwardRight = Bernoulli.FromMagnitude(rightPotential, magnitudeRight);
        T backwardLeft = Bernoulli.FromMagnitude(-leftPotential, magnitudeLeft);
        T backwardRight = Bernoulli.FromMagnitude(-rightPotential, magnitudeRight);
        Bernoulli.Slopes(leftPotential, magnitudeLeft, out T slopeLeft, out T oppositeLeft);
        Bernoulli.Slopes(rightPotential, magnitudeRight, out T slopeRight, out T oppositeRight);

        T series = leftConductance * rightConductance, zero = T.Of(0.0), one = T.Of(1.0);
        T weightLeft = leftConductance * inversePartition, weightRight = rightConductance * partition;
        T denominator = T.MultiplyAdd(weightLeft, backwardLeft, weightRight * forwardRight);
        T open = T.Where(-series, zero, one, zero);
        T scale = series / T.Where(-series, zero, denominator, one) * open;
        T a = scale * (partition * (forwardLeft * forwardRight)), b = scale * (inversePartition * (backwardLeft * backwardRight));

        // d B(−u)/du = −B'(−u).
        T leftRate = leftShare * slopeLeft, rightRate = rightShare * slopeRight;
        T backLeftRate = -(leftShare * oppositeLeft), backRightRate = -(rightShare * oppositeRight);
        T numeratorRate = partition * T.MultiplyAdd(leftRate, forwardRight, forwardLeft * rightRate) * left
            - inversePartition * T.MultiplyAdd(backLeftRate, backwardRight, backwardLeft * backRightRate) * right;
        T denominatorRate = T.MultiplyAdd(weightLeft, backLeftRate, weightRight * rightRate);
        T flux = T.MultiplyAdd(a, left, -(b * right));
        T relative = denominatorRate / T.Where(-series, zero, denominator, one);
        return new(a, b, T.MultiplyAdd(scale, numeratorRate, -(flux * relative * open)));
    }
}
