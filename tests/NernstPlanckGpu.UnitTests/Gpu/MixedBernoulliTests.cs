using Xunit;
#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Kernels;
using NernstPlanckGpu.Kernels.Explicit;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>The Bernoulli function of mixed precision, a double by a single-precision lane, against the scalar lane.</summary>
public sealed class MixedBernoulliTests
{
#if WITH_ILGPU
    // H − 1 = x²/12 − … by three roundings of 6e-8, that of the argument counted twice: 4 · 6e-8/12 = 2e-8.
    [Fact]
    public void Near_zero_the_rounding_of_single_precision_falls_on_the_small_part_alone()
    {
        foreach (double x in Logarithmic(1e-8, 0.343))
        {
            double error = Math.Abs(Mixed(x) - Exact(x));
            Assert.True(error <= 2.5e-8 * x * x + 3e-16, $"error {error:E2} at {x:R}");
        }
    }

    // Some roundings of 6e-8, and that of the argument, which e^x makes x times as large.
    [Fact]
    public void Farther_out_it_has_a_relative_error_of_single_precision()
    {
        double worst = Logarithmic(0.34, 80).Max(x => Math.Abs(Mixed(x) - Exact(x)) / Exact(x) / (5 + x));
        Assert.InRange(worst, 1e-8, 6e-8);
    }

    // Where one form follows on the other: a number just below the border must not be taken for one above it when it is rounded.
    [Fact]
    public void There_is_no_jump_between_the_two_forms()
    {
        double x = 0.34375;
        for (int i = -2000; i < 2000; i++)
        {
            double at = x * (1 + (i * 1e-10));
            Assert.True(Math.Abs(Mixed(at) - Exact(at)) <= 4e-7, $"{Mixed(at):R} at {at:R}");
        }
        for (double at = Math.BitDecrement(x); at < 0.3437500000001; at = Math.BitIncrement(at)) Assert.True(Math.Abs(Mixed(at) - Exact(at)) <= 4e-7);
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(double.Epsilon, 1.0)]
    [InlineData(1e-60, 1.0)]
    [InlineData(200.0, 0.0)]
    [InlineData(1e300, 0.0)]
    [InlineData(double.PositiveInfinity, 0.0)]
    public void It_is_a_number_at_every_argument(double x, double expected)
    {
        Assert.Equal(expected, Mixed(x), 1e-30);
        Assert.Equal(expected, Mixed(-x), 1e-30);
    }

    // A flux against an equilibrium of e^x is the difference of two large numbers; the error is that of the small part.
    [Fact]
    public void At_a_Boltzmann_equilibrium_next_to_nothing_flows()
    {
        foreach (double x in Logarithmic(1e-3, 0.3))
        {
            double left = 100, right = left * Math.Exp(x);
            double flux = ScharfetterGummel.Flux<ScalarLane>(new(1), new(Mixed(x)), new(x), new(left), new(right)).Value;
            Assert.True(Math.Abs(flux) <= 2.5e-8 * x * x * (right - left) + 1e-12, $"{flux:E2} at {x:R}");
        }
    }

    [Fact]
    public void The_simulator_gives_the_bits_of_the_host()
    {
        double[] x = [.. Logarithmic(1e-6, 300).Select((value, i) => i % 2 == 0 ? value : -value)];
        using Context context = Context.Create(builder => builder.CPU());
        using Accelerator accelerator = context.GetCPUDevice(0).CreateAccelerator(context);
        using MemoryBuffer1D<double, Stride1D.Dense> arguments = accelerator.Allocate1D(x), results = accelerator.Allocate1D<double>(x.Length);
        accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<double>, ArrayView<double>, ArrayView<double>>(LaneKernels.MixedBernoulli)(
            x.Length, arguments.View, arguments.View, results.View);
        accelerator.Synchronize();
        Assert.Equal(x.Select(Mixed), results.GetAsArray1D());
    }

    private static double Mixed(double x) => SingleBernoulli.OfMagnitude(new(x)).Value;

    private static double Exact(double x) => Bernoulli.OfMagnitude(new ScalarLane(x)).Value;

    private static IEnumerable<double> Logarithmic(double from, double to) => Enumerable.Range(0, 20_000).Select(i => from * Math.Pow(to / from, i / 19_999.0));
#else
    [Fact(Skip = "this build is without ILGPU")]
    public void Near_zero_the_rounding_of_single_precision_falls_on_the_small_part_alone()
    {
    }
#endif
}
