using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results;

/// <summary>Potential, field and charge of an engine's state, for snapshots, traces and certificates.</summary>
internal sealed class FieldReconstruction
{
    private readonly DiscreteProblem problem;
    private readonly double thermalVoltage;
    private readonly double[] valence;
    private readonly double[] width;
    private readonly double[] faceArea, volume, resistance;
    private readonly int middleCell;

    public FieldReconstruction(DiscreteProblem problem)
    {
        this.problem = problem;
        (faceArea, volume, resistance) = (problem.FaceAreas(), problem.Volumes(), problem.Resistances());
        thermalVoltage = PhysicalConstants.ThermalVoltage(problem.Problem.Temperature);
        valence = [.. problem.Problem.Species.Select(species => species.Valence)];
        double[] centres = problem.Centres(), points = [0, .. centres, problem.Grid.Faces[^1]];
        width = [.. Enumerable.Range(0, problem.Cells + 1).Select(f => points[f + 1] - points[f])];
        double middle = Middle(problem);
        middleCell = centres.Count(x => x < middle);
        ReferenceArea = faceArea[problem.ReferenceFace];
    }

    /// <summary>Area that currents and charges per area refer to, m².</summary>
    public double ReferenceArea { get; }

    /// <summary>A snapshot to be filled again and again.</summary>
    public Snapshot NewSnapshot()
    {
        int n = problem.Cells, species = problem.Species;
        return new()
        {
            Concentration = new double[species * n],
            Potential = new double[n],
            ElectricField = new double[n + 1],
            Displacement = new double[n + 1],
            ChargeDensity = new double[n],
            Flux = new double[species * (n + 1)],
        };
    }

    /// <summary>Fills a snapshot from a state.</summary>
    public void Fill(Snapshot snapshot, StateView state, double time)
    {
        int n = problem.Cells;
        snapshot.Time = time;
        for (int s = 0; s < problem.Species; s++)
        {
            Array.Copy(state.Concentration[s], 1, snapshot.Concentration, s * n, n);
            for (int f = 0; f <= n; f++)
                snapshot.Flux[s * (n + 1) + f] = faceArea[f] > 0 ? state.Flux[s][f] / faceArea[f] : 0;
        }
        for (int f = 0; f <= n; f++)
        {
            snapshot.Displacement[f] = faceArea[f] > 0 ? PhysicalConstants.Faraday * state.Charge[f] / faceArea[f] : 0;
            snapshot.ElectricField[f] = Drop(state, f) / width[f];
        }
        for (int i = 0; i < n; i++) snapshot.ChargeDensity[i] = PhysicalConstants.Faraday * Charge(state, i);
        (snapshot.LeftPotential, snapshot.RightPotential) = EndPotentials(state, time);
        double potential = snapshot.LeftPotential;
        for (int i = 0; i < n; i++) snapshot.Potential[i] = potential -= Drop(state, i);
    }

    /// <summary>Potentials of the two ends of the stack, V.</summary>
    public (double Left, double Right) EndPotentials(StateView state, double time)
    {
        double total = 0;
        for (int f = 0; f <= problem.Cells; f++) total += Drop(state, f);
        if (Electrode(problem.Problem.Right.Electric, time) is { } right)
        {
            double end = right + thermalVoltage * problem.SternResistance.Right * state.Charge[^1];
            return (end + total, end);
        }
        if (Electrode(problem.Problem.Left.Electric, time) is { } left)
        {
            double end = left - thermalVoltage * problem.SternResistance.Left * state.Charge[0];
            return (end, end - total);
        }
        return (total, 0);
    }

    /// <summary>Charge of the ions and the fixed charge left of the middle of the membrane (or stack) per reference area, C/m².</summary>
    public double LeftCharge(StateView state)
    {
        double sum = 0;
        for (int i = 0; i < middleCell; i++) sum += Charge(state, i) * volume[i];
        return PhysicalConstants.Faraday * sum / ReferenceArea;
    }

    /// <summary>Ionic current of one species through the reference face per reference area, A/m².</summary>
    public double IonicCurrent(StateView state, int species) =>
        PhysicalConstants.Faraday * valence[species] * state.Flux[species][problem.ReferenceFace] / ReferenceArea;

    /// <summary>Largest violation of Gauss's law in any cell, mol/m³.</summary>
    public double GaussResidual(StateView state)
    {
        double worst = 0;
        for (int i = 0; i < problem.Cells; i++)
            worst = Math.Max(worst, Math.Abs((state.Charge[i + 1] - state.Charge[i]) / volume[i] - Charge(state, i)));
        return worst;
    }

    /// <summary>Concentration at an end: of the bath or reservoir, or of the outermost cell where the end is closed.</summary>
    public double EndConcentration(StateView state, int species, bool left)
    {
        Boundary boundary = left ? problem.Problem.Left : problem.Problem.Right;
        bool open = boundary.Ions[species] is BathBoundary or ReservoirBoundary;
        int n = problem.Cells;
        return state.Concentration[species][left ? (open ? 0 : 1) : (open ? n + 1 : n)];
    }

    /// <summary>Electrode potential of an end, V; null where none is prescribed.</summary>
    public static double? Electrode(ElectricBoundary boundary, double time) => boundary.Electrode?.At(time);

    // Potential drop over a face, V, left minus right.
    private double Drop(StateView state, int face) => thermalVoltage * resistance[face] * state.Charge[face];

    // Charge of a cell over F, fixed charge included, mol/m³.
    private double Charge(StateView state, int cell)
    {
        double sum = problem.FixedCharge(cell);
        for (int s = 0; s < valence.Length; s++) sum += valence[s] * state.Concentration[s][cell + 1];
        return sum;
    }

    private static double Middle(DiscreteProblem problem)
    {
        double x = 0;
        foreach (Region region in problem.Problem.Regions)
        {
            if (region.IsMembrane) return x + 0.5 * region.Length;
            x += region.Length;
        }
        return 0.5 * x;
    }
}
