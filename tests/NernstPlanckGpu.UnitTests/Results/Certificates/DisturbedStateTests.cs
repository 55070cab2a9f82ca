using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using Xunit;
using static NernstPlanckGpu.UnitTests.Results.Certificates.Courses;

namespace NernstPlanckGpu.UnitTests.Results.Certificates;

/// <summary>A certificate holds for the states of a run, and the entry that is meant is violated where one of them is disturbed.</summary>
public class DisturbedStateTests
{
    // A closed cell between two electrodes, from the step of the voltage to the charged layers.
    private static readonly Lazy<(DiscreteProblem Problem, List<Output> Outputs)> Closed = new(() =>
        Run(Read("blocking-electrodes"), IntegratorKind.Rodas4, Enumerable.Range(0, 100).Select(i => i * 5e-8)));

    private static readonly Lazy<(DiscreteProblem Problem, List<Output> Outputs)> Membrane = new(() =>
        Run(Read("bench/memb"), IntegratorKind.Rkc2, [0, 1e-9, 2e-9]));

    [Fact]
    public void Undisturbed_states_hold()
    {
        foreach ((DiscreteProblem problem, List<Output> outputs) in new[] { Closed.Value, Membrane.Value })
            Assert.All(Certify(problem, outputs).Values, entry => Assert.True(entry.Holds, entry.ToString()));
    }

    [Theory]
    [InlineData("massDrift_cation", 1e-9)] // of the amount
    [InlineData("gaussResidual", 1e-6)] // of the displacement
    [InlineData("clampResidual", 1e-6)]
    [InlineData("fluxResidual", 1e-4)]
    public void A_disturbed_state_violates_its_entry(string name, double size)
    {
        (DiscreteProblem problem, List<Output> outputs) = Closed.Value;
        StateView disturbed = With(problem, outputs[^1].State, state =>
        {
            switch (name)
            {
                case "massDrift_cation":
                    for (int i = 1; i <= problem.Cells; i++) state.Concentration[0][i] *= 1 + size;
                    break;
                case "gaussResidual": state.Charge[problem.Cells / 20] *= 1 + size; break;
                case "clampResidual":
                    for (int f = 0; f < state.Charge.Length; f++) state.Charge[f] *= 1 + size;
                    break;
                default:
                    for (int f = 0; f < state.Charge.Length; f++) state.Flux[1][f] *= 1 + size;
                    break;
            }
        });
        Assert.False(Certify(problem, [.. outputs[..^1], outputs[^1] with { State = disturbed }])[name].Holds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flux_that_drifts_the_wrong_way_violates(bool atInterface)
    {
        (DiscreteProblem problem, List<Output> outputs) = Membrane.Value;
        int face = atInterface ? problem.ReferenceFace : problem.ReferenceFace / 2;
        StateView disturbed = With(problem, outputs[^1].State, state => state.Flux[0][face] = -state.Flux[0][face]);
        IReadOnlyDictionary<string, CertificateEntry> entries = Certify(problem, [outputs[^1] with { State = disturbed }]);
        Assert.False(entries["fluxResidual"].Holds, entries["fluxResidual"].ToString());
    }

    [Fact]
    public void A_field_that_lags_behind_the_charge_violates_gauss()
    {
        (DiscreteProblem problem, List<Output> outputs) = Closed.Value;
        StateView lagged = With(problem, outputs[20].State, state => outputs[19].State.Charge.CopyTo(state.Charge, 0));
        Assert.False(Certify(problem, [outputs[20] with { State = lagged }])["gaussResidual"].Holds);
    }

    [Fact]
    public void The_drop_over_the_stack_knows_the_permittivities()
    {
        // A field of a stack whose membrane has twice the permittivity, in a problem that says half.
        (DiscreteProblem problem, List<Output> outputs) = Membrane.Value;
        RunConfiguration doubled = Read("bench/memb", "/regions/1/permittivity=4");
        (_, List<Output> others) = Run(doubled, IntegratorKind.Rkc2, [0, 1e-9]);
        Assert.False(Certify(problem, [outputs[0] with { State = others[^1].State }])["clampResidual"].Holds);
    }

    [Fact]
    public void A_lost_displacement_current_violates_the_charge_balance()
    {
        (DiscreteProblem problem, List<Output> outputs) = Closed.Value;
        // No ion crosses the electrode: all of its current is displacement.
        IReadOnlyDictionary<string, CertificateEntry> lost = Certify(problem, outputs.Select(output =>
            output with { State = With(problem, output.State, state => state.TotalCurrent = 0) }));
        Assert.False(lost["chargeBalance"].Holds, lost["chargeBalance"].ToString());
        Assert.True(double.IsFinite(Certify(problem, outputs)["chargeBalance"].Limit));
    }

    [Fact]
    public void Free_energy_that_rises_violates()
    {
        (DiscreteProblem problem, List<Output> outputs) = Closed.Value;
        CertificateEntry falls = Certify(problem, outputs)["freeEnergyRise"];
        CertificateEntry rises = Certify(problem, outputs.AsEnumerable().Reverse())["freeEnergyRise"];
        Assert.True(falls.Holds, falls.ToString());
        Assert.InRange(falls.Value, 0, 0.1 * falls.Limit);
        Assert.False(rises.Holds);
    }
}
