using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Kernels.Explicit;

namespace NernstPlanckGpu.Gpu.Explicit;

/// <summary>The numbers of some problems of one shape, as <see cref="BatchViews"/> lays them out, in the memory of the host.</summary>
internal sealed class ProblemRows
{
    private readonly PackShape shape;
    private readonly int row;

    /// <summary>Makes room.</summary>
    public ProblemRows(PackShape shape, int problems)
    {
        this.shape = shape;
        row = shape.Cells + 2;
        int species = shape.Species;
        State = new double[(long)problems * (species + 1) * row];
        Conductance = new double[(long)problems * species * row];
        Faces = new double[4L * problems * row];
        Ghosts = new double[4L * problems * species];
        Ends = new int[2L * problems * species];
        Interfaces = new InterfaceRecord[Math.Max(1, (long)problems * shape.InterfaceFaces.Length * species)];
        Circuits = new CircuitConstants[problems];
        Drives = new DriveTable[problems];
    }

    public double[] State { get; }

    public double[] Conductance { get; }

    /// <summary>Fluxes that were gathered; none before the first time.</summary>
    public double[] Fluxes { get; set; } = [];

    public double[] Faces { get; }

    public double[] Ghosts { get; }

    public int[] Ends { get; }

    public InterfaceRecord[] Interfaces { get; }

    public CircuitConstants[] Circuits { get; }

    public DriveTable[] Drives { get; }

    /// <summary>Bytes of a problem.</summary>
    public static long BytesOf(PackShape shape) =>
        (8L * (shape.Cells + 2) * ((3 * shape.Species) + 5)) + (40L * shape.Species) + (48L * shape.InterfaceFaces.Length * shape.Species) + 1024;

    /// <summary>b of a problem's faces, 1/mol.</summary>
    public double[] Resistances(int index) => Faces[(4 * index * row)..((4 * index * row) + row - 1)];

    /// <summary>Fills the rows of a problem.</summary>
    /// <returns>Q that a current clamp starts with, mol.</returns>
    public double Fill(int index, DiscreteProblem problem)
    {
        double[] areas = problem.FaceAreas(), resistance = problem.Resistances(), volumes = problem.Volumes();
        FillFaces(index, problem, resistance, volumes);
        double[] charge = FillState(index, problem, volumes);
        FillEnds(index, problem);
        FillInterfaces(index, problem);
        Drives[index] = new(problem, shape, areas);
        double weight = resistance.Sum() + problem.SternResistance.Left + problem.SternResistance.Right;
        Circuits[index] = new((int)Drives[index].Kind, 1 / weight);
        bool startsWithNothing = problem.Problem.Left.Electric is CurrentBoundary || problem.Problem.Initial is CellsInitialState;
        return Drives[index].Kind == CircuitKind.CurrentClamp && !startsWithNothing ? -charge[problem.Cells] : 0;
    }

    private void FillFaces(int index, DiscreteProblem problem, double[] resistance, double[] volumes)
    {
        Span<double> Row(int which) => Faces.AsSpan((int)(((4L * index) + which) * row), row);
        resistance.CopyTo(Row(0));
        resistance.CopyTo(Row(1));
        Row(1)[0] += problem.SternResistance.Left;
        Row(1)[problem.Cells] += problem.SternResistance.Right;
        for (int i = 1; i <= problem.Cells; i++)
        {
            Row(2)[i] = 1 / volumes[i - 1];
            Row(3)[i] = problem.FixedCharge(i - 1);
        }
        double[][] conductance = problem.Conductance();
        for (int s = 0; s < shape.Species; s++)
            conductance[shape.Order[s]].CopyTo(Conductance.AsSpan((int)((((long)index * shape.Species) + s) * row)));
    }

    // Concentrations, and q by Gauss's law from the left end on.
    private double[] FillState(int index, DiscreteProblem problem, double[] volumes)
    {
        double[][] initial = problem.InitialConcentration();
        double[] q = new double[row];
        if (problem.Problem.Initial is CellsInitialState cells) q[0] = cells.LeftCharge;
        for (int f = 1; f <= problem.Cells; f++) q[f] = q[f - 1] + (problem.FixedCharge(f - 1) * volumes[f - 1]);
        for (int s = 0; s < shape.Species; s++)
        {
            double[] c = initial[shape.Order[s]];
            c.CopyTo(State, (((long)index * (shape.Species + 1)) + s) * row);
            double charge = 0;
            for (int f = 1; f <= problem.Cells; f++)
            {
                charge += shape.Valence[s] * c[f] * volumes[f - 1];
                q[f] += charge;
            }
        }
        q.CopyTo(State, (((long)index * (shape.Species + 1)) + shape.Species) * row);
        return q;
    }

    private void FillEnds(int index, DiscreteProblem problem)
    {
        int species = shape.Species;
        for (int s = 0; s < species; s++)
        {
            int original = shape.Order[s];
            Set(0, problem.Problem.Left.Ions[original], problem.LeftGhostInverseVolume[original]);
            Set(1, problem.Problem.Right.Ions[original], problem.RightGhostInverseVolume[original]);
            void Set(int side, IonBoundary ion, double inverseVolume)
            {
                Ends[(((2L * index) + side) * species) + s] = (int)(ion switch
                {
                    BathBoundary => EndKind.Bath,
                    FluxBoundary => EndKind.Flux,
                    ReservoirBoundary => EndKind.Reservoir,
                    _ => EndKind.Blocked,
                });
                long at = ((4L * index) + (2 * side)) * species;
                if (ion is not ReservoirBoundary reservoir) return;
                Ghosts[at + s] = inverseVolume;
                Ghosts[at + species + s] = reservoir.Concentration;
            }
        }
    }

    private void FillInterfaces(int index, DiscreteProblem problem)
    {
        for (int i = 0; i < problem.Interfaces.Count; i++)
        {
            InterfaceFace face = problem.Interfaces[i];
            for (int s = 0; s < shape.Species; s++)
            {
                int original = shape.Order[s];
                Interfaces[((((long)index * shape.InterfaceFaces.Length) + i) * shape.Species) + s] = new(
                    face.LeftConductance[original], face.RightConductance[original], -shape.Valence[s] * face.LeftResistance,
                    -shape.Valence[s] * face.RightResistance, face.Partition[original], 1 / face.Partition[original]);
            }
        }
    }
}
