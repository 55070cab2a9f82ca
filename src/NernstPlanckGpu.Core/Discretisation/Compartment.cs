using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>A run of cells that a species can move through, with what lies at its two ends.</summary>
/// <param name="FirstCell">First cell, 1 … n.</param>
/// <param name="LastCell">Last cell, 1 … n.</param>
/// <param name="OpenLeft">A bath feeds it at the left end of the stack.</param>
/// <param name="OpenRight">A bath feeds it at the right end.</param>
/// <param name="LeftVolume">Volume of a reservoir at the left end that belongs to it, m³; 0 without.</param>
/// <param name="RightVolume">The same at the right end.</param>
/// <param name="HasFlux">A flux that is not 0 is prescribed at one of its ends.</param>
public sealed record Compartment(
    int FirstCell, int LastCell, bool OpenLeft, bool OpenRight, double LeftVolume, double RightVolume, bool HasFlux)
{
    /// <summary>Nothing enters or leaves: its amount is conserved.</summary>
    public bool IsClosed => !OpenLeft && !OpenRight && !HasFlux;

    /// <summary>First block that belongs to it: its first cell, or the left ghost, block 0, with its reservoir.</summary>
    public int FirstBlock => LeftVolume > 0 ? 0 : FirstCell;

    /// <summary>Last block that belongs to it: its last cell, or the right ghost, which follows the last cell of the stack.</summary>
    public int LastBlock => RightVolume > 0 ? LastCell + 1 : LastCell;

    /// <summary>The compartments of every species, from left to right; cells that it can neither enter nor leave are one each.</summary>
    /// <param name="problem">Problem.</param>
    public static IReadOnlyList<IReadOnlyList<Compartment>> All(DiscreteProblem problem)
    {
        double[][] conductance = problem.Conductance();
        return [.. conductance.Select((k, species) => Of(problem, species, k))];
    }

    private static List<Compartment> Of(DiscreteProblem problem, int species, double[] conductance)
    {
        int n = problem.Cells;
        bool[] open = [.. conductance.Select(k => k > 0)];
        foreach (InterfaceFace face in problem.Interfaces)
            open[face.Face] = face.LeftConductance[species] > 0 && face.RightConductance[species] > 0;
        IonBoundary left = problem.Problem.Left.Ions[species], right = problem.Problem.Right.Ions[species];
        var list = new List<Compartment>();
        int first = 1;
        for (int i = 1; i <= n; i++)
        {
            if (i < n && open[i]) continue;
            bool atLeft = first == 1, atRight = i == n;
            list.Add(new(
                first, i, atLeft && open[0] && left is BathBoundary, atRight && open[n] && right is BathBoundary,
                atLeft && open[0] ? Volume(problem.LeftGhostInverseVolume[species]) : 0,
                atRight && open[n] ? Volume(problem.RightGhostInverseVolume[species]) : 0,
                (atLeft && IsFed(left)) || (atRight && IsFed(right))));
            first = i + 1;
        }
        return list;
    }

    private static bool IsFed(IonBoundary ion) => ion is FluxBoundary { Flux: not ConstantWaveform { Value: 0 } };

    private static double Volume(double inverse) => inverse > 0 ? 1 / inverse : 0;
}
