using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// Amounts that no flux or source can change: a run of cells that a species moves through, closed at both ends. Rosenbrock steps keep
/// linear invariants exactly, but the linear solve rounds by its condition: with a step of 1e8 times a cell's diffusion time the
/// amount drifts in the ninth digit. After each step the run of cells is scaled to its amount again, and what was corrected is
/// kept for the certificate. Beside a membrane with mechanisms each side that nothing enters at its end keeps its amount less what crossed
/// the membrane's left face; where water flows, c = N/V is not linear and stages stray from equilibrium with the end face, whose fluxes then
/// round in the tenth digit.
/// </summary>
internal sealed unsafe class Conservation
{
    // Crossing: what crosses the membrane counts with this sign.
    private sealed record Part(int Species, Compartment Compartment, double Amount, int Crossing = 0)
    {
        public double Amount { get; set; } = Amount;
    }

    /// <summary>Rounding of what crosses in a step, over all that flows to and fro in it.</summary>
    private const double CrossingNoise = 1e-15;

    private readonly ImplicitArrays a;
    private readonly ImplicitView view;
    private readonly int k;
    private readonly List<Part> parts = [];
    private readonly MembraneBorder? border;

    public Conservation(DiscreteProblem problem, ImplicitArrays arrays, int k, double* u, MembraneBorder? border)
    {
        (a, view, this.k, this.border) = (arrays, arrays.View(k), k, border);
        IReadOnlyList<IReadOnlyList<Compartment>> compartments = Compartment.All(problem);
        for (int s = 0; s < a.Species; s++)
        {
            int original = a.Shape.Order[s];
            if (problem.Problem.Sources?[original] is not null) continue;
            if (border is not null)
            {
                AddSides(s, compartments[original], u);
                continue;
            }
            foreach (Compartment compartment in compartments[original])
            {
                if (!compartment.IsClosed) continue;
                parts.Add(new(s, compartment, Amount(s, compartment, u)));
            }
        }
    }

    // What lies left of the membrane's left face, and right of it, where the end lets nothing through.
    private void AddSides(int species, IReadOnlyList<Compartment> all, double* u)
    {
        int face = border!.Faces.First;
        Compartment first = all[0], last = all[^1];
        var left = new Compartment(1, face, first.OpenLeft, false, first.LeftVolume, 0, first.HasFlux);
        var right = new Compartment(face + 1, a.Cells, false, last.OpenRight, 0, last.RightVolume, last.HasFlux);
        if (left.IsClosed) parts.Add(new(species, left, Amount(species, left, u), -1));
        if (right.IsClosed) parts.Add(new(species, right, Amount(species, right, u), +1));
    }

    /// <summary>Compartments whose amount is kept, with it, in the order of <see cref="Exchange"/>.</summary>
    public IEnumerable<(int Species, Compartment Compartment, double Amount)> Closed =>
        parts.Select(part => (part.Species, part.Compartment, part.Amount));

    /// <summary>How many compartments of a problem without mechanisms are closed; those of sources are not kept.</summary>
    public static int CountOf(DiscreteProblem problem) => Compartment.All(problem).Sum(all => all.Count(one => one.IsClosed));

    /// <summary>Exchanges the amounts.</summary>
    public void Exchange(RecordExchange exchange)
    {
        double[] amounts = [.. parts.Select(part => part.Amount)];
        exchange.Values("balance/amount", "mol", amounts.Length, i => ref amounts[i]);
        for (int i = 0; i < amounts.Length; i++) parts[i].Amount = amounts[i];
    }

    /// <summary>Scales every closed part to its amount; returns the largest relative correction.</summary>
    /// <param name="u">State.</param>
    /// <param name="step">Step that led to it, s.</param>
    public double Restore(double* u, double step)
    {
        double largest = 0;
        foreach (Part part in parts)
        {
            double now = Amount(part.Species, part.Compartment, u), expected = part.Amount;
            if (part.Crossing != 0)
            {
                double crossed = part.Crossing * border!.Crossed(part.Species);
                expected += crossed;
                // In months a pump and its leak move so much that the digits of their difference say less than the amount itself.
                if (Math.Abs(now - expected) <= CrossingNoise * step * border.Gross(part.Species))
                {
                    part.Amount = now - crossed;
                    continue;
                }
            }
            if (!(now > 0) || !(expected > 0) || now == expected) continue;
            double factor = expected / now;
            largest = Math.Max(largest, Math.Abs(factor - 1));
            ClosedAmount<ScalarLane>.Scale(view, u + k, part.Species, part.Compartment.FirstBlock, part.Compartment.LastBlock, new(factor));
        }
        return largest;
    }

    private double Amount(int species, Compartment c, double* u) =>
        ClosedAmount<ScalarLane>.Of(view, u + k, species, c.FirstCell, c.LastCell, c.LeftVolume, c.RightVolume).Value;
}
