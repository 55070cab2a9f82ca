using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// The double layer of steric ions at voltages where that of points would have more ions than there is space:
/// q = sgn(V) 2 z e c_0 lambda_D sqrt((2/nu) ln(1 + 2 nu sinh²(z psi/2))), nu = 2 a³ c_0 (Kilic, Bazant and Ajdari, Phys. Rev. E 75, 021502 (2007), eq. 21).
/// </summary>
public class StericLayerTests
{
    private const double Bulk = 100, Size = 5e-10;

    private static readonly Electrolyte Salt = Electrolyte.OneToOne(298.15, 78.5, Bulk);

    private static EngineRun Layer(double volts, int cells)
    {
        Region layer = Problems.Layer("layer", 15e-9, cells, [Bulk, Bulk]) with { Grid = new RegionGrid(cells, 1.2e-9 / cells, null, Grading.Left) };
        PnpProblem problem = Stack(
            [new("P", 1, 1e-9, Size), new("M", -1, 1e-9, Size)], Closed(Potential(volts), 2), Baths(Potential(0), Bulk, Bulk), layer) with
        {
            Activity = new(ActivityKind.Bikerman, Size),
        };
        return EngineRun.To(problem, new() { End = 1e-2, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-5 });
    }

    private static double Charge(double volts)
    {
        double nu = 2 * PhysicalConstants.Avogadro * Size * Size * Size * Bulk, psi = volts / Salt.ThermalVoltage, sinh = Math.Sinh(psi / 2);
        return Math.Sign(volts) * 2 * PhysicalConstants.Faraday * Bulk * Salt.DebyeLength * Math.Sqrt(2 / nu * Math.Log(1 + 2 * nu * sinh * sinh));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(-0.2)]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    [InlineData(1)]
    public void Charge_follows_potential_as_kilic_bazant_and_ajdari_say(double volts)
    {
        int[] cells = [40, 80, 160, 320];
        double[] charges = [.. cells.Select(n => PhysicalConstants.Faraday * Layer(volts, n).State.Charge[0])];
        double[] errors = [.. charges.Select(q => Math.Abs(q / Charge(volts) - 1))];
        double order = Order.Fit([.. cells.Select(n => 1.0 / n)], errors);
        Assert.True(order >= 1.85 && errors[^1] < 1e-4, $"{volts} V: order {order:F2} of {Order.Show(errors)} at {charges[^1]:F5} C/m²");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1)]
    public void No_cell_holds_more_than_fits(double volts)
    {
        EngineRun run = Layer(volts, 160);
        double most = 1 / (PhysicalConstants.Avogadro * Size * Size * Size);
        int counterIon = volts > 0 ? 1 : 0;
        Assert.InRange(run.State.Concentration[counterIon][1], 0.999 * most, most);
        for (int i = 1; i <= run.Problem.Cells; i++) Assert.True(run.State.Concentration[0][i] + run.State.Concentration[1][i] < most, $"cell {i}");
        Assert.True(run.State.Concentration.All(c => c.All(value => value >= 0)));
        // Points would have c_0 e^20 of them.
        Assert.True(most < 1e-4 * Bulk * Math.Exp(Math.Abs(volts) / Salt.ThermalVoltage));
    }
}
