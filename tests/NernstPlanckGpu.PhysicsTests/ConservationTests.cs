using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>What must never change: amounts in closed boxes, Gauss's law, positivity, equilibria.</summary>
public class ConservationTests
{
    private static readonly Species[] Salt = [new("Ca", 2, 0.792e-9), new("P", 1, 1.334e-9), new("M", -1, 2.032e-9), new("T", 0, 1e-9)];

    // A box with a membrane of everything: permittivity, diffusivity, barriers, an impermeable ion, fixed charge beside it.
    internal static PnpProblem Box(Geometry geometry)
    {
        Region left = Layer("left", 5e-9, 31, [10, 60, 85, 3]) with { FixedCharge = 5 };
        Region membrane = Layer("membrane", 3e-9, 13, [0, 20, 20, 1], 10) with
        {
            Impermeable = [true, false, false, false],
            DiffusivityFactor = [1, 0.05, 0.1, 1],
            Barrier = [0, 4e3, 3e3, -2e3],
        };
        Region right = Layer("right", 6e-9, 37, [1, 150, 152, 0]);
        var stirring = new PotentialBoundary(new SineWaveform(0.02, 0.05, 2e7));

        // A centre has no area: nothing is imposed there.
        bool isCentre = geometry is SphericalGeometry { InnerRadius: 0 };
        return Stack(Salt, Closed(isCentre ? Surface(0) : stirring, 4), Closed(isCentre ? stirring : Potential(0), 4), left, membrane, right) with { Geometry = geometry };
    }

    public static TheoryData<string> Geometries => ["planar", "cylinder", "sphere", "centre", "table"];

    internal static Geometry Named(string name) => name switch
    {
        "cylinder" => new CylindricalGeometry(2e-9),
        "sphere" => new SphericalGeometry(2e-9),
        "centre" => new SphericalGeometry(0),
        "table" => new TableGeometry([0, 7e-9, 14e-9], [1e-18, 3e-18, 0.5e-18]),
        _ => new PlanarGeometry(),
    };

    // Each step's fluxes leave one cell and enter the next with the same bits; what is left is the rounding of the additions.
    [Theory]
    [MemberData(nameof(Geometries))]
    public void A_closed_box_keeps_every_amount_to_1e_12(string geometry)
    {
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Euler, IntegratorKind.Rkc2, IntegratorKind.Rodas4, IntegratorKind.Rodas5 })
        {
            double end = integrator == IntegratorKind.Euler ? 2e-8 : 1e-6;
            RunResult run = Runner.Run(Box(Named(geometry)), new TimeSettings { End = end, Integrator = integrator }, [end / 7, end / 3]);
            foreach (State state in run.States)
                for (int s = 0; s < 4; s++) Close.To(run.Amount(run.States[0], s), run.Amount(state, s), 1e-12, $"{geometry}, {integrator}, {Salt[s].Name}");

            // Nothing enters where it is not let: the calcium of either side stays there.
            for (int i = 31; i < 44; i++) Assert.Equal(0, run.Last.Concentration[0][i]);
        }
    }

    [Fact]
    public void Gauss_law_holds_to_1e_9_after_a_million_steps_on_memb()
    {
        RunResult run = Runner.Run(Memb(), new TimeSettings { End = 1e6 * 2.2e-12, Integrator = IntegratorKind.Euler, Step = 2.2e-12 });
        Assert.True(run.Evaluations >= 999_999, $"{run.Evaluations} steps");
        Assert.True(run.Certificate["gaussResidual"] <= 1e-9, run.CertificateText);
        Assert.True(run.Certificate["negativity"] <= 1e-10, run.CertificateText);
    }

    [LongFact]
    public void Gauss_law_holds_to_1e_9_after_twenty_million_steps_on_memb()
    {
        RunResult run = Runner.Run(Memb(), new TimeSettings { End = 2e7 * 2.2e-12, Integrator = IntegratorKind.Euler, Step = 2.2e-12 });
        Assert.True(run.Certificate["gaussResidual"] <= 1e-9, run.CertificateText);
        Assert.True(run.Certificate["negativity"] <= 1e-10, run.CertificateText);
    }

    [Fact]
    public void Gauss_law_holds_to_1e_9_in_long_steps_of_many_stages()
    {
        RunResult run = Runner.Run(Memb(), new TimeSettings { End = 2e-5, Integrator = IntegratorKind.Rkc2 });
        Assert.True(run.Certificate["gaussResidual"] <= 1e-9, run.CertificateText);
    }

    [Theory]
    [InlineData(IntegratorKind.Euler, 1e-4)]
    [InlineData(IntegratorKind.Rkc2, 1e-2)]
    [InlineData(IntegratorKind.Rkc2, 1e-4)]
    [InlineData(IntegratorKind.Rodas4, 1e-2)]
    [InlineData(IntegratorKind.Rodas4, 1e-4)]
    [InlineData(IntegratorKind.Rodas5, 1e-2)]
    [InlineData(IntegratorKind.Rodas5, 1e-4)]
    public void Steep_fronts_never_make_concentrations_negative(IntegratorKind integrator, double tolerance)
    {
        // 200 mM meet pure water within half a nanometre, and a second salt comes from the other side, under 200 mV.
        var fromLeft = new ErfProfile(200, 0, 10e-9, 0.5e-9);
        var fromRight = new ErfProfile(0, 50, 10e-9, 0.5e-9);
        PnpProblem problem = Stack(
            [new("A", 1, 1.957e-9), new("B", -1, 2.032e-9), new("C", 1, 1.334e-9), new("D", -1, 1e-9)],
            Baths(Potential(0.2), 200, 200, 0, 0), Baths(Potential(0), 0, 0, 50, 50), Layer("box", 20e-9, 101, [1, 1, 1, 1])) with
        {
            Initial = new ProfilesInitialState([fromLeft, fromLeft, fromRight, fromRight]),
        };
        double[] times = [.. Enumerable.Range(1, 40).Select(i => 1e-12 * Math.Pow(1.3, i))];
        RunResult run = Runner.Run(problem, new TimeSettings { End = 1e-7, Integrator = integrator, RelativeTolerance = tolerance }, times);
        foreach (State state in run.States)
            foreach (double[] c in state.Concentration) Assert.True(c.Min() >= -1e-10 * c.Max(), $"{c.Min():E2} of {c.Max():E2} at {state.Time:E2}");
    }

    // No field and c = c0 e^(−W/RT) on either side of every jump: each flux is a difference of equal numbers.
    [Theory]
    [InlineData(IntegratorKind.Euler)]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    [InlineData(IntegratorKind.Rodas5)]
    public void A_boltzmann_equilibrium_stays_at_rest(IntegratorKind integrator)
    {
        double Factor(double barrier) => Math.Exp(-barrier / (8.314462618 * 298.15));
        Region bath = Layer("left", 5e-9, 40, [140, 140, 0.3]);
        Region membrane = Layer("membrane", 4e-9, 21, [140 * Factor(9e3), 140 * Factor(9e3), 0], 2) with
        {
            Barrier = [9e3, 9e3, 0],
            DiffusivityFactor = [0.1, 0.01, 1],
            Impermeable = [false, false, true],
        };
        Region well = Layer("well", 2e-9, 17, [140 * Factor(-3e3), 140 * Factor(-3e3), 0.3], 40) with { Barrier = [-3e3, -3e3, 0] };
        PnpProblem problem = Stack(
            [Cation, Anion, new("T", 0, 1e-9)], Baths(Potential(0), 140, 140, 0.3), Baths(Potential(0), 140, 140, 0.3),
            bath, membrane, well, bath with { Name = "right" });
        RunResult run = Runner.Run(problem, new TimeSettings { End = 5e-8, Integrator = integrator });
        for (int s = 0; s < 3; s++)
            for (int i = 0; i < run.X.Count; i++) Close.To(run.States[0].Concentration[s][i], run.Last.Concentration[s][i], 1e-12, $"{s} {i}");
        Assert.True(run.Last.Potential.Max(Math.Abs) < 1e-13);

        // The two opposite fluxes K c that cancel are 1e3 mol/(m² s): 1e-13 of them is rounding.
        Assert.True(run.Last.Flux.Max(flux => flux.Max(Math.Abs)) < 1e-10, Order.Show(run.Last.Flux.Select(flux => flux.Max(Math.Abs))));
    }

    [Fact]
    public void Donnan_equilibrium_of_reference_06()
    {
        ReferenceCase one = ReferenceCase.Load("06")["reference", "cases", "0"];
        double half = one.At("half_domain_m"), debye = one.At("lambda_D_bath_m");
        Region Half(string name, double charge) => Layer(name, half, 80, [100, 5, 105]) with
        {
            FixedCharge = charge,
            Grid = new RegionGrid(80, debye / 20, null, name == "bath" ? Grading.Right : Grading.Left),
        };
        PnpProblem problem = Stack(
            [new("Na", 1, 1e-9), new("K", 1, 1e-9), new("Cl", -1, 1e-9)], Baths(Potential(0), 100, 5, 105), Closed(Surface(0), 3),
            Half("bath", 0), Half("gel", one.At("X_mol_m3")));
        RunResult run = Runner.Run(problem, new TimeSettings { End = 1e-5 });
        double deep = run.Last.Potential[^1];

        // Tolerances of a good second-order code: 0.1 % in the bulk, 1 % in the layer.
        Close.To(one.At("Donnan_potential_V"), deep, 1e-3);
        Close.To(Donnan.Potential(298.15, [1, 1, -1], [100, 5, 105], -100), deep, 1e-3);
        for (int s = 0; s < 3; s++) Close.To(one["c_inside_mol_m3"].Numbers[s], run.Last.Concentration[s][^1], 1e-3);
        double[] x = one["profile", "x_m"].Numbers, phi = one["profile", "phi_V"].Numbers;
        for (int i = 0; i < x.Length; i++) Close.Within(phi[i], State.Interpolate(run.X, run.Last.Potential, half + x[i]), 0.01 * Math.Abs(deep));
    }
}
