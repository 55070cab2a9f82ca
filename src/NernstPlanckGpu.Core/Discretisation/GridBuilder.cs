using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>Cells of the stack: faces at every region boundary, geometric away from the ends where a double layer can form.</summary>
/// <param name="Faces">Face positions from the left end, m; n + 1 ascending values.</param>
/// <param name="RegionOfCell">Region of each of the n cells.</param>
public sealed record Grid(double[] Faces, int[] RegionOfCell)
{
    /// <summary>Number of cells.</summary>
    public int Cells => RegionOfCell.Length;

    /// <summary>Cell centres, m; n values, made anew at each call.</summary>
    public double[] Centres() => [.. Enumerable.Range(0, Cells).Select(i => 0.5 * (Faces[i] + Faces[i + 1]))];
}

/// <summary>
/// Builds the grid. Automatic: the first cell at a graded end is lambda_D/20, cells grow by at most 1.1, none is larger
/// than a fortieth of its region; regions without a double layer are uniform.
/// </summary>
public static class GridBuilder
{
    /// <summary>What the automatic grid is made of.</summary>
    /// <param name="DebyeFraction">Debye lengths over the first cell at a graded end.</param>
    /// <param name="LargestGrowth">Largest ratio of neighbouring cells.</param>
    /// <param name="FewestCells">Fewest cells of a region.</param>
    public sealed record Rules(double DebyeFraction, double LargestGrowth, int FewestCells);

    /// <summary>Rules of a grid that is taken as built.</summary>
    public static Rules Standard { get; } = new(20, 1.1, 40);

    /// <summary>Rules of a grid that is the start of a refinement.</summary>
    public static Rules Coarse { get; } = new(4, 1.4, 8);

    /// <summary>Grid of a problem.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="rules">Rules for what the regions leave open; null: <see cref="Standard"/>.</param>
    /// <exception cref="GridException">A region's three grid numbers contradict each other.</exception>
    public static Grid Build(PnpProblem problem, Rules? rules = null)
    {
        rules ??= Standard;
        var faces = new List<double> { 0 };
        var regionOfCell = new List<int>();
        double origin = 0;
        for (int r = 0; r < problem.Regions.Count; r++)
        {
            Region region = problem.Regions[r];
            double[] sizes = CellSizes(problem, r, rules);
            double scale = region.Length / sizes.Sum();
            double x = 0;
            for (int i = 0; i < sizes.Length; i++)
            {
                x += sizes[i] * scale;
                faces.Add(i == sizes.Length - 1 ? origin + region.Length : origin + x);
                regionOfCell.Add(r);
            }
            origin += region.Length;
        }
        return new([.. faces], [.. regionOfCell]);
    }

    /// <summary>Ends of a region where charge can gather: an interface, or a domain end that is not a bath at a given potential.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="region">Index of the region.</param>
    public static Grading ChargedEnds(PnpProblem problem, int region)
    {
        bool left = region > 0 || !IsPlainBath(problem.Left);
        bool right = region < problem.Regions.Count - 1 || !IsPlainBath(problem.Right);
        return (left ? Grading.Left : 0) | (right ? Grading.Right : 0);
    }

    private static bool IsPlainBath(Boundary boundary) =>
        boundary.Electric is PotentialBoundary && boundary.Ions.All(ion => ion is BathBoundary);

    private static double[] CellSizes(PnpProblem problem, int index, Rules rules)
    {
        Region region = problem.Regions[index];
        RegionGrid wish = region.Grid ?? new();
        double debye = DebyeLength.OfRegion(problem, region);
        bool hasLayer = debye < region.Length / 2;
        Grading grading = wish.Grading ?? (hasLayer || wish.FirstCell is not null || wish.Growth is not null
            ? ChargedEnds(problem, index) : Grading.None);
        if (wish is { Cells: null, FirstCell: null, Growth: null })
        {
            double largest = region.Length / rules.FewestCells;
            if (grading == Grading.None || !hasLayer) return Uniform(rules.FewestCells);
            return Graded(region.Length, Math.Min(debye / rules.DebyeFraction, largest), rules.LargestGrowth, largest, grading);
        }
        return Wished(region, wish, grading, debye, rules);
    }

    private static double[] Wished(Region region, RegionGrid wish, Grading grading, double debye, Rules rules)
    {
        double length = region.Length;
        if (grading == Grading.None)
        {
            if (wish.Growth is not (null or 1)) throw Contradiction(region, "a growth needs a graded end; remove \"growth\", or write another \"grading\"");
            int count = wish.Cells ?? (wish.FirstCell is { } size ? (int)Math.Ceiling(length / size * (1 - 1e-12)) : rules.FewestCells);
            return Uniform(count);
        }
        if (wish.Cells is not { } cells)
        {
            double first = wish.FirstCell ?? Math.Min(debye / rules.DebyeFraction, length / rules.FewestCells);
            return Graded(length, first, wish.Growth ?? rules.LargestGrowth, double.PositiveInfinity, grading);
        }
        if (wish.FirstCell is { } given)
        {
            if (wish.Growth is not null) throw Contradiction(region, "cells, firstCell and growth contradict each other; give two of them");
            return Geometric(cells, GrowthFor(region, cells, given, grading), grading);
        }
        if (wish.Growth is { } growth) return Geometric(cells, growth, grading);
        double target = Math.Min(debye / rules.DebyeFraction, length / cells);
        return Geometric(cells, GrowthFor(region, cells, target, grading), grading);
    }

    private static GridException Contradiction(Region region, string why) => new($"grid of region \"{region.Name}\": {why}");

    private static double[] Uniform(int cells) => [.. Enumerable.Repeat(1.0, cells)];

    // Cells of relative sizes growth^distance from the nearest graded end.
    private static double[] Geometric(int cells, double growth, Grading grading)
    {
        var sizes = new double[cells];
        for (int i = 0; i < cells; i++) sizes[i] = Math.Pow(growth, Distance(i, cells, grading));
        return sizes;
    }

    private static int Distance(int cell, int cells, Grading grading) => grading switch
    {
        Grading.Left => cell,
        Grading.Right => cells - 1 - cell,
        Grading.Both => Math.Min(cell, cells - 1 - cell),
        _ => 0,
    };

    // As few cells as the first size, the growth and the largest size allow; the caller scales them all to fit the length.
    private static double[] Graded(double length, double first, double growth, double largest, Grading grading)
    {
        double side = grading == Grading.Both ? length / 2 : length;
        var distances = new List<double>();
        double sum = 0, size = first;
        while (sum < side * (1 - 1e-12))
        {
            distances.Add(size);
            sum += size;
            size = Math.Min(size * growth, largest);
        }
        double[] rising = [.. distances];
        double[] falling = [.. rising.Reverse()];
        return grading switch
        {
            Grading.Left => rising,
            Grading.Right => falling,
            _ => [.. rising, .. falling],
        };
    }

    // Growth g with first · sum g^distance = length, by bisection on the monotone sum.
    private static double GrowthFor(Region region, int cells, double first, Grading grading)
    {
        double Sum(double growth) => Geometric(cells, growth, grading).Sum() * first;
        if (Sum(1) > region.Length * (1 + 1e-9))
            throw Contradiction(region, $"{cells} cells of {first:g6} m are longer than the region; give fewer or smaller ones");
        double low = 1, high = 2;
        if (Sum(high) < region.Length)
            throw Contradiction(region, $"{cells} cells from {first:g6} m would have to grow by more than 2; give more or larger ones");
        for (int i = 0; i < 200 && high - low > 1e-15; i++)
        {
            double middle = 0.5 * (low + high);
            if (Sum(middle) < region.Length) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }
}
