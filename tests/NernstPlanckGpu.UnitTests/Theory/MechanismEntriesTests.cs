using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

/// <summary>Theory beside runs with mechanisms, reservoirs and activity coefficients; the runs are made up.</summary>
public class MechanismEntriesTests
{
    private const double T = 310.15, PK = 1e-8, PNa = 5e-10;

    private const int K = 0, Na = 1, Cl = 2, A = 3;

    private static readonly double[] Inside = [140, 15, 10, 145], Outside = [5, 145, 150, 0];

    private static readonly Waveform Zero = new ConstantWaveform(0);

    private static readonly SodiumPotassiumPump Pump = new() { Name = "pump", Sodium = Na, Potassium = K, Rate = new ConstantWaveform(1e-8) };

    private static readonly GoldmanLeak[] Leaks =
        [new() { Name = "leak K", Species = K, Permeability = new ConstantWaveform(PK) }, new() { Name = "leak Na", Species = Na, Permeability = new ConstantWaveform(PNa) }];

    // Nothing passes the membrane itself; a reservoir on the left, at open circuit.
    private static PnpProblem Cell(params Mechanism[] mechanisms) => new()
    {
        Temperature = T,
        Species = [new("K", 1, 2e-9, 3e-10), new("Na", 1, 1.3e-9, 4e-10), new("Cl", -1, 2e-9, 3e-10), new("A", -1, 1e-9, 5e-10)],
        Regions = [Layer("inside", 78.5, Inside), Layer("membrane", 2, null) with { IsMembrane = true }, Layer("outside", 78.5, Outside)],
        Left = new(new CurrentBoundary(Zero), [.. Inside.Select(c => new ReservoirBoundary(3e-6, c))]),
        Right = new(new PotentialBoundary(Zero), [.. Outside.Select(c => new BathBoundary(new ConstantWaveform(c)))]),
        Initial = new ProfilesInitialState([.. Inside.Select(_ => new RegionsProfile())]),
        Mechanisms = mechanisms,
    };

    private static Region Layer(string name, double permittivity, double[]? concentration) => new()
    {
        Name = name,
        Length = 5e-9,
        Permittivity = permittivity,
        Concentration = concentration,
        Impermeable = [.. Inside.Select(_ => concentration is null)],
        DiffusivityFactor = [1, 1, 1, 1],
        Barrier = [0, 0, 0, 0],
    };

    private static TheoryEntry Entry(PnpProblem problem, string name, RunMeasurement? run = null) =>
        TheoryComparison.Of(problem, run).Single(entry => entry.Name == name);

    private static bool Has(PnpProblem problem, string name) => TheoryComparison.Of(problem).Any(entry => entry.Name == name);

    [Fact]
    public void Leaks_have_the_ghk_voltage_of_their_permeabilities_and_the_pump_is_named_as_left_out()
    {
        double expected = PhysicalConstants.ThermalVoltage(T) * Math.Log((PK * 5 + PNa * 145) / (PK * 140 + PNa * 15));
        TheoryEntry ghk = Entry(Cell([.. Leaks, Pump]), "ghk", new RunMeasurement { MembranePotential = -0.06 });
        Close.To(expected, ghk.Value, 1e-12);
        Assert.Equal(-0.06, ghk.Computed);
        Assert.Contains("its leaks included; ", ghk.Meaning);
        Assert.Contains("what GHK leaves out: pump (moves ions by itself)", ghk.Meaning);
        Assert.DoesNotContain("leaves out", Entry(Cell([.. Leaks]), "ghk").Meaning);
    }

    [Fact]
    public void What_the_membrane_itself_lets_through_adds_to_a_leak()
    {
        PnpProblem cell = Cell([.. Leaks]);
        Region open = cell.Regions[1] with { Impermeable = [false, true, true, true], DiffusivityFactor = [1e-3, 1, 1, 1], Barrier = [20e3, 0, 0, 0] };
        PnpProblem both = cell with { Regions = [cell.Regions[0], open, cell.Regions[2]] };
        double permeability = PK + 2e-12 * Math.Exp(-20e3 / (PhysicalConstants.GasConstant * T)) / 5e-9;
        double expected = PhysicalConstants.ThermalVoltage(T) * Math.Log((permeability * 5 + PNa * 145) / (permeability * 140 + PNa * 15));
        Close.To(expected, Entry(both, "ghk").Value, 1e-12);
    }

    [Fact]
    public void Gates_and_reversal_potentials_are_left_out_with_the_reason()
    {
        var channel = new GatedChannel
        {
            Name = "fast",
            Species = Na,
            Conductance = new ConstantWaveform(1200),
            Gates = [new("m", 3, new(GateRateForm.Exponential, 1, 0, 1), new(GateRateForm.Exponential, 1, 0, 1))],
        };
        var fixedLeak = new OhmicLeak { Name = "rest", Species = Cl, Conductance = new ConstantWaveform(3), Reversal = new ConstantWaveform(-0.054) };
        PnpProblem problem = Cell([.. Leaks, channel, fixedLeak, new OhmicLeak { Name = "line", Species = Cl, Conductance = new ConstantWaveform(1) }]);
        TheoryEntry ghk = Entry(problem, "ghk");
        Assert.Equal(Entry(Cell([.. Leaks]), "ghk").Value, ghk.Value);
        Assert.Contains("fast (gates), rest (reversal potential of its own), line (ohmic)", ghk.Meaning);
    }

    [Fact]
    public void A_ghk_current_is_held_against_what_passes_without_the_other_mechanisms()
    {
        PnpProblem clamped = Cell([Pump, .. Leaks]) with { Left = new(new PotentialBoundary(new ConstantWaveform(-0.07)), Cell().Left.Ions) };
        // Items: pump Na, pump K, leak K, leak Na. The run's current of K is −2 in all, of which the pump has −20.
        var run = new RunMeasurement { MembranePotential = -0.07, IonicCurrentDensity = [-2, 10, 0, 0], MechanismCurrentDensity = [30, -20, 18, -20] };
        TheoryEntry current = Entry(clamped, "ghkCurrent_K", run);
        Assert.Equal(18.0, current.Computed!.Value, 1e-14);
        Close.To(GoldmanHodgkinKatz.CurrentDensity(new(1, PK, 140, 5), -0.07, T), current.Value, 1e-13);
    }

    [Fact]
    public void With_a_pump_come_mullins_and_noda_and_the_ratio_of_the_leaks()
    {
        PnpProblem cell = Cell([Pump, .. Leaks]);
        double expected = PhysicalConstants.ThermalVoltage(T) * Math.Log((1.5 * PK * 5 + PNa * 145) / (1.5 * PK * 140 + PNa * 15));
        var run = new RunMeasurement { MembranePotential = -0.069, IonicCurrentDensity = [0.1, -0.2, 0, 0], MechanismCurrentDensity = [3, -2, 2.1, -3.2] };
        TheoryEntry potential = Entry(cell, "mullinsNoda", run), ratio = Entry(cell, "pumpLeakRatio", run);
        Close.To(expected, potential.Value, 1e-12);
        Assert.Equal(-0.069, potential.Computed);
        Assert.Equal(-1.5, ratio.Value);
        Close.To(-3.2 / 2.1, ratio.Computed!.Value, 1e-14);
        Assert.False(Has(Cell([.. Leaks]), "mullinsNoda"));
        Assert.False(Has(Cell(Pump), "mullinsNoda")); // no leaks to balance
        Assert.True(Has(Cell(Pump), "pumpLeakRatio"));
    }

    [Fact]
    public void Reservoirs_count_as_the_run_left_them()
    {
        PnpProblem cell = Cell([Pump, .. Leaks]);
        double[] now = [100, 55, 20, 135];
        var run = new RunMeasurement { MembranePotential = -0.05, EndConcentration = (now, Outside) };
        Close.To(NernstPotential.Of(T, 1, 140, 5), Entry(cell, "nernst_K").Value, 1e-14);
        Close.To(NernstPotential.Of(T, 1, 100, 5), Entry(cell, "nernst_K", run).Value, 1e-14);
        Close.To(MullinsNoda.Potential(T, new(1, PK, 100, 5), new(1, PNa, 55, 145)), Entry(cell, "mullinsNoda", run).Value, 1e-14);
        Close.To(DebyeLength.Of(T, 78.5, [1, 1, -1, -1], now), Entry(cell, "debyeLength_leftReservoir", run).Value, 1e-14);
        Assert.False(Has(cell, "debyeLength_rightReservoir"));
    }

    [Fact]
    public void A_reservoir_with_ions_that_cannot_leave_has_its_donnan_potential()
    {
        GoldmanLeak chloride = new() { Name = "leak Cl", Species = Cl, Permeability = new ConstantWaveform(PK) };
        PnpProblem cell = Cell([.. Leaks, chloride]);
        TheoryEntry donnan = Entry(cell, "donnanReservoir", new RunMeasurement { MembranePotential = -0.01 });
        Close.To(PhysicalConstants.ThermalVoltage(T) * Math.Asinh(-145.0 / (2 * 150)), donnan.Value, 1e-11);
        Assert.Equal(-0.01, donnan.Computed);
        Assert.Contains("which A cannot leave", donnan.Meaning);
        PnpProblem free = cell with { Mechanisms = [.. cell.Mechanisms, chloride with { Name = "leak A", Species = A }] };
        Assert.False(Has(free, "donnanReservoir"));
    }

    [Fact]
    public void A_single_passing_ion_is_at_rest_at_its_nernst_potential_unless_it_is_pumped_or_driven()
    {
        var run = new RunMeasurement { MembranePotential = -0.08 };
        Assert.Equal(-0.08, Entry(Cell(Leaks[0]), "nernst_K", run).Computed);
        Assert.Null(Entry(Cell([.. Leaks]), "nernst_K", run).Computed);
        Assert.Null(Entry(Cell(new OhmicLeak { Name = "g", Species = K, Conductance = Zero, Reversal = Zero }), "nernst_K", run).Computed);
        Assert.Equal(-0.08, Entry(Cell(new OhmicLeak { Name = "g", Species = K, Conductance = Zero }), "nernst_K", run).Computed);
    }

    [Theory]
    [InlineData(ActivityKind.DebyeHuckel, "extended law of Debye and Huckel")]
    [InlineData(ActivityKind.Davies, "Davies")]
    [InlineData(ActivityKind.Bikerman, "steric, after Bikerman")]
    public void A_run_with_activity_coefficients_is_held_against_its_own_law(ActivityKind kind, string law)
    {
        // A salt of two ions that both pass; gamma differs, as the strengths do.
        PnpProblem cell = Cell(Leaks[0]) with { Activity = new(kind, kind == ActivityKind.Bikerman ? 3e-10 : 0) };
        PnpProblem dilute = cell with
        {
            Right = cell.Right with { Ions = [.. new double[] { 5, 10, 15, 0 }.Select(c => new BathBoundary(new ConstantWaveform(c)))] },
        };
        double[] outer = [5, 10, 15, 0], sizes = [3e-10, 4e-10, 3e-10, 5e-10];
        double Gamma(double[] c) => kind switch
        {
            ActivityKind.Davies => Activity.Davies(T, 78.5, 1, Activity.IonicStrength([1, 1, -1, -1], c)),
            ActivityKind.Bikerman => Activity.Bikerman(3e-10, 3e-10, sizes, c),
            _ => Activity.Extended(T, 78.5, 1, 3e-10, Activity.IonicStrength([1, 1, -1, -1], c)),
        };
        TheoryEntry entry = Entry(dilute, "nernstActivity_K", new RunMeasurement { MembranePotential = -0.08 });
        Close.To(Activity.Nernst(T, 1, (140, Gamma(Inside)), (5, Gamma(outer))), entry.Value, 1e-12);
        Assert.NotEqual(Entry(dilute, "nernst_K").Value, entry.Value);
        Assert.Equal(-0.08, entry.Computed);
        Assert.Contains($"({law}), as in the run", entry.Meaning);
        Assert.Contains("the run's activity coefficients, which this leaves out", Entry(dilute, "ghk").Meaning);
    }

    [Fact]
    public void Names_are_the_same_before_and_after_a_run()
    {
        var run = new RunMeasurement
        {
            MembranePotential = -0.05,
            IonicCurrentDensity = [1, 2, 3, 0],
            MechanismCurrentDensity = [3, -2, 1, 1],
            EndConcentration = ([100, 55, 10, 145 + 1e-3], Outside),
            LeftCharge = 1e-3,
        };
        PnpProblem cell = Cell([Pump, .. Leaks]);
        Assert.Equal(TheoryComparison.Of(cell).Select(e => (e.Name, e.Unit, e.Meaning)), TheoryComparison.Of(cell, run).Select(e => (e.Name, e.Unit, e.Meaning)));
    }

    [Fact]
    public void A_planar_area_does_not_change_a_permeability()
    {
        PnpProblem cell = Cell();
        Region open = cell.Regions[1] with { Impermeable = [false, true, true, true] };
        PnpProblem small = cell with { Regions = [cell.Regions[0], open, cell.Regions[2]], Geometry = new PlanarGeometry(1e-9) };
        Close.To(2e-9 / 5e-9, Permeability.OfMembrane(small, K, 1e-9), 1e-14);
    }
}
