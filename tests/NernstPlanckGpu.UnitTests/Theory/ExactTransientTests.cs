using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class ExactTransientTests
{
    // Central differences of step 1e-3: truncation 1e-7 of terms of order 1, rounding 1e-16/1e-6.
    private const double H = 1e-3, Tolerance = 1e-6;

    [Theory]
    [InlineData(2.6, 0)]
    [InlineData(4.1, 0.5)]
    [InlineData(7.2, 1)]
    public void Both_equations_hold(double x, double t)
    {
        double C(double position, double time) => ExactTransient.Concentration(position, time);
        double Phi(double position) => ExactTransient.Potential(position, t);
        Close.Within(-C(x, t), (Phi(x + H) - 2 * Phi(x) + Phi(x - H)) / (H * H), Tolerance);

        double Flux(double at) => (C(at + H / 2, t) - C(at - H / 2, t)) / H
            + (C(at + H / 2, t) + C(at - H / 2, t)) / 2 * (Phi(at + H / 2) - Phi(at - H / 2)) / H;
        double rate = (C(x, t + H) - C(x, t - H)) / (2 * H);
        Close.Within(rate, (Flux(x + H / 2) - Flux(x - H / 2)) / H, Tolerance);
    }

    [Fact]
    public void Potential_is_counted_from_the_middle() => Assert.Equal(0, ExactTransient.Potential(5, 0.7));
}
