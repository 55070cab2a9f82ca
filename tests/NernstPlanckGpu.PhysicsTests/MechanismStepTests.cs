using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// Mechanisms in explicit steps: agreement of the integrators, exact answers, budgets and bursts. Fluxes are 1e5 times those of a cell and
/// gates 1e6 times as fast, so that 20 ns move gates and volumes by tenths of themselves.
/// </summary>
public class MechanismStepTests
{
    private const double End = 2e-8;
    private static readonly double Thermal = PhysicalConstants.ThermalVoltage(MechanismProblems.Temperature);

    public static TheoryData<MechanismView, string> Forms
    {
        get
        {
            var data = new TheoryData<MechanismView, string>();
            foreach (MechanismView view in Enum.GetValues<MechanismView>())
                foreach (string ends in new[] { "baths", "reservoirs", "inside", "open", "charged" }) data.Add(view, ends);
            return data;
        }
    }

    private static PnpProblem Cell(MechanismView view, string ends, IReadOnlyList<Mechanism>? mechanisms = null, Geometry? geometry = null)
    {
        // A waveform in every mechanism.
        mechanisms ??= MechanismProblems.Everything(view, 1e5, 1e6, value => new SineWaveform(value, 0.2 * value, 1e8));
        PnpProblem problem = MechanismProblems.Stack(
            mechanisms, ends == "baths" ? 0 : 4e-9, ends is "baths" or "inside" ? 0 : 6e-9, geometry: geometry);
        ElectricBoundary left = ends switch
        {
            "open" => Problems.Current(0),
            "charged" => Problems.Surface(-0.001),
            "inside" => new SternBoundary(MechanismProblems.Constant(-0.06), 0.5),
            _ => new PotentialBoundary(new SineWaveform(-0.06, 0.03, 3e7)),
        };
        return problem with { Left = problem.Left with { Electric = left } };
    }

    private static TimeSettings Time(IntegratorKind integrator, double tolerance, double? step = null) =>
        new() { End = End, Integrator = integrator, RelativeTolerance = tolerance, Step = step };

    // Largest difference of concentrations, states and what was moved, each over its size.
    private static double Distance(EngineRun a, EngineRun b)
    {
        double worst = Math.Max(EngineRun.Distance(a.State, b.State), EngineRun.ChargeDistance(a.State, b.State));
        foreach ((double[] p, double[] q, double floor) in new[]
        {
            (a.State.States, b.State.States, 0.1), (a.State.Transported, b.State.Transported, 1e-13),
            (a.State.Permeated, b.State.Permeated, 1e-13), (a.State.MechanismFlux, b.State.MechanismFlux, 1e-5),
        })
        {
            for (int i = 0; i < p.Length; i++) worst = Math.Max(worst, Math.Abs(p[i] - q[i]) / (Math.Abs(q[i]) + floor));
        }
        return worst;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Integrators_agree(MechanismView view, string ends)
    {
        PnpProblem problem = Cell(view, ends);
        EngineRun chebyshev = EngineRun.To(problem, Time(IntegratorKind.Rkc2, 1e-9)), rosenbrock = EngineRun.To(problem, Time(IntegratorKind.Rodas4, 1e-7));
        EngineRun coarse = EngineRun.To(problem, Time(IntegratorKind.Euler, 1e-4, 4e-12)), fine = EngineRun.To(problem, Time(IntegratorKind.Euler, 1e-4, 2e-12));
        double apart = Distance(coarse, chebyshev), closer = Distance(fine, chebyshev);
        double implicitly = Distance(rosenbrock, chebyshev);
        Assert.True(apart < 1e-2, $"Euler is {apart:E2} and {closer:E2} away, rodas4 {implicitly:E2}");
        // First order: half the step, half the error, but for that of what it is compared with, 4e-7.
        Assert.True(Math.Abs(apart / closer - 2) < 0.2, $"Euler is {apart:E2} and {closer:E2} away, rodas4 {implicitly:E2}");
        Assert.True(implicitly < 2e-5, $"rodas4 is {implicitly:E2} away");
        // Something happened in every gate and volume.
        StateView start = EngineRun.To(problem, Time(IntegratorKind.Rkc2, 1e-7) with { End = 1e-15 }).State;
        for (int i = 0; i < start.States.Length; i++)
            Assert.True(Math.Abs(start.States[i] - chebyshev.State.States[i]) > 1e-3, $"state {i} stayed at {start.States[i]}");
    }

    // Coefficients of the ghost are those of its concentration, not of the amount that it holds.
    [Theory]
    [InlineData(ActivityKind.Davies)]
    [InlineData(ActivityKind.Bikerman)]
    public void Integrators_agree_with_activities(ActivityKind kind)
    {
        PnpProblem problem = Cell(MechanismView.Faces, "reservoirs");
        problem = problem with
        {
            Mechanisms = [.. problem.Mechanisms.Select(m => m is WaterFlux water ? water with { HydraulicPermeability = MechanismProblems.Constant(4e-7) } : m)],
            Activity = new(kind, kind == ActivityKind.Bikerman ? 3e-10 : 0),
            Species = [.. problem.Species.Select(species => species with { IonSize = 4e-10 })],
        };
        EngineRun chebyshev = EngineRun.To(problem, Time(IntegratorKind.Rkc2, 1e-8)), rosenbrock = EngineRun.To(problem, Time(IntegratorKind.Rodas4, 1e-7));
        EngineRun euler = EngineRun.To(problem, Time(IntegratorKind.Euler, 1e-4, 1e-12));
        Assert.True(Math.Abs(chebyshev.State.RelativeVolume.Left - 1) > 0.05, "the volume changes");
        EngineRun finer = EngineRun.To(problem, Time(IntegratorKind.Euler, 1e-4, 5e-13));
        string distances = $"{Distance(euler, chebyshev):E2}, {Distance(finer, chebyshev):E2}, {Distance(rosenbrock, chebyshev):E2}";
        Assert.True(Distance(rosenbrock, chebyshev) < 2e-5 && Math.Abs(Distance(euler, chebyshev) / Distance(finer, chebyshev) - 2) < 0.2, distances);
    }

    [Fact]
    public void Order_two_of_rkc2_with_fixed_steps()
    {
        PnpProblem problem = Cell(MechanismView.Faces, "reservoirs");
        EngineRun exact = EngineRun.To(problem, Time(IntegratorKind.Rkc2, 1e-4, End / 1280));
        double[] error = [.. new[] { 20, 40, 80, 160 }.Select(n => Distance(EngineRun.To(problem, Time(IntegratorKind.Rkc2, 1e-4, End / n)), exact))];
        double order = Order.Fit([1, 0.5, 0.25, 0.125], error);
        Assert.True(order > 1.8, $"order {order}: {string.Join(", ", error.Select(e => e.ToString("E2")))}");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Budgets_close(MechanismView view, string ends)
    {
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Rkc2, IntegratorKind.Euler })
        {
            foreach (Geometry geometry in new Geometry[] { new PlanarGeometry(2), new SphericalGeometry(15e-9) })
            {
                PnpProblem problem = Cell(view, ends, geometry: geometry);
                EngineRun start = EngineRun.To(problem, Time(integrator, 1e-4) with { End = 0 }), end = EngineRun.To(problem, Time(integrator, 1e-4));
                CheckBudgets(start, end, $"{integrator}, {geometry}");
                Assert.True(end.GaussResidual < 1e-9, $"Gauss's law is violated by {end.GaussResidual:E2} mol/m³");
            }
        }
    }

    private static void CheckBudgets(EngineRun start, EngineRun end, string where)
    {
        MembraneLayout layout = MembraneLayout.Of(end.Problem.Problem)!;
        (int first, _) = layout.Cells(end.Problem.Grid);
        for (int s = 0; s < end.Problem.Species; s++)
        {
            double passed = end.State.Permeated[s];
            for (int i = 0; i < layout.Items.Count; i++)
                if (layout.Items[i].Species == s) passed += end.State.Transported[i];
            // Where the left end is closed: what is gone there passed the membrane. Everywhere: nothing is lost in all.
            double scale = Amount(start, s, 0, end.Problem.Cells + 1);
            if (end.Problem.LeftGhostInverseVolume[s] > 0)
            {
                double gone = Amount(start, s, 0, first - 1) - Amount(end, s, 0, first - 1);
                Close.Within(passed, gone, 1e-12 * scale, $"{where}: left of the membrane, species {s}");
            }
            if (end.Problem.RightGhostInverseVolume[s] > 0)
                Close.Within(scale, Amount(end, s, 0, end.Problem.Cells + 1), 1e-12 * scale, $"{where}: all of species {s}");
        }
        // The charge left of the membrane is the difference of the displacements: Gauss's law over all of it.
        double charge = Enumerable.Range(0, first - 1).Sum(i => end.Volumes[i] * (end.Charge(i) + end.Problem.FixedCharge(i)));
        double displacement = end.State.Charge[first - 1] - end.State.Charge[0];
        Close.Within(displacement, charge, 1e-9 * end.State.Charge.Max(Math.Abs), $"{where}: charge inside");
    }

    // Amount of a species in cells from .. to, ghosts with their present volumes.
    private static double Amount(EngineRun run, int s, int from, int to)
    {
        double[] c = run.State.Concentration[s];
        double sum = 0;
        for (int i = Math.Max(from, 1); i <= Math.Min(to, run.Problem.Cells); i++) sum += run.Volumes[i - 1] * c[i];
        if (from == 0 && run.Problem.LeftGhostInverseVolume[s] > 0) sum += run.State.RelativeVolume.Left * c[0] / run.Problem.LeftGhostInverseVolume[s];
        if (to > run.Problem.Cells && run.Problem.RightGhostInverseVolume[s] > 0)
            sum += run.State.RelativeVolume.Right * c[^1] / run.Problem.RightGhostInverseVolume[s];
        return sum;
    }

    [Theory]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    public void A_gate_at_a_clamped_voltage_relaxes_exponentially(IntegratorKind integrator)
    {
        var channel = new GatedChannel
        {
            Name = "k",
            Species = MechanismProblems.Potassium,
            Conductance = MechanismProblems.Constant(1),
            Gates = [MechanismProblems.N with { Speed = 1e6, Initial = 0.9 }],
        };
        EngineRun run = EngineRun.To(MechanismProblems.Stack([channel]), Time(integrator, 1e-7));
        double x = (-0.060 + 0.055) / 0.010, alpha = 1e6 * 100 * x / (1 - Math.Exp(-x)), beta = 1e6 * 125 * Math.Exp(-(-0.060 + 0.065) / 0.080);
        double rest = alpha / (alpha + beta), exact = rest + (0.9 - rest) * Math.Exp(-(alpha + beta) * End);
        Assert.True(Math.Abs(exact - 0.9) > 0.4, "it moved");
        // The tolerance, summed over the steps.
        Close.To(exact, run.State.States[0], 1e-5, "open fraction");
    }

    [Theory]
    [InlineData(IntegratorKind.Euler)]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    public void A_constant_pump_moves_rate_times_time(IntegratorKind integrator)
    {
        var pump = new SodiumPotassiumPump
        {
            Name = "pump",
            Sodium = MechanismProblems.Sodium,
            Potassium = MechanismProblems.Potassium,
            Rate = new PulseWaveform(0, 0.02, 5e-9, 7e-9),
        };
        EngineRun run = EngineRun.To(Cell(MechanismView.Ends, "reservoirs", [pump]), Time(integrator, 1e-4));
        // On for 7 of 20 ns; its corners are landed on. Euler sums up rounding of thousands of steps.
        Close.To(3 * 0.02 * 7e-9, run.State.Transported[0], 1e-12, "sodium out");
        Close.To(-2 * 0.02 * 7e-9, run.State.Transported[1], 1e-12, "potassium in");
        Assert.Equal([0.0, 0.0], run.State.MechanismFlux);
    }

    // The total current is the same through every face: ions, mechanisms and displacement.
    [Theory]
    [MemberData(nameof(Forms))]
    public void Fluxes_are_what_moves_and_the_total_current_is_uniform(MechanismView view, string ends)
    {
        const double short1 = 2e-13;
        PnpProblem problem = Cell(view, ends);
        EngineRun At(double time) => EngineRun.To(problem, Time(IntegratorKind.Rkc2, 1e-4, short1) with { End = time });
        EngineRun before = At(1e-9 - short1), now = At(1e-9), after = At(1e-9 + short1);
        double scale = now.State.Flux.Max(flux => flux.Max(Math.Abs));
        for (int i = 0; i < now.State.MechanismFlux.Length; i++)
        {
            double rate = (after.State.Transported[i] - before.State.Transported[i]) / (2 * short1);
            // Second order in a step of a few thousandths of the fastest change.
            Close.Within(rate, now.State.MechanismFlux[i], 1e-4 * scale, $"flux {i}");
        }
        for (int f = 0; f <= now.Problem.Cells; f++)
        {
            double ionic = Enumerable.Range(0, now.Problem.Species).Sum(s => now.Problem.Problem.Species[s].Valence * now.State.Flux[s][f]);
            double displacement = (after.State.Charge[f] - before.State.Charge[f]) / (2 * short1);
            Close.Within(now.State.TotalCurrent, ionic + displacement, 2e-4 * scale, $"face {f}");
        }
    }

    [Fact]
    public void A_run_goes_on_from_the_states_of_another()
    {
        // Nothing that depends on the time, which starts at 0 again.
        PnpProblem problem = Cell(MechanismView.Faces, "charged", MechanismProblems.Everything(MechanismView.Faces, 1e5, 1e6));
        EngineRun half = EngineRun.To(problem, Time(IntegratorKind.Rkc2, 1e-7) with { End = End / 2 }), whole = EngineRun.To(problem, Time(IntegratorKind.Rkc2, 1e-7));
        var initial = new CellsInitialState(half.State.Concentration, half.State.Charge[0], -0.06, half.State.States);
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Rkc2, IntegratorKind.Euler, IntegratorKind.Rodas4 })
        {
            EngineRun rest = EngineRun.To(problem with { Initial = initial }, Time(integrator, 1e-7, integrator == IntegratorKind.Euler ? 1e-13 : null) with { End = End / 2 });
            Assert.True(EngineRun.Distance(rest.State, whole.State) < 1e-4, $"{integrator}: {EngineRun.Distance(rest.State, whole.State):E2}");
            for (int i = 0; i < rest.State.States.Length; i++) Close.To(whole.State.States[i], rest.State.States[i], 1e-4, $"{integrator}: state {i}");
            for (int i = 0; i < rest.State.Transported.Length; i++)
                Close.Within(whole.State.Transported[i] - half.State.Transported[i], rest.State.Transported[i], 1e-4 * Math.Abs(whole.State.Transported[i]) + 1e-15, $"{integrator}: moved {i}");
        }
    }

    // Impermeant urea inside: v' = k (n/v − c), until the limit.
    [Fact]
    public void A_cell_bursts_at_its_limit()
    {
        var water = new WaterFlux { Name = "water", HydraulicPermeability = MechanismProblems.Constant(2e-7), BurstRatio = 1.1 };
        var times = new List<double>();
        foreach ((IntegratorKind integrator, double? step) in new (IntegratorKind, double?)[]
        {
            (IntegratorKind.Rkc2, null), (IntegratorKind.Rkc2, 1e-10), (IntegratorKind.Euler, null), (IntegratorKind.Euler, 1e-12), (IntegratorKind.Rodas4, null), (IntegratorKind.Rodas4, 1e-9),
        })
        {
            EngineRun run = EngineRun.Try(Cell(MechanismView.Ends, "inside", [water]), Time(integrator, 1e-6, step) with { End = 1e-6 });
            Assert.Equal(Outcome.Burst, run.Status.Outcome);
            Close.To(1.1, run.State.RelativeVolume.Left, 1e-6, $"{integrator}: volume");
            Assert.Contains("s, at 1.1 times the initial volume", run.Status.Detail);
            times.Add(run.Status.Time);
        }
        // Euler's own step makes most of the difference.
        foreach (double time in times) Close.To(times[0], time, 1e-3, "time of the burst");
        EngineRun held = EngineRun.To(Cell(MechanismView.Ends, "inside", [water with { BurstRatio = 1e6 }]), Time(IntegratorKind.Rkc2, 1e-6) with { End = 2 * times[0] });
        Assert.True(held.State.RelativeVolume.Left > 1.105, "without the limit it swells on");
    }
}
