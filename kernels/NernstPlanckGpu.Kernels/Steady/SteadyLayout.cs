namespace NernstPlanckGpu.Kernels.Steady;

/// <summary>
/// Where the numbers of a batch of steady states stand. All arrays are interleaved, element e of problem k at e · problems + k, so that the
/// threads of a warp read neighbours. What many problems share (grid, diffusivities, permittivities) is a set of its own; what a
/// whole group shares (which cells belong together) are integers.
/// </summary>
/// <param name="Cells">n.</param>
/// <param name="Species">N.</param>
/// <param name="Interfaces">Faces between unlike half cells.</param>
/// <param name="Parts">Compartments of all species.</param>
/// <param name="Borders">Border unknowns.</param>
/// <param name="SeeksLeft">1 where the left end's potential is sought, else 0.</param>
/// <param name="SeeksRight">The same for the right end.</param>
public readonly record struct SteadyLayout(int Cells, int Species, int Interfaces, int Parts, int Borders, int SeeksLeft, int SeeksRight)
{
    /// <summary>Most species, and most border unknowns: what a thread has room for.</summary>
    public const int MostSpecies = 8, MostBorders = 12;

    /// <summary>Numbers of a compartment: species, first cell, last cell, kind.</summary>
    public const int PartSize = 4;

    /// <summary>Kinds of compartments: from bath to bath, beside the left or right bath, closed, one cell that nothing enters or leaves.</summary>
    public const int Through = 0, BesideLeft = 1, BesideRight = 2, Closed = 3, Inert = 4;

    /// <summary>Numbers of a border: kind, species, compartment or ghost block.</summary>
    public const int BorderSize = 3;

    /// <summary>Kinds of borders: flux of a passing species, amount of a closed compartment, potential of a bath's end, the sought voltage.</summary>
    public const int FluxBorder = 0, AmountBorder = 1, BathBorder = 2, VoltageBorder = 3;

    /// <summary>Rows of a species in a cell: of one face, at equilibrium, or none.</summary>
    public const int FaceRow = 0, LocalRow = 1, NoRow = 2;

    /// <summary>Numbers of an end: weight of its electrode, coupling to the stack, potential, charge.</summary>
    public const int EndSize = 4;

    /// <summary>Unknowns of a cell.</summary>
    public int Size => Species + 1;

    /// <summary>Cells and ghosts.</summary>
    public int Blocks => Cells + 2;

    /// <summary>Right-hand sides: the residual and one per border.</summary>
    public int Columns => Borders + 1;

    private int Faces => (Cells + 1) * Species;

    // Work of a problem; the potentials come first, then what else is read back.

    /// <summary>Steady flux per species.</summary>
    public int FluxAt => Blocks;

    /// <summary>dI/dpsi of the left electrode, over F.</summary>
    public int ConductanceAt => FluxAt + Species;

    /// <summary>Numbers that are read back.</summary>
    public int ReadBack => ConductanceAt + 1;

    /// <summary>Concentrations, [block][species].</summary>
    public int ConcentrationAt => ReadBack;

    /// <summary>a, [face][species].</summary>
    public int LeftAt => ConcentrationAt + Blocks * Species;

    /// <summary>b.</summary>
    public int RightAt => LeftAt + Faces;

    /// <summary>g.</summary>
    public int SlopeAt => RightAt + Faces;

    /// <summary>Rows of the passing fluxes.</summary>
    public int WeightAt => SlopeAt + Faces;

    /// <summary>Upper blocks of cells 0 … n.</summary>
    public int UpperAt => WeightAt + Faces;

    /// <summary>Solutions, [block][column][row].</summary>
    public int SolutionAt => UpperAt + (Cells + 1) * Size * Size;

    /// <summary>Last update of the potential.</summary>
    public int LastAt => SolutionAt + Blocks * Columns * Size;

    /// <summary>Numbers of work of a problem.</summary>
    public int WorkLength => LastAt + Blocks;

    // A set of constants; conductances come first.

    /// <summary>y per face.</summary>
    public int FieldAt => Faces;

    /// <summary>V per block.</summary>
    public int VolumeAt => FieldAt + Cells + 1;

    /// <summary>Fixed charge per block, mol.</summary>
    public int FixedChargeAt => VolumeAt + Blocks;

    /// <summary>K_L, K_R, −z s_L, −z s_R, e^(−w/2), e^(w/2), [kind][interface][species].</summary>
    public int InterfaceAt => FixedChargeAt + Blocks;

    /// <summary>z.</summary>
    public int ValenceAt => InterfaceAt + 6 * Interfaces * Species;

    /// <summary>Numbers of a set.</summary>
    public int ConstantsLength => ValenceAt + Species;

    // Values of a problem; the left end comes first.

    /// <summary>The right end.</summary>
    public const int RightEndAt = EndSize;

    /// <summary>Clamped current over F, mol/s.</summary>
    public const int CurrentAt = 2 * EndSize;

    /// <summary>Concentrations in the two ghosts, [end][species].</summary>
    public const int BathAt = CurrentAt + 1;

    /// <summary>Amount of each compartment that keeps one, mol.</summary>
    public int AmountAt => BathAt + 2 * Species;

    /// <summary>Numbers of values.</summary>
    public int ValuesLength => AmountAt + Parts;

    // Integers of a group; interfaces per face (index or −1) come first.

    /// <summary>Kind of each row, [block][species].</summary>
    public int RowAt => Cells + 1;

    /// <summary>Compartments.</summary>
    public int PartAt => RowAt + Blocks * Species;

    /// <summary>Borders.</summary>
    public int BorderAt => PartAt + Parts * PartSize;

    /// <summary>Integers of a group.</summary>
    public int StructureLength => BorderAt + Borders * BorderSize;
}
