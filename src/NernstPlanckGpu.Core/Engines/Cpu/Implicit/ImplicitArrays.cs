using System.Runtime.InteropServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Formulas.Implicit;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The memory of an implicit pack, laid [index][problem of the pack]. Unknowns stand cell by cell, ghosts included: block i holds
/// the concentrations of cell i in the pack's order of species, then its reduced potential psi = F phi/RT. Face quantities
/// are [face][species].
/// </summary>
internal sealed unsafe class ImplicitArrays : IDisposable
{
    private double* block;
    private int* indices;

    public ImplicitArrays(PackShape shape, int problems, int vectors, bool separateFaces)
    {
        (Shape, Problems) = (shape, problems);
        (Species, Cells) = (shape.Species, shape.Cells);
        Size = Species + 1;
        Blocks = Cells + 2;
        VectorLength = (long)Blocks * Size * problems;
        long faces = (long)(Cells + 1) * Species * problems, matrix = VectorLength * Size;
        // With activity coefficients alone: per cell and species, and per face and species.
        long active = shape.IsIdeal ? 0 : (long)Blocks * Species * problems, activeFaces = shape.IsIdeal ? 0 : faces;
        int interfaces = shape.InterfaceFaces.Length * Species * problems;
        long total = vectors * VectorLength + (separateFaces ? 8 : 5) * faces + 2L * (Cells + 1) * problems + (2L + Species) * Blocks * problems
            + 2 * matrix + 6L * interfaces + 3L * Size * Size * problems + Size * problems + Species + (separateFaces ? 0 : matrix) + 64
            + 4 * active + 2 * activeFaces + (shape.IsIdeal ? 0 : Species * problems)
            + (EndView.Length(Species) + 4L * Size * Size) * problems + shape.GroupMagnitude.Length;
        block = (double*)NativeMemory.AlignedAlloc((nuint)total * sizeof(double), 64);
        NativeMemory.Clear(block, (nuint)total * sizeof(double));
        double* next = block;
        double* Take(long count)
        {
            double* start = next;
            next += count;
            return start;
        }
        Vectors = Take(vectors * VectorLength);
        Conductance = Take(faces);
        Flux = Take(faces);
        Left = Take(faces);
        Right = Take(faces);
        Slope = Take(faces);
        LowerLeft = separateFaces ? Take(faces) : Left;
        LowerRight = separateFaces ? Take(faces) : Right;
        LowerSlope = separateFaces ? Take(faces) : Slope;
        InverseResistance = Take((long)(Cells + 1) * problems);
        Volume = Take((long)Blocks * problems);
        FixedCharge = Take((long)Blocks * problems);
        LocalSlope = Take((long)Blocks * Species * problems);
        Factor = Take(matrix);
        Upper = Take(matrix);
        Interface = Take(6L * interfaces);
        InterfaceLength = interfaces;
        FirstUpper = Take((long)Size * Size * problems);
        LastLower = Take((long)Size * Size * problems);
        Escape = separateFaces ? null : Take(matrix);
        Flow = Take((long)Size * Size * problems);
        Source = Take((long)Size * problems);
        Valence = Take(Species);
        for (int s = 0; s < Species; s++) Valence[s] = shape.Valence[s];
        LogGamma = Take(active);
        LogGammaSlope = Take(active);
        Amplitude = Take(active);
        Closeness = Take(active);
        ExcessLeft = Take(activeFaces);
        ExcessRight = Take(activeFaces);
        ActivityWeight = Take(shape.IsIdeal ? 0 : Species * problems);
        Ends = Take((long)EndView.Length(Species) * problems);
        EndBlocks = Take(4L * Size * Size * problems);
        GroupMagnitude = Take(shape.GroupMagnitude.Length);
        for (int g = 0; g < shape.GroupMagnitude.Length; g++) GroupMagnitude[g] = shape.GroupMagnitude[g];
        indices = (int*)NativeMemory.Alloc((nuint)(Cells + 1 + shape.GroupEnd.Length), sizeof(int));
        InterfaceAt = indices;
        GroupEnd = indices + Cells + 1;
        new Span<int>(InterfaceAt, Cells + 1).Fill(-1);
        for (int i = 0; i < shape.InterfaceFaces.Length; i++) InterfaceAt[shape.InterfaceFaces[i]] = i;
        for (int g = 0; g < shape.GroupEnd.Length; g++) GroupEnd[g] = shape.GroupEnd[g];
    }

    public PackShape Shape { get; }

    public int Problems { get; }

    public int Species { get; }

    /// <summary>Cells in the stack; blocks 0 and Cells + 1 are the ghosts.</summary>
    public int Cells { get; }

    /// <summary>Unknowns of a cell.</summary>
    public int Size { get; }

    public int Blocks { get; }

    /// <summary>Elements of a vector of unknowns.</summary>
    public long VectorLength { get; }

    /// <summary>Vectors of unknowns, one after the other.</summary>
    public double* Vectors { get; }

    /// <summary>K per face and species, m³/s.</summary>
    public double* Conductance { get; }

    /// <summary>A J, mol/s.</summary>
    public double* Flux { get; }

    /// <summary>J = Left c_L − Right c_R, m³/s; and dJ/d(drop), mol/s.</summary>
    public double* Left { get; }

    public double* Right { get; }

    public double* Slope { get; }

    /// <summary>
    /// The same three as the row of the cell right of the face has them; the row of the cell left of it has those above. One and the
    /// same in a continuity equation, J_left − J_right; apart in a steady state, whose rows balance one of their two faces.
    /// </summary>
    public double* LowerLeft { get; }

    public double* LowerRight { get; }

    public double* LowerSlope { get; }

    /// <summary>1/b per face, mol; 0 on an axis.</summary>
    public double* InverseResistance { get; }

    /// <summary>Volume of each block, m³; of ghosts 0 (a reservoir's belongs to a species).</summary>
    public double* Volume { get; }

    /// <summary>Fixed charge of each block, mol.</summary>
    public double* FixedCharge { get; }

    /// <summary>
    /// Derivative of a species' row by the potential of its own cell alone, [block][species]; for a species at equilibrium in a steady
    /// state, whose rows are c + z c psi = c alpha. 0 elsewhere.
    /// </summary>
    public double* LocalSlope { get; }

    /// <summary>Diagonal blocks, then their inverses.</summary>
    public double* Factor { get; }

    /// <summary>Diagonal block inverse times upper block.</summary>
    public double* Upper { get; }

    /// <summary>E of each block in a <see cref="FluxReduction{T}"/>; not there with separate faces.</summary>
    public double* Escape { get; }

    /// <summary>E and s of what lies left of a cell, during a reduction.</summary>
    public double* Flow { get; }

    public double* Source { get; }

    /// <summary>Per interface and species: K_L, K_R, −z s_L, −z s_R, e^(−w/2), e^(w/2).</summary>
    public double* Interface { get; }

    public int InterfaceLength { get; }

    /// <summary>Block (0, 1), dense.</summary>
    public double* FirstUpper { get; }

    /// <summary>Block (n + 1, n), dense.</summary>
    public double* LastLower { get; }

    /// <summary>z of each species in the pack's order.</summary>
    public double* Valence { get; }

    /// <summary>ln gamma per cell and species, and its derivative by the activity model's measure; here and below with activity coefficients alone.</summary>
    public double* LogGamma { get; }

    public double* LogGammaSlope { get; }

    /// <summary>A or k, and beta, of <see cref="ActivityConstants"/> per cell and species.</summary>
    public double* Amplitude { get; }

    public double* Closeness { get; }

    /// <summary>dJ per change of the measure in the cell left of the face, and minus that in the cell right of it; mol/s.</summary>
    public double* ExcessLeft { get; }

    public double* ExcessRight { get; }

    /// <summary>Weights of the measure, [species][problem].</summary>
    public double* ActivityWeight { get; }

    /// <summary>Conditions of the ends, <see cref="EndView"/>.</summary>
    public double* Ends { get; }

    /// <summary>What <see cref="EndElimination{T}"/> keeps.</summary>
    public double* EndBlocks { get; }

    /// <summary>|z| of each group of species, and the first species after it.</summary>
    public double* GroupMagnitude { get; }

    public int* GroupEnd { get; }

    /// <summary>Index of the interface at a face, or −1.</summary>
    public int* InterfaceAt { get; }

    public double* Vector(int index) => Vectors + index * VectorLength;

    /// <summary>The arrays as formulas see them: from place k of the lane on.</summary>
    /// <param name="k">0 for all problems of the lane; a problem's place for it alone.</param>
    public ImplicitView View(int k = 0) => new()
    {
        Species = Species,
        Cells = Cells,
        Stride = Problems,
        Valence = Valence,
        GroupMagnitude = GroupMagnitude,
        GroupEnd = GroupEnd,
        Groups = Shape.GroupEnd.Length,
        InterfaceAt = InterfaceAt,
        Conductance = Conductance + k,
        InverseResistance = InverseResistance + k,
        Volume = Volume + k,
        FixedCharge = FixedCharge + k,
        Interface = Interface + k,
        InterfaceLength = InterfaceLength,
        Ends = Ends + k,
        Flux = Flux + k,
        Left = Left + k,
        Right = Right + k,
        Slope = Slope + k,
        Factor = Factor + k,
        Upper = Upper + k,
        Escape = Escape + k,
        Flow = Flow + k,
        Source = Source + k,
        EndBlocks = EndBlocks + k,
        ExcessLeft = ExcessLeft + k,
        ExcessRight = ExcessRight + k,
        ActivityWeight = ActivityWeight + k,
    };

    /// <summary>Writes the constants of a problem into place k.</summary>
    public void Load(DiscreteProblem problem, int k)
    {
        int w = Problems;
        double[][] conductance = problem.Conductance();
        double[] resistance = problem.Resistances(), volume = problem.Volumes();
        for (int f = 0; f <= Cells; f++)
        {
            InverseResistance[f * w + k] = resistance[f] > 0 ? 1 / resistance[f] : 0;
            for (int s = 0; s < Species; s++) Conductance[(f * Species + s) * w + k] = conductance[Shape.Order[s]][f];
        }
        for (int i = 1; i <= Cells; i++)
        {
            Volume[i * w + k] = volume[i - 1];
            FixedCharge[i * w + k] = problem.FixedCharge(i - 1) * volume[i - 1];
        }
        for (int i = 0; i < problem.Interfaces.Count; i++) LoadInterface(problem.Interfaces[i], i, k);
        if (!Shape.IsIdeal) LoadActivity(new(problem, Shape), k);
    }

    private void LoadActivity(ActivityConstants constants, int k)
    {
        for (int s = 0; s < Species; s++)
        {
            ActivityWeight[s * Problems + k] = constants.Weight[s];
            for (int i = 0; i < Blocks; i++)
            {
                long at = ((long)i * Species + s) * Problems + k;
                (Amplitude[at], Closeness[at]) = (constants.Amplitude(s, i), constants.Closeness(s, i));
            }
        }
    }

    private void LoadInterface(InterfaceFace face, int index, int k)
    {
        double whole = face.LeftResistance + face.RightResistance;
        for (int s = 0; s < Species; s++)
        {
            int original = Shape.Order[s];
            double* item = Interface + (long)(index * Species + s) * Problems + k;
            item[0] = face.LeftConductance[original];
            item[InterfaceLength] = face.RightConductance[original];
            item[2 * InterfaceLength] = -Shape.Valence[s] * face.LeftResistance / whole;
            item[3 * InterfaceLength] = -Shape.Valence[s] * face.RightResistance / whole;
            item[4 * InterfaceLength] = face.Partition[original];
            item[5 * InterfaceLength] = 1 / face.Partition[original];
        }
    }

    public void Dispose()
    {
        if (block is null) return;
        NativeMemory.AlignedFree(block);
        NativeMemory.Free(indices);
        block = null;
        indices = null;
    }
}
