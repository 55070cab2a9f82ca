using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.UnitTests.Engines;

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>Problems whose steady states a device finds: random stacks with every end that its kernel has.</summary>
internal static class SteadyProblems
{
    /// <summary>Ends that <see cref="Create"/> knows.</summary>
    public const int Kinds = 6;

    /// <summary>A stack as the engines are tested with, between ends of a kind, with charges fixed in its membrane.</summary>
    /// <param name="cells">Cells; a membrane from 5 on.</param>
    /// <param name="species">Species.</param>
    /// <param name="kind">Ends.</param>
    /// <param name="seed">Of the numbers.</param>
    public static DiscreteProblem Create(int cells, int species, int kind, int seed)
    {
        var random = new Random(seed);
        double voltage = 0.3 * random.NextDouble() - 0.15;
        // Shape seed 3 is planar, with kind 0 of the ends; the ends are replaced here.
        PnpProblem p = RandomProblems.Create(cells, species, shapeSeed: kind, valueSeed: seed);
        double[] left = [.. p.Regions[0].Concentration!], right = [.. p.Regions[^1].Concentration!];
        IReadOnlyList<Region> regions = cells < 5 ? p.Regions
            : [p.Regions[0], p.Regions[1] with { FixedCharge = species > 1 ? 40 * random.NextDouble() - 20 : 0 }, .. p.Regions.Skip(2)];
        return Discretiser.Discretise(p with
        {
            Regions = regions,
            Left = new(Left(kind, voltage), Ions(left, blocked: kind == 3 ? 1 : -1)),
            Right = new(kind == 4 ? new SternBoundary(Still(0.02), 0.3) : new PotentialBoundary(Still(0.01)), Ions(right, blocked: kind == 5 ? 0 : kind == 3 ? 1 : -1)),
        });
    }

    private static ElectricBoundary Left(int kind, double voltage) => kind switch
    {
        1 or 4 => new SternBoundary(Still(voltage), 0.2),
        2 => new CurrentBoundary(Still(0)),
        5 => new SurfaceChargeBoundary(Still(1e-3 * voltage)),
        _ => new PotentialBoundary(Still(voltage)),
    };

    private static IonBoundary[] Ions(double[] concentration, int blocked) =>
        [.. concentration.Select((c, s) => s == blocked ? (IonBoundary)new BlockedBoundary() : new BathBoundary(Still(c)))];

    private static ConstantWaveform Still(double value) => new(value);
}
