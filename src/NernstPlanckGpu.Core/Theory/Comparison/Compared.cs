using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>A problem and what its run measured, in the terms in which the kinds of theory ask for them.</summary>
internal sealed class Compared(PnpProblem problem, RunMeasurement run)
{
    private const double NeutralTo = 1e-6;

    public PnpProblem Problem { get; } = problem;

    public RunMeasurement Run { get; } = run;

    public double[] Valence { get; } = [.. problem.Species.Select(species => species.Valence)];

    public int LastRegion => Problem.Regions.Count - 1;

    /// <summary>Indices of the ions.</summary>
    public IEnumerable<int> Ions => Enumerable.Range(0, Valence.Length).Where(i => Valence[i] != 0);

    /// <summary>The mechanisms of the membrane, in the terms of theory.</summary>
    public ComparedMechanisms Mechanisms => new(Problem, Run);

    /// <summary>Concentrations of one species where both ends hold it, a bath or a reservoir as it is now, mol/m³.</summary>
    public (double? Inside, double? Outside) Held(int species) => (Held(Problem.Left, species), Held(Problem.Right, species));

    /// <summary>What an end holds now, mol/m³: as <see cref="End"/>, but reservoirs and closed ends as the run left them; null when not known.</summary>
    public IReadOnlyList<double>? Now(bool left) => (left ? Run.EndConcentration?.Left : Run.EndConcentration?.Right) ?? End(left);

    /// <summary>An end holds ions in a finite volume.</summary>
    public bool IsReservoir(bool left) => (left ? Problem.Left : Problem.Right).Ions.Any(ion => ion is ReservoirBoundary);

    /// <summary>What an end holds, mol/m³: a bath its value now, a reservoir or a closed end what it starts with; null when not known.</summary>
    public double[]? End(bool left)
    {
        Boundary boundary = left ? Problem.Left : Problem.Right;
        var initial = new InitialDistribution(Problem.Species, Problem.Regions, Problem.Initial, Problem.Temperature);
        int region = left ? 0 : LastRegion;
        double?[] end = [.. Enumerable.Range(0, Valence.Length).Select(i => boundary.Ions[i] switch
        {
            BathBoundary => Bath(boundary, i),
            ReservoirBoundary reservoir => reservoir.Concentration,
            BlockedBoundary when initial.IsKnown => initial.At(i, region, left ? 0 : initial.Length),
            BlockedBoundary => Problem.Regions[region].Concentration?[i],
            _ => null,
        })];
        return Known(end);
    }

    /// <summary>The solution of a region, mol/m³: that of the baths at its ends, else what it starts with; null when not known.</summary>
    public double[]? Solution(int region) => Solution(region, Bath);

    /// <summary>The same with reservoirs as the run left them.</summary>
    public double[]? SolutionNow(int region) => Solution(region, Held);

    /// <summary>Ions that add up to no charge; false without any.</summary>
    public bool IsNeutral(IReadOnlyList<double> concentration)
    {
        double charge = Ions.Sum(i => Valence[i] * concentration[i]), size = Ions.Sum(i => Math.Abs(Valence[i]) * concentration[i]);
        return size > 0 && Math.Abs(charge) <= NeutralTo * size;
    }

    /// <summary>An ion moves in a region.</summary>
    public bool Moves(int species, int region) => !Problem.Regions[region].Impermeable[species]
        && Problem.Species[species].Diffusivity * Problem.Regions[region].DiffusivityFactor[species] > 0;

    /// <summary>The potential difference between the ends when both are held, V; else null.</summary>
    public double? ImposedPotential => Imposed(Problem.Left.Electric) - Imposed(Problem.Right.Electric);

    /// <summary>The potential difference at which no current flows, V; null where the run has none.</summary>
    public double? FreePotential => Run.RestingPotential
        ?? (ImposedPotential is null && !Carries(Problem.Left) && !Carries(Problem.Right) ? Run.MembranePotential : null);

    /// <summary>Left end of a region, m; the right end of the stack for the index after the last.</summary>
    public double Start(int region) => Problem.Regions.Take(region).Sum(one => one.Length);

    /// <summary>All ions of a solution are baths at an end.</summary>
    public bool IsBath(Boundary boundary, IReadOnlyList<double> solution) =>
        Ions.Where(i => solution[i] > 0).All(i => boundary.Ions[i] is BathBoundary);

    /// <summary>No ion of a solution passes an end.</summary>
    public bool IsBlocked(Boundary boundary, IReadOnlyList<double> solution) =>
        Ions.Where(i => solution[i] > 0).All(i => boundary.Ions[i] is BlockedBoundary);

    /// <summary>Debye length of a solution in a region, m.</summary>
    public double DebyeLength(Region region, IReadOnlyList<double> solution) =>
        Theory.DebyeLength.Of(Problem.Temperature, region.Permittivity, Valence, solution);

    /// <summary>W of one region against another over RT.</summary>
    public double Partition(int species, Region region, Region against) =>
        (region.Barrier[species] - against.Barrier[species]) / (PhysicalConstants.GasConstant * Problem.Temperature);

    private static double[]? Known(double?[] values) => values.Any(value => value is null) ? null : [.. values.Select(value => value!.Value)];

    private double[]? Solution(int region, Func<Boundary, int, double?> end) => Known([.. Enumerable.Range(0, Valence.Length).Select(i =>
        (region == 0 ? end(Problem.Left, i) : null) ?? (region == LastRegion ? end(Problem.Right, i) : null)
        ?? Problem.Regions[region].Concentration?[i])]);

    private double? Held(Boundary boundary, int species) => boundary.Ions[species] is ReservoirBoundary reservoir
        ? (ReferenceEquals(boundary, Problem.Left) ? Run.EndConcentration?.Left : Run.EndConcentration?.Right)?[species] ?? reservoir.Concentration
        : Bath(boundary, species);

    private double? Bath(Boundary boundary, int species) => (boundary.Ions[species] as BathBoundary)?.Concentration.At(Run.Time);

    private bool Carries(Boundary boundary) => boundary.Electric is CurrentBoundary current && current.CurrentDensity.At(Run.Time) != 0;

    private double? Imposed(ElectricBoundary boundary) => boundary switch
    {
        PotentialBoundary b => b.Potential.At(Run.Time),
        SternBoundary b => b.Potential.At(Run.Time),
        _ => null,
    };
}
