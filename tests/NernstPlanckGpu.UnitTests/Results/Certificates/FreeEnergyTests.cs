using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Certificates;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.UnitTests.Results.Certificates.Courses;

namespace NernstPlanckGpu.UnitTests.Results.Certificates;

/// <summary>The free energy: its parts in closed form, its derivatives, and that it falls in runs of every kind that nothing drives.</summary>
public class FreeEnergyTests
{
    private static FreeEnergy Of(DiscreteProblem problem) => new(problem, new IntegralForm(problem));

    [Fact]
    public void A_uniform_field_and_uniform_ions_have_their_energies()
    {
        DiscreteProblem problem = Discretiser.Discretise(Read("blocking-electrodes").Problem);
        var state = new StateView(problem);
        double length = problem.Grid.Faces[^1], thermal = PhysicalConstants.GasConstant * 298.15;
        foreach (double[] c in state.Concentration) Array.Fill(c, 2.0);
        double ions = Of(problem).Of(state).Value;
        Close.To(2 * length * thermal * 2 * (Math.Log(2) - 1), ions, 1e-12);
        const double displacement = 1e-3; // C/m²
        Array.Fill(state.Charge, displacement / PhysicalConstants.Faraday);
        double field = 0.5 * displacement * displacement * length / (78.5 * PhysicalConstants.VacuumPermittivity);
        double work = displacement * 2 * 2.56925791215e-3; // the left electrode gave a charge at −2.57 mV, the right one took it at +2.57 mV
        Close.To(field + work, Of(problem).Of(state).Value - ions, 1e-9);
    }

    [Theory]
    [InlineData("\"bikerman\"")]
    [InlineData("\"davies\"")]
    [InlineData("\"debyeHuckel\"")]
    public void Excess_energy_has_the_activity_model_as_its_derivative(string model)
    {
        PnpProblem plain = Read("debye-layer").Problem;
        PnpProblem problem = plain with
        {
            Species = [.. plain.Species.Select((one, s) => one with { IonSize = model.Contains("debye", StringComparison.Ordinal) ? 4e-10 : 3e-10 + s * 2e-10 })],
            Activity = model switch
            {
                "\"bikerman\"" => new(ActivityKind.Bikerman, 3.5e-10),
                "\"davies\"" => new(ActivityKind.Davies),
                _ => new(ActivityKind.DebyeHuckel),
            },
        };
        var excess = new ExcessEnergy(problem);
        double[] c = [.. problem.Species.Select((_, s) => 120.0 + 30 * s)];
        for (int s = 0; s < c.Length; s++)
        {
            const double step = 0.01;
            double[] up = [.. c], down = [.. c];
            (up[s], down[s]) = (c[s] + step, c[s] - step);
            Close.To(excess.Potential(0, c, s), (excess.Density(0, up) - excess.Density(0, down)) / (2 * step), 1e-6);
        }
    }

    [Theory]
    [InlineData("blocking-electrodes", "ideal")]
    [InlineData("debye-layer", "ideal")]
    [InlineData("debye-layer", "davies")]
    [InlineData("liquid-junction", "ideal")]
    public void It_falls(string name, string activity)
    {
        RunConfiguration configuration = Read(name, activity == "ideal" ? [] : [$"/activity=\"{activity}\""]);
        Assert.Equal(EnergyObstacle.None, FreeEnergy.Obstacle(configuration.Problem));
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Rkc2, IntegratorKind.Rodas4 })
        {
            double end = Math.Min(1e-7, configuration.Time.End);
            (DiscreteProblem problem, List<Output> outputs) = Run(
                configuration, integrator, [0, .. Enumerable.Range(0, 40).Select(i => end * Math.Pow(10, (i - 39) / 10.0))]);
            double before = double.PositiveInfinity;
            foreach (Output output in outputs)
            {
                FreeEnergy.Energy now = Of(problem).Of(output.State);
                Assert.True(now.Value <= before + 1e-13 * now.Sizes, $"{integrator} at {output.Time} s: {now.Value - before} J");
                before = now.Value;
            }
        }
    }

    [Theory]
    [InlineData("bench/memb", nameof(EnergyObstacle.BathsAtBothEnds))]
    [InlineData("cyclic-voltammetry", nameof(EnergyObstacle.DrivingEnd))]
    [InlineData("neuron/action-potential", nameof(EnergyObstacle.Mechanisms))]
    public void A_driven_system_has_none(string name, string why) => Assert.Equal(why, FreeEnergy.Obstacle(Read(name).Problem).ToString());
}
