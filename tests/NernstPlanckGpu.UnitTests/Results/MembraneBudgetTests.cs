using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Results;

/// <summary>Balances of ions and charge on the membrane's sides: those that close, and made-up ones that do not.</summary>
public class MembraneBudgetTests
{
    private const int Sodium = MechanismProblems.Sodium;

    private static CertificateEntry[] Certify(DiscreteProblem problem, params StateView[] states)
    {
        var builder = new CertificateBuilder(problem, MembraneStates.Field(problem));
        foreach (StateView state in states) builder.Observe(state, 0);
        return [.. builder.Build(default, new TimeSettings { End = 1, Integrator = IntegratorKind.Rodas4 })];
    }

    private static CertificateEntry Entry(CertificateEntry[] entries, string name) => entries.Single(entry => entry.Name == name);

    // Takes an amount of sodium out of the left reservoir, and says that the pump moved it.
    private static StateView Moved(DiscreteProblem problem, double amount, double told)
    {
        StateView state = MembraneStates.At(problem);
        state.Concentration[Sodium][0] -= amount * problem.LeftGhostInverseVolume[Sodium];
        int pump = Enumerable.Range(0, state.Transported.Length).First(i => MembraneLayout.Of(problem.Problem)!.Items[i].Species == Sodium);
        state.Transported[pump] = told;
        return state;
    }

    [Fact]
    public void What_left_and_what_crossed_agree_or_the_certificate_is_violated()
    {
        DiscreteProblem problem = MembraneStates.Problem();
        const double amount = 1e-16; // of 9e-14 mol in the reservoir
        CertificateEntry closed = Entry(Certify(problem, MembraneStates.At(problem), Moved(problem, amount, amount)), "budget_Na");
        CertificateEntry broken = Entry(Certify(problem, MembraneStates.At(problem), Moved(problem, amount, 0.999 * amount)), "budget_Na");
        Assert.True(closed.Holds);
        Assert.InRange(closed.Value, 0, 1e-14);
        Assert.False(broken.Holds);
        double left = 15 * (3e-6 + 3e-9) * MembraneStates.Area; // the reservoir, and 3 nm of cells
        Close.To(0.001 * amount / left, broken.Value, 1e-9);
    }

    [Fact]
    public void A_reservoir_that_swells_holds_the_same_amount_in_more_volume()
    {
        DiscreteProblem problem = MembraneStates.Problem(rightDepth: 1e-6);
        StateView swollen = MembraneStates.At(problem);
        swollen.RelativeVolume = (1.25, 1);
        for (int s = 0; s < problem.Species; s++) swollen.Concentration[s][0] /= 1.25;
        CertificateEntry[] entries = Certify(problem, MembraneStates.At(problem), swollen);
        foreach (Species species in problem.Problem.Species)
        {
            Assert.InRange(Entry(entries, $"massDrift_{species.Name}").Value, 0, 1e-14);
            Assert.InRange(Entry(entries, $"budget_{species.Name}").Value, 0, 1e-14);
        }
        swollen.RelativeVolume = (1.24, 1);
        Assert.False(Entry(Certify(problem, MembraneStates.At(problem), swollen), "massDrift_K").Holds);
    }

    [Fact]
    public void A_run_that_starts_swollen_has_its_amounts_in_that_volume()
    {
        DiscreteProblem problem = MembraneStates.Problem(rightDepth: 1e-6);
        StateView state = MembraneStates.At(problem);
        MembraneLayout layout = MembraneLayout.Of(problem.Problem)!;
        (state.States[layout.LeftVolumeState], state.States[layout.RightVolumeState]) = (1.5, 1);
        state.RelativeVolume = (1.5, 1);
        PnpProblem later = problem.Problem with { Initial = new CellsInitialState(state.Concentration, 0, 0, [.. state.States]) };
        Assert.Equal(0, Entry(Certify(Discretiser.Discretise(later, problem.Grid), state), "massDrift_K").Value, 1e-15);
    }

    [Fact]
    public void A_bath_on_the_left_leaves_the_balance_of_the_right_or_none()
    {
        Assert.DoesNotContain(Certify(MembraneStates.Problem(leftDepth: 0), MembraneStates.At(MembraneStates.Problem(leftDepth: 0))),
            entry => entry.Name.StartsWith(CertificateBuilder.BudgetPrefix, StringComparison.Ordinal));
        DiscreteProblem problem = MembraneStates.Problem(leftDepth: 0, rightDepth: 1e-6);
        StateView state = MembraneStates.At(problem);
        state.Permeated[Sodium] = 1e-16;
        state.Concentration[Sodium][^1] += 1e-16 * problem.RightGhostInverseVolume[Sodium];
        var budget = new MembraneBudget(problem, MembraneStates.Area);
        budget.Observe(MembraneStates.At(problem));
        budget.Observe(state);
        IonBudget sodium = budget.Latest.Single(one => one.Ion == "Na");
        Assert.Equal("in the membrane and right of it", sodium.Where);
        Close.To(1e-16 / MembraneStates.Area, sodium.Crossed, 1e-14);
        Close.To(sodium.Crossed, sodium.Change, 1e-9); // a difference of amounts ten thousand times as large
        Assert.InRange(sodium.Residual, 0, 1e-14);
    }

    [Fact]
    public void The_charge_on_the_left_is_the_displacement_at_the_membrane()
    {
        DiscreteProblem problem = MembraneStates.Problem();
        StateView start = MembraneStates.At(problem), charged = MembraneStates.At(problem), broken = MembraneStates.At(problem);
        const double charge = 1e-17; // mol, from the reservoir into nothing but the field
        foreach (StateView state in new[] { charged, broken })
        {
            state.Concentration[Sodium][0] += charge * problem.LeftGhostInverseVolume[Sodium];
            Array.Fill(state.Charge, charge);
        }
        Array.Fill(broken.Charge, 1.001 * charge);
        CertificateEntry holds = Entry(Certify(problem, start, charged), "membraneCharge"), fails = Entry(Certify(problem, start, broken), "membraneCharge");
        Assert.Equal("C m-2", holds.Unit);
        Assert.True(holds.Holds, $"{holds.Value} of {holds.Limit}");
        Assert.False(fails.Holds);
        Close.To(0.001 * charge * PhysicalConstants.Faraday / MembraneStates.Area, fails.Value, 1e-3);
    }

    [Fact]
    public void Between_electrodes_gauss_gives_the_charge_of_the_cells()
    {
        DiscreteProblem problem = MembraneStates.Problem(isOpen: false);
        StateView state = MembraneStates.At(problem);
        const double charge = 1e-17;
        Array.Fill(state.Charge, charge);
        Assert.True(Entry(Certify(problem, state), "membraneCharge").Holds); // what enters at the electrode leaves at the membrane
        state.Charge[0] = 0;
        Assert.False(Entry(Certify(problem, state), "membraneCharge").Holds);
    }
}
