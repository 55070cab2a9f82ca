namespace NernstPlanckGpu.Core.Model;

/// <summary>A layer of the stack: bath, membrane, gel, … Lists are indexed like <see cref="PnpProblem.Species"/>.</summary>
public sealed record Region
{
    /// <summary>Name, unique in the stack.</summary>
    public required string Name { get; init; }

    /// <summary>Thickness, m; > 0.</summary>
    public required double Length { get; init; }

    /// <summary>Relative permittivity; > 0.</summary>
    public required double Permittivity { get; init; }

    /// <summary>Initial (and, at a bath end, boundary) concentration per species, mol/m³; null: blend of the neighbours (a membrane).</summary>
    public IReadOnlyList<double>? Concentration { get; init; }

    /// <summary>Fixed charge in mol/m³ of elementary charges, with sign.</summary>
    public double FixedCharge { get; init; }

    /// <summary>True for a membrane: mechanisms act here and plots shade it.</summary>
    public bool IsMembrane { get; init; }

    /// <summary>Per species: true where the region lets none through (D = 0, c = 0).</summary>
    public required IReadOnlyList<bool> Impermeable { get; init; }

    /// <summary>Per species: factor on the bulk diffusivity, dimensionless; ≥ 0.</summary>
    public required IReadOnlyList<double> DiffusivityFactor { get; init; }

    /// <summary>Per species: standard chemical potential W against bulk water, J/mol.</summary>
    public required IReadOnlyList<double> Barrier { get; init; }

    /// <summary>Grid of this region; null: automatic from the Debye length.</summary>
    public RegionGrid? Grid { get; init; }
}

/// <summary>Which ends of a region are graded: the smallest cell lies there.</summary>
[Flags]
public enum Grading
{
    /// <summary>Uniform cells.</summary>
    None = 0,

    /// <summary>Smallest cell at the left end.</summary>
    Left = 1,

    /// <summary>Smallest cell at the right end.</summary>
    Right = 2,

    /// <summary>Smallest cells at both ends.</summary>
    Both = Left | Right,
}

/// <summary>
/// Cells of a region, geometric away from the graded ends. Two of the three numbers determine the third
/// (with the region's length); all null: automatic.
/// </summary>
/// <param name="Cells">Number of cells, or null.</param>
/// <param name="FirstCell">Size of the cell at a graded end, m, or null.</param>
/// <param name="Growth">Ratio of neighbouring cells, ≥ 1, or null.</param>
/// <param name="Grading">Graded ends; null: the ends where a double layer can form.</param>
public sealed record RegionGrid(int? Cells = null, double? FirstCell = null, double? Growth = null, Grading? Grading = null);
