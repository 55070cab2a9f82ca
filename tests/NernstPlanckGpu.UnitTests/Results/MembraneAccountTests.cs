using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Results;

/// <summary>Fluxes, currents, work and traces of mechanisms, from made-up states.</summary>
public class MembraneAccountTests
{
    private const double RT = PhysicalConstants.GasConstant * MechanismProblems.Temperature, F = PhysicalConstants.Faraday;

    private static readonly DiscreteProblem Problem = MembraneStates.Problem();

    private static readonly FieldReconstruction Field = MembraneStates.Field(Problem);

    private static readonly MembraneAccount Account = new(Problem, Field);

    private static int Item(string mechanism, int species) => Enumerable.Range(0, Account.Layout.Items.Count).Single(i =>
        Problem.Problem.Mechanisms[Account.Layout.Items[i].Mechanism].Name == mechanism && Account.Layout.Items[i].Species == species);

    private static int Mechanism(string name) =>
        Enumerable.Range(0, Problem.Problem.Mechanisms.Count).Single(i => Problem.Problem.Mechanisms[i].Name == name);

    private static double Value(string trace, string column, StateView state) =>
        MembraneTraces.Columns(trace, Problem, Field).Single(one => one.Column.Name == column).Value(state, 0);

    [Fact]
    public void Fluxes_and_currents_are_per_area_of_the_membrane()
    {
        StateView state = MembraneStates.At(Problem);
        int sodium = Item("pump", MechanismProblems.Sodium), calcium = Item("ca", MechanismProblems.Calcium);
        Close.To((sodium + 1) * 1e-16 / MembraneStates.Area, Account.Flux(state, sodium), 1e-14);
        Close.To(2 * F * (calcium + 1) * 1e-16 / MembraneStates.Area, Account.CurrentDensity(state, calcium), 1e-14);
        Close.To(Account.CurrentDensity(state, sodium) + Account.CurrentDensity(state, Item("pump", MechanismProblems.Potassium)),
            Account.MechanismCurrentDensity(state, Mechanism("pump")), 1e-14);
    }

    [Fact]
    public void What_no_mechanism_moves_is_diffusion_and_drift()
    {
        StateView state = MembraneStates.At(Problem);

        // The face has both; 1e-15 of a flux of 1e-16, over 1e-17.
        for (int s = 0; s < Problem.Species; s++)
            Close.To((s + 1) * 1e-17 / MembraneStates.Area, Account.Permeation(state, s), 1e-12);
        double leak = Account.Permeation(state, MechanismProblems.Calcium)
            + Account.Flux(state, Item("ca", MechanismProblems.Calcium)) + Account.Flux(state, Item("nernst", MechanismProblems.Calcium));
        Close.To(leak, Account.Leak(state, MechanismProblems.Calcium), 1e-14); // the cotransport moves it too, but is no leak
    }

    [Fact]
    public void A_pump_works_against_both_gradients_and_the_voltage()
    {
        StateView state = MembraneStates.At(Problem);
        int pump = Mechanism("pump");
        const double cycles = 1e-15;
        state.MechanismFlux[Item("pump", MechanismProblems.Sodium)] = 3 * cycles;
        state.MechanismFlux[Item("pump", MechanismProblems.Potassium)] = -2 * cycles;
        Close.To(cycles / MembraneStates.Area, Account.Cycles(state, pump), 1e-14);
        (double left, double right) = Field.EndPotentials(state, 0);
        double work = 3 * (RT * Math.Log(145.0 / 15) + F * (right - left)) - 2 * (RT * Math.Log(5.0 / 115) + F * (right - left));
        Assert.True(work > 0);
        Close.To(cycles / MembraneStates.Area * work, Account.Power(state, 0, pump), 1e-13);
        Close.To(Account.Power(state, 0, pump), Value("pumpPower", "pumpPower_pump", state), 1e-15);

        // An end that does not hold the ion: no finite work, and not a wrong one.
        state.Concentration[MechanismProblems.Sodium][0] = 0;
        Assert.True(double.IsNaN(Account.Power(state, 0, pump)));
    }

    [Fact]
    public void Every_trace_names_what_its_columns_are_of_with_its_unit()
    {
        (string Trace, string Column, string Unit)[] expected =
        [
            ("mechanismCurrentDensity", "mechanismCurrentDensity_kcc2", "A m-2"), ("mechanismFlux", "mechanismFlux_kcc2_Ca", "mol m-2 s-1"),
            ("transported", "transported_pump_Na", "mol m-2"), ("permeated", "permeated_U", "mol m-2"), ("gates", "gates_na_h", "1"),
            ("pumpPower", "pumpPower_constant", "W m-2"), ("relativeVolume", "relativeVolume_left", "1"), ("osmolarity", "osmolarity_right", "mol m-3"),
        ];
        foreach ((string trace, string column, string unit) in expected)
        {
            TraceColumn one = MembraneTraces.Columns(trace, Problem, Field).Single(c => c.Column.Name == column).Column;
            Assert.Equal(unit, one.Unit);
            Assert.EndsWith(string.Join(' ', column.Split('_')[1..]), one.Meaning);
        }
        Assert.Equal(expected.Select(one => one.Trace).Order(), OutputSettings.TraceNames.Select(one => one.Name).Where(MembraneTraces.Has).Order());
        Assert.DoesNotContain(MembraneTraces.Columns("mechanismCurrentDensity", Problem, Field), one => one.Column.Name.EndsWith("water", StringComparison.Ordinal));
    }

    [Fact]
    public void Traces_have_the_states_values()
    {
        StateView state = MembraneStates.At(Problem);
        state.Transported[Item("pump", MechanismProblems.Sodium)] = 4e-12;
        state.Permeated[MechanismProblems.Urea] = 6e-12;
        state.RelativeVolume = (1.25, 1);
        Close.To(4e-12 / MembraneStates.Area, Value("transported", "transported_pump_Na", state), 1e-14);
        Close.To(6e-12 / MembraneStates.Area, Value("permeated", "permeated_U", state), 1e-14);
        Assert.Equal(0.2, Value("gates", "gates_na_h", state));
        Assert.Equal(1.25, Value("relativeVolume", "relativeVolume_left", state));
        Close.To(MechanismProblems.Inside.Sum(), Value("osmolarity", "osmolarity_left", state), 1e-14);
        Close.To(MechanismProblems.Outside.Sum(), Value("osmolarity", "osmolarity_right", state), 1e-14);
    }

    [Fact]
    public void The_summary_has_the_same_names_before_and_after_and_no_past_in_a_steady_state()
    {
        StateView state = MembraneStates.At(Problem);
        var budget = new MembraneBudget(Problem, MembraneStates.Area);
        budget.Observe(state);
        MembraneSummary summary = MembraneSummaryBuilder.Of(Problem, Field, state, 0, budget.Latest)!;
        string[] names = [.. summary.Entries().Select(entry => entry.Name)];
        Assert.Equal(names, MembraneSummaryBuilder.Columns(Problem, Field, new MembraneBudget(Problem, MembraneStates.Area).Latest).Select(column => column.Name));
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(MembraneStates.Area, summary.Area);
        Assert.Equal(["leak", "pump", "channel", "leak", "channel", "cotransport", "leak", "leak", "pump"], summary.Mechanisms.Select(one => one.Kind));

        MembraneSummary steady = MembraneSummaryBuilder.Of(Problem, Field, state, 0, null)!;
        Assert.All(steady.Diffusion, ion => Assert.Null(ion.Moved));
        Assert.Empty(steady.Budgets);
    }

    [Fact]
    public void Areas_are_told_where_they_are_real()
    {
        double? Area(Geometry geometry)
        {
            DiscreteProblem problem = MembraneStates.Problem(geometry);
            return MembraneSummaryBuilder.Of(problem, MembraneStates.Field(problem), MembraneStates.At(problem), 0, null)!.Area;
        }
        Assert.Null(Area(new PlanarGeometry()));
        Assert.Null(Area(new CylindricalGeometry(1e-6)));
        Assert.Equal(4 * Math.PI * 1.003e-6 * 1.003e-6, Area(new SphericalGeometry(1e-6))!.Value, 1e-24); // at the membrane's left face, 3 nm on
    }
}
