using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>Ions through membranes, in the steady state: Goldman, Hodgkin and Katz, Nernst, selectivity, currents.</summary>
internal static class MembraneChecks
{
    private const double Body = 310.15;

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "exact GHK",
            Quantity = "zero-current potential of a slab of 21 cells",
            Unit = "V",
            Limit = 1e-12,
            Source = "Goldman 1943, Hodgkin and Katz 1949: RT/F ln[(K_o + 0.04 Na_o + 0.45 Cl_i)/(K_i + 0.04 Na_i + 0.45 Cl_o)]",
            Validity = "Exact for PNP when all ions are univalent and both sides hold as many cations: the field is uniform, and "
                + "Scharfetter-Gummel fluxes are exact on any grid, to rounding.",
            Measure = bench => Measurement.Absolute(-0.026098838982378, ZeroCurrent(bench, Slab())),
        },
        new()
        {
            Name = "resting potential",
            Quantity = "zero-current potential of the main job's membrane",
            Unit = "V",
            Limit = 1e-8,
            Source = "spectral elements, tests/reference/04_resting_potential.json; GHK gives -69.745598 mV",
            Validity = "K, Na, Cl at 1 : 0.04 : 0.45 through 5 nm of permittivity 2; the automatic grid leaves 0.1 nV, the limit is a "
                + "hundred times that.",
            Measure = bench => Measurement.Absolute(-0.069745540425, ZeroCurrent(bench, Resting())),
        },
        new()
        {
            Name = "potassium reversal",
            Quantity = "zero-current potential when only K passes",
            Unit = "V",
            Limit = 1e-12,
            Source = "Nernst 1889: RT/F ln(5/140)",
            Validity = "Exact with equal ionic strength on both sides, whatever the grid, to rounding.",
            Measure = bench => Measurement.Absolute(NernstPotential.Of(Body, 1, 140, 5), ZeroCurrent(bench, PotassiumOnly())),
        },
        new()
        {
            Name = "selectivity",
            Quantity = "ratio of two fluxes whose barriers differ by 12 kJ/mol",
            Unit = "1",
            Limit = 2e-6,
            IsRelative = true,
            Source = "Boltzmann: exp(12 kJ/mol / RT) = 104.95 at 37 degC",
            Validity = "Holds while the membrane is all the resistance; with barriers of 40 and 52 kJ/mol the water adds 1e-6.",
            Measure = Selectivity,
        },
        new()
        {
            Name = "steady current of MEMB",
            Quantity = "current density at -70 mV",
            Unit = "A m-2",
            Limit = 1e-4,
            IsRelative = true,
            Source = "collocation and extrapolated finite volumes alike to 1e-9: -65.8299644 A/m2 (docs/performance.md)",
            Validity = "The limit of fine grids; 256 cells leave 8e-6, as faces between unlike layers are two half cells in series.",
            Measure = bench => Measurement.Relative(-65.8299644, bench.Steady(Memb()).CurrentDensity),
        },
    ];

    public static double ZeroCurrent(VerificationBench bench, PnpProblem problem) => bench.Steady(problem, (steady, _) => steady.Voltage);

    private static PnpProblem Slab() => Stack(
        [new("K", 1, 1e-9), new("Na", 1, 0.04e-9), new("Cl", -1, 0.45e-9)],
        Baths(Open, 140, 10, 150), Baths(Potential(0), 5, 145, 150), Layer("membrane", 7e-9, 21, [70, 80, 150])) with
    { Temperature = Body };

    private static PnpProblem Resting() => ThroughLipid(
        [new("K", 1, 1.957e-9), new("Na", 1, 1.334e-9), new("Cl", -1, 2.032e-9), new("A", -1, 1e-9)],
        [140, 12, 10, 142], [5, 145, 150, 0], [45.0830584e3, 52.3954231e3, 47.2391752e3, 0], 3);

    private static PnpProblem PotassiumOnly() => ThroughLipid(
        [new("K", 1, 1.957e-9), new("Cl", -1, 2.032e-9), new("Na", 1, 1.334e-9)],
        [140, 150, 10], [5, 150, 145], [45e3, 0, 0], 1, 2);

    // Water 10 nm, lipid 5 nm, water 10 nm, on the program's own grid.
    private static PnpProblem ThroughLipid(
        IReadOnlyList<Species> species, double[] inside, double[] outside, double[] barrier, params int[] impermeable)
    {
        Region lipid = Layer("membrane", 5e-9, 0, inside, 2) with
        {
            IsMembrane = true,
            Concentration = null,
            Barrier = barrier,
            Impermeable = [.. barrier.Select((_, s) => impermeable.Contains(s))],
        };
        return Stack(
            species, Baths(Open, inside), Baths(Potential(0), outside),
            Layer("inside", 10e-9, 0, inside), lipid, Layer("outside", 10e-9, 0, outside)) with
        { Temperature = Body };
    }

    private static Measurement Selectivity(VerificationBench bench)
    {
        PnpProblem problem = ThroughLipid(
            [new("A", 1, 1e-9), new("B", 1, 1e-9), new("M", -1, 1e-9)], [70, 70, 140], [5, 5, 10], [40e3, 52e3, 0], 2);
        EngineState state = bench.Steady(problem with { Left = problem.Left with { Electric = Potential(-0.02) } });
        return Measurement.Relative(Math.Exp(12e3 / (PhysicalConstants.GasConstant * Body)), state.View.Flux[0][0] / state.View.Flux[1][0]);
    }
}
