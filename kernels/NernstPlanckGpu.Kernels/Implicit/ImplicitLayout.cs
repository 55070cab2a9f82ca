using NernstPlanckGpu.Formulas.Implicit;

namespace NernstPlanckGpu.Kernels.Implicit;

/// <summary>
/// Where the numbers of a problem lie in the memory of a batch, [tile][number][problem of the tile]. First what the host writes (constants, ends, waveforms,
/// closed amounts, state), then what steps need.
/// </summary>
public readonly record struct ImplicitLayout
{
    /// <summary>
    /// Problems of a tile: a warp of a GPU, which so reads 256 bytes in one go. Were all problems of a batch side by side instead, every number
    /// would lie on a page of memory of its own: 256 problems of 256 cells then took a CPU's OpenCL device 30 times as long.
    /// </summary>
    public const int Tile = 32;

    /// <summary>Numbers of a waveform's piece: origin, value, slope, amplitude, angular frequency, phase.</summary>
    public const int Piece = 6;

    /// <summary>Numbers of a closed amount: mol, species, first and last cell, volumes of the reservoirs at its left and right.</summary>
    public const int Part = 6;

    /// <summary>Lays out a problem.</summary>
    /// <param name="species">Species.</param>
    /// <param name="cells">Cells.</param>
    /// <param name="interfaces">Interfaces.</param>
    /// <param name="stages">Stages of the method.</param>
    /// <param name="segments">Spans between corners of the waveforms that are written ahead.</param>
    /// <param name="parts">Most closed amounts of a problem.</param>
    public ImplicitLayout(int species, int cells, int interfaces, int stages, int segments, int parts)
    {
        (Species, Cells, Interfaces, Stages, Segments, Parts) = (species, cells, interfaces, stages, segments, parts);
        int faces = cells + 1, blocks = cells + 2, m = species + 1, matrix = blocks * m * m, vector = blocks * m;
        InverseResistance = faces * species;
        Volume = InverseResistance + faces;
        FixedCharge = Volume + blocks;
        Interface = FixedCharge + blocks;
        Ends = Interface + 6 * interfaces * species;
        Pieces = Ends + EndView.Length(species);
        Amounts = Pieces + segments * SegmentLength;
        State = Amounts + parts * Part;
        Argument = State + vector;
        FirstStage = Argument + vector;
        Flux = FirstStage + stages * vector;
        Coefficients = Flux + faces * species;
        Factor = Coefficients + 3 * faces * species;
        Upper = Factor + matrix;
        Escape = Upper + matrix;
        Reduction = Escape + matrix;
        Length = Reduction + 5 * m * m + m;
    }

    /// <summary>Species.</summary>
    public int Species { get; }

    /// <summary>Cells.</summary>
    public int Cells { get; }

    /// <summary>Interfaces.</summary>
    public int Interfaces { get; }

    /// <summary>Stages.</summary>
    public int Stages { get; }

    /// <summary>Spans between corners.</summary>
    public int Segments { get; }

    /// <summary>Closed amounts.</summary>
    public int Parts { get; }

    /// <summary>Numbers of a span between corners: its end, and a piece per drive (left ions, left potential, right ions, right potential).</summary>
    public int SegmentLength => 1 + 2 * (Species + 1) * Piece;

    /// <summary>1/b; conductances stand first, at 0.</summary>
    public int InverseResistance { get; }

    /// <summary>Volumes.</summary>
    public int Volume { get; }

    /// <summary>Fixed charges.</summary>
    public int FixedCharge { get; }

    /// <summary>Interfaces' numbers.</summary>
    public int Interface { get; }

    /// <summary>Ends.</summary>
    public int Ends { get; }

    /// <summary>Spans between corners.</summary>
    public int Pieces { get; }

    /// <summary>Closed amounts.</summary>
    public int Amounts { get; }

    /// <summary>State.</summary>
    public int State { get; }

    /// <summary>Argument of a stage, then trial state; the first number that the host does not write.</summary>
    public int Argument { get; }

    /// <summary>Stages.</summary>
    public int FirstStage { get; }

    /// <summary>Fluxes.</summary>
    public int Flux { get; }

    /// <summary>Left, Right, Slope.</summary>
    public int Coefficients { get; }

    /// <summary>Inverses.</summary>
    public int Factor { get; }

    /// <summary>D⁻¹ B.</summary>
    public int Upper { get; }

    /// <summary>E.</summary>
    public int Escape { get; }

    /// <summary>Flow, source and end blocks.</summary>
    public int Reduction { get; }

    /// <summary>Numbers of a problem.</summary>
    public int Length { get; }
}
