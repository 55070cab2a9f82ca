using System.Numerics;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>Numerical inversion of Laplace transforms.</summary>
public static class LaplaceInversion
{
    private const int Points = 24;

    /// <summary>
    /// f(t) = (1/2πi) ∫ e^(st) F(s) ds on Talbot's cotangent contour, s = (N/t)(0.5017 θ cot(0.6407 θ) − 0.6122 + 0.2645 iθ),
    /// midpoint rule with 24 points: about 12 digits. Range: t > 0, singularities of F on or near the negative real axis.
    /// Source: Weideman, SIAM J. Numer. Anal. 44, 2342 (2006), table 1. Test: BlockingElectrodesTests.
    /// </summary>
    /// <param name="transform">F(s).</param>
    /// <param name="time">t; > 0.</param>
    /// <returns>f(t).</returns>
    public static double Talbot(Func<Complex, Complex> transform, double time)
    {
        double sum = 0;
        for (int k = 0; k < Points / 2; k++)
        {
            double theta = (2 * k + 1) * Math.PI / Points, angle = 0.6407 * theta, cotangent = 1 / Math.Tan(angle);
            Complex s = Points / time * new Complex(0.5017 * theta * cotangent - 0.6122, 0.2645 * theta);
            double slope = 0.5017 * (cotangent - angle * (1 + cotangent * cotangent));
            Complex derivative = Points / time * new Complex(slope, 0.2645);
            sum += (Complex.Exp(s * time) * transform(s) * derivative).Imaginary;
        }

        return 2 * sum / Points;
    }
}
