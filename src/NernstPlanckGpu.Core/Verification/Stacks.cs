using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>Shorthand for problems.</summary>
internal static class Stacks
{
    public static IonBoundary Blocked { get; } = new BlockedBoundary();

    public static Waveform Constant(double value) => new ConstantWaveform(value);

    public static ElectricBoundary Potential(double volts) => new PotentialBoundary(Constant(volts));

    /// <summary>No current through this end.</summary>
    public static ElectricBoundary Open { get; } = new CurrentBoundary(Constant(0));

    public static Boundary Baths(ElectricBoundary electric, params IReadOnlyList<double> concentration) =>
        new(electric, [.. concentration.Select(c => new BathBoundary(Constant(c)))]);

    public static Boundary Closed(ElectricBoundary electric, int species) => new(electric, [.. Enumerable.Repeat(Blocked, species)]);

    /// <summary>A region without barriers; uniform cells unless a first cell says otherwise, the program's own grid with 0 cells.</summary>
    public static Region Layer(
        string name, double length, int cells, IReadOnlyList<double> concentration, double permittivity = 78.5, double? first = null,
        Grading grading = Grading.None) => new()
        {
            Name = name,
            Length = length,
            Permittivity = permittivity,
            Concentration = concentration,
            Impermeable = [.. concentration.Select(_ => false)],
            DiffusivityFactor = [.. concentration.Select(_ => 1.0)],
            Barrier = [.. concentration.Select(_ => 0.0)],
            Grid = cells == 0 ? null : new RegionGrid(cells, first, null, grading),
        };

    public static PnpProblem Stack(IReadOnlyList<Species> species, Boundary left, Boundary right, params IReadOnlyList<Region> regions) => new()
    {
        Temperature = 298.15,
        Species = species,
        Regions = regions,
        Left = left,
        Right = right,
        Initial = new ProfilesInitialState([.. species.Select(_ => new RegionsProfile())]),
    };

    /// <summary>A 1:1 salt whose two ions have one diffusivity, 1e-9 m²/s.</summary>
    public static IReadOnlyList<Species> EqualSalt { get; } = [new("P", 1, 1e-9), new("M", -1, 1e-9)];

    /// <summary>MEMB, the problem of the speed figures (configs/bench/memb.json): water 30 nm, membrane 4 nm, water 30 nm; 256 cells.</summary>
    public static PnpProblem Memb()
    {
        double[] inside = [140, 10, 150], outside = [5, 145, 150];
        Region membrane = Layer("membrane", 4e-9, 40, inside, 2) with
        {
            IsMembrane = true,
            Concentration = null,
            DiffusivityFactor = [1e-4, 1e-4, 1e-4],
            Barrier = [10e3, 10e3, 10e3],
        };
        return Stack(
            [new("K", 1, 1.957e-9), new("Na", 1, 1.334e-9), new("Cl", -1, 2.032e-9)],
            Baths(Potential(-0.07), inside), Baths(Potential(0), outside),
            Layer("inside", 30e-9, 108, inside, 74, 0.1e-9, Grading.Right), membrane,
            Layer("outside", 30e-9, 108, outside, 74, 0.1e-9, Grading.Left)) with
        { Temperature = 310.15 };
    }
}
