using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Tests;

/// <summary>A small cell membrane with every mechanism, its species in an order that the engine changes.</summary>
internal static class MechanismProblems
{
    public const int Calcium = 0, Sodium = 1, Urea = 2, Chloride = 3, Potassium = 4;

    public const double Temperature = 310.15;

    public static Species[] Species { get; } =
        [new("Ca", 2, 0.8e-9), new("Na", 1, 1.3e-9), new("U", 0, 1.4e-9), new("Cl", -1, 2e-9), new("K", 1, 2e-9)];

    /// <summary>Concentrations inside and outside; both neutral.</summary>
    public static double[] Inside { get; } = [1, 15, 130, 132, 115];

    public static double[] Outside { get; } = [2, 145, 40, 154, 5];

    public static Waveform Constant(double value) => new ConstantWaveform(value);

    /// <summary>Rates of Hodgkin and Huxley's squid axon, J. Physiol. 117, 500 (1952), table 3, with today's sign and rest at −65 mV.</summary>
    public static Gate M { get; } = new(
        "m", 3, new(GateRateForm.Linoid, 1000, -0.040, 0.010), new(GateRateForm.Exponential, 4000, -0.065, -0.018));

    public static Gate H { get; } = new(
        "h", 1, new(GateRateForm.Exponential, 70, -0.065, -0.020), new(GateRateForm.Sigmoid, 1000, -0.035, 0.010));

    public static Gate N { get; } = new(
        "n", 4, new(GateRateForm.Linoid, 100, -0.055, 0.010), new(GateRateForm.Exponential, 125, -0.065, -0.080));

    /// <summary>Every kind of mechanism, each in every form; strength multiplies the fluxes, speed the gates.</summary>
    public static IReadOnlyList<Mechanism> Everything(
        MechanismView view, double strength = 1, double speed = 1, Func<double, Waveform>? waveform = null)
    {
        Waveform Of(double value) => (waveform ?? Constant)(value);
        Gate Faster(Gate gate) => gate with { Speed = 3 * speed };
        MechanismView other = view == MechanismView.Ends ? MechanismView.Faces : MechanismView.Ends;
        return
        [
            new GoldmanLeak { Name = "urea", View = view, Species = Urea, Permeability = Of(3e-8 * strength) },
            new SodiumPotassiumPump
            {
                Name = "pump", View = view, Sodium = Sodium, Potassium = Potassium, Rate = Of(4e-7 * strength), SodiumHalf = 12,
                PotassiumHalf = 1.3, Atp = Of(2), AtpHalf = 0.5,
            },
            new GatedChannel
            {
                Name = "na", View = view, Species = Sodium, Conductance = Of(120 * strength), Gates = [Faster(M), Faster(H)], Reversal = Of(0.05),
            },
            new OhmicLeak { Name = "cl", View = view, Species = Chloride, Conductance = Of(3 * strength), Reversal = Of(-0.0544) },
            new WaterFlux { Name = "water", HydraulicPermeability = Of(1e-12 * strength) },
            new GatedChannel { Name = "k", View = other, Species = Potassium, Conductance = Of(36 * strength), Gates = [N with { Speed = speed }] },
            new Cotransporter
            {
                Name = "kcc2", View = other, Ions = [(Potassium, 1), (Chloride, 1), (Calcium, -2)], Rate = Of(2e-8 * strength),
            },
            new GoldmanLeak { Name = "ca", View = other, Species = Calcium, Permeability = Of(1e-8 * strength) },
            new OhmicLeak { Name = "nernst", View = other, Species = Calcium, Conductance = Of(0.5 * strength) },
            new SodiumPotassiumPump { Name = "constant", View = other, Sodium = Sodium, Potassium = Potassium, Rate = Of(1e-8 * strength) },
        ];
    }

    /// <summary>The stack, its ends clamped to −60 mV; depth 0: baths, else reservoirs.</summary>
    public static PnpProblem Stack(
        IReadOnlyList<Mechanism> mechanisms, double leftDepth = 0, double rightDepth = 0, int cells = 7, Geometry? geometry = null) => new()
        {
            Temperature = Temperature,
            Geometry = geometry ?? new PlanarGeometry(),
            Species = Species,
            Regions =
        [
            Layer("inside", 3e-9, 78, cells, Inside),
            Layer("membrane", 4e-9, 3, cells - 2, null) with { IsMembrane = true },
            Layer("outside", 3e-9, 78, cells + 1, Outside),
        ],
            Left = new(new PotentialBoundary(Constant(-0.060)), [.. Inside.Select(c => End(c, leftDepth))]),
            Right = new(new PotentialBoundary(Constant(0)), [.. Outside.Select(c => End(c, rightDepth))]),
            Initial = new ProfilesInitialState([.. Species.Select(_ => new RegionsProfile())]),
            Mechanisms = mechanisms,
        };

    private static IonBoundary End(double concentration, double depth) =>
        depth > 0 ? new ReservoirBoundary(depth, concentration) : new BathBoundary(Constant(concentration));

    // Ions other than potassium pass the membrane only through mechanisms.
    private static Region Layer(string name, double length, double permittivity, int cells, double[]? concentration) => new()
    {
        Name = name,
        Length = length,
        Permittivity = permittivity,
        Concentration = concentration,
        Impermeable = [.. Species.Select((_, s) => concentration is null && s is not (Urea or Potassium))],
        DiffusivityFactor = [.. Species.Select(_ => concentration is null ? 1e-3 : 1.0)],
        Barrier = [.. Species.Select(_ => concentration is null ? 12e3 : 0.0)],
        Grid = new RegionGrid(cells, Grading: Grading.None),
    };
}
