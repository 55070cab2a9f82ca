using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

/// <summary>Which entries a problem has, their values and signs; runs are made up here, TheoryBesideRunTests has real ones.</summary>
public class TheoryEntriesTests
{
    private const double T = 298.15, Na = 1.334e-9, Cl = 2.032e-9;

    private static readonly double Thermal = PhysicalConstants.ThermalVoltage(T);

    private static readonly ElectricBoundary Ground = new PotentialBoundary(new ConstantWaveform(0));

    private static readonly ElectricBoundary Open = new CurrentBoundary(new ConstantWaveform(0));

    private static Region Water(string name, double? salt, double fixedCharge = 0) => new()
    {
        Name = name,
        Length = 1e-7,
        Permittivity = 78.5,
        Concentration = salt is { } c ? [c, c] : null,
        FixedCharge = fixedCharge,
        Impermeable = [false, false],
        DiffusivityFactor = [1, 1],
        Barrier = [0, 0],
    };

    private static Boundary Bath(double salt, ElectricBoundary electric) =>
        new(electric, [new BathBoundary(new ConstantWaveform(salt)), new BathBoundary(new ConstantWaveform(salt))]);

    private static Boundary Closed(ElectricBoundary electric) => new(electric, [new BlockedBoundary(), new BlockedBoundary()]);

    private static PnpProblem Stack(Boundary left, Boundary right, params Region[] regions) => new()
    {
        Temperature = T,
        Species = [new("Na", 1, Na), new("Cl", -1, Cl)],
        Regions = regions,
        Left = left,
        Right = right,
        Initial = new ProfilesInitialState([new RegionsProfile(), new RegionsProfile()]),
    };

    private static PnpProblem Junction(double left = 100, double right = 10) =>
        Stack(Closed(Ground), Closed(Open), Water("a", left), Water("b", right));

    private static PnpProblem Gel(bool isLeft) => isLeft
        ? Stack(Closed(new SurfaceChargeBoundary(new ConstantWaveform(0))), Bath(100, Ground), Water("gel", 100, -100), Water("bath", 100))
        : Stack(Bath(100, Ground), Closed(new SurfaceChargeBoundary(new ConstantWaveform(0))), Water("bath", 100), Water("gel", 100, -100));

    private static PnpProblem Exchanger() =>
        Stack(Bath(100, Ground), Bath(10, Open), Water("left", 100), Water("exchanger", null, -100), Water("right", 10));

    private static PnpProblem Electrodes(double left, Boundary right) =>
        Stack(Closed(new PotentialBoundary(new ConstantWaveform(left))), right, Water("salt", 100));

    private static TheoryEntry Entry(PnpProblem problem, string name, RunMeasurement? run = null) =>
        TheoryComparison.Of(problem, run).Single(entry => entry.Name == name);

    private static string[] Names(PnpProblem problem) => [.. TheoryComparison.Of(problem).Select(entry => entry.Name)
        .Where(name => !name.StartsWith("debyeLength", StringComparison.Ordinal)
            && !name.StartsWith("nernst", StringComparison.Ordinal))];

    [Fact]
    public void A_junction_has_henderson_and_planck_left_minus_right()
    {
        Assert.Equal(["henderson", "planck"], Names(Junction()));

        // Chloride is faster: the dilute side, right, becomes negative.
        TheoryEntry henderson = Entry(Junction(), "henderson", new RunMeasurement { MembranePotential = 0.0122 });
        Close.To(0.0122677439336, henderson.Value, 1e-11); // reference 05
        Assert.Equal(0.0122, henderson.Computed);
        Close.To(henderson.Value, Entry(Junction(), "planck").Value, 1e-11);
        Close.To(-henderson.Value, Entry(Junction(10, 100), "henderson").Value, 1e-11);
        PnpProblem baths = Junction() with { Left = Bath(100, Ground), Right = Bath(10, Ground) };
        Assert.Null(Entry(baths, "henderson", new RunMeasurement { MembranePotential = 0 }).Computed);
    }

    [Fact]
    public void A_front_between_closed_ends_counts_by_what_the_ends_hold()
    {
        var front = new ErfProfile(50, 5, 1e-7, 1e-9);
        PnpProblem problem = Junction() with { Initial = new ProfilesInitialState([front, front]) };
        Close.To(Entry(Junction(), "henderson").Value, Entry(problem, "henderson").Value, 1e-12); // of one salt only the ratio counts
        Assert.Empty(Names(problem with { Initial = new CellsInitialState([[], []], 0, 0) }));
    }

    [Fact]
    public void What_parts_or_charges_the_solutions_leaves_no_junction()
    {
        PnpProblem problem = Junction();
        PnpProblem With(Func<Region, Region> change) => problem with { Regions = [problem.Regions[0], change(problem.Regions[1])] };
        foreach (PnpProblem other in new[]
        {
            Junction(100, 100), With(region => region with { Impermeable = [true, false] }), With(region => region with { Barrier = [0, 1000] }),
            With(region => region with { DiffusivityFactor = [1, 0.5] }), With(region => region with { Concentration = [10, 11] }),
            problem with { Left = Closed(new SurfaceChargeBoundary(new ConstantWaveform(0.01))), Right = Closed(Ground) },
        })
            Assert.DoesNotContain(Names(other), name => name is "henderson" or "planck");
        PnpProblem divalent = problem with { Species = [new("Ca", 2, 0.792e-9), new("Cl", -1, Cl)] };
        PnpProblem salt = divalent with { Regions = [Water("a", 0) with { Concentration = [50, 100] }, Water("b", 0) with { Concentration = [5, 10] }] };
        Assert.Equal(["henderson"], Names(salt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_gel_beside_a_bath_has_its_donnan_potential_against_it(bool isLeft)
    {
        // A made-up profile: the gel at −12 mV, the bath at 1 mV, with a step in 2 nm around the face.
        double[] potential = isLeft ? [-0.012, -0.012, 0.001, 0.001] : [0.001, 0.001, -0.012, -0.012];
        var run = new RunMeasurement { Potential = new PotentialProfile([0, 9.9e-8, 1.01e-7, 2e-7], potential) };
        TheoryEntry donnan = Entry(Gel(isLeft), "donnan_gel_bath", run);
        Close.To(-Thermal * Math.Asinh(0.5), donnan.Value, 1e-11);
        Close.To(-0.013, donnan.Computed!.Value, 1e-12);
        Assert.Equal(["donnan_gel_bath"], Names(Gel(isLeft)));
    }

    [Fact]
    public void Partitioning_scales_what_the_gel_sees_of_the_bath()
    {
        PnpProblem gel = Gel(false);
        double barrier = PhysicalConstants.GasConstant * T * Math.Log(2);
        PnpProblem partitioned = gel with { Regions = [gel.Regions[0], gel.Regions[1] with { Barrier = [barrier, barrier] }] };
        Close.To(-Thermal * Math.Asinh(1), Entry(partitioned, "donnan_gel_bath").Value, 1e-11);
        PnpProblem shut = gel with { Regions = [gel.Regions[0], gel.Regions[1] with { Impermeable = [true, false] }] };
        Assert.Empty(Names(shut)); // no cation to balance the gel
        PnpProblem membrane = gel with { Regions = [gel.Regions[0] with { IsMembrane = true }, gel.Regions[1]] };
        Assert.DoesNotContain("donnan_gel_bath", Names(membrane));
    }

    [Fact]
    public void A_charged_layer_between_baths_has_its_zero_current_potential()
    {
        Assert.Equal(["teorellMeyerSievers", "donnan_exchanger_left", "donnan_exchanger_right"], Names(Exchanger()));
        TheoryEntry entry = Entry(Exchanger(), "teorellMeyerSievers", new RunMeasurement { MembranePotential = -0.042 });
        Close.To(ChargedMembrane.ZeroCurrentPotential(T, -100, Na, Cl, 100, 10), entry.Value, 1e-14);
        Assert.True(entry.Value < 0);
        Assert.Equal(-0.042, entry.Computed);
        PnpProblem clamped = Exchanger() with { Right = Bath(10, Ground) };
        Assert.Null(Entry(clamped, "teorellMeyerSievers", new RunMeasurement { MembranePotential = -0.1 }).Computed);
        Assert.Equal(-0.04, Entry(clamped, "teorellMeyerSievers", new RunMeasurement { MembranePotential = -0.1, RestingPotential = -0.04 }).Computed);
        PnpProblem closed = Exchanger() with { Left = Closed(Ground) };
        Assert.DoesNotContain("teorellMeyerSievers", Names(closed));
    }

    [Fact]
    public void A_current_through_the_stack_leaves_no_free_potential()
    {
        PnpProblem driven = Exchanger() with { Right = Bath(10, new CurrentBoundary(new ConstantWaveform(3))) };
        Assert.Null(Entry(driven, "teorellMeyerSievers", new RunMeasurement { MembranePotential = 1 }).Computed);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(-0.05)]
    public void A_charged_wall_has_grahames_potential_at_either_end(double charge)
    {
        var wall = new SurfaceChargeBoundary(new ConstantWaveform(charge));
        double expected = Grahame.Potential(Electrolyte.OneToOne(T, 78.5, 100), charge);
        var run = new RunMeasurement { Potential = new PotentialProfile([0, 5e-8, 1e-7], [0.03, 0.01, 0.002]) };
        TheoryEntry left = Entry(Stack(Closed(wall), Bath(100, Ground), Water("salt", 100)), "grahamePotential_left", run);
        TheoryEntry right = Entry(Stack(Bath(100, Ground), Closed(wall), Water("salt", 100)), "grahamePotential_right", run);
        Assert.Equal(expected, left.Value);
        Assert.Equal(expected, right.Value);
        Assert.Equal(Math.Sign(charge), Math.Sign(left.Value));
        Close.To(0.028, left.Computed!.Value, 1e-12);
        Close.To(-0.028, right.Computed!.Value, 1e-12);

        // Ions that the wall itself holds, and a wall without charge, make no such layer.
        Assert.Empty(Names(Stack(Bath(100, wall), Bath(100, Ground), Water("salt", 100))));
        Assert.Empty(Names(Stack(Closed(new SurfaceChargeBoundary(new ConstantWaveform(0))), Bath(100, Ground), Water("salt", 100))));
    }

    [Fact]
    public void An_electrode_has_grahames_charge()
    {
        Electrolyte salt = Electrolyte.OneToOne(T, 78.5, 100);
        var run = new RunMeasurement { MembranePotential = 0.05, WallCharge = (0.04, -0.03) };
        PnpProblem single = Electrodes(0.05, Bath(100, Ground));
        Assert.Equal(["grahameCharge_left"], Names(single));
        Close.To(Grahame.Charge(salt, 0.05), Entry(single, "grahameCharge_left").Value, 1e-14);
        Assert.Equal(0.04, Entry(single, "grahameCharge_left", run).Computed);

        PnpProblem pair = Electrodes(0.05, Closed(Ground));
        Close.To(Grahame.Charge(salt, 0.025), Entry(pair, "grahameCharge_left").Value, 1e-12);
        Close.To(-Grahame.Charge(salt, 0.025), Entry(pair, "grahameCharge_right", run).Value, 1e-12);
        Assert.Equal(-0.03, Entry(pair, "grahameCharge_right", run).Computed);
        Assert.Empty(Names(Electrodes(0, Closed(Ground))));
        Assert.Empty(Names(Electrodes(0.05, Closed(Open))));
    }

    [Fact]
    public void A_stern_layer_takes_its_part_of_the_voltage()
    {
        Electrolyte salt = Electrolyte.OneToOne(T, 78.5, 100);
        double charge = Grahame.Charge(salt, 0.03), electrode = 0.03 + charge / 0.2;
        PnpProblem stern = Electrodes(0, Bath(100, Ground)) with { Left = Closed(new SternBoundary(new ConstantWaveform(electrode), 0.2)) };
        Close.To(charge, Entry(stern, "grahameCharge_left").Value, 1e-12);

        // A run that has set another voltage: 0.03 V between the ends, and the Stern drop of the charge that it measured.
        PnpProblem other = stern with { Left = Closed(new SternBoundary(new ConstantWaveform(1), 0.2)) };
        var run = new RunMeasurement { MembranePotential = 0.03, WallCharge = (charge, 0) };
        Close.To(charge, Entry(other, "grahameCharge_left", run).Value, 1e-12);
    }

    [Fact]
    public void Activities_correct_nernst_for_ions_of_known_size()
    {
        PnpProblem problem = Stack(Bath(100, Ground), Bath(10, Open), Water("a", 100), Water("b", 10)) with
        {
            Species = [new("K", 1, 1.957e-9), new("unknown", -1, Cl)],
        };
        Close.To(-0.0546359641773, Entry(problem, "nernstActivity_K").Value, 1e-9); // reference 10
        Assert.Contains("the run itself is ideal", Entry(problem, "nernstActivity_K").Meaning);
        Assert.DoesNotContain(TheoryComparison.Of(problem), entry => entry.Name == "nernstActivity_unknown");
        PnpProblem sized = problem with { Species = [new("K", 1, 1.957e-9), new("unknown", -1, Cl, 3e-10)] };
        Close.To(0.0546359641773, Entry(sized, "nernstActivity_unknown").Value, 1e-9);
        PnpProblem equal = problem with { Left = Bath(10, Ground) };
        Assert.Equal(Entry(equal, "nernst_K").Value, Entry(equal, "nernstActivity_K").Value);
    }

    [Fact]
    public void Names_and_units_are_the_same_before_and_after_a_run()
    {
        var run = new RunMeasurement
        {
            Time = 1,
            MembranePotential = -0.01,
            RestingPotential = -0.02,
            IonicCurrentDensity = [1, 2],
            LeftCharge = 1e-3,
            Potential = new PotentialProfile([0, 3e-7], [0, 0.1]),
            WallCharge = (0.01, -0.01),
        };
        foreach (PnpProblem problem in new[] { Junction(), Gel(true), Gel(false), Exchanger(), Electrodes(0.1, Closed(Ground)) })
            Assert.Equal(TheoryComparison.Of(problem).Select(e => (e.Name, e.Unit, e.Meaning)),
                TheoryComparison.Of(problem, run).Select(e => (e.Name, e.Unit, e.Meaning)));
    }
}
