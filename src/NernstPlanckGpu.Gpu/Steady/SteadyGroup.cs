#if WITH_ILGPU
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Kernels.Steady;

namespace NernstPlanckGpu.Gpu.Steady;

/// <summary>
/// What the problems of one launch share: the shape, which cells of each species belong together, and which unknowns lie on the border. One
/// structure, so that the threads of a warp do the same.
/// </summary>
internal sealed class SteadyGroup
{
    private readonly List<int[]> parts = [], borders = [];
    private readonly int[] rows, interfaceFaces;

    /// <summary>Finds the structure of a problem.</summary>
    /// <param name="problem">Problem.</param>
    public SteadyGroup(DiscreteProblem problem)
    {
        Shape = PackShape.Of(problem);
        PnpProblem p = problem.Problem;
        rows = new int[(problem.Cells + 2) * Shape.Species];
        IReadOnlyList<IReadOnlyList<Compartment>> compartments = Compartment.All(problem);
        // A bath's compartment moves with the potential of its end; the right one moves where it is not prescribed, the left one in the response.
        bool rightMoves = p.Right.Electric is CurrentBoundary or SternBoundary || (p.Right.Electric is SurfaceChargeBoundary && p.Left.Electric is not SurfaceChargeBoundary);
        for (int s = 0; s < Shape.Species; s++)
            foreach (Compartment c in compartments[Shape.Order[s]]) Add(s, c, rightMoves);
        for (int i = 0; i < parts.Count; i++)
            if (parts[i][3] == SteadyLayout.Through) borders.Add([SteadyLayout.FluxBorder, parts[i][0], i]);
        bool seeksLeft = p.Left.Electric is CurrentBoundary, seeksRight = p.Right.Electric is CurrentBoundary;
        if (seeksLeft || seeksRight) borders.Add([SteadyLayout.VoltageBorder, 0, seeksLeft ? 0 : problem.Cells + 1]);
        Layout = new(problem.Cells, Shape.Species, problem.Interfaces.Count, parts.Count, borders.Count, seeksLeft ? 1 : 0, seeksRight ? 1 : 0);
        interfaceFaces = [.. problem.Interfaces.Select(face => face.Face)];
    }

    /// <summary>Shape.</summary>
    public PackShape Shape { get; }

    /// <summary>Where the numbers stand.</summary>
    public SteadyLayout Layout { get; }

    /// <summary>Integers for the kernel.</summary>
    public int[] Structure => field ??= MakeStructure();

    /// <summary>Text that is equal for equal structures.</summary>
    public string Key => field ??= $"{Shape.Key}|{Layout.SeeksLeft}|{Layout.SeeksRight}|{string.Join(',', Structure)}";

    /// <summary>Species (in the pack's order), first cell, last cell and kind of each compartment.</summary>
    public IReadOnlyList<int[]> Parts => parts;

    /// <summary>An ion passes from end to end.</summary>
    public bool CarriesCurrent => parts.Any(part => part[3] == SteadyLayout.Through && Shape.Valence[part[0]] != 0);

    private int[] MakeStructure()
    {
        int[] interfaces = [.. Enumerable.Repeat(-1, Layout.Cells + 1)];
        for (int i = 0; i < interfaceFaces.Length; i++) interfaces[interfaceFaces[i]] = i;
        return [.. interfaces, .. rows, .. parts.SelectMany(part => part), .. borders.SelectMany(border => border)];
    }

    // The same cases as SteadyBorders has.
    private void Add(int s, Compartment c, bool rightMoves)
    {
        int kind = c switch
        {
            { OpenLeft: true, OpenRight: true } => SteadyLayout.Through,
            { OpenLeft: true } => SteadyLayout.BesideLeft,
            { OpenRight: true } => SteadyLayout.BesideRight,
            _ when c.FirstCell == c.LastCell => SteadyLayout.Inert,
            _ => SteadyLayout.Closed,
        };
        int row = kind switch { SteadyLayout.Through => SteadyLayout.FaceRow, SteadyLayout.Inert => SteadyLayout.NoRow, _ => SteadyLayout.LocalRow };
        for (int i = c.FirstCell; i <= c.LastCell; i++) rows[i * Shape.Species + s] = row;
        if (kind == SteadyLayout.Closed) borders.Add([SteadyLayout.AmountBorder, s, parts.Count]);
        if (kind == SteadyLayout.BesideLeft) borders.Add([SteadyLayout.BathBorder, s, 0]);
        if (kind == SteadyLayout.BesideRight && rightMoves) borders.Add([SteadyLayout.BathBorder, s, c.LastCell + 1]);
        parts.Add([s, c.FirstCell, c.LastCell, kind]);
    }
}
#endif
