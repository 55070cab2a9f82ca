using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Junctions that Henderson's formula does not describe, against tests/reference/junctions.json.</summary>
public class JunctionTests
{
    private const double Half = 500e-9, Front = 2e-9;

    // After 100 ns the fastest front is 61 nm wide: the ends at 500 nm are as far away as those at 20 um of the reference.
    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Free_diffusion_tends_to_neither_henderson_nor_the_layer_with_fixed_ends(string index)
    {
        ReferenceCase one = ReferenceCase.Load("junctions")["reference", "cases", index];
        JunctionIon[] ions = Ions(one);
        double[] times = one["PNP_transient", "t_s"].Numbers, expected = one["PNP_transient", "phiR_minus_phiL_V"].Numbers;
        RunResult run = Runner.Run(Junction(ions), new TimeSettings { End = times[1] }, [times[0]]);

        // Cells of 0.5 nm resolve a front of 2 nm and Debye layers of 0.8 nm to some parts in 1e4.
        for (int i = 0; i < 2; i++)
            Close.Within(expected[i], Drop(run.At(times[i])), i == 0 ? 2e-5 : 1e-5, $"after {times[i]} s");
        Assert.True(Math.Abs(Drop(run.Last) - LiquidJunction.Henderson(ions, 298.15)) > 1e-4, "Henderson");
        Assert.True(Math.Abs(Drop(run.Last) - one.At("phiR_minus_phiL_V", "PNP_steady_constrained_1um")) > 1e-4, "fixed ends");
    }

    private static double Drop(State state) => state.RightPotential - state.LeftPotential;

    internal static JunctionIon[] Ions(ReferenceCase one) => [.. Enumerable.Range(0, one["species"].Count)
        .Select(i => one["species", $"{i}"])
        .Select(ion => new JunctionIon(ion.At("z"), ion.At("D_m2_s"), ion.At("c_left"), ion.At("c_right")))];

    private static PnpProblem Junction(JunctionIon[] ions)
    {
        Species[] species = [.. ions.Select((ion, i) => new Species($"{i}", ion.Valence, ion.Diffusivity))];
        Region Side(string name, IEnumerable<double> concentration, Grading grading) =>
            Problems.Layer(name, Half, 120, [.. concentration]) with { Grid = new RegionGrid(120, 0.5e-9, null, grading) };
        return Problems.Stack(
            species, Problems.Closed(Problems.Potential(0), ions.Length), Problems.Closed(Problems.Current(0), ions.Length),
            Side("left", ions.Select(ion => ion.Left), Grading.Right), Side("right", ions.Select(ion => ion.Right), Grading.Left)) with
        { Initial = new ProfilesInitialState([.. ions.Select(ion => new ErfProfile(ion.Left, ion.Right, Half, Front))]) };
    }
}
