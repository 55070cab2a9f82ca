namespace NernstPlanckGpu.Core.Theory;

/// <summary>Roots of scalar functions on the host.</summary>
internal static class RootFinding
{
    /// <summary>
    /// Root of a continuous function between two points of opposite sign: Brent's method (R. P. Brent, Algorithms for
    /// Minimization without Derivatives, 1973, chapter 4), to the rounding of the root.
    /// </summary>
    /// <param name="function">Function.</param>
    /// <param name="low">One end.</param>
    /// <param name="high">Other end.</param>
    /// <exception cref="ArgumentException">The function has the same sign at both ends.</exception>
    public static double Bracketed(Func<double, double> function, double low, double high)
    {
        double a = low, b = high, fa = function(a), fb = function(b);
        if (fa == 0) return a;
        if (fb == 0) return b;
        if (fa > 0 == fb > 0) throw new ArgumentException("the function has the same sign at both ends of the bracket", nameof(function));
        double c = a, fc = fa, step = b - a, previousStep = step;
        for (int iteration = 0; iteration < 200 && fb != 0; iteration++)
        {
            if (fb > 0 == fc > 0) (c, fc, step, previousStep) = (a, fa, b - a, b - a);
            if (Math.Abs(fc) < Math.Abs(fb)) (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            double tolerance = 2 * double.Epsilon + 2e-16 * Math.Abs(b), half = (c - b) / 2;
            if (Math.Abs(half) <= tolerance) break;
            (step, previousStep) = Next(a, b, c, fa, fb, fc, step, previousStep, half, tolerance);
            (a, fa) = (b, fb);
            b += Math.Abs(step) > tolerance ? step : Math.CopySign(tolerance, half);
            fb = function(b);
        }

        return b;
    }

    /// <summary>Root of an increasing function on the whole line: the bracket doubles until it holds the root.</summary>
    /// <param name="function">Increasing function with one root.</param>
    /// <param name="guess">Half width of the first bracket around 0.</param>
    public static double Increasing(Func<double, double> function, double guess)
    {
        double low = -guess, high = guess;
        while (function(low) > 0 && low > -1e12) low *= 2;
        while (function(high) < 0 && high < 1e12) high *= 2;
        return Bracketed(function, low, high);
    }

    private static (double Step, double Previous) Next(
        double a, double b, double c, double fa, double fb, double fc, double step, double previousStep, double half, double tolerance)
    {
        if (Math.Abs(previousStep) < tolerance || Math.Abs(fa) <= Math.Abs(fb)) return (half, half);
        double s = fb / fa, p, q;
        if (a == c)
        {
            (p, q) = (2 * half * s, 1 - s);
        }
        else
        {
            double u = fa / fc, r = fb / fc;
            p = s * (2 * half * u * (u - r) - (b - a) * (r - 1));
            q = (u - 1) * (r - 1) * (s - 1);
        }

        if (p > 0) q = -q;
        p = Math.Abs(p);
        bool takes = 2 * p < Math.Min(3 * half * q - Math.Abs(tolerance * q), Math.Abs(previousStep * q));
        return takes ? (p / q, step) : (half, half);
    }
}
