using System.Numerics;
using NernstPlanckGpu.Core.Integrators;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Integrators;

/// <summary>
/// The coefficients of each method, transformed back to the form with matrix products (Hairer and Wanner, Solving ODEs II, IV.7): Gamma⁻¹ = 1/gamma − C,
/// alpha = A Gamma, b = m Gamma, beta = alpha + Gamma. Published digits end at the 15th, and some coefficients are 100.
/// </summary>
public class RosenbrockTableauTests
{
    private const double Digits = 3e-12;

    public static TheoryData<string> Names => ["Rodas4P2", "Rodas5P"];

    private sealed record Form(Rosenbrock Method, double[,] Alpha, double[,] Gamma, double[] B, double[] Embedded)
    {
        public int Stages => Method.Stages;

        public double[,] Beta { get; } = Sum(Alpha, Gamma);

        public double[] AlphaSum { get; } = RowSums(Alpha);

        public double[] BetaSum => RowSums(Beta);
    }

    private static Form Of(string name)
    {
        Rosenbrock method = name == "Rodas4P2" ? Rosenbrock.Rodas4P2 : Rosenbrock.Rodas5P;
        int n = method.Stages;
        double[,] inverse = new double[n, n], a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            inverse[i, i] = 1 / method.Gamma;
            for (int j = 0; j < i; j++) (inverse[i, j], a[i, j]) = (-method.C[i][j], method.A[i][j]);
        }
        double[,] gamma = InverseOfLower(inverse);
        double[] embedded = [.. method.A[n - 1], 0], m = [.. method.A[n - 1], 1];
        return new(method, Product(a, gamma), gamma, Times(m, gamma), Times(embedded, gamma));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sums_of_rows_are_the_times_and_gamma_sums(string name)
    {
        Form form = Of(name);
        for (int i = 0; i < form.Stages; i++)
        {
            Assert.Equal(form.Method.Alpha[i], form.AlphaSum[i], Digits);
            Assert.Equal(form.Method.GammaSum[i], RowSums(form.Gamma)[i], Digits);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Order_conditions_hold_up_to_the_order_and_fail_beyond(string name)
    {
        Form form = Of(name);
        AssertOrder(form, form.B, form.Method.Order);
        AssertOrder(form, form.Embedded, form.Method.Order - 1);
    }

    private static void AssertOrder(Form form, double[] weights, int order)
    {
        (int Order, string Tree, double Residual)[] all = [.. Conditions(form, weights)];
        foreach ((int of, string tree, double residual) in all)
            if (of <= order) Assert.True(Math.Abs(residual) < Digits, $"order {of}, {tree}: {residual:E2}");
        Assert.True(order == 5 || all.Any(c => c.Order == order + 1 && Math.Abs(c.Residual) > 1e-6), $"order {order + 1} is met too: an estimate of 0");
    }

    // One condition per tree; Hairer and Wanner, table IV.7.1 and theorem IV.7.4, with the diagonal in beta.
    private static IEnumerable<(int Order, string Tree, double Residual)> Conditions(Form f, double[] b)
    {
        double[] a = f.AlphaSum, beta = f.BetaSum, a2 = Power(a, 2), a3 = Power(a, 3);
        double[] betaBeta = Times(f.Beta, beta), betaA2 = Times(f.Beta, a2), aBeta = Times(f.Alpha, beta), aTimesABeta = Each(a, aBeta);
        yield return (1, "b", Dot(b, Power(a, 0)) - 1);
        yield return (2, "b beta", Dot(b, beta) - 1.0 / 2);
        yield return (3, "b a2", Dot(b, a2) - 1.0 / 3);
        yield return (3, "b beta beta", Dot(b, betaBeta) - 1.0 / 6);
        yield return (4, "b a3", Dot(b, a3) - 1.0 / 4);
        yield return (4, "b a (alpha beta)", Dot(b, aTimesABeta) - 1.0 / 8);
        yield return (4, "b beta a2", Dot(b, betaA2) - 1.0 / 12);
        yield return (4, "b beta beta beta", Dot(b, Times(f.Beta, betaBeta)) - 1.0 / 24);
        yield return (5, "b a4", Dot(b, Power(a, 4)) - 1.0 / 5);
        yield return (5, "b a2 (alpha beta)", Dot(b, Each(a2, aBeta)) - 1.0 / 10);
        yield return (5, "b (alpha beta)2", Dot(b, Power(aBeta, 2)) - 1.0 / 20);
        yield return (5, "b a (alpha a2)", Dot(b, Each(a, Times(f.Alpha, a2))) - 1.0 / 15);
        yield return (5, "b a (alpha beta beta)", Dot(b, Each(a, Times(f.Alpha, betaBeta))) - 1.0 / 30);
        yield return (5, "b beta a3", Dot(b, Times(f.Beta, a3)) - 1.0 / 20);
        yield return (5, "b beta a (alpha beta)", Dot(b, Times(f.Beta, aTimesABeta)) - 1.0 / 40);
        yield return (5, "b beta beta a2", Dot(b, Times(f.Beta, betaA2)) - 1.0 / 60);
        yield return (5, "b beta4", Dot(b, Times(f.Beta, Times(f.Beta, betaBeta))) - 1.0 / 120);
    }

    // The last argument is the embedded solution, and the weights are the last row of beta: what the DAE part asks for.
    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_stiffly_accurate(string name)
    {
        Form form = Of(name);
        int last = form.Stages - 1;
        Assert.Equal(1, form.AlphaSum[last], Digits);
        Assert.Equal(1, form.AlphaSum[last - 1], Digits);
        for (int j = 0; j <= last; j++)
        {
            Assert.Equal(form.B[j], form.Beta[last, j], Digits);
            Assert.Equal(form.Embedded[j], form.Beta[last - 1, j], Digits);
            Assert.Equal(form.Embedded[j], form.Alpha[last, j], Digits);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_l_stable_and_its_estimate_damps_too(string name)
    {
        Form form = Of(name);
        foreach (double[] weights in new[] { form.B, form.Embedded })
        {
            // R falls as 1/z.
            Assert.True(Complex.Abs(Stability(form, weights, -1e8)) < 1e-6 && Complex.Abs(Stability(form, weights, new(0, 1e8))) < 1e-6);
        }
        for (double y = 1e-3; y < 1e6; y *= 1.05)
            Assert.True(Complex.Abs(Stability(form, form.B, new(0, y))) <= 1 + 1e-11, $"|R({y}i)| = {Complex.Abs(Stability(form, form.B, new(0, y))):R}");
        foreach (double x in new[] { -0.02, -0.1 })
            Assert.Equal(Math.Exp(x), Stability(form, form.B, x).Real, 0.1 * Math.Pow(Math.Abs(x), form.Method.Order + 1) + 1e-13);
    }

    // R(z) = 1 + z b (1 − z beta)⁻¹ 1.
    private static Complex Stability(Form form, double[] weights, Complex z)
    {
        var k = new Complex[form.Stages];
        Complex result = 1;
        for (int i = 0; i < k.Length; i++)
        {
            Complex sum = 1;
            for (int j = 0; j < i; j++) sum += z * form.Beta[i, j] * k[j];
            k[i] = sum / (1 - z * form.Beta[i, i]);
            result += z * weights[i] * k[i];
        }
        return result;
    }

    private static double[,] InverseOfLower(double[,] m)
    {
        int n = m.GetLength(0);
        var inverse = new double[n, n];
        for (int c = 0; c < n; c++)
        {
            for (int r = c; r < n; r++)
            {
                double sum = r == c ? 1 : 0;
                for (int k = c; k < r; k++) sum -= m[r, k] * inverse[k, c];
                inverse[r, c] = sum / m[r, r];
            }
        }
        return inverse;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        int n = a.GetLength(0);
        var product = new double[n, n];
        for (int r = 0; r < n; r++)
            for (int c = 0; c < n; c++)
                for (int k = 0; k < n; k++) product[r, c] += a[r, k] * b[k, c];
        return product;
    }

    private static double[,] Sum(double[,] a, double[,] b)
    {
        int n = a.GetLength(0);
        var sum = new double[n, n];
        for (int r = 0; r < n; r++)
            for (int c = 0; c < n; c++) sum[r, c] = a[r, c] + b[r, c];
        return sum;
    }

    private static double[] Times(double[,] a, double[] x) => [.. Enumerable.Range(0, x.Length).Select(r => Enumerable.Range(0, x.Length).Sum(c => a[r, c] * x[c]))];

    private static double[] Times(double[] x, double[,] a) => [.. Enumerable.Range(0, x.Length).Select(c => Enumerable.Range(0, x.Length).Sum(r => x[r] * a[r, c]))];

    private static double[] RowSums(double[,] a) => Times(a, [.. Enumerable.Repeat(1.0, a.GetLength(0))]);

    private static double[] Power(double[] x, int power) => [.. x.Select(value => Math.Pow(value, power))];

    private static double[] Each(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a * b)];

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
