using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>Turns a problem into finite volumes.</summary>
public static class Discretiser
{
    /// <summary>Discretises on the problem's own grid.</summary>
    /// <param name="problem">Problem.</param>
    public static DiscreteProblem Discretise(PnpProblem problem) => Discretise(problem, GridBuilder.Build(problem));

    /// <summary>Discretises on a given grid.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="grid">Grid whose faces include every region boundary.</param>
    public static DiscreteProblem Discretise(PnpProblem problem, Grid grid)
    {
        AreaProfile area = AreaProfile.Of(problem.Geometry);
        double leftArea = area.Area(0), rightArea = area.Area(grid.Faces[^1]);
        FaceBuilder faces = new FaceBuilder(problem, grid).Build();
        var discrete = new DiscreteProblem
        {
            Problem = problem,
            Grid = grid,
            Interfaces = faces.Interfaces,
            SternResistance = (Stern(problem, problem.Left, leftArea), Stern(problem, problem.Right, rightArea)),
            LeftGhostInverseVolume = [.. problem.Left.Ions.Select(ion => GhostInverseVolume(ion, leftArea))],
            RightGhostInverseVolume = [.. problem.Right.Ions.Select(ion => GhostInverseVolume(ion, rightArea))],
            ReferenceFace = ReferenceFace(problem, grid),
        };
        ProblemArrays.Keep(discrete, faces);
        return discrete;
    }

    /// <summary>F²/(RT eps0): makes b of a series resistance over a relative permittivity.</summary>
    internal static double ResistanceScale(PnpProblem problem) =>
        PhysicalConstants.Faraday / PhysicalConstants.ThermalVoltage(problem.Temperature) / PhysicalConstants.VacuumPermittivity;

    private static double Stern(PnpProblem problem, Boundary boundary, double area) => boundary.Electric is SternBoundary stern
        ? PhysicalConstants.Faraday / PhysicalConstants.ThermalVoltage(problem.Temperature) / (area * stern.Capacitance) : 0;

    private static double GhostInverseVolume(IonBoundary ion, double area) =>
        ion is ReservoirBoundary reservoir && area > 0 ? 1 / (reservoir.Depth * area) : 0;

    private static int ReferenceFace(PnpProblem problem, Grid grid)
    {
        int cell = Array.FindIndex(grid.RegionOfCell, region => problem.Regions[region].IsMembrane);
        return cell < 0 ? grid.Cells : cell;
    }
}

/// <summary>Conductances and resistances of the faces, in series halves.</summary>
internal sealed class FaceBuilder(PnpProblem problem, Grid grid)
{
    private readonly AreaProfile area = AreaProfile.Of(problem.Geometry);
    private readonly double[] centres = grid.Centres();

    public double[][] Conductance { get; } = [.. problem.Species.Select(_ => new double[grid.Cells + 1])];

    public double[] Resistance { get; } = new double[grid.Cells + 1];

    public List<InterfaceFace> Interfaces { get; } = [];

    public FaceBuilder Build()
    {
        int n = grid.Cells;
        End(0, grid.RegionOfCell[0], area.Resistance(0, centres[0]), problem.Left);
        for (int f = 1; f < n; f++) Inner(f);
        End(n, grid.RegionOfCell[n - 1], area.Resistance(centres[n - 1], grid.Faces[n]), problem.Right);
        return this;
    }

    private double Diffusivity(int species, int region)
    {
        Region r = problem.Regions[region];
        return r.Impermeable[species] ? 0 : problem.Species[species].Diffusivity * r.DiffusivityFactor[species];
    }

    private double ElectricalResistance(int region, double geometric) =>
        Discretiser.ResistanceScale(problem) * geometric / problem.Regions[region].Permittivity;

    // At an end the ghost's side has no extent. From an axis or centre nothing comes: no flux and no drop.
    private void End(int face, int region, double geometric, Boundary boundary)
    {
        if (double.IsInfinity(geometric)) return;
        Resistance[face] = ElectricalResistance(region, geometric);
        for (int s = 0; s < Conductance.Length; s++)
        {
            bool open = boundary.Ions[s] is BathBoundary or ReservoirBoundary;
            Conductance[s][face] = open ? Diffusivity(s, region) / geometric : 0;
        }
    }

    private void Inner(int f)
    {
        int left = grid.RegionOfCell[f - 1], right = grid.RegionOfCell[f];
        double leftHalf = area.Resistance(centres[f - 1], grid.Faces[f]), rightHalf = area.Resistance(grid.Faces[f], centres[f]);
        double leftDrop = ElectricalResistance(left, leftHalf), rightDrop = ElectricalResistance(right, rightHalf);
        Resistance[f] = leftDrop + rightDrop;
        int count = Conductance.Length;
        if (left == right || !Jumps(left, right))
        {
            for (int s = 0; s < count; s++) Conductance[s][f] = Diffusivity(s, left) / (leftHalf + rightHalf);
            return;
        }
        double[] partition = new double[count], leftK = new double[count], rightK = new double[count];
        for (int s = 0; s < count; s++)
        {
            leftK[s] = Diffusivity(s, left) / leftHalf;
            rightK[s] = Diffusivity(s, right) / rightHalf;
            double jump = problem.Regions[right].Barrier[s] - problem.Regions[left].Barrier[s];
            partition[s] = Math.Exp(-0.5 * jump / (PhysicalConstants.GasConstant * problem.Temperature));
        }
        Interfaces.Add(new(f, leftDrop, rightDrop, leftK, rightK, partition));
    }

    private bool Jumps(int left, int right)
    {
        Region a = problem.Regions[left], b = problem.Regions[right];
        if (a.Permittivity != b.Permittivity) return true;
        // ln gamma jumps where a membrane begins.
        if (problem.Activity.Kind != ActivityKind.Ideal && a.IsMembrane != b.IsMembrane) return true;
        for (int s = 0; s < problem.Species.Count; s++)
            if (a.Barrier[s] != b.Barrier[s] || Diffusivity(s, left) != Diffusivity(s, right)) return true;
        return false;
    }
}
