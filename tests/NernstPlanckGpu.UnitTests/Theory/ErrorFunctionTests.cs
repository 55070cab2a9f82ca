using NernstPlanckGpu.Core.Theory;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class ErrorFunctionTests
{
    // Abramowitz and Stegun, table 7.1, and 20 digits of a computer algebra system.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-10, 1.1283791670955126e-10)]
    [InlineData(0.5, 0.52049987781304653768)]
    [InlineData(1, 0.84270079294971486934)]
    [InlineData(2, 0.99532226501895273416)]
    [InlineData(3.5, 0.99999925690162765859)]
    [InlineData(7, 1)]
    public void Erf_agrees_with_tables_and_is_odd(double x, double expected)
    {
        Assert.Equal(expected, ErrorFunction.Erf(x), 1e-14 * Math.Abs(expected));
        Assert.Equal(-expected, ErrorFunction.Erf(-x), 1e-14 * Math.Abs(expected));
    }
}
