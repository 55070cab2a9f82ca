using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Membranes with mechanisms: sodium, potassium, chloride, and anions that cannot leave.</summary>
internal static class NeuronProblems
{
    public const int Na = 0, K = 1, Cl = 2, A = 3;

    public static Species[] Ions { get; } = [new("Na", 1, 1.334e-9), new("K", 1, 1.957e-9), new("Cl", -1, 2.032e-9), new("A", -1, 1e-9)];

    public static double[] Inside { get; } = [12, 140, 12, 140];

    public static double[] Outside { get; } = [145, 5, 150, 0];

    /// <summary>Na/K-ATPase of reference case 08.</summary>
    public static SodiumPotassiumPump Pump { get; } = new()
    {
        Name = "pump",
        Sodium = Na,
        Potassium = K,
        Rate = Constant(4e-7),
        SodiumHalf = 12,
        PotassiumHalf = 1.3,
    };

    public static GoldmanLeak Leak(int species, double permeability) => new()
    {
        Name = $"leak {Ions[species].Name}",
        Species = species,
        Permeability = Constant(permeability),
    };

    /// <summary>Leaks of reference case 08.</summary>
    public static Mechanism[] Leaks { get; } = [Leak(Na, 2e-10), Leak(K, 5e-9), Leak(Cl, 2.25e-9)];

    /// <summary>Channels of the squid axon, 1 A/(m² V) is 0.1 mS/cm².</summary>
    public static GatedChannel SodiumChannel(double speed = 1) => new()
    {
        Name = "channel Na",
        Species = Na,
        Conductance = Constant(1200),
        Gates =
        [
            new("m", 3, new(GateRateForm.Linoid, 1e3, -0.040, 0.010), new(GateRateForm.Exponential, 4e3, -0.065, -0.018), speed),
            new("h", 1, new(GateRateForm.Exponential, 70, -0.065, -0.020), new(GateRateForm.Sigmoid, 1e3, -0.035, 0.010), speed),
        ],
    };

    public static GatedChannel PotassiumChannel(double speed = 1) => new()
    {
        Name = "channel K",
        Species = K,
        Conductance = Constant(360),
        Gates = [new("n", 4, new(GateRateForm.Linoid, 100, -0.055, 0.010), new(GateRateForm.Exponential, 125, -0.065, -0.080), speed)],
    };

    public static Cotransporter Kcc2 { get; } = new() { Name = "KCC2", Ions = [(K, 1), (Cl, 1)], Rate = Constant(1e-8) };

    public static WaterFlux Water(double? burst = null) => new()
    {
        Name = "water",
        HydraulicPermeability = Constant(1e-12),
        BurstRatio = burst,
    };

    /// <summary>Water, a membrane that lets nothing through by itself, water; open circuit on the left.</summary>
    /// <param name="mechanisms">Mechanisms.</param>
    /// <param name="insideDepth">Depth of a reservoir inside, m; 0 for baths.</param>
    /// <param name="outsideDepth">The same outside.</param>
    /// <param name="cells">Cells in each water layer; 0: the program's own grid.</param>
    public static PnpProblem Cell(Mechanism[] mechanisms, double insideDepth = 0, double outsideDepth = 0, int cells = 12)
    {
        bool[] shut = [true, true, true, true];
        Region membrane = Layer("membrane", 2e-9, 3, Inside, 2) with { IsMembrane = true, Concentration = null, Impermeable = shut };
        RegionGrid? Grid(Grading grading) => cells == 0 ? null : new RegionGrid(cells, 0.1e-9, null, grading);
        Region inside = Layer("inside", 5e-9, 1, Inside) with { Grid = Grid(Grading.Right) };
        Region outside = Layer("outside", 5e-9, 1, Outside) with { Grid = Grid(Grading.Left) };
        IonBoundary[] End(double[] c, double depth) => [.. c.Select(value => depth > 0 ? new ReservoirBoundary(depth, value) : Bath(value))];
        return Stack(
            Ions, new(Current(0), End(Inside, insideDepth)), new(Potential(0), End(Outside, outsideDepth)), inside, membrane, outside) with
        {
            Temperature = PhysicalConstants.ZeroCelsius + 37,
            Mechanisms = mechanisms,
        };
    }
}
