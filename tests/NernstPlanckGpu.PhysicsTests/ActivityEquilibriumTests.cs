using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// Equilibria with activity coefficients: c gamma e^(z psi + W/RT) is the same everywhere, at rest to rounding; and the membrane potentials
/// of reference 10 from runs, not from the formula.
/// </summary>
public class ActivityEquilibriumTests
{
    private const double Kelvin = 298.15, Water = 78.5;

    /// <summary>One step after another grows until nothing is left to relax: what stays is rounding.</summary>
    private static readonly TimeSettings Long = new() { End = 10, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-6 };

    private static Species Ion(string name, double valence, double diffusivity, double size) => new(name, valence, diffusivity, size);

    private static readonly Species Potassium = Ion("K", 1, 1.957e-9, 3e-10), Sodium = Ion("Na", 1, 1.334e-9, 4e-10), Chloride = Ion("Cl", -1, 2.032e-9, 3e-10);

    internal static double LogGamma(ActivityModel model, Species ion, double measure) => model.Kind switch
    {
        ActivityKind.DebyeHuckel => Math.Log(Activity.Extended(Kelvin, Water, ion.Valence, ion.IonSize!.Value, measure)),
        ActivityKind.Davies => Math.Log(Activity.Davies(Kelvin, Water, ion.Valence, measure)),
        ActivityKind.Bikerman => -Math.Pow(ion.IonSize!.Value / model.SolventSize, 3) * Math.Log(1 - measure),
        _ => 0,
    };

    /// <summary>Ionic strength, mol/m³, or filled part of space.</summary>
    internal static double Measure(ActivityModel model, IReadOnlyList<Species> species, IReadOnlyList<double> c) => model.Kind == ActivityKind.Bikerman
        ? species.Zip(c, (one, amount) => PhysicalConstants.Avogadro * Math.Pow(one.IonSize!.Value, 3) * amount).Sum()
        : Activity.IonicStrength([.. species.Select(one => one.Valence)], c);

    // Reference 10: 25 °C, eps_r 78.5, a membrane that lets K alone through and no current.
    private static double RestingPotential(ActivityKind kind, Species[] species, double[] inside, double[] outside)
    {
        Region left = Layer("inside", 10e-9, 60, inside, Water) with { Grid = new RegionGrid(60, 0.03e-9, null, Grading.Right) };
        Region right = Layer("outside", 10e-9, 60, outside, Water) with { Grid = new RegionGrid(60, 0.03e-9, null, Grading.Left) };
        Region membrane = Layer("membrane", 4e-9, 20, inside, 2) with
        {
            IsMembrane = true,
            Concentration = null,
            DiffusivityFactor = [.. species.Select(_ => 1e-3)],
            Barrier = [.. species.Select(_ => 15e3)],
            Impermeable = [.. species.Select((_, s) => s != 0)],
        };
        PnpProblem problem = Stack(species, Baths(Current(0), inside), Baths(Potential(0), outside), left, membrane, right) with { Activity = new(kind) };
        EngineRun run = EngineRun.To(problem, Long);
        // Nothing flows: of the flux to and fro through the membrane, D c e^(−W/RT)/d, less than 1e-6; in water 1e9 times as much goes to and fro, and rounds.
        double through = Potassium.Diffusivity * 1e-3 * 10 * Math.Exp(-15e3 / (8.314462618 * Kelvin)) / 4e-9;
        Assert.True(run.State.Flux[0].Max(Math.Abs) < 1e-6 * through, $"{run.State.Flux[0].Max(Math.Abs):E2} of {through:E2}");
        return run.Voltage;
    }

    // The baths' ends are 10 nm (10 and 3 Debye lengths) from the membrane, and at no flux the whole drop between them is Nernst's, whatever the grid.
    [Theory]
    [InlineData(ActivityKind.Ideal, "E_ideal_V")]
    [InlineData(ActivityKind.Davies, "E_davies_V")]
    [InlineData(ActivityKind.DebyeHuckel, "E_edh_V")]
    public void Potassium_chloride_100_10_of_reference_10(ActivityKind kind, string key)
    {
        double expected = ReferenceCase.Load("10")["reference", "nernst", "1"].At(key);
        Close.Within(expected, RestingPotential(kind, [Potassium, Chloride], [100, 100], [10, 10]), 1e-7, kind.ToString());
    }

    [Theory]
    [InlineData(ActivityKind.Davies)]
    [InlineData(ActivityKind.DebyeHuckel)]
    public void Equal_ionic_strength_changes_nothing(ActivityKind kind)
    {
        double expected = ReferenceCase.Load("10")["reference", "nernst", "0"].At("E_ideal_V");
        Close.Within(expected, RestingPotential(kind, [Potassium, Sodium, Chloride], [140, 10, 150], [5, 145, 150]), 1e-7, kind.ToString());
    }

    // A neutral tracer passes, salts do not: where they crowd it, it is rarer in the right proportion. No field, no flux to begin with.
    [Theory]
    [InlineData(IntegratorKind.Euler)]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    public void A_tracer_of_one_activity_in_different_salts_stays_at_rest(IntegratorKind integrator)
    {
        Species[] species = [Ion("P", 1, 1e-9, 6e-10), Ion("M", -1, 1e-9, 5e-10), Ion("T", 0, 1e-9, 7e-10)];
        var model = new ActivityModel(ActivityKind.Bikerman, 4e-10);
        double[] left = [900, 900, 20], right = [50, 50, 0];
        double activity = 20 * Math.Exp(LogGamma(model, species[2], Measure(model, species, left)));
        for (int i = 0; i < 200; i++) right[2] = activity / Math.Exp(LogGamma(model, species[2], Measure(model, species, right)));
        Region membrane = Layer("membrane", 2e-9, 9, [0, 0, activity], 5) with { IsMembrane = true, Impermeable = [true, true, false] };
        PnpProblem problem = Stack(
            species, Baths(Potential(0), left), Baths(Potential(0), right), Layer("left", 4e-9, 17, left), membrane, Layer("right", 3e-9, 23, right)) with
        {
            Activity = model,
        };
        Assert.True(right[2] > 50, $"{right[2]}"); // far more where there is room
        EngineRun run = EngineRun.To(problem, new() { End = integrator == IntegratorKind.Rodas4 ? 1 : 2e-8, Integrator = integrator });
        double through = 1e-9 * activity / 0.1e-9;
        Assert.True(run.State.Flux.Max(flux => flux.Max(Math.Abs)) < 1e-12 * through, $"{run.State.Flux.Max(flux => flux.Max(Math.Abs)):E2} of {through:E2}");
        for (int i = 1; i <= run.Problem.Cells; i++)
        {
            double expected = i <= 17 ? left[2] : i <= 26 ? activity : right[2];
            Close.To(expected, run.State.Concentration[2][i], 1e-12, $"cell {i}");
        }
    }

    // In a double layer of 80 mV over three materials, one of them a membrane, every ion has one electrochemical potential with all that belongs to it.
    [Theory]
    [InlineData(ActivityKind.DebyeHuckel, IntegratorKind.Rodas4)]
    [InlineData(ActivityKind.Davies, IntegratorKind.Rodas4)]
    [InlineData(ActivityKind.Bikerman, IntegratorKind.Rodas4)]
    [InlineData(ActivityKind.Davies, IntegratorKind.Rkc2)]
    public void Every_ion_has_one_electrochemical_potential(ActivityKind kind, IntegratorKind integrator)
    {
        double[] bath = [100, 60, 180, 10];
        Species[] species = [Potassium, Ion("Ca", 2, 0.8e-9, 6e-10), Chloride, Ion("L", -4, 0.5e-9, 8e-10)];
        var model = new ActivityModel(kind, kind == ActivityKind.Bikerman ? 3.5e-10 : 0);
        Region film = Layer("film", 1e-9, 9, bath, 10) with { IsMembrane = true, Barrier = [4e3, 2e3, 1e3, 0], Impermeable = [false, false, false, true] };
        PnpProblem problem = Stack(
            species, Closed(Potential(-0.08), 4), Baths(Potential(0), bath),
            Layer("wall", 1.5e-9, 21, [80, 30, 100, 10], Water) with { FixedCharge = 10 }, film, Layer("bath", 8e-9, 61, bath, Water)) with
        {
            Activity = model,
        };
        EngineRun run = EngineRun.To(problem, integrator == IntegratorKind.Rodas4 ? Long : new() { End = 4e-6, Integrator = integrator, RelativeTolerance = 1e-9 });
        double[] potential = run.Potentials;
        for (int s = 0; s < 4; s++)
        {
            // The macro-ion between wall and film has the amount that it had.
            double reference = double.NaN;
            for (int i = run.Problem.Cells - 1; i >= 0; i--)
            {
                Region region = problem.Regions[run.Problem.Grid.RegionOfCell[i]];
                if (region.Impermeable[s]) reference = double.NaN;
                if (region.Impermeable[s]) continue;
                double[] c = [.. Enumerable.Range(0, 4).Select(t => run.State.Concentration[t][i + 1])];
                double excess = region.IsMembrane ? 0 : LogGamma(model, species[s], Measure(model, species, c));
                double electric = species[s].Valence * (potential[i] - 0.08) / PhysicalConstants.ThermalVoltage(Kelvin);
                double all = Math.Log(c[s]) + excess + electric + region.Barrier[s] / (8.314462618 * Kelvin);
                if (double.IsNaN(reference))
                {
                    reference = i == run.Problem.Cells - 1 ? Math.Log(bath[s]) + LogGamma(model, species[s], Measure(model, species, bath)) : all;
                }
                Close.Within(reference, all, integrator == IntegratorKind.Rodas4 ? 1e-10 : 1e-6, $"{kind}, species {s}, cell {i}");
            }
        }
    }
}
