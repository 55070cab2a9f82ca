using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class DebyeLengthTests
{
    // The references carry 12 digits of the same constants.
    [Fact]
    public void Lengths_are_those_of_the_references()
    {
        Close.To(ReferenceCase.Load("01").At("reference", "one_to_one", "0", "debye_length_m"),
            DebyeLength.Of(298.15, 78.5, [1, -1], [100, 100]), 1e-11);
        Close.To(ReferenceCase.Load("02").At("problem", "lambda_D_m"), DebyeLength.Of(298.15, 78.5, [1, -1], [1, 1]), 1e-11);
        Close.To(ReferenceCase.Load("06").At("reference", "cases", "0", "lambda_D_bath_m"),
            DebyeLength.Of(298.15, 78.5, [1, 1, -1], [100, 5, 105]), 1e-11);
    }

    [Fact]
    public void Divalent_ions_count_four_times() =>
        Close.To(DebyeLength.Of(298.15, 78.5, [1, -1], [100, 100]) / Math.Sqrt(3), DebyeLength.Of(298.15, 78.5, [2, -1], [100, 200]), 1e-15);

    [Fact]
    public void Without_ions_it_is_infinite() => Assert.True(double.IsPositiveInfinity(DebyeLength.Of(298.15, 2, [1, -1], [0, 0])));
}
