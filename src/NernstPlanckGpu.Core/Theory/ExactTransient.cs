namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// An exact nonlinear transient of PNP, dimensionless: one species with z = 1 and D = 1, c_t = (c_x + c phi_x)_x, phi_xx = −c.
/// With l = 0.2π, A = −π/2, B = 1.2, s = sin(lx + A), e = exp(l²t): c = 2l²(1 + B s e)/(B e + s)² and
/// phi = 2 ln[(B e + s)/(B e + sin(l x0 + A))], x0 = 5. Range: x in [2.5, 7.5], t ≥ 0.
/// Derivation: with phi = 2 ln u (Cole–Hopf) the system becomes u_t = u_xx + l²u, and u = B e + s solves it. Test: ExactTransientTests.
/// </summary>
public static class ExactTransient
{
    private const double Wave = 0.2 * Math.PI, Phase = -Math.PI / 2, Offset = 1.2, Reference = 5;

    /// <summary>Left end of the domain.</summary>
    public const double Left = 2.5;

    /// <summary>Right end of the domain.</summary>
    public const double Right = 7.5;

    /// <summary>Concentration c(x, t), dimensionless.</summary>
    /// <param name="x">Position.</param>
    /// <param name="time">Time.</param>
    public static double Concentration(double x, double time)
    {
        double s = Math.Sin(Wave * x + Phase), e = Math.Exp(Wave * Wave * time), denominator = Offset * e + s;
        return 2 * Wave * Wave * (1 + Offset * s * e) / (denominator * denominator);
    }

    /// <summary>Potential phi(x, t) against x0 = 5, dimensionless.</summary>
    /// <param name="x">Position.</param>
    /// <param name="time">Time.</param>
    public static double Potential(double x, double time)
    {
        double e = Math.Exp(Wave * Wave * time);
        return 2 * Math.Log((Offset * e + Math.Sin(Wave * x + Phase)) / (Offset * e + Math.Sin(Wave * Reference + Phase)));
    }
}
