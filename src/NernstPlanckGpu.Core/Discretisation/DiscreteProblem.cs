using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>
/// A problem in finite volumes: what an engine is given. Cells 1 … n lie in the stack; cells 0 and n + 1 are ghosts at its two
/// ends (the bath, or the well-mixed reservoir). Face f lies between cells f and f + 1, f = 0 … n. Totals carry the face
/// area: fluxes are mol/s, charges mol. Per-species arrays are [species][index].
/// </summary>
/// <remarks>A batch keeps every problem, so only what is needed while stepping is kept; the rest is made when an engine loads it.</remarks>
public sealed class DiscreteProblem
{
    /// <summary>The problem it came from.</summary>
    public required PnpProblem Problem { get; init; }

    /// <summary>The grid.</summary>
    public required Grid Grid { get; init; }

    /// <summary>Number of species.</summary>
    public int Species => Problem.Species.Count;

    /// <summary>Number of cells n, ghosts not counted.</summary>
    public int Cells => Grid.Cells;

    /// <summary>Cell centres, m; n values, made anew at each call.</summary>
    public double[] Centres() => Grid.Centres();

    /// <summary>Face areas A, m²; n + 1 values, made anew at each call.</summary>
    public double[] FaceAreas() => [.. ProblemArrays.Of(this).FaceAreas];

    /// <summary>Cell volumes, m³; n values, made anew at each call.</summary>
    public double[] Volumes() => [.. ProblemArrays.Of(this).Volumes];

    /// <summary>K = A D/h per species and face, m³/s; 0 where none passes and at <see cref="Interfaces"/>. Made anew at each call.</summary>
    public double[][] Conductance() => Copy(ProblemArrays.Of(this).Faces.Conductance);

    /// <summary>b = F²/(RT) ∫dx/(A eps) per face, 1/mol; n + 1 values, made anew at each call.</summary>
    public double[] Resistances() => [.. ProblemArrays.Of(this).Faces.Resistance];

    /// <summary>What a Stern layer adds to b in the closing sum at the left and right end, 1/mol.</summary>
    public required (double Left, double Right) SternResistance { get; init; }

    /// <summary>1/V per species of the left ghost cell (0: infinite), 1/m³.</summary>
    public required double[] LeftGhostInverseVolume { get; init; }

    /// <summary>1/V per species of the right ghost cell (0: infinite), 1/m³.</summary>
    public required double[] RightGhostInverseVolume { get; init; }

    /// <summary>Faces where diffusivity, permittivity or standard chemical potential jumps, ascending.</summary>
    public required IReadOnlyList<InterfaceFace> Interfaces { get; init; }

    /// <summary>Where a cell lies, for messages: its position and region.</summary>
    /// <param name="cell">0 … n − 1.</param>
    public string Place(int cell)
    {
        double x = 0.5 * (Grid.Faces[cell] + Grid.Faces[cell + 1]);
        return FormattableString.Invariant($"x = {x * 1e9:g4} nm in region \"{Problem.Regions[Grid.RegionOfCell[cell]].Name}\"");
    }

    /// <summary>Fixed charge of a cell, mol/m³.</summary>
    /// <param name="cell">0 … n − 1.</param>
    public double FixedCharge(int cell) => Problem.Regions[Grid.RegionOfCell[cell]].FixedCharge;

    /// <summary>Initial concentration per species, ghosts included, mol/m³; n + 2. Made anew at each call.</summary>
    public double[][] InitialConcentration() => Copy(ProblemArrays.Of(this).Initial);

    /// <summary>Index of the face that currents per area refer to: the membrane's left face, else the right end.</summary>
    public required int ReferenceFace { get; init; }

    /// <summary>See <see cref="PnpProblem.AtVoltage"/>. All but the problem is shared: nothing of it depends on the potential.</summary>
    /// <param name="voltage">V.</param>
    public DiscreteProblem AtVoltage(double voltage) => new()
    {
        Problem = Problem.AtVoltage(voltage),
        Grid = Grid,
        Interfaces = Interfaces,
        SternResistance = SternResistance,
        LeftGhostInverseVolume = LeftGhostInverseVolume,
        RightGhostInverseVolume = RightGhostInverseVolume,
        ReferenceFace = ReferenceFace,
    };

    private static double[][] Copy(double[][] arrays) => Array.ConvertAll(arrays, array => (double[])array.Clone());
}

/// <summary>A face between unlike half cells; per-species lists.</summary>
/// <param name="Face">Index f.</param>
/// <param name="LeftResistance">b of the left half, 1/mol.</param>
/// <param name="RightResistance">b of the right half, 1/mol.</param>
/// <param name="LeftConductance">K of the left half, m³/s.</param>
/// <param name="RightConductance">K of the right half, m³/s.</param>
/// <param name="Partition">e^(−w/2), w = (W_R − W_L)/RT.</param>
public sealed record InterfaceFace(
    int Face, double LeftResistance, double RightResistance, double[] LeftConductance, double[] RightConductance, double[] Partition);
