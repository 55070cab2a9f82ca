namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>
/// Where the numbers of coupled problems lie, as one lane sees them. Arrays are [index][problem]; a pointer stands at the lane's (first) problem and
/// <see cref="Stride"/> leads from an index to the next. Vectors of unknowns stand cell by cell, ghosts included: block i holds the concentrations
/// of cell i in the pack's order of species, then its reduced potential psi = F phi/RT. Face quantities are [face][species].
/// </summary>
/// <remarks>A CPU pack has four or eight problems side by side and a lane of as many; a GPU has all of a batch and a lane of one, so that the
/// threads of a warp read neighbours. Offsets are int, so a memory has fewer than 2^31 numbers: ILGPU 1.5.3 makes an address of a pointer and an
/// int alone; with a long it writes OpenCL C that does not compile.</remarks>
public unsafe struct ImplicitView
{
    /// <summary>Number of species S.</summary>
    public int Species { get; set; }

    /// <summary>Cells in the stack; blocks 0 and Cells + 1 are the ghosts.</summary>
    public int Cells { get; set; }

    /// <summary>Elements from an index to the next: problems in the memory.</summary>
    public int Stride { get; set; }

    /// <summary>z of each species; not by problem.</summary>
    public double* Valence { get; set; }

    /// <summary>|z| of each group of species that share it; not by problem.</summary>
    public double* GroupMagnitude { get; set; }

    /// <summary>First species after each group; not by problem.</summary>
    public int* GroupEnd { get; set; }

    /// <summary>Number of groups.</summary>
    public int Groups { get; set; }

    /// <summary>Index of the interface at a face, or −1; not by problem.</summary>
    public int* InterfaceAt { get; set; }

    /// <summary>K = A D/h per face and species, m³/s.</summary>
    public double* Conductance { get; set; }

    /// <summary>1/b per face, mol; 0 on an axis.</summary>
    public double* InverseResistance { get; set; }

    /// <summary>Volume of each block, m³; of ghosts 0 (a reservoir's belongs to a species).</summary>
    public double* Volume { get; set; }

    /// <summary>Fixed charge of each block, mol.</summary>
    public double* FixedCharge { get; set; }

    /// <summary>Per interface and species: K_L, K_R, −z s_L, −z s_R, e^(−w/2), e^(w/2), each an array of its own.</summary>
    public double* Interface { get; set; }

    /// <summary>Elements from one of these arrays to the next.</summary>
    public int InterfaceLength { get; set; }

    /// <summary>The two ends: <see cref="EndView"/>.</summary>
    public double* Ends { get; set; }

    /// <summary>A J per face and species, mol/s.</summary>
    public double* Flux { get; set; }

    /// <summary>Coefficient of c_L in J, m³/s.</summary>
    public double* Left { get; set; }

    /// <summary>Coefficient of −c_R in J, m³/s.</summary>
    public double* Right { get; set; }

    /// <summary>dJ/d(drop), mol/s.</summary>
    public double* Slope { get; set; }

    /// <summary>D⁻¹ of each block.</summary>
    public double* Factor { get; set; }

    /// <summary>D⁻¹ B of each block.</summary>
    public double* Upper { get; set; }

    /// <summary>E of each block.</summary>
    public double* Escape { get; set; }

    /// <summary>E of what lies left of a cell, during a reduction.</summary>
    public double* Flow { get; set; }

    /// <summary>s of what lies left of a cell, during a solution.</summary>
    public double* Source { get; set; }

    /// <summary>What <see cref="EndElimination{T}"/> keeps of the two ghosts: four blocks.</summary>
    public double* EndBlocks { get; set; }

    /// <summary>dJ per change of the activity model's measure left of a face; null where ions are ideal.</summary>
    public double* ExcessLeft { get; set; }

    /// <summary>Minus that right of it.</summary>
    public double* ExcessRight { get; set; }

    /// <summary>Weights of the measure per species.</summary>
    public double* ActivityWeight { get; set; }

    /// <summary>Unknowns of a block, S + 1.</summary>
    public readonly int Size => Species + 1;

    /// <summary>Elements of a vector of unknowns, all problems together.</summary>
    public readonly int VectorLength => (Cells + 2) * Size * Stride;

    /// <summary>Place of an unknown in a vector.</summary>
    /// <param name="block">Block, 0 … n + 1.</param>
    /// <param name="row">Species, or S for the potential.</param>
    public readonly int At(int block, int row) => (block * Size + row) * Stride;

    /// <summary>Place of a species' number at a face.</summary>
    /// <param name="face">0 … n.</param>
    /// <param name="species">Species.</param>
    public readonly int AtFace(int face, int species) => (face * Species + species) * Stride;
}
