namespace NernstPlanckGpu.Core.Theory;

/// <summary>The error function, for diffused fronts.</summary>
public static class ErrorFunction
{
    /// <summary>
    /// erf(x) = 2/sqrt(pi) e^(−x²) sum over n of 2^n x^(2n+1)/(2n+1)!!, all terms of one sign; relative error below 1e-14.
    /// Source: Abramowitz and Stegun, eq. 7.1.6. Test: ErrorFunctionTests.
    /// </summary>
    /// <param name="x">Argument.</param>
    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (a > 6) return Math.Sign(x);
        double term = a, sum = a;
        for (int n = 1; term > 1e-17 * sum; n++)
        {
            term *= 2 * a * a / (2 * n + 1);
            sum += term;
        }
        return Math.CopySign(2 / Math.Sqrt(Math.PI) * Math.Exp(-a * a) * sum, x);
    }
}
