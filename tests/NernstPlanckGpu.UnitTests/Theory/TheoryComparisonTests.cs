using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class TheoryComparisonTests
{
    private static readonly double[] Inside = [140, 12, 10, 142], Outside = [5, 145, 150, 0];

    private static readonly double[] Barrier = [45083.0584, 52395.4231, 47239.1752, 0];

    private static PnpProblem Resting(ElectricBoundary left) => new()
    {
        Temperature = 310.15,
        Species = [new("K", 1, 1.957e-9), new("Na", 1, 1.334e-9), new("Cl", -1, 2.032e-9), new("A", -1, 1e-9)],
        Regions =
        [
            Water("inside", Inside),
            new Region
            {
                Name = "membrane", Length = 5e-9, Permittivity = 2, IsMembrane = true,
                Impermeable = [false, false, false, true], DiffusivityFactor = [1, 1, 1, 1], Barrier = Barrier,
            },
            Water("outside", Outside),
        ],
        Left = new Boundary(left, [.. Inside.Select(c => new BathBoundary(new ConstantWaveform(c)))]),
        Right = new Boundary(new PotentialBoundary(new ConstantWaveform(0)), [.. Outside.Select(c => new BathBoundary(new ConstantWaveform(c)))]),
        Initial = new ProfilesInitialState([new RegionsProfile(), new RegionsProfile(), new RegionsProfile(), new RegionsProfile()]),
    };

    private static Region Water(string name, double[] concentration) => new()
    {
        Name = name,
        Length = 1e-8,
        Permittivity = 78.5,
        Concentration = concentration,
        Impermeable = [false, false, false, false],
        DiffusivityFactor = [1, 1, 1, 1],
        Barrier = [0, 0, 0, 0],
    };

    private static TheoryEntry Entry(IReadOnlyList<TheoryEntry> entries, string name) => entries.Single(entry => entry.Name == name);

    [Fact]
    public void Open_circuit_compares_the_membrane_potential_with_ghk()
    {
        PnpProblem problem = Resting(new CurrentBoundary(new ConstantWaveform(0)));
        IReadOnlyList<TheoryEntry> entries = TheoryComparison.Of(problem, new RunMeasurement { MembranePotential = -0.069745540425 });

        // The barriers of the main job are rounded to 1e-4 J/mol: 4e-8 in P, 1e-9 V.
        TheoryEntry ghk = Entry(entries, "ghk");
        Close.Within(-0.0697455981091, ghk.Value, 1e-8);
        Assert.Equal(-0.069745540425, ghk.Computed);
        Close.Within(-0.0890586940381, Entry(entries, "nernst_K").Value, 1e-12);
        Assert.Null(Entry(entries, "nernst_K").Computed);
        Assert.DoesNotContain(entries, entry => entry.Name is "nernst_A" || entry.Name.StartsWith("ghkCurrent", StringComparison.Ordinal));
    }

    [Fact]
    public void Clamp_leaves_ghk_without_a_computed_value_and_compares_currents()
    {
        PnpProblem problem = Resting(new PotentialBoundary(new ConstantWaveform(-0.06)));
        var run = new RunMeasurement { MembranePotential = -0.06, IonicCurrentDensity = [0.0239, -0.014, 0.0064, 0] };
        IReadOnlyList<TheoryEntry> entries = TheoryComparison.Of(problem, run);
        Assert.Null(Entry(entries, "ghk").Computed);
        Assert.Contains("imposes", Entry(entries, "ghk").Meaning);
        TheoryEntry current = Entry(entries, "ghkCurrent_K");
        Close.To(0.0238165022954, current.Value, 1e-7); // reference 03, with the rounded barrier
        Assert.Equal(0.0239, current.Computed);
        Assert.Null(Entry(TheoryComparison.Of(problem), "ghkCurrent_K").Computed);
        Assert.DoesNotContain(entries, entry => entry.Name == "ghkCurrent_A");
    }

    [Fact]
    public void Debye_lengths_and_capacitances_are_listed()
    {
        IReadOnlyList<TheoryEntry> entries = TheoryComparison.Of(
            Resting(new PotentialBoundary(new ConstantWaveform(-0.07))), new RunMeasurement { MembranePotential = -0.07, LeftCharge = -2.4e-4 });
        Close.To(DebyeLength.Of(310.15, 78.5, [1, 1, -1, -1], Inside), Entry(entries, "debyeLength_inside").Value, 1e-15);
        Assert.DoesNotContain(entries, entry => entry.Name == "debyeLength_membrane");
        TheoryEntry plate = Entry(entries, "membraneCapacitance");
        Close.To(MembraneCapacitor.Plate(2, 5e-9), plate.Value, 1e-15);
        Close.To(2.4e-4 / 0.07, plate.Computed!.Value, 1e-15);
        Assert.True(Entry(entries, "membraneCapacitanceWithDebyeLayers").Value < plate.Value);
        Assert.All(entries, entry => Assert.True(double.IsFinite(entry.Value) && entry.Unit.Length > 0 && entry.Meaning.Length > 20));
    }

    [Fact]
    public void One_permeant_ion_is_compared_with_its_nernst_potential()
    {
        PnpProblem all = Resting(new CurrentBoundary(new ConstantWaveform(0)));
        Region membrane = all.Regions[1] with { Impermeable = [false, true, true, true] };
        IReadOnlyList<TheoryEntry> entries = TheoryComparison.Of(
            all with { Regions = [all.Regions[0], membrane, all.Regions[2]] }, new RunMeasurement { MembranePotential = -0.089 });
        Assert.Equal(-0.089, Entry(entries, "nernst_K").Computed);
        Close.To(Entry(entries, "nernst_K").Value, Entry(entries, "ghk").Value, 1e-14);
    }

    [Fact]
    public void Blocked_ends_and_missing_membranes_have_no_potentials()
    {
        PnpProblem problem = Resting(new PotentialBoundary(new ConstantWaveform(0)));
        var blocked = new BlockedBoundary();
        PnpProblem closed = problem with { Left = problem.Left with { Ions = [blocked, blocked, blocked, blocked] } };
        Assert.DoesNotContain(TheoryComparison.Of(closed), entry => entry.Name.StartsWith("nernst", StringComparison.Ordinal) || entry.Name == "ghk");
        PnpProblem free = problem with { Regions = [problem.Regions[0], problem.Regions[2]] };
        Assert.DoesNotContain(TheoryComparison.Of(free), entry => entry.Name is "ghk" or "membraneCapacitance");
    }
}
