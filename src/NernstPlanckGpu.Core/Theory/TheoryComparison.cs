using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>What a run has measured at its end, as far as theory can be held against it.</summary>
public sealed record RunMeasurement
{
    /// <summary>Time of the measurement, s: waveforms are taken there.</summary>
    public double Time { get; init; }

    /// <summary>Potential of the left end minus that of the right end, V; null when not known.</summary>
    public double? MembranePotential { get; init; }

    /// <summary>Potential difference at which no current flows, where the run found it before its voltage was imposed, V.</summary>
    public double? RestingPotential { get; init; }

    /// <summary>
    /// Ionic current density per species, zF times its flux through the reference face per reference area, A/m²; null when not known.
    /// </summary>
    public IReadOnlyList<double>? IonicCurrentDensity { get; init; }

    /// <summary>Charge left of the middle of the membrane per reference area, C/m²; null when not known.</summary>
    public double? LeftCharge { get; init; }

    /// <summary>Area that densities are per, m² (planar: 1).</summary>
    public double ReferenceArea { get; init; } = 1;
}

/// <summary>
/// Textbook values beside a run: Nernst and GHK potentials, GHK currents, Debye lengths, membrane capacitance; each with one line on why
/// the full equations may differ. Tests: TheoryComparisonTests.
/// </summary>
public static class TheoryComparison
{
    /// <summary>All entries that apply to a problem.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="run">What the run measured; null before it.</param>
    public static IReadOnlyList<TheoryEntry> Of(PnpProblem problem, RunMeasurement? run = null)
    {
        var entries = new List<TheoryEntry>();
        run ??= new RunMeasurement();
        AddNernst(entries, problem, run);
        if (problem.Regions.Any(region => region.IsMembrane))
        {
            AddGoldman(entries, problem, run);
            AddCapacitance(entries, problem, run);
        }

        foreach (Region region in problem.Regions)
        {
            double length = DebyeLength.OfRegion(problem, region);
            if (double.IsFinite(length))
                entries.Add(new($"debyeLength_{region.Name}", length, null, "m",
                    $"Debye length of {region.Name} at its configured concentrations; "
                    + "linear in the potential, so layers above 25 mV are thinner"));
        }

        return entries;
    }

    private static void AddNernst(List<TheoryEntry> entries, PnpProblem problem, RunMeasurement run)
    {
        int[] permeant = [.. Enumerable.Range(0, problem.Species.Count).Where(i =>
            problem.Species[i].Valence != 0 && Permeability.OfRegions(problem, i, _ => true) > 0)];
        for (int i = 0; i < problem.Species.Count; i++)
        {
            Species species = problem.Species[i];
            if (species.Valence == 0 || Baths(problem, i, run.Time) is not ({ } inside, { } outside)) continue;
            if (!(inside > 0 && outside > 0)) continue;
            bool alone = permeant.Length == 1 && permeant[0] == i;
            double? free = run.RestingPotential ?? (ImposedPotential(problem, run.Time) is null ? run.MembranePotential : null);
            entries.Add(new($"nernst_{species.Name}", NernstPotential.Of(problem.Temperature, species.Valence, inside, outside),
                alone ? free : null, "V",
                $"potential at which {species.Name} is at rest between the end baths; the membrane takes it only if no other ion passes"));
        }
    }

    private static void AddGoldman(List<TheoryEntry> entries, PnpProblem problem, RunMeasurement run)
    {
        var ions = new List<(int Species, PermeantIon Ion)>();
        for (int i = 0; i < problem.Species.Count; i++)
        {
            double permeability = Permeability.OfMembrane(problem, i, run.ReferenceArea);
            if (permeability == 0 || problem.Species[i].Valence == 0) continue;

            // An ion that passes but is not held at both ends runs down or charges up: constant-field theory has nothing to say.
            if (Baths(problem, i, run.Time) is not ({ } inside, { } outside)) return;
            ions.Add((i, new PermeantIon(problem.Species[i].Valence, permeability, inside, outside)));
        }

        double voltage = GoldmanHodgkinKatz.Voltage([.. ions.Select(entry => entry.Ion)], problem.Temperature);
        double? imposed = ImposedPotential(problem, run.Time);
        if (double.IsFinite(voltage))
            entries.Add(new("ghk", voltage, run.RestingPotential ?? (imposed is null ? run.MembranePotential : null), "V",
                "GHK resting potential from the membrane's permeabilities; " + (imposed is null || run.RestingPotential is not null
                    ? "PNP differs by space charge in the membrane and unequal bath strengths, and before it is at rest"
                    : "this run imposes its potential and so computes none: compare the currents")));
        if (imposed is not null) AddCurrents(entries, problem, run, ions, run.MembranePotential ?? imposed.Value);
    }

    private static void AddCurrents(
        List<TheoryEntry> entries, PnpProblem problem, RunMeasurement run, List<(int Species, PermeantIon Ion)> ions, double potential)
    {
        foreach ((int i, PermeantIon ion) in ions)
            entries.Add(new($"ghkCurrent_{problem.Species[i].Name}",
                GoldmanHodgkinKatz.CurrentDensity(ion, potential, problem.Temperature), run.IonicCurrentDensity?[i], "A m-2",
                $"GHK current of {problem.Species[i].Name} at the imposed potential, positive outward; "
                + "PNP differs by what drops in the Debye layers (about 1 % of the potential), and before it is steady"));
    }

    private static void AddCapacitance(List<TheoryEntry> entries, PnpProblem problem, RunMeasurement run)
    {
        double elastance = problem.Regions.Where(region => region.IsMembrane)
            .Sum(region => 1 / MembraneCapacitor.Plate(region.Permittivity, region.Length));
        double? computed = run is { LeftCharge: { } charge, MembranePotential: { } potential } && Math.Abs(potential) > 1e-6 ? charge / potential : null;
        entries.Add(new("membraneCapacitance", 1 / elastance, computed, "F m-2",
            "plate capacitance of the membrane; "
            + "PNP stores less, since the Debye layers lie in series, and counts any other charge on the left as well"));

        int first = problem.Regions.ToList().FindIndex(region => region.IsMembrane);
        int last = problem.Regions.ToList().FindLastIndex(region => region.IsMembrane);
        if (first == 0 || last == problem.Regions.Count - 1) return;
        double layers = Elastance(problem, problem.Regions[first - 1]) + Elastance(problem, problem.Regions[last + 1]);
        if (double.IsFinite(layers))
            entries.Add(new("membraneCapacitanceWithDebyeLayers", 1 / (elastance + layers), computed, "F m-2",
                "membrane in series with the Debye layers on its two sides; linear, so PNP stores a little more at large potentials"));
    }

    private static double Elastance(PnpProblem problem, Region region) =>
        DebyeLength.OfRegion(problem, region) / (PhysicalConstants.VacuumPermittivity * region.Permittivity);

    private static (double? Inside, double? Outside) Baths(PnpProblem problem, int species, double time) =>
        ((problem.Left.Ions[species] as BathBoundary)?.Concentration.At(time),
            (problem.Right.Ions[species] as BathBoundary)?.Concentration.At(time));

    // The potential between the ends when both are held, else null.
    private static double? ImposedPotential(PnpProblem problem, double time) =>
        Imposed(problem.Left.Electric, time) - Imposed(problem.Right.Electric, time);

    private static double? Imposed(ElectricBoundary boundary, double time) => boundary switch
    {
        PotentialBoundary b => b.Potential.At(time),
        SternBoundary b => b.Potential.At(time),
        _ => null,
    };
}
