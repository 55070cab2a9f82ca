using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>Mechanisms, swelling and activity coefficients: the pump against its leaks, osmosis, Nernst's potential of activities.</summary>
internal static class NeuronChecks
{
    private const int Na = 0, K = 1;
    private const double Body = 310.15;

    private static readonly Species[] Ions = [new("Na", 1, 1.334e-9), new("K", 1, 1.957e-9), new("Cl", -1, 2.032e-9), new("A", -1, 1e-9)];

    private static readonly double[] Inside = [12, 140, 12, 140], Outside = [145, 5, 150, 0];

    private static readonly double[] Permeability = [2e-10, 5e-9, 2.25e-9];

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "pump and leak",
            Quantity = "cycles of the saturable Na/K pump that holds a cell",
            Unit = "mol m-2 s-1",
            Limit = 1e-4,
            IsRelative = true,
            Source = "a compartment with the same fluxes, tests/reference/08_pump_leak.json: 2.82593906741e-8 mol/(m2 s)",
            Validity = "Leaks by constant-field mechanisms; what is left is the charge on a membrane of 8.8 instead of 10 mF/m2.",
            Measure = bench => bench.Steady(Cell(), (_, state) => Measurement.Relative(2.82593906741e-08, state.View.MechanismFlux[0] / 3)),
        },
        new()
        {
            Name = "Mullins and Noda",
            Quantity = "resting potential of that cell",
            Unit = "V",
            Limit = 1e-8,
            Source = "Mullins and Noda 1963: RT/F ln[(1.5 P_K K_o + P_Na Na_o)/(1.5 P_K K_i + P_Na Na_i)] of the concentrations found",
            Validity = "Exact where a 3:2 pump returns what constant-field leaks lose; rounding, over the days it takes to settle.",
            Measure = bench => bench.Steady(Cell(), (steady, state) => Measurement.Absolute(
                MullinsNoda.Potential(Body, Ion(K, state), Ion(Na, state)), steady.Voltage)),
        },
        new()
        {
            Name = "osmotic balance",
            Quantity = "osmolarity of a pumped cell that water may enter, over that outside",
            Unit = "1",
            Limit = 1e-9,
            Source = "no water flows where the osmotic pressures are equal",
            Validity = "The cell shrinks until it is so; without the pump there is no such volume.",
            Measure = bench => bench.Steady(Cell(water: true), (_, state) => Measurement.Absolute(
                1, state.View.Concentration.Sum(c => c[0]) / state.View.Concentration.Sum(c => c[^1]))),
        },
        new()
        {
            Name = "Nernst of activities",
            Quantity = "potential across a K-selective membrane between KCl 100 and 10 mM, Davies",
            Unit = "V",
            Limit = 1e-9,
            Source = "Davies 1962, tests/reference/10_activity.json: -55.4707004244 mV; -59.1593 mV without",
            Validity = "Exact on any grid, as the excess chemical potential stands within the Scharfetter-Gummel flux.",
            Measure = bench => Measurement.Absolute(-0.0554707004244, MembraneChecks.ZeroCurrent(bench, PotassiumChloride())),
        },
        new()
        {
            Name = "Nernst of a divalent ion's activities",
            Quantity = "potential across a Ca-selective membrane between CaCl2 50 and 3.33 mM, extended Debye-Hueckel",
            Unit = "V",
            Limit = 1e-9,
            Source = "coefficients of tests/reference/10_activity.json, 0.356774521621 and 0.675660450461: -26.5849277882 mV; -34.7884 mV without",
            Validity = "Exact on any grid; the coefficients go with z squared and the ion's size.",
            Measure = bench => Measurement.Absolute(-0.026584927788173, MembraneChecks.ZeroCurrent(bench, CalciumChloride())),
        },
    ];

    // Reference case 08: a cell of 10 µm radius, in a bath.
    private static PnpProblem Cell(bool water = false)
    {
        Mechanism[] mechanisms =
        [
            new SodiumPotassiumPump { Name = "pump", Sodium = Na, Potassium = K, Rate = Constant(4e-7), SodiumHalf = 12, PotassiumHalf = 1.3 },
            .. Permeability.Select((p, s) => new GoldmanLeak { Name = $"leak {Ions[s].Name}", Species = s, Permeability = Constant(p) }),
        ];
        if (water) mechanisms = [.. mechanisms, new WaterFlux { Name = "water", HydraulicPermeability = Constant(1e-13) }];
        Region membrane = Layer("membrane", 2e-9, 3, Inside, 2) with
        {
            IsMembrane = true,
            Concentration = null,
            Impermeable = [true, true, true, true],
        };
        var reservoirs = new Boundary(Open, [.. Inside.Select(c => new ReservoirBoundary(10e-6 / 3, c))]);
        return Stack(
            Ions, reservoirs, Baths(Potential(0), Outside),
            Layer("inside", 10e-9, 0, Inside), membrane, Layer("outside", 10e-9, 0, Outside)) with
        { Temperature = Body, Mechanisms = mechanisms };
    }

    private static PermeantIon Ion(int s, EngineState state) =>
        new(1, Permeability[s], state.View.Concentration[s][0], state.View.Concentration[s][^1]);

    private static PnpProblem CalciumChloride()
    {
        double[] strong = [50, 100], weak = [10.0 / 3, 20.0 / 3];
        Region membrane = Layer("membrane", 4e-9, 8, strong, 2) with { IsMembrane = true, Concentration = null, Impermeable = [false, true] };
        return Stack(
            [new("Ca", 2, 0.792e-9, 6e-10), new("Cl", -1, 2.032e-9, 3e-10)], Baths(Open, strong), Baths(Potential(0), weak),
            Layer("strong", 10e-9, 0, strong), membrane, Layer("weak", 20e-9, 0, weak)) with
        { Activity = new(ActivityKind.DebyeHuckel) };
    }

    private static PnpProblem PotassiumChloride()
    {
        Region membrane = Layer("membrane", 4e-9, 8, [100, 100], 2) with { IsMembrane = true, Concentration = null, Impermeable = [false, true] };
        return Stack(
            [new("K", 1, 1.957e-9), new("Cl", -1, 2.032e-9)], Baths(Open, 100, 100), Baths(Potential(0), 10, 10),
            Layer("strong", 10e-9, 0, [100, 100]), membrane, Layer("weak", 20e-9, 0, [10, 10])) with
        { Activity = new(ActivityKind.Davies) };
    }
}
