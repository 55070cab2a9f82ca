using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>Initial concentrations at cell centres and in the ghosts.</summary>
internal static class InitialConcentrations
{
    /// <summary>Concentration per species, mol/m³; n + 2 values with the ghosts at the two ends.</summary>
    public static double[][] Of(PnpProblem problem, Grid grid)
    {
        if (problem.Initial is CellsInitialState cells) return [.. cells.Concentration.Select(c => (double[])c.Clone())];
        var distribution = new InitialDistribution(problem.Species, problem.Regions, problem.Initial, problem.Temperature);
        if (!distribution.IsKnown)
            throw new ArgumentException("an initial state from a file is read before the problem is discretised", nameof(problem));
        double[] centres = grid.Centres();
        var all = new double[problem.Species.Count][];
        for (int s = 0; s < all.Length; s++)
        {
            double[] c = all[s] = new double[centres.Length + 2];
            for (int i = 0; i < centres.Length; i++) c[i + 1] = distribution.At(s, grid.RegionOfCell[i], centres[i]);
            (c[0], c[^1]) = (Ghost(problem.Left.Ions[s]), Ghost(problem.Right.Ions[s]));
        }
        return all;
    }

    private static double Ghost(IonBoundary ion) => ion switch
    {
        BathBoundary bath => bath.Concentration.At(0),
        ReservoirBoundary reservoir => reservoir.Concentration,
        _ => 0,
    };
}
