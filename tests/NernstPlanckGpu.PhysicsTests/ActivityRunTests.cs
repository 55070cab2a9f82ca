using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Runs with activity coefficients: amounts, signs, Gauss's law, hours in a closed box, and the order in space.</summary>
public class ActivityRunTests
{
    public static TheoryData<ActivityKind> Kinds => [ActivityKind.DebyeHuckel, ActivityKind.Davies, ActivityKind.Bikerman];

    internal static PnpProblem WithActivity(PnpProblem problem, ActivityKind kind, double size = 4e-10) => problem with
    {
        Activity = new(kind, kind == ActivityKind.Bikerman ? 0.9 * size : 0),
        Species = [.. problem.Species.Select((one, s) => one with { IonSize = size * (1 + 0.1 * s) })],
        Regions = [.. problem.Regions.Select(region => region with { IsMembrane = region.Name is "membrane" or "film" })],
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_closed_box_keeps_every_amount_to_1e_12(ActivityKind kind)
    {
        foreach (string geometry in new[] { "planar", "cylinder", "centre" })
        {
            foreach (IntegratorKind integrator in new[] { IntegratorKind.Euler, IntegratorKind.Rkc2, IntegratorKind.Rodas4, IntegratorKind.Rodas5 })
            {
                double end = integrator == IntegratorKind.Euler ? 2e-8 : 1e-6;
                PnpProblem box = WithActivity(ConservationTests.Box(ConservationTests.Named(geometry)), kind, 8e-10);
                RunResult run = Runner.Run(box, new TimeSettings { End = end, Integrator = integrator }, [end / 7, end / 3]);
                foreach (State state in run.States)
                    for (int s = 0; s < 4; s++) Close.To(run.Amount(run.States[0], s), run.Amount(state, s), 1e-12, $"{kind}, {geometry}, {integrator}, species {s}");
                for (int i = 31; i < 44; i++) Assert.Equal(0, run.Last.Concentration[0][i]);
                Assert.True(run.Certificate["gaussResidual"] <= 1e-9, run.CertificateText);
            }
        }
    }

    // Steps of up to 1e14 relaxation times of a cell: what rounding of the linear solve moves is put right, and is small.
    [Theory]
    [InlineData(ActivityKind.DebyeHuckel, 0.07)]
    [InlineData(ActivityKind.Davies, -0.2)]
    [InlineData(ActivityKind.Bikerman, 0.07)]
    [InlineData(ActivityKind.Bikerman, -1)]
    public void Hours_in_a_closed_box(ActivityKind kind, double volts)
    {
        PnpProblem box = WithActivity(ConservationTests.Box(new PlanarGeometry()), kind, 8e-10);
        box = box with { Left = box.Left with { Electric = Potential(volts) } };
        EngineRun hour = EngineRun.To(box, new() { End = 3600, Integrator = IntegratorKind.Rodas4 });
        EngineRun day = EngineRun.To(box, new() { End = 86400, Integrator = IntegratorKind.Rodas4 });
        double[][] initial = day.Problem.InitialConcentration();
        for (int s = 0; s < 4; s++) Close.To(day.Volumes.Select((v, i) => v * initial[s][i + 1]).Sum(), day.Amount(s), 1e-12, $"species {s}");
        Assert.True(day.Status.MassCorrection < 1e-10, $"corrected by {day.Status.MassCorrection:E1}");
        Assert.True(day.GaussResidual <= 1e-9, $"Gauss {day.GaussResidual:E1}");
        Assert.True(EngineRun.Distance(hour.State, day.State) < 1e-9, $"at rest within the first hour: {EngineRun.Distance(hour.State, day.State):E1}");
        Assert.True(day.Status.AcceptedSteps < 200, $"{day.Status.AcceptedSteps} steps");
        // No flux: of what goes to and fro between cells, 1e-9 m²/s · 100 mol/m³/0.15 nm.
        Assert.True(day.State.Flux.Max(flux => flux.Max(Math.Abs)) < 1e-12 * 700, $"{day.State.Flux.Max(flux => flux.Max(Math.Abs)):E1}");
    }

    // Pure water meets 200 mM: ln gamma has its steepest slope there, and ions of 1 nm have little room.
    [Theory]
    [InlineData(ActivityKind.DebyeHuckel, IntegratorKind.Rkc2)]
    [InlineData(ActivityKind.DebyeHuckel, IntegratorKind.Rodas4)]
    [InlineData(ActivityKind.Davies, IntegratorKind.Rkc2)]
    [InlineData(ActivityKind.Davies, IntegratorKind.Rodas4)]
    [InlineData(ActivityKind.Davies, IntegratorKind.Euler)]
    [InlineData(ActivityKind.Bikerman, IntegratorKind.Rkc2)]
    [InlineData(ActivityKind.Bikerman, IntegratorKind.Rodas4)]
    public void Steep_fronts_never_make_concentrations_negative(ActivityKind kind, IntegratorKind integrator)
    {
        var fromLeft = new ErfProfile(200, 0, 10e-9, 0.5e-9);
        var fromRight = new ErfProfile(0, 50, 10e-9, 0.5e-9);
        PnpProblem problem = WithActivity(
            Stack(
                [new("A", 1, 1.957e-9), new("B", -1, 2.032e-9), new("C", 1, 1.334e-9), new("D", -1, 1e-9)],
                Baths(Potential(0.2), 200, 200, 0, 0), Baths(Potential(0), 0, 0, 50, 50), Layer("box", 20e-9, 101, [1, 1, 1, 1])) with
            {
                Initial = new ProfilesInitialState([fromLeft, fromLeft, fromRight, fromRight]),
            },
            kind, 1e-9);
        double[] times = [.. Enumerable.Range(1, 40).Select(i => 1e-12 * Math.Pow(1.3, i))];
        RunResult run = Runner.Run(problem, new TimeSettings { End = 1e-7, Integrator = integrator }, times);
        foreach (State state in run.States)
            foreach (double[] c in state.Concentration) Assert.True(c.Min() >= -1e-10 * c.Max(), $"{c.Min():E2} of {c.Max():E2} at {state.Time:E2}");
    }

    // Of one salt both ions have one coefficient here, and where no current flows and the liquid is neutral
    // (D+ + D−) dpsi = −(D+ − D−) d ln(c gamma): the junction of any profile has (t+ − t−) ln(a_R/a_L). 1 µm is 800 Debye lengths of the weaker side;
    // space charge counts with their inverse square.
    [Theory]
    [InlineData(ActivityKind.Ideal)]
    [InlineData(ActivityKind.DebyeHuckel)]
    [InlineData(ActivityKind.Davies)]
    [InlineData(ActivityKind.Bikerman)]
    public void A_liquid_junction_of_one_salt_follows_its_activities(ActivityKind kind)
    {
        const double size = 5e-10, cation = 1.334e-9, anion = 2.032e-9;
        Species[] salt = [new("P", 1, cation, size), new("M", -1, anion, size)];
        double[] left = [300, 300], right = [60, 60];
        var model = new ActivityModel(kind, kind == ActivityKind.Bikerman ? size : 0);
        PnpProblem problem = Stack(salt, Baths(Current(0), left), Baths(Potential(0), right), Layer("junction", 1e-6, 400, left)) with { Activity = model };
        EngineRun run = EngineRun.To(problem, new() { End = 1, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-6 });
        double LogActivity(double[] c) => Math.Log(c[0]) + ActivityEquilibriumTests.LogGamma(model, salt[0], ActivityEquilibriumTests.Measure(model, salt, c));
        double expected = PhysicalConstants.ThermalVoltage(298.15) * (cation - anion) / (cation + anion) * (LogActivity(right) - LogActivity(left));
        Close.To(expected, run.Voltage, 1e-4, kind.ToString()); // cells of 2.5 nm: 1e-5 seen
        double ideal = PhysicalConstants.ThermalVoltage(298.15) * (cation - anion) / (cation + anion) * Math.Log(0.2);
        Assert.True(kind == ActivityKind.Ideal || Math.Abs(expected / ideal - 1) > 0.01, $"{expected} against {ideal}");
    }

    // Two layers of 4 nm, 300 | 60 mM of a salt with unequal diffusivities, 40 mV across; once with a membrane of 2 nm between, where ln gamma jumps.
    [Theory]
    [InlineData(ActivityKind.DebyeHuckel, false)]
    [InlineData(ActivityKind.Davies, false)]
    [InlineData(ActivityKind.Bikerman, false)]
    [InlineData(ActivityKind.DebyeHuckel, true)]
    [InlineData(ActivityKind.Davies, true)]
    [InlineData(ActivityKind.Bikerman, true)]
    public void Second_order_in_space(ActivityKind kind, bool hasMembrane)
    {
        PnpProblem Problem(int cells)
        {
            Region left = Layer("left", 4e-9, cells, [300, 300]), right = Layer("right", 4e-9, cells, [60, 60]);
            Region film = Layer("film", 2e-9, cells / 2, [60, 60], 20) with { DiffusivityFactor = [0.3, 0.1], Barrier = [3e3, -1e3] };
            Region[] regions = hasMembrane ? [left, film, right] : [left, right];
            return WithActivity(
                Stack([new("P", 1, 1.334e-9), new("M", -1, 2.032e-9)], Baths(Potential(0.04), 300, 300), Baths(Potential(0), 60, 60), regions), kind, 9e-10);
        }
        int[] grids = [32, 64, 128, 256, 512];
        EngineRun[] runs = [.. grids.Select(n => EngineRun.To(Problem(n), new() { End = 1, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-6 }))];
        EngineRun ideal = EngineRun.To(Problem(512) with { Activity = ActivityModel.Ideal }, new() { End = 1, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-6 });
        var measures = new (string Name, Func<EngineRun, double> Value)[]
        {
            ("flux of P", run => run.State.Flux[0][0]),
            ("flux of M", run => run.State.Flux[1][0]),
            ("displacement in the middle", run => run.State.Charge[run.Problem.Cells / 2]),
        };
        foreach ((string name, Func<EngineRun, double> value) in measures)
        {
            double[] values = [.. runs.Select(value)];
            double order = Order.OfDoubling(values);
            Assert.True(order >= 1.9, $"{kind}, {name}: order {order:F3} of {Order.Show(values.Select(v => v - values[^1]))} at {values[^1]:E4}");
            // Far more than an error of the grid: the model is there.
            double difference = Math.Abs(values[^1] / value(ideal) - 1), error = Math.Abs(values[^1] / values[^2] - 1);
            Assert.True(difference > 10 * error && (difference > 0.01 || name[0] == 'd'), $"{name}: {values[^1]:E4} against {value(ideal):E4}");
        }
        double[] flux = runs[^1].State.Flux[0];
        Assert.True(flux.Max() - flux.Min() < 1e-8 * Math.Abs(flux[0]), $"at rest: {flux.Max() - flux.Min():E2} of {flux[0]:E2}");
    }
}
