using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// A cell without a pump runs down for hours: two closed reservoirs of 3.3 µm beside a membrane, no current. PNP resolves Debye layers that
/// relax in a nanosecond; an independent model of four numbers, GHK fluxes between the reservoirs at the voltage without current,
/// gives the same course.
/// </summary>
public class RunDownTests
{
    private const double Depth = 3.3e-6, Temperature = 310.15;

    private static readonly double[] Inside = [140, 12, 10, 142], Outside = [5, 145, 150, 0], Permeability = [1e-8, 4e-10, 4.5e-9];

    private static readonly Species[] Ions = [new("K", 1, 1.957e-9), new("Na", 1, 1.334e-9), new("Cl", -1, 2.032e-9), new("A", -1, 1e-9)];

    private static PnpProblem Cell()
    {
        const double Thickness = 5e-9;
        double thermal = PhysicalConstants.GasConstant * Temperature;
        double[] barrier = [.. Permeability.Select((p, i) => thermal * Math.Log(Ions[i].Diffusivity / (p * Thickness))), 0];
        Region membrane = Problems.Layer("membrane", Thickness, 20, Inside, 2) with
        {
            IsMembrane = true,
            Concentration = null,
            Barrier = barrier,
            Impermeable = [false, false, false, true],
        };
        Region inside = Problems.Layer("inside", 10e-9, 35, Inside) with { Grid = new RegionGrid(35, 0.1e-9, null, Grading.Right) };
        Region outside = Problems.Layer("outside", 10e-9, 35, Outside) with { Grid = new RegionGrid(35, 0.1e-9, null, Grading.Left) };
        IonBoundary[] Reservoirs(double[] c) => [.. c.Select(value => new ReservoirBoundary(Depth, value))];
        return Problems.Stack(
            Ions, new(Problems.Current(0), Reservoirs(Inside)), new(Problems.Potential(0), Reservoirs(Outside)), inside, membrane, outside) with
        { Temperature = Temperature };
    }

    [Theory]
    [InlineData(IntegratorKind.Rodas4)]
    [InlineData(IntegratorKind.Rodas5)]
    public void Ten_hours_follow_the_fluxes_of_constant_field_theory(IntegratorKind integrator)
    {
        // Its reservoirs hold what the 10 nm beside the membrane hold as well.
        double[] inside = [.. Inside], outside = [.. Outside];
        foreach (double hours in new[] { 1.0, 3.0, 10.0 })
        {
            EngineRun run = EngineRun.To(Cell(), new() { End = 3600 * hours, Integrator = integrator, RelativeTolerance = 1e-5 });
            (inside, outside) = Constant(3600 * hours);
            double expected = Voltage(inside, outside);
            double voltage = run.State.Charge.Zip(run.Resistances, (q, b) => q * b).Sum() * PhysicalConstants.ThermalVoltage(Temperature);
            Assert.True(Math.Abs(voltage - expected) < 2e-5, $"{hours} h: {voltage * 1e3:f4} mV, GHK {expected * 1e3:f4} mV");
            for (int s = 0; s < 3; s++) Close.To(inside[s], run.State.Concentration[s][0], 2e-3);
            // What the linear solve let drift is rounding, though a step is 1e13 diffusion times of the smallest cell.
            Assert.True(run.Status.MassCorrection < 1e-10, $"{run.Status.MassCorrection:e1}");
            Assert.True(run.Status.AcceptedSteps < 400, $"{run.Status.AcceptedSteps} steps");
        }
    }

    private static double Voltage(double[] inside, double[] outside) => GoldmanHodgkinKatz.Voltage(
        [.. Enumerable.Range(0, 3).Select(s => new PermeantIon(Ions[s].Valence, Permeability[s], inside[s], outside[s]))], Temperature);

    // Runge–Kutta steps of dc/dt = −J/depth; the anion stays.
    private static (double[] Inside, double[] Outside) Constant(double end)
    {
        const int Steps = 4000;
        double depth = Depth + 10e-9, h = end / Steps;
        double[] c = [.. Inside.Take(3)];
        double[] Out(double[] x) => [.. x.Select((value, s) => Outside[s] + Inside[s] - value)];
        double[] Rate(double[] x)
        {
            double[] other = Out(x);
            double v = Voltage(x, other);
            return [.. x.Select((value, s) => -GoldmanHodgkinKatz.Flux(new PermeantIon(Ions[s].Valence, Permeability[s], value, other[s]), v, Temperature) / depth)];
        }
        static double[] Add(double[] x, double[] y, double factor) => [.. x.Zip(y, (a, b) => a + factor * b)];
        for (int i = 0; i < Steps; i++)
        {
            double[] k1 = Rate(c), k2 = Rate(Add(c, k1, h / 2)), k3 = Rate(Add(c, k2, h / 2)), k4 = Rate(Add(c, k3, h));
            for (int s = 0; s < 3; s++) c[s] += h / 6 * (k1[s] + 2 * k2[s] + 2 * k3[s] + k4[s]);
        }
        return (c, Out(c));
    }
}
