using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Steady states against reference cases 03 to 06 and the closed forms beside them, on grids of at most 400 cells.</summary>
public class SteadyReferenceTests
{
    private static readonly Species[] Four = [new("K", 1, 1.957e-9), new("Na", 1, 1.334e-9), new("Cl", -1, 2.032e-9), new("A", -1, 1e-9)];

    // Water 10 nm, a membrane of 5 nm with barriers in RT, water 10 nm, on the program's own grid. Above 50 RT: impermeable where asked.
    private static PnpProblem Membrane(IReadOnlyList<Species> species, double[] inside, double[] outside, double[] barrier, ElectricBoundary left, bool walls = true)
    {
        Region Water(string name, double[] c) => Layer(name, 10e-9, 0, c) with { Grid = null };
        Region membrane = Layer("membrane", 5e-9, 0, inside, 2) with
        {
            Grid = null,
            Concentration = null,
            IsMembrane = true,
            Impermeable = [.. barrier.Select(w => walls && w > 50)],
            Barrier = [.. barrier.Select(w => w * PhysicalConstants.GasConstant * 310.15)],
        };
        return Stack(species, Baths(left, inside), Baths(Potential(0), outside), Water("inside", inside), membrane, Water("outside", outside)) with { Temperature = 310.15 };
    }

    private static PnpProblem Case(ReferenceCase one, ElectricBoundary left, bool walls) =>
        Membrane(Four, one["c_in"].Numbers, one["c_out"].Numbers, [.. one["W_over_RT"].Numbers, .. Enumerable.Repeat(60.0, 4 - one["W_over_RT"].Count)], left, walls);

    [Theory]
    [InlineData("A_K_only", true)]
    [InlineData("A_K_only", false)]
    [InlineData("B_multi_ion", true)]
    [InlineData("B_multi_ion", false)]
    public void Case_03_currents(string name, bool walls)
    {
        ReferenceCase one = ReferenceCase.Load("03")["reference", name];
        Species[] species = name[0] == 'A' ? [Four[0], Four[1], Four[3]] : Four;
        double[] inside = name[0] == 'A' ? [140, 0, 140] : [140, 12, 10, 142], outside = name[0] == 'A' ? [5, 140, 145] : [5, 145, 150, 0];
        using var steady = new Steady(Membrane(species, inside, outside, one["W_over_RT"].Numbers, Potential(0), walls));
        for (int i = 0; i < one["rows"].Count; i++)
        {
            ReferenceCase row = one["rows", $"{i}"];
            EngineRun run = steady.At(row.At("V"));

            // 1 % is asked for; a second-order code on this grid has 0.1 %.
            Close.To(row.At("I_PNP_A_m2"), Steady.Current(run), 1e-3, $"{name} at {row.At("V")}");
            Close.To(row.At("J_PNP_mol_m2_s", "K"), Steady.Flux(run, 0), 1e-3);
            if (species.Length == 4) Close.To(row.At("J_PNP_mol_m2_s", "Na"), Steady.Flux(run, 1), 1e-3);
            if (species.Length == 4) Close.To(row.At("J_PNP_mol_m2_s", "Cl"), Steady.Flux(run, 2), 1e-3);
            double[] x = run.Problem.Centres(), phi = run.Potentials;
            double face = row.At("V") + State.Interpolate([.. x.Where(p => p < 10e-9)], phi, 10e-9);
            Close.Within(row.At("phi_left_face_V"), face, 1e-5, "potential of the left face");
        }
    }

    // Only potassium passes: its reversal is Nernst's to rounding, whatever the grid.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Case_03_reversal_of_potassium_alone(bool walls)
    {
        ReferenceCase one = ReferenceCase.Load("03")["reference", "A_K_only"];
        double found = Steady.VoltageOf(Membrane([Four[0], Four[1], Four[3]], [140, 0, 140], [5, 140, 145], one["W_over_RT"].Numbers, Current(0), walls));
        Close.Within(one.At("reversal_PNP_V"), found, 1e-9);
        Close.Within(-0.0890586940381, found, 1e-9);
    }

    [Theory]
    [InlineData(140, 5, 298.15)]
    [InlineData(140, 5, 310.15)]
    [InlineData(12, 145, 310.15)]
    public void Case_03_reversals_of_single_ions_balanced_by_others(double inside, double outside, double temperature)
    {
        PnpProblem problem = Membrane(
            [Four[0], Four[1], Four[3]], [inside, 150 - inside, 150], [outside, 150 - outside, 150], [17.4826555199, 60, 60], Current(0)) with
        { Temperature = temperature };
        Close.Within(NernstPotential.Of(temperature, 1, inside, outside), Steady.VoltageOf(problem), 1e-9);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("1", false)]
    public void Case_04_resting_potentials(string index, bool walls)
    {
        ReferenceCase one = ReferenceCase.Load("04")["reference", "cases", index];
        using var steady = new Steady(Case(one, Current(0), walls));
        EngineRun run = steady.Find();

        // 0.2 mV is asked for; the main job's −69.7455 mV within 1 µV.
        Close.Within(one.At("V_PNP"), steady.Voltage, 1e-6, "voltage");
        foreach ((string name, int s) in new[] { ("J_K", 0), ("J_Na", 1), ("J_Cl", 2) })
            Close.Within(one.At(name), Steady.Flux(run, s), 1e-3 * Math.Abs(one.At("J_Na")), name);

        // No current: to rounding of the fluxes that cancel.
        Assert.True(Math.Abs(Steady.Current(run)) < 1e-12 * PhysicalConstants.Faraday * one.At("J_K"), $"{Steady.Current(run):E2}");
    }

    // The 1 µm layer whose ends are held; junctions that Henderson's formula does not describe are among them.
    [Theory]
    [InlineData("05", "0", 1e-5)]
    [InlineData("05", "1", 1e-5)]
    [InlineData("junctions", "0", 1e-5)]
    [InlineData("junctions", "1", 1e-5)]
    public void Case_05_and_other_junctions_with_fixed_ends(string file, string index, double tolerance)
    {
        ReferenceCase one = ReferenceCase.Load(file)["reference", "cases", index];
        JunctionIon[] ions = JunctionTests.Ions(one);
        PnpProblem layer = Stack(
            [.. ions.Select((ion, i) => new Species($"{i}", ion.Valence, ion.Diffusivity))],
            Baths(Potential(0), [.. ions.Select(ion => ion.Left)]), Baths(Current(0), [.. ions.Select(ion => ion.Right)]),
            Layer("layer", 1e-6, 301, [.. ions.Select(ion => 0.5 * (ion.Left + ion.Right))]) with { Grid = new(301, 0.2e-9, null, Grading.Both) });
        double found = -Steady.VoltageOf(layer), expected = one.At("phiR_minus_phiL_V", "PNP_steady_constrained_1um");

        // 0.1 mV is asked for (0.02 where Henderson is 0.16 mV off).
        Close.Within(expected, found, tolerance);
        if (file == "junctions" && index == "1") Assert.True(Math.Abs(found - LiquidJunction.Henderson(ions, 298.15)) > 3e-4, "Henderson");
    }

    [Fact]
    public void Case_06_donnan()
    {
        ReferenceCase all = ReferenceCase.Load("06")["reference", "cases"];
        for (int index = 0; index < all.Count; index++)
        {
            ReferenceCase one = all[$"{index}"];
            double half = one.At("half_domain_m"), debye = one.At("lambda_D_bath_m"), charge = one.At("X_mol_m3");
            Species[] species = [.. Enumerable.Range(0, one["species"].Count).Select(i => new Species($"{i}", one["species", $"{i}"].At("z"), 1e-9))];
            double[] bath = [.. Enumerable.Range(0, species.Length).Select(i => one["species", $"{i}"].At("c_bath"))];
            Region Half(string name, double fixedCharge, Grading grading) =>
                Layer(name, half, 121, bath) with { FixedCharge = fixedCharge, Grid = new(121, debye / 20, null, grading) };
            EngineRun run = Steady.Of(Stack(
                species, Baths(Potential(0), bath), Closed(Surface(0), species.Length), Half("bath", 0, Grading.Right), Half("gel", charge, Grading.Left)));
            double[] phi = run.Potentials, x = run.Problem.Centres();
            double[][] c = run.State.Concentration;

            Close.Within(one.At("Donnan_potential_V"), phi[^1], 1e-6, "Donnan");
            for (int s = 0; s < species.Length; s++) Close.To(one["c_inside_mol_m3"].Numbers[s], c[s][^2], 1e-3);
            double pressure = PhysicalConstants.GasConstant * 298.15 * Enumerable.Range(0, species.Length).Sum(s => c[s][^2] - bath[s]);
            Close.To(one.At("osmotic_pressure_difference_Pa"), pressure, 2e-3);
            Close.Within(one.At("interface_potential_V"), State.Interpolate(x, phi, half), 2e-5, "interface");
            double[] at = one["profile", "x_m"].Numbers, expected = one["profile", "phi_V"].Numbers;
            for (int i = 0; i < at.Length; i++) Close.Within(expected[i], State.Interpolate(x, phi, half + at[i]), 2e-5, $"x = {at[i]}");
        }
    }

    // Equal total cations on both sides: the field is constant and GHK exact, which exponential fitting keeps on any grid, to rounding.
    [Theory]
    [InlineData(1e-9, 2)]
    [InlineData(7e-9, 78.5)]
    [InlineData(150e-9, 2)]
    [InlineData(3e-6, 78.5)]
    [InlineData(100e-6, 78.5)]
    public void Goldman_hodgkin_and_katz_are_exact_on_21_nodes(double thickness, double permittivity)
    {
        Species[] species = [new("K", 1, 1e-9), new("Na", 1, 0.04e-9), new("Cl", -1, 0.45e-9)];
        double[] inside = [140, 10, 150], outside = [5, 145, 150];
        PnpProblem problem = Stack(
            species, Baths(Current(0), inside), Baths(Potential(0), outside), Layer("membrane", thickness, 21, [70, 80, 150], permittivity)) with
        { Temperature = 310.15 };
        Close.Within(-26.098838982e-3, Steady.VoltageOf(problem), 1e-12);
    }
}
