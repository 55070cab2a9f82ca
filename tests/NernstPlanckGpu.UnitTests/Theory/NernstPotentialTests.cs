using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class NernstPotentialTests
{
    [Fact]
    public void Potassium_at_body_temperature_rests_at_minus_89_06_mV() =>
        Close.Within(-89.0586940381e-3, NernstPotential.Of(310.15, 1, 140, 5), 1e-13);

    [Fact]
    public void Potentials_are_those_of_reference_03()
    {
        ReferenceCase rows = ReferenceCase.Load("03")["reference", "single_ion_reversals"];
        for (int k = 0; k < rows.Count; k++)
        {
            ReferenceCase row = rows[k.ToString()];
            Close.To(row.At("V_nernst"), NernstPotential.Of(row.At("T_K"), 1, row.At("c_in"), row.At("c_out")), 1e-11);
        }
    }

    [Fact]
    public void Sign_turns_with_the_valence_and_the_sides()
    {
        double potential = NernstPotential.Of(298.15, 1, 10, 100);
        Assert.Equal(-potential, NernstPotential.Of(298.15, -1, 10, 100), 1e-17);
        Assert.Equal(-potential, NernstPotential.Of(298.15, 1, 100, 10), 1e-17);
        Assert.Equal(potential / 2, NernstPotential.Of(298.15, 2, 10, 100), 1e-17);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, -1)]
    public void Meaningless_arguments_are_refused(double valence, double inside, double outside) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NernstPotential.Of(298.15, valence, inside, outside));
}
