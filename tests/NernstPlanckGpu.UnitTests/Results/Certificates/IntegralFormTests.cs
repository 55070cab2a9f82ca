using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Certificates;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.UnitTests.Results.Certificates.Courses;

namespace NernstPlanckGpu.UnitTests.Results.Certificates;

/// <summary>Fluxes and drops by integrals over half cells: against closed forms, and against what engines tell.</summary>
public class IntegralFormTests
{
    [Fact]
    public void Flux_and_drop_of_one_face_are_goldmans_and_a_capacitors()
    {
        DiscreteProblem problem = Discretiser.Discretise(Read("blocking-electrodes").Problem);
        var form = new IntegralForm(problem);
        var state = new StateView(problem);
        int face = problem.Cells / 2;
        double[] x = problem.Centres();
        double width = x[face] - x[face - 1], volt = PhysicalConstants.ThermalVoltage(298.15);
        foreach (double drop in new[] { 1e-9, -1e-3, 0.05, -0.3 })
        {
            state.Charge[face] = drop / width * 78.5 * PhysicalConstants.VacuumPermittivity / PhysicalConstants.Faraday;
            Close.To(drop, form.Drop(state), 1e-12);
            (state.Concentration[0][face], state.Concentration[0][face + 1]) = (3, 5);
            double u = drop / volt;
            // Goldman: J = D/h u (c_L − c_R e^(−u))/(1 − e^(−u)); at small u by its series.
            double expected = Math.Abs(u) < 1e-6 ? 1e-9 / width * (3 - 5 + 0.5 * u * (3 + 5)) : 1e-9 / width * u * (3 - 5 * Math.Exp(-u)) / (1 - Math.Exp(-u));
            Close.To(expected, form.Flux(state, 0, face).Value, 1e-11);
        }
    }

    [Theory]
    [InlineData("bench/memb", IntegratorKind.Rkc2)]
    [InlineData("bench/memb", IntegratorKind.Rodas4)]
    [InlineData("neuron/stroke", IntegratorKind.Rodas4)]
    public void Engines_tell_the_same_fluxes(string name, IntegratorKind integrator)
    {
        (DiscreteProblem problem, List<Output> outputs) = Run(Read(name), integrator, [0, 1e-9]);
        var passive = new PassiveFlux(problem, new IntegralForm(problem));
        Assert.All(outputs, output => Assert.InRange(passive.Residual(output.State), 0, 1e-13));
    }

    [Fact]
    public void The_current_of_a_steady_state_is_uniform_and_one_that_was_tampered_with_is_not()
    {
        DiscreteProblem problem = Discretiser.Discretise(Read("bench/memb").Problem);
        using var engine = new CpuEngine(new(1));
        using ISteadyState steady = engine.Steady(problem);
        Assert.True(steady.Solve(CancellationToken.None).IsFound);
        var state = new StateView(problem);
        steady.Read(state);
        var passive = new PassiveFlux(problem, new IntegralForm(problem));
        Assert.InRange(passive.Residual(state), 0, 1e-13);
        (double spread, double limit) = passive.Uniformity(state);
        Assert.InRange(spread, 0, 0.1 * limit);
        state.Concentration[0][problem.ReferenceFace + 5] *= 1.001;
        _ = passive.Residual(state);
        (spread, limit) = passive.Uniformity(state);
        Assert.True(spread > limit, $"{spread} of {limit} mol/s");
    }
}
