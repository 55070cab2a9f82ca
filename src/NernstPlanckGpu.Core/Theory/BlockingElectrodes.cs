using System.Numerics;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// A 1:1 electrolyte of equal diffusivities between two blocking electrodes after a small voltage step, linearised.
/// The gap is 2L, the electrodes jump to −V and +V at t = 0, eps = lambda_D / L, time counts in tau_c = lambda_D L / D, and a
/// Stern layer of thickness delta lambda_D lies in front of each. Source: Bazant, Thornton and Ajdari, Phys. Rev. E 70, 021506
/// (2004), section III. Tests: BlockingElectrodesTests, against reference case 02.
/// </summary>
public static class BlockingElectrodes
{
    /// <summary>
    /// Diffuse charge of one half of the gap, q = Q / (2 F c0 lambda_D), from its Laplace transform
    /// q̂ = (v/s) (1 − sech k) / (κ [tanh k / κ² + s / κ + δ κ]), κ² = 1 + eps s, k = κ / eps.
    /// Range: v ≪ 1; at v = 0.1 the full equations give up to 4e-4 more.
    /// </summary>
    /// <param name="ratio">eps = lambda_D / L.</param>
    /// <param name="stern">delta: thickness of the Stern layer in Debye lengths; ≥ 0.</param>
    /// <param name="potential">v = F V / RT of one electrode.</param>
    /// <param name="time">t / tau_c; > 0.</param>
    /// <returns>Charge of the half at the negative electrode, in units of 2 F c0 lambda_D.</returns>
    public static double Charge(double ratio, double stern, double potential, double time) =>
        potential * LaplaceInversion.Talbot(s => ChargeTransform(ratio, stern, s), time);

    /// <summary>
    /// Slowest time constant tau / tau_c: s = −tau_c/tau is the root nearest 0 of
    /// tanh k + eps k s + delta eps k (1 + eps s) = 0, k = sqrt(1 + eps s) / eps. Range: any eps, delta ≥ 0.
    /// </summary>
    /// <param name="ratio">eps = lambda_D / L.</param>
    /// <param name="stern">delta: thickness of the Stern layer in Debye lengths; ≥ 0.</param>
    /// <returns>tau in units of tau_c (0.9739943532 for eps = 0.05, delta = 0).</returns>
    public static double SlowestTimeConstant(double ratio, double stern)
    {
        // Thick layers (eps² (1 + delta eps) > 1/3) relax faster than by bulk screening alone, and k is imaginary: k = iq.
        double k = ratio * ratio * (1 + stern * ratio) < 1.0 / 3
            ? RootFinding.Bracketed(k => Characteristic(ratio, stern, k), 1e-3 * Math.Min(1, 1 / ratio), 1 / ratio)
            : RootFinding.Bracketed(q => CharacteristicOfImaginary(ratio, stern, q), 1e-3, Math.PI / 2);
        bool isReal = ratio * ratio * (1 + stern * ratio) < 1.0 / 3;
        double kappaSquared = (isReal ? 1 : -1) * ratio * ratio * k * k;
        return ratio / (1 - kappaSquared);
    }

    // The equation divided by k³, which vanishes to that order at k = 0.
    private static double Characteristic(double ratio, double stern, double k) =>
        ((Math.Tanh(k) - k) / k + ratio * ratio * k * k * (1 + stern * ratio)) / (k * k);

    private static double CharacteristicOfImaginary(double ratio, double stern, double q) =>
        Math.Cos(q) * ((Math.Tan(q) - q) / q - ratio * ratio * q * q * (1 + stern * ratio)) / (q * q);

    private static Complex ChargeTransform(double ratio, double stern, Complex s)
    {
        Complex kappa = Complex.Sqrt(1 + ratio * s), decay = Complex.Exp(-kappa / ratio), square = decay * decay;
        Complex tanh = (1 - square) / (1 + square), sech = 2 * decay / (1 + square);
        return (1 - sech) / (s * kappa * (tanh / (kappa * kappa) + s / kappa + stern * kappa));
    }
}
