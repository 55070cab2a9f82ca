using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.NeuronProblems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Implicit steps with mechanisms: their order, what they conserve, and that company in a batch changes nothing.</summary>
public class MembraneStepTests
{
    private const double Depth = 2e-7, OutsideDepth = 3e-7;

    // Everything at once, with ATP that swings and reservoirs that fill, empty and swell within milliseconds.
    private static PnpProblem Everything(MechanismView view = MechanismView.Ends, double atpShift = 0, ActivityKind activity = ActivityKind.Ideal)
    {
        var atp = new SineWaveform(2 + atpShift, 1, 200);
        Mechanism[] mechanisms =
        [
            Pump with { Atp = atp, AtpHalf = 1, Rate = Problems.Constant(2e-4), View = view },
            Leak(Cl, 1e-6) with { View = view },
            new OhmicLeak { Name = "leak K ohmic", Species = K, Conductance = Problems.Constant(3), View = view },
            SodiumChannel() with { View = view }, PotassiumChannel() with { View = view },
            Kcc2 with { Rate = Problems.Constant(1e-5), View = view },
            Water() with { HydraulicPermeability = Problems.Constant(1e-10) },
        ];
        PnpProblem cell = Cell(mechanisms, Depth, OutsideDepth);
        if (activity == ActivityKind.Ideal) return cell;
        // With activity coefficients chloride goes through the membrane itself as well.
        Region membrane = cell.Regions[1] with { Impermeable = [true, true, false, true], DiffusivityFactor = [1, 1, 1e-5, 1] };
        return ActivityRunTests.WithActivity(cell with { Regions = [cell.Regions[0], membrane, cell.Regions[2]] }, activity, activity == ActivityKind.Bikerman ? 8e-10 : 3.5e-10);
    }

    // After the Debye layers have formed.
    private static PnpProblem Settled(PnpProblem problem)
    {
        EngineRun start = EngineRun.To(problem, new() { End = 1e-4, Integrator = IntegratorKind.Rodas5, RelativeTolerance = 1e-9, AbsoluteTolerance = 1e-3 });
        return problem with
        {
            Initial = new CellsInitialState(start.State.Concentration, start.State.Charge[0], start.Drop, start.State.States),
        };
    }

    private static double Distance(StateView a, StateView b) => Math.Max(
        EngineRun.Distance(a, b),
        Math.Max(EngineRun.ChargeDistance(a, b), a.States.Zip(b.States, (x, y) => Math.Abs(x - y)).Max()));

    [Theory]
    [InlineData(IntegratorKind.Rodas4, MechanismView.Ends, 3.7, ActivityKind.Ideal)]
    [InlineData(IntegratorKind.Rodas4, MechanismView.Faces, 3.7, ActivityKind.Ideal)]
    [InlineData(IntegratorKind.Rodas5, MechanismView.Ends, 4.6, ActivityKind.Ideal)]
    [InlineData(IntegratorKind.Rodas4, MechanismView.Ends, 3.7, ActivityKind.Davies)]
    [InlineData(IntegratorKind.Rodas4, MechanismView.Faces, 3.7, ActivityKind.Bikerman)]
    public void Steps_with_every_mechanism_have_the_order_of_their_method(IntegratorKind integrator, MechanismView view, double least, ActivityKind activity)
    {
        const double End = 1e-3;
        PnpProblem problem = Settled(Everything(view, activity: activity));
        StateView Run(IntegratorKind kind, int steps) => EngineRun.To(problem, new() { End = End, Integrator = kind, Step = End / steps }).State;
        StateView exact = Run(IntegratorKind.Rodas5, 1280);
        int[] steps = [20, 40, 80, 160];
        double[] errors = [.. steps.Select(n => Distance(Run(integrator, n), exact))];
        double order = Order.Fit([.. steps.Select(n => 1.0 / n)], errors);
        Assert.True(order >= least, $"order {order:F2} of {Order.Show(errors)}");
    }

    /// <summary>
    /// Rosenbrock steps keep linear invariants: what a compartment holds changes by what the mechanisms moved and what permeated, its charge is
    /// the membrane's displacement, and what both reservoirs hold together, volumes counted, stays.
    /// </summary>
    [Theory]
    [InlineData(IntegratorKind.Rodas4, ActivityKind.Ideal)]
    [InlineData(IntegratorKind.Rodas5, ActivityKind.Ideal)]
    [InlineData(IntegratorKind.Rodas4, ActivityKind.DebyeHuckel)]
    [InlineData(IntegratorKind.Rodas4, ActivityKind.Bikerman)]
    public void Budgets_of_every_ion_close(IntegratorKind integrator, ActivityKind activity)
    {
        PnpProblem problem = Everything(activity: activity);
        EngineRun run = EngineRun.To(problem, new() { End = 0.02, Integrator = integrator });
        StateView state = run.State;
        MembraneLayout layout = MembraneLayout.Of(problem)!;
        int face = layout.Cells(run.Problem.Grid).First - 1;
        double[] volumes = run.Volumes;
        double[][] initial = run.Problem.InitialConcentration();
        double charge = 0, size = 0, opposite = 0;
        for (int s = 0; s < 4; s++)
        {
            double left = Depth * state.RelativeVolume.Left * state.Concentration[s][0], start = Depth * Inside[s];
            for (int i = 0; i < face; i++)
            {
                left += volumes[i] * state.Concentration[s][i + 1];
                start += volumes[i] * Inside[s];
            }
            double moved = state.Permeated[s];
            for (int item = 0; item < layout.Items.Count; item++) if (layout.Items[item].Species == s) moved += state.Transported[item];
            Assert.True(Math.Abs(left - start + moved) < 1e-12 * start, $"{Ions[s].Name}: {left - start:E6} inside, {moved:E6} moved of {start:E3}");
            if (s != A) Assert.True(Math.Abs(moved) > 1e-4 * start, $"{Ions[s].Name}: only {moved / start:E2} moved");

            double right = OutsideDepth * state.RelativeVolume.Right * state.Concentration[s][^1], all = left + right, before = start + OutsideDepth * Outside[s];
            for (int i = face; i < run.Problem.Cells; i++)
            {
                all += volumes[i] * state.Concentration[s][i + 1];
                before += volumes[i] * initial[s][i + 1];
            }
            Close.To(before, all, 1e-12);
            charge += Ions[s].Valence * left;
            opposite += Ions[s].Valence * (all - left - (before - start));
            size += left;
        }

        // The left end of an open circuit has no displacement of its own. Amounts round to 1e-16 of their size; 1e-9 of the charge is 3e-15 of it.
        Assert.True(Math.Abs(charge - state.Charge[face]) < 1e-9 * Math.Abs(charge) + 1e-15 * size, $"{charge:E6} inside, displacement {state.Charge[face]:E6}");
        Assert.True(Math.Abs(opposite + state.Charge[face]) < 1e-9 * Math.Abs(charge) + 1e-15 * size, $"{opposite:E6} outside, displacement {state.Charge[face]:E6}");
        double volume = Depth * (state.RelativeVolume.Left - 1) + OutsideDepth * (state.RelativeVolume.Right - 1);
        Assert.True(Math.Abs(state.RelativeVolume.Left - 1) > 1e-3, $"volume {state.RelativeVolume.Left}");
        Assert.True(Math.Abs(volume) < 1e-14 * Depth, $"water: {volume / Depth:E2}");
    }

    [Fact]
    public void Company_in_a_batch_changes_no_bit()
    {
        PnpProblem[] problems = [.. Enumerable.Range(0, 5).Select(i => Everything(atpShift: 0.2 * i))];
        DiscreteProblem[] discrete = [.. problems.Select(p => Discretiser.Discretise(p))];
        var settings = new TimeSettings { End = 2e-3, Integrator = IntegratorKind.Rodas4 };
        foreach (string lane in new[] { "scalar", "256", "512" })
        {
            using IBatch batch = new CpuEngine(new(2, lane)).Start(discrete, settings);
            batch.Advance([.. discrete.Select(_ => settings.End)], null, CancellationToken.None);
            for (int i = 0; i < problems.Length; i++)
            {
                var state = new StateView(discrete[i]);
                batch.Read(i, state);
                EngineRun alone = EngineRun.Try(discrete[i], settings);
                Assert.Equal(alone.Status, batch.Status(i));
                Assert.Equal(alone.State.States, state.States);
                Assert.Equal(alone.State.Transported, state.Transported);
                Assert.Equal(alone.State.Concentration[Na], state.Concentration[Na]);
                Assert.Equal(alone.State.TotalCurrent, state.TotalCurrent);
            }
        }
    }

    [Fact]
    public void A_cell_that_swells_beyond_what_its_membrane_bears_bursts_at_that_volume()
    {
        PnpProblem problem = Cell([Leak(Na, 1e-6), Leak(K, 1e-6), Leak(Cl, 1e-6), Water(1.5) with { HydraulicPermeability = Problems.Constant(1e-10) }], Depth);
        EngineRun run = EngineRun.Try(problem, new() { End = 1000, Integrator = IntegratorKind.Rodas4 });
        Assert.Equal(Outcome.Burst, run.Status.Outcome);
        Close.To(1.5, run.State.RelativeVolume.Left, 1e-8);
        Assert.Contains("at t =", run.Status.Detail);
        Assert.True(run.Status.AcceptedSteps < 300, $"{run.Status.AcceptedSteps} steps");
    }

    /// <summary>Behind a closed end a mechanism sees the outermost cell: a membrane between two closed boxes runs down to the same on both sides.</summary>
    [Theory]
    [InlineData(IntegratorKind.Rodas4)]
    [InlineData(IntegratorKind.Rkc2)]
    public void Behind_a_closed_end_the_outermost_cell_is_seen(IntegratorKind integrator)
    {
        PnpProblem open = Cell([Leak(Na, 1e-3), Leak(K, 1e-3), Leak(Cl, 1e-3)]);
        Boundary Shut(Boundary end) => end with { Ions = [.. end.Ions.Select(_ => (IonBoundary)Problems.Blocked)] };
        PnpProblem problem = open with { Left = Shut(open.Left), Right = Shut(open.Right) };
        EngineRun run = EngineRun.To(problem, new() { End = 1e-7, Integrator = integrator, RelativeTolerance = 1e-6 });
        double[] flux = run.State.MechanismFlux;
        double thermal = PhysicalConstants.ThermalVoltage(problem.Temperature);
        for (int s = 0; s < 3; s++)
        {
            double[] c = run.State.Concentration[s];
            double expected = 1e-3 * ScharfetterGummelFlux(Ions[s].Valence * run.Drop / thermal, c[1], c[^2]);
            Close.To(expected, flux[s], 1e-6);
            Assert.True(Math.Abs(flux[s]) > 1e-3, $"{Ions[s].Name}: {flux[s]:E3}");
        }

        static double ScharfetterGummelFlux(double u, double inside, double outside) => u * (inside - outside * Math.Exp(-u)) / (1 - Math.Exp(-u));
    }

    /// <summary>A pump of constant rate takes the last sodium: the failure names it and where.</summary>
    [Fact]
    public void What_runs_out_is_named()
    {
        PnpProblem problem = Cell([Pump with { Rate = Problems.Constant(1e-4), SodiumHalf = null, PotassiumHalf = null }], 1e-7);
        EngineRun run = EngineRun.Try(problem, new() { End = 100, Integrator = IntegratorKind.Rodas4 });
        Assert.Equal(Outcome.Negative, run.Status.Outcome);
        Assert.Contains("Na ran out", run.Status.Detail);
    }

    [Fact]
    public void A_reservoir_that_water_leaves_for_good_is_said_to_run_dry()
    {
        Mechanism water = Water() with { HydraulicPermeability = Problems.Constant(1e-10) };
        PnpProblem problem = Cell([Leak(Na, 1e-6), Leak(K, 1e-6), Leak(Cl, 1e-6), water], Depth, Depth / 100);
        EngineRun run = EngineRun.Try(problem, new() { End = 1000, Integrator = IntegratorKind.Rodas4 });
        Assert.NotEqual(Outcome.Done, run.Status.Outcome);
        Assert.Contains("the right reservoir ran dry", run.Status.Detail);
    }

    [Fact]
    public void The_saturable_pump_holds_the_cell_of_reference_08()
    {
        PnpProblem problem = Cell([Pump, .. Leaks], 10e-6 / 3, cells: 0);
        using var steady = new Steady(problem);
        EngineRun run = steady.Find();
        StateView state = run.State;
        double pump = state.MechanismFlux[0] / 3;

        // Compartments of the reference: the same fluxes, no Debye layers. Tolerances of its own: 0.5 %, 0.1 %, 0.1 mV.
        Close.To(11.1776595042, state.Concentration[Na][0], 5e-3);
        Close.To(138.408632829, state.Concentration[K][0], 1e-3);
        Close.To(2.82593906741e-08, pump, 1e-3);
        Assert.Equal(-0.0734999891709, run.Drop, 1e-4);
        for (int s = 0; s < 3; s++) Assert.True(Math.Abs(state.Permeated[s]) < 1e-20);
    }

    [Fact]
    public void A_resting_axon_settles_where_its_currents_balance()
    {
        var leak = new OhmicLeak { Name = "leak", Species = Cl, Conductance = Problems.Constant(3), Reversal = Problems.Constant(-0.0544) };
        PnpProblem problem = Cell([SodiumChannel(), PotassiumChannel(), leak]) with { Temperature = 279.45 };
        using var steady = new Steady(problem);
        EngineRun run = steady.Find();
        double current = Enumerable.Range(0, 3).Sum(i => Ions[MembraneLayout.Of(problem)!.Items[i].Species].Valence * run.State.MechanismFlux[i]);
        double largest = run.State.MechanismFlux.Max(Math.Abs);
        Assert.True(Math.Abs(current) < 1e-9 * largest, $"{current:E3} of {largest:E3}");
        Assert.InRange(run.Drop, -0.080, -0.060);
    }
}
