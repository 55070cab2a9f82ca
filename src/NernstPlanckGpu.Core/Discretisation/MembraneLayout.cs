using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>One flux of a mechanism.</summary>
/// <param name="Mechanism">Index in <see cref="PnpProblem.Mechanisms"/>.</param>
/// <param name="Species">Index in <see cref="PnpProblem.Species"/>.</param>
public readonly record struct MechanismItem(int Mechanism, int Species);

/// <summary>One gate of a mechanism.</summary>
/// <param name="Mechanism">Index in <see cref="PnpProblem.Mechanisms"/>.</param>
/// <param name="Gate">Gate.</param>
public readonly record struct GateItem(int Mechanism, Gate Gate);

/// <summary>
/// How the mechanisms of a problem are laid out: their fluxes (items, mechanism by mechanism), and their states: the open fractions of the
/// gates, then the volumes of the left and right reservoirs over their initial ones, where osmosis changes them.
/// </summary>
public sealed class MembraneLayout
{
    private MembraneLayout(PnpProblem problem)
    {
        Problem = problem;
        var items = new List<MechanismItem>();
        var gates = new List<GateItem>();
        for (int i = 0; i < problem.Mechanisms.Count; i++)
        {
            switch (problem.Mechanisms[i])
            {
                case GatedChannel channel: gates.AddRange(channel.Gates.Select(gate => new GateItem(i, gate))); break;
                case WaterFlux: HasWater = true; break;
            }
            items.AddRange(problem.Mechanisms[i].MovedSpecies.Select(species => new MechanismItem(i, species)));
        }
        (Items, Gates) = (items, gates);
        bool IsReservoir(Boundary end) => end.Ions.Any(ion => ion is ReservoirBoundary);
        LeftVolumeState = HasWater && IsReservoir(problem.Left) ? gates.Count : -1;
        RightVolumeState = HasWater && IsReservoir(problem.Right) ? gates.Count + (LeftVolumeState < 0 ? 0 : 1) : -1;
        States = gates.Count + (LeftVolumeState < 0 ? 0 : 1) + (RightVolumeState < 0 ? 0 : 1);
    }

    /// <summary>The layout, or null for a problem without mechanisms.</summary>
    /// <param name="problem">Problem.</param>
    public static MembraneLayout? Of(PnpProblem problem) => problem.Mechanisms.Count == 0 ? null : new(problem);

    /// <summary>The problem.</summary>
    public PnpProblem Problem { get; }

    /// <summary>Fluxes, mechanism by mechanism.</summary>
    public IReadOnlyList<MechanismItem> Items { get; }

    /// <summary>Gates, mechanism by mechanism.</summary>
    public IReadOnlyList<GateItem> Gates { get; }

    /// <summary>True where water flows.</summary>
    public bool HasWater { get; }

    /// <summary>Index of the left reservoir's relative volume among the states; −1: it is constant.</summary>
    public int LeftVolumeState { get; }

    /// <summary>Index of the right reservoir's relative volume among the states; −1: it is constant.</summary>
    public int RightVolumeState { get; }

    /// <summary>Number of states.</summary>
    public int States { get; }

    /// <summary>First and last cell of the membrane region, 1 … n.</summary>
    /// <param name="grid">Grid.</param>
    public (int First, int Last) Cells(Grid grid)
    {
        bool IsMembrane(int region) => Problem.Regions[region].IsMembrane;
        return (Array.FindIndex(grid.RegionOfCell, IsMembrane) + 1, Array.FindLastIndex(grid.RegionOfCell, IsMembrane) + 1);
    }
}
