using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>Initial concentrations at cell centres, from the regions or from profiles.</summary>
internal static class InitialConcentrations
{
    /// <summary>Concentration per species, mol/m³; n + 2 values with the ghosts at the two ends.</summary>
    public static double[][] Of(PnpProblem problem, Grid grid)
    {
        double[] centres = grid.Centres();
        var all = new double[problem.Species.Count][];
        for (int s = 0; s < all.Length; s++)
            all[s] = [Ghost(problem.Left.Ions[s]), .. Of(problem, s, grid, centres), Ghost(problem.Right.Ions[s])];
        return all;
    }

    private static double Ghost(IonBoundary ion) => ion switch
    {
        BathBoundary bath => bath.Concentration.At(0),
        ReservoirBoundary reservoir => reservoir.Concentration,
        _ => 0,
    };

    /// <summary>Concentration of one species in the n cells, mol/m³; 0 where the region is impermeable to it.</summary>
    public static double[] Of(PnpProblem problem, int species, Grid grid, double[] centres)
    {
        var profiles = problem.Initial as ProfilesInitialState
            ?? throw new ArgumentException("an initial state from a file is read before the problem is discretised", nameof(problem));
        InitialProfile profile = profiles.Profiles[species];
        var values = new double[centres.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int region = grid.RegionOfCell[i];
            values[i] = problem.Regions[region].Impermeable[species] ? 0
                : profile is RegionsProfile ? FromRegions(problem, species, region, centres[i]) : At(profile, centres[i], problem.Length);
        }
        return values;
    }

    /// <summary>A region's concentration at a position: its own, or the linear blend of its nearest neighbours that have one, times e^(−W/RT).</summary>
    public static double FromRegions(PnpProblem problem, int species, int region, double x)
    {
        if (problem.Regions[region].Concentration is { } own) return own[species];
        int left = region, right = region;
        while (left >= 0 && problem.Regions[left].Concentration is null) left--;
        while (right < problem.Regions.Count && problem.Regions[right].Concentration is null) right++;
        double blend;
        if (left < 0 || right >= problem.Regions.Count)
        {
            int only = left >= 0 ? left : right;
            blend = only >= 0 && only < problem.Regions.Count ? problem.Regions[only].Concentration![species] : 0;
        }
        else
        {
            double start = problem.Regions.Take(left + 1).Sum(r => r.Length);
            double end = problem.Regions.Take(right).Sum(r => r.Length);
            double share = (x - start) / (end - start);
            blend = (1 - share) * problem.Regions[left].Concentration![species] + share * problem.Regions[right].Concentration![species];
        }
        return blend * Math.Exp(-problem.Regions[region].Barrier[species] / (PhysicalConstants.GasConstant * problem.Temperature));
    }

    private static double At(InitialProfile profile, double x, double length) => profile switch
    {
        TableProfile table => Interpolation.Linear(table.Position, table.Concentration, x),
        GaussianProfile g => g.Base + g.Peak * Math.Exp(-0.5 * Square((x - g.Centre) / g.Width)),
        CosineProfile c => c.Mean + c.Amplitude * Math.Cos(Math.PI * c.Mode * x / length),
        ErfProfile e => 0.5 * (e.Left + e.Right) + 0.5 * (e.Right - e.Left) * ErrorFunction.Erf((x - e.Centre) / e.Width),
        _ => throw new ArgumentException($"no values for the profile {profile.GetType().Name}", nameof(profile)),
    };

    private static double Square(double v) => v * v;
}

/// <summary>Linear interpolation in ascending tables, constant outside.</summary>
public static class Interpolation
{
    /// <summary>Value at <paramref name="x"/>.</summary>
    /// <param name="position">Ascending positions, at least one.</param>
    /// <param name="value">Values there.</param>
    /// <param name="x">Where to interpolate.</param>
    public static double Linear(IReadOnlyList<double> position, IReadOnlyList<double> value, double x)
    {
        (int i, double share) = Locate(position, x);
        return share == 0 ? value[i] : (1 - share) * value[i] + share * value[i + 1];
    }

    /// <summary>Index i and share s with x = (1 − s) position[i] + s position[i + 1], clamped to the ends.</summary>
    /// <param name="position">Ascending positions, at least one.</param>
    /// <param name="x">Where.</param>
    public static (int Index, double Share) Locate(IReadOnlyList<double> position, double x)
    {
        if (x <= position[0]) return (0, 0);
        int last = position.Count - 1;
        if (x >= position[last]) return (last, 0);
        int low = 0, high = last;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (position[middle] <= x) low = middle;
            else high = middle;
        }
        return (low, (x - position[low]) / (position[high] - position[low]));
    }
}
