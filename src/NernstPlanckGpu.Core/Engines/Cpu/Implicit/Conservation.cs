using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// Amounts that no flux or source can change: a run of cells that a species moves through, closed at both ends. Rosenbrock steps keep
/// linear invariants exactly, but the linear solve rounds by its condition: with a step of 1e8 times a cell's diffusion time the
/// amount drifts in the ninth digit. After each step the run of cells is scaled to its amount again, and what was corrected is
/// kept for the certificate.
/// </summary>
internal sealed unsafe class Conservation
{
    private readonly record struct Part(int Species, Compartment Compartment, double Amount);

    private readonly ImplicitArrays a;
    private readonly int k;
    private readonly List<Part> parts = [];

    public Conservation(DiscreteProblem problem, ImplicitArrays arrays, int k, double* u)
    {
        (a, this.k) = (arrays, k);
        IReadOnlyList<IReadOnlyList<Compartment>> compartments = Compartment.All(problem);
        for (int s = 0; s < a.Species; s++)
        {
            int original = a.Shape.Order[s];
            if (problem.Problem.Sources?[original] is not null) continue;
            bool isMoved = MembraneLayout.Of(problem.Problem)?.Items.Any(item => item.Species == original) ?? false;
            foreach (Compartment compartment in isMoved ? Joined(compartments[original], problem) : compartments[original])
            {
                if (!compartment.IsClosed) continue;
                parts.Add(new(s, compartment, Amount(s, compartment, u)));
            }
        }
    }

    /// <summary>Scales every closed part to its amount; returns the largest relative correction.</summary>
    public double Restore(double* u)
    {
        double largest = 0;
        foreach (Part part in parts)
        {
            double now = Amount(part.Species, part.Compartment, u);
            if (!(now > 0) || now == part.Amount) continue;
            double factor = part.Amount / now;
            largest = Math.Max(largest, Math.Abs(factor - 1));
            for (int i = part.Compartment.FirstBlock; i <= part.Compartment.LastBlock; i++) u[At(i, part.Species)] *= factor;
        }
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Amount(int species, Compartment c, double* u)
    {
        CompensatedSum sum = default;
        if (c.LeftVolume > 0) sum.Add(c.LeftVolume * u[At(0, species)]);
        for (int i = c.FirstCell; i <= c.LastCell; i++) sum.Add(a.Volume[(long)i * a.Problems + k] * u[At(i, species)]);
        if (c.RightVolume > 0) sum.Add(c.RightVolume * u[At(a.Blocks - 1, species)]);
        return sum.Value;
    }

    // Mechanisms join what lies beside the membrane, whatever the membrane itself lets through.
    private static IEnumerable<Compartment> Joined(IReadOnlyList<Compartment> compartments, DiscreteProblem problem)
    {
        (int first, int last) = MembraneLayout.Of(problem.Problem)!.Cells(problem.Grid);
        Compartment left = compartments.First(c => c.LastCell >= first - 1), right = compartments.Last(c => c.FirstCell <= last + 1);
        var joined = new Compartment(
            left.FirstCell, right.LastCell, left.OpenLeft, right.OpenRight, left.LeftVolume, right.RightVolume, left.HasFlux || right.HasFlux);
        return [.. compartments.Where(c => c.LastCell < left.FirstCell), joined, .. compartments.Where(c => c.FirstCell > right.LastCell)];
    }

    private long At(int block, int species) => ((long)block * a.Size + species) * a.Problems + k;
}
