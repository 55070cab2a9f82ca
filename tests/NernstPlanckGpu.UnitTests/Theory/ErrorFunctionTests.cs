using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class ErrorFunctionTests
{
    // Abramowitz and Stegun, table 7.1, and 20-digit values of the series.
    [Theory]
    [InlineData(1e-10, 1.1283791670955126e-10)]
    [InlineData(0.1, 0.11246291601828489)]
    [InlineData(0.5, 0.52049987781304654)]
    [InlineData(1, 0.84270079294971487)]
    [InlineData(2, 0.99532226501895273)]
    [InlineData(3.5, 0.99999925690162766)]
    [InlineData(5, 0.99999999999846254)]
    public void It_has_its_known_digits(double x, double expected)
    {
        Close.To(expected, ErrorFunction.Erf(x), 1e-14);
        Close.To(-expected, ErrorFunction.Erf(-x), 1e-14);
    }

    [Fact]
    public void It_ends_at_one()
    {
        Assert.Equal(0, ErrorFunction.Erf(0));
        Assert.Equal(1, ErrorFunction.Erf(7));
        Assert.Equal(-1, ErrorFunction.Erf(double.NegativeInfinity));
    }
}
