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
    private readonly record struct Part(int Species, int First, int Last, double LeftVolume, double RightVolume, double Amount);

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
            foreach (Compartment compartment in compartments[original])
            {
                if (!compartment.IsClosed) continue;
                var part = new Part(s, compartment.FirstCell, compartment.LastCell, compartment.LeftVolume, compartment.RightVolume, 0);
                parts.Add(part with { Amount = Amount(part, u) });
            }
        }
    }

    /// <summary>Scales every closed part to its amount; returns the largest relative correction.</summary>
    public double Restore(double* u)
    {
        double largest = 0;
        foreach (Part part in parts)
        {
            double now = Amount(part, u);
            if (!(now > 0) || now == part.Amount) continue;
            double factor = part.Amount / now;
            largest = Math.Max(largest, Math.Abs(factor - 1));
            int first = part.LeftVolume > 0 ? 0 : part.First, last = part.RightVolume > 0 ? a.Blocks - 1 : part.Last;
            for (int i = first; i <= last; i++) u[At(i, part.Species)] *= factor;
        }
        return largest;
    }

    // Summed without loss (Neumaier).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Amount(Part part, double* u)
    {
        double sum = 0, lost = 0;
        void Add(double term)
        {
            double next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }
        if (part.LeftVolume > 0) Add(part.LeftVolume * u[At(0, part.Species)]);
        for (int i = part.First; i <= part.Last; i++) Add(a.Volume[(long)i * a.Problems + k] * u[At(i, part.Species)]);
        if (part.RightVolume > 0) Add(part.RightVolume * u[At(a.Blocks - 1, part.Species)]);
        return sum + lost;
    }

    private long At(int block, int species) => ((long)block * a.Size + species) * a.Problems + k;
}
