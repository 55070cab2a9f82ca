using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>Two solutions side by side: liquid junctions, Donnan equilibrium, charged membranes.</summary>
internal static class JunctionChecks
{
    private const double Temperature = 298.15;

    private static readonly JunctionIon[] Acid = [new(1, 9.311e-9, 100, 0), new(1, 1.957e-9, 0, 100), new(-1, 2.032e-9, 100, 100)];

    private static readonly JunctionIon[] Pipette =
    [
        new(1, 1.957e-9, 140, 3.5), new(1, 1.334e-9, 15, 145), new(2, 0.792e-9, 0.1, 2), new(2, 0.706e-9, 2, 1), new(-1, 2.032e-9, 19.2, 149.5),
        new(-1, 0.646e-9, 130, 0), new(-1, 0.587e-9, 10, 5),
    ];

    private static readonly JunctionIon[] TableSalt = [new(1, 1.334e-9, 100, 10), new(-1, 2.032e-9, 100, 10)];

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "free junction",
            Quantity = "HCl | KCl, 100 mM each, after 100 ns",
            Unit = "V",
            Limit = 2e-7,
            Source = "lines and Radau, extrapolated, tests/reference/junctions.json; Henderson and Planck give 26.850 mV",
            Validity = "Free diffusion from a front of 2 nm at open circuit; 0.5 nm cells at the front, ends out of reach.",
            Measure = FreeJunction,
        },
        new()
        {
            Name = "junction of one salt",
            Quantity = "NaCl 100 | 10 mM across a layer of 1 um",
            Unit = "V",
            Limit = 6e-7,
            Source = "spectral elements, tests/reference/05_liquid_junction.json; Henderson and Planck give -12.2677 mV",
            Validity = "Concentrations held at both ends; Planck's electroneutral value is 1.2 uV away, for the Debye length is not "
                + "nothing beside the layer; the limit is half of that.",
            Measure = bench => Measurement.Absolute(-0.0122665667147, -MembraneChecks.ZeroCurrent(bench, FixedEnds(TableSalt))),
        },
        new()
        {
            Name = "pipette junction",
            Quantity = "K gluconate pipette | bath, seven ions, layer of 1 um",
            Unit = "V",
            Limit = 1e-8,
            Source = "collocation, tests/reference/junctions.json; Henderson gives 14.722 mV",
            Validity = "Concentrations held at both ends, divalent ions among them; Henderson's value is 0.36 mV away.",
            Measure = bench => Measurement.Absolute(0.015084693585, -MembraneChecks.ZeroCurrent(bench, FixedEnds(Pipette))),
        },
        new()
        {
            Name = "Donnan potential",
            Quantity = "potential deep in a gel of -100 mM in 105 mM",
            Unit = "V",
            Limit = 1e-9,
            Source = "Donnan 1911: (RT/F) asinh(X/2c)",
            Validity = "A gel of many Debye lengths; exact there on any grid, but for what the far end is short of infinity.",
            Measure = bench => Measurement.Absolute(
                Donnan.Potential(Temperature, [1, 1, -1], [100, 5, 105], -100), bench.Steady(Gel()).Potentials()[^1]),
        },
        new()
        {
            Name = "charged membrane",
            Quantity = "zero-current potential of a cation exchanger, NaCl 100 | 10 mM",
            Unit = "V",
            Limit = 2e-5,
            Source = "Teorell 1935, Meyer and Sievers 1936 (Theory.ChargedMembrane)",
            Validity = "A membrane many Debye lengths thick, solutions stirred up to its faces: 10 um, diffusion in it a hundredth of "
                + "that in water.",
            Measure = bench => Measurement.Absolute(
                ChargedMembrane.ZeroCurrentPotential(Temperature, -100, 1.334e-9, 2.032e-9, 100, 10),
                MembraneChecks.ZeroCurrent(bench, Exchanger())),
        },
    ];

    private static IReadOnlyList<Species> SpeciesOf(JunctionIon[] ions) =>
        [.. ions.Select((ion, i) => new Species($"{i}", ion.Valence, ion.Diffusivity))];

    private static Measurement FreeJunction(VerificationBench bench)
    {
        const double Half = 500e-9, Front = 2e-9;
        Region Side(string name, IEnumerable<double> c, Grading grading) => Layer(name, Half, 120, [.. c], 78.5, 0.5e-9, grading);
        PnpProblem problem = Stack(
            SpeciesOf(Acid), Closed(Potential(0), 3), Closed(Open, 3),
            Side("left", Acid.Select(ion => ion.Left), Grading.Right), Side("right", Acid.Select(ion => ion.Right), Grading.Left)) with
        { Initial = new ProfilesInitialState([.. Acid.Select(ion => new ErfProfile(ion.Left, ion.Right, Half, Front))]) };
        EngineState state = bench.Transient(problem, new() { End = 1e-7, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-5 });
        return Measurement.Absolute(0.0266905656841, -state.Voltage);
    }

    public static PnpProblem FixedEnds(JunctionIon[] ions) => Stack(
        SpeciesOf(ions), Baths(Potential(0), [.. ions.Select(ion => ion.Left)]), Baths(Open, [.. ions.Select(ion => ion.Right)]),
        Layer("layer", 1e-6, 301, [.. ions.Select(ion => 0.5 * (ion.Left + ion.Right))], 78.5, 0.2e-9, Grading.Both));

    private static PnpProblem Gel()
    {
        double[] bath = [100, 5, 105];
        Region Part(string name, double charge, Grading grading) =>
            Layer(name, 20e-9, 121, bath, 78.5, 0.05e-9, grading) with { FixedCharge = charge };
        return Stack(
            [new("Na", 1, 1e-9), new("K", 1, 1e-9), new("Cl", -1, 1e-9)], Baths(Potential(0), bath),
            Closed(new SurfaceChargeBoundary(Constant(0)), 3), Part("bath", 0, Grading.Right), Part("gel", -100, Grading.Left));
    }

    private static PnpProblem Exchanger()
    {
        Region Water(string name, double salt, Grading grading) => Layer(name, 20e-9, 50, [salt, salt], 78.5, 0.05e-9, grading);
        Region exchanger = Layer("exchanger", 10e-6, 200, [1, 1], 78.5, 0.05e-9, Grading.Both) with
        {
            Concentration = null,
            IsMembrane = true,
            FixedCharge = -100,
            DiffusivityFactor = [0.01, 0.01],
        };
        return Stack(
            [new("Na", 1, 1.334e-9), new("Cl", -1, 2.032e-9)], Baths(Open, 100, 100), Baths(Potential(0), 10, 10),
            Water("left", 100, Grading.Right), exchanger, Water("right", 10, Grading.Left));
    }
}
