using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Shorthand for problems of the library.</summary>
internal static class Problems
{
    public static Species Cation { get; } = new("P", 1, 1e-9);

    public static Species Anion { get; } = new("M", -1, 1e-9);

    public static BlockedBoundary Blocked { get; } = new();

    public static Waveform Constant(double value) => new ConstantWaveform(value);

    public static ElectricBoundary Potential(double volts) => new PotentialBoundary(Constant(volts));

    public static ElectricBoundary Current(double density) => new CurrentBoundary(Constant(density));

    public static ElectricBoundary Surface(double density) => new SurfaceChargeBoundary(Constant(density));

    public static IonBoundary Bath(double concentration) => new BathBoundary(Constant(concentration));

    public static Boundary Baths(ElectricBoundary electric, params double[] concentration) => new(electric, [.. concentration.Select(Bath)]);

    public static Boundary Closed(ElectricBoundary electric, int species) => new(electric, [.. Enumerable.Repeat<IonBoundary>(Blocked, species)]);

    /// <summary>A region without barriers; concentrations as given, uniform cells.</summary>
    public static Region Layer(string name, double length, int cells, double[] concentration, double permittivity = 78.5) => new()
    {
        Name = name,
        Length = length,
        Permittivity = permittivity,
        Concentration = concentration,
        Impermeable = [.. concentration.Select(_ => false)],
        DiffusivityFactor = [.. concentration.Select(_ => 1.0)],
        Barrier = [.. concentration.Select(_ => 0.0)],
        Grid = new RegionGrid(cells, Grading: Grading.None),
    };

    public static PnpProblem Stack(IReadOnlyList<Species> species, Boundary left, Boundary right, params Region[] regions) => new()
    {
        Temperature = 298.15,
        Species = species,
        Regions = regions,
        Left = left,
        Right = right,
        Initial = new ProfilesInitialState([.. species.Select(_ => new RegionsProfile())]),
    };

    /// <summary>MEMB of DESIGN.md: water 30 nm, membrane 4 nm, water 30 nm; 256 cells, three ions.</summary>
    public static PnpProblem Memb(double potential = -0.07)
    {
        double[] inside = [140, 10, 150], outside = [5, 145, 150];
        Region left = Layer("inside", 30e-9, 108, inside, 74) with { Grid = new RegionGrid(108, 0.1e-9, null, Grading.Right) };
        Region right = Layer("outside", 30e-9, 108, outside, 74) with { Grid = new RegionGrid(108, 0.1e-9, null, Grading.Left) };
        Region membrane = Layer("membrane", 4e-9, 40, inside, 2) with
        {
            IsMembrane = true,
            Concentration = null,
            DiffusivityFactor = [1e-4, 1e-4, 1e-4],
            Barrier = [10e3, 10e3, 10e3],
        };
        return Stack(
            [new("K", 1, 1.957e-9), new("Na", 1, 1.334e-9), new("Cl", -1, 2.032e-9)],
            Baths(Potential(potential), inside), Baths(Potential(0), outside), left, membrane, right) with
        { Temperature = 310.15 };
    }
}
