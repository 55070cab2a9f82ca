using Xunit;
#if WITH_ILGPU
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Kernels;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>The lane of single precision: its operations, and what the formulas give on it against the scalar lane.</summary>
public sealed class SingleLaneTests
{
#if WITH_ILGPU
    // Half a unit in the last place of 24 bits.
    private const double Rounding = 1.0 / (1 << 24);

    private static readonly float[] Values =
        [0f, -0f, 1f, -1f, 1e-30f, 0.75f, 1.5f, -2.5f, 87f, -1e17f, float.Epsilon, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN];

    [Fact]
    public void Operations_are_those_of_single_precision()
    {
        foreach (float a in Values)
        {
            foreach (float b in Values)
            {
                SingleLane x = new(a), y = new(b);
                float[] expected = [a + b, a - b, a * b, a / b, -a, Math.Abs(a), MathF.Sqrt(a), a < b ? a : b, a > b ? a : b, a < b ? 3 : 4, a + b];
                SingleLane[] got =
                    [x + y, x - y, x * y, x / y, -x, SingleLane.Abs(x), SingleLane.Sqrt(x), SingleLane.Min(x, y), SingleLane.Max(x, y),
                        SingleLane.Where(x, y, new(3), new(4)), SingleLane.MultiplyAdd(x, new(1), y)];
                Assert.Equal(expected.Select(Bits), got.Select(lane => Bits(lane.Number)));
            }
        }
    }

    [Fact]
    public void Bit_operations_hold_for_every_normal_exponent()
    {
        for (int k = -126; k <= 127; k++)
        {
            Assert.Equal(MathF.ScaleB(1, k), SingleLane.PowerOfTwo(new(k)).Number);
            float x = MathF.ScaleB(1.375f, k);
            Assert.Equal(k, SingleLane.Exponent(new(x)).Number);
            Assert.Equal(1.375f, SingleLane.Mantissa(new(x)).Number);
        }
    }

    [Fact]
    public void The_constants_are_numbers_of_the_lane()
    {
        Assert.Equal(SingleLane.Ln2High, (float)SingleLane.Ln2High);
        Assert.Equal(0, SingleLane.Ln2High * 32768 % 1);
        Assert.Equal(Math.Log(2), SingleLane.Ln2High + SingleLane.Ln2Low, 1e-13);
        Assert.Equal(SingleLane.RoundingMagic, (float)SingleLane.RoundingMagic);
        Assert.True(float.IsNormal((float)SingleLane.Negligible));
        Assert.True(2 * Math.Exp(SingleLane.LargestExponent) < float.MaxValue && Math.Exp(-SingleLane.LargestExponent) > 1.2e-38);
    }

    // Eight roundings at most; a denominator of e^87 is still a number.
    [Fact]
    public void Bernoulli_is_right_to_single_precision()
    {
        double worst = 0;
        foreach (double x in Arguments(87))
        {
            float a = (float)x;
            double expected = Bernoulli.OfMagnitude(new ScalarLane(a)).Value;
            worst = Math.Max(worst, Math.Abs(Bernoulli.OfMagnitude(new SingleLane(a)).Number - expected) / expected);
        }
        Assert.InRange(worst, Rounding / 10, 8 * Rounding);
    }

    [Fact]
    public void Exponential_and_logarithm_are_right_to_single_precision()
    {
        double exponential = 0, logarithm = 0;
        foreach (double x in Arguments(87))
        {
            float a = (float)x;
            double e = Math.Exp(a), l = Math.Log(Math.Abs(a));
            exponential = Math.Max(exponential, Math.Abs(Elementary.Exp(new SingleLane(a)).Number - e) / e);
            logarithm = Math.Max(logarithm, Math.Abs(Elementary.Log(SingleLane.Abs(new(a))).Number - l) / Math.Abs(l));
        }
        Assert.InRange(exponential, Rounding / 10, 6 * Rounding);
        Assert.InRange(logarithm, Rounding / 10, 6 * Rounding);
        Assert.InRange(Elementary.Exp(new SingleLane(1e9f)).Number, 1.6e38f, float.MaxValue);
        Assert.InRange(Elementary.Exp(new SingleLane(-1e9f)).Number, 1.2e-38f, 2e-38f);
    }

    [Theory]
    [InlineData(0f, 1.0)]
    [InlineData(1e-40f, 1.0)]
    [InlineData(1e9f, 0.0)]
    [InlineData(float.PositiveInfinity, 0.0)]
    public void Bernoulli_is_a_number_at_every_argument(float x, double expected) =>
        Assert.Equal(expected, Bernoulli.OfMagnitude(new SingleLane(x)).Number, 1e-30);

    private static IEnumerable<double> Arguments(double largest) => Enumerable.Range(0, 40_000)
        .Select(i => (i % 2 == 0 ? 1 : -1) * (i < 20_000 ? largest * (i + 0.5) / 20_000 : 1e-6 * Math.Pow(largest / 1e-6, (i - 20_000) / 20_000.0)));

    // The sign of a NaN says nothing.
    private static int Bits(float value) => BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value);
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void Operations_are_those_of_single_precision()
    {
    }
#endif
}
