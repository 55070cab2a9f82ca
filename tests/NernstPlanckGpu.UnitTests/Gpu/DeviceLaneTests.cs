using Xunit;
#if WITH_ILGPU
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Kernels;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>Each operation of the device lane gives the scalar lane's bits, but for the fused multiply-add.</summary>
public sealed class DeviceLaneTests
{
#if WITH_ILGPU
    private static readonly double[] Values =
        [0.0, -0.0, 1.0, -1.0, 1e-300, 0.75, 1.5, -2.5, 708.0, -1e17, 4.9e-324, double.MaxValue,
         double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    [Fact]
    public void Operations_on_any_two_numbers_give_the_bits_of_the_scalar_lane()
    {
        foreach (double a in Values)
        {
            foreach (double b in Values)
            {
                Assert.Equal(
                    Results<ScalarLane>(new(a), new(b)).Select(lane => Bits(lane.Value)),
                    Results<DeviceLane>(new(a), new(b)).Select(lane => Bits(lane.Value)));
            }
        }
    }

    [Fact]
    public void Bit_operations_give_the_bits_of_the_scalar_lane()
    {
        for (int k = -1022; k <= 1023; k++)
        {
            Assert.Equal(ScalarLane.PowerOfTwo(new(k)).Value, DeviceLane.PowerOfTwo(new(k)).Value);
            double x = 1.375 * ScalarLane.PowerOfTwo(new(k)).Value;
            Assert.Equal(k, DeviceLane.Exponent(new(x)).Value);
            Assert.Equal(1.375, DeviceLane.Mantissa(new(x)).Value);
        }
    }

    // A product with 1 is exact, so that fusing makes no difference.
    private static T[] Results<T>(T a, T b)
        where T : unmanaged, ILane<T> =>
        [a + b, a - b, a * b, a / b, -a, T.Abs(a), T.Sqrt(a), T.Min(a, b), T.Max(a, b), T.Where(a, b, T.Of(3.0), T.Of(4.0)),
            T.MultiplyAdd(a, T.Of(1.0), b), T.Preceding(a, b), T.Following(a, b)];

    // The sign of a NaN says nothing.
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void Operations_on_any_two_numbers_give_the_bits_of_the_scalar_lane()
    {
    }
#endif
}
