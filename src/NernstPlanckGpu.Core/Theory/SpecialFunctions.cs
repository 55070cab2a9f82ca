using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// Host functions that lose no digits to cancellation. The base library's <c>double.ExpM1</c> and <c>double.LogP1</c>
/// are the naive forms, wrong by 1e-8 at arguments of 1e-8, which theory of small potentials cannot afford.
/// </summary>
internal static class SpecialFunctions
{
    /// <summary>e^x − 1 = 2 e^(x/2) sinh(x/2), to a few ulp for any x.</summary>
    public static double ExpM1(double x) => Math.Abs(x) > 1 ? Math.Exp(x) - 1 : 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>e^x − 1 − x: what electroneutrality leaves of a Boltzmann sum. Taylor series below 0.7.</summary>
    public static double ExpM1MinusX(double x)
    {
        if (Math.Abs(x) > 0.7) return ExpM1(x) - x;
        double sum = 0;
        for (int k = 18; k >= 2; k--) sum = (1 + sum) * x / k;
        return sum * x;
    }

    /// <summary>ln(1 + x) = 2 artanh(x / (2 + x)).</summary>
    public static double LogP1(double x) => Math.Abs(x) > 0.5 ? Math.Log(1 + x) : 2 * Math.Atanh(x / (2 + x));

    /// <summary>Bernoulli function B(x) = x / (e^x − 1), B(0) = 1.</summary>
    public static double Bernoulli(double x) =>
        Formulas.Bernoulli.FromMagnitude(new ScalarLane(x), Formulas.Bernoulli.OfMagnitude(new ScalarLane(x))).Value;
}
