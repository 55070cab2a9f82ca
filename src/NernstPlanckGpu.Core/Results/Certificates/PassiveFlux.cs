using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>The fluxes that an engine tells against <see cref="IntegralForm"/>, and the total current of a steady state. Tests: IntegralFormTests.</summary>
internal sealed class PassiveFlux
{
    /// <summary>Of the largest current of a species: what the search for a steady state may leave.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Units in the last place that a current may be off, of what passes a face to and fro.</summary>
    private const double Rounding = 1e-13;

    private readonly DiscreteProblem problem;
    private readonly IntegralForm form;
    private readonly MembraneLayout? layout;
    private readonly (int First, int Last) membrane;
    private readonly double[] current, gross;

    public PassiveFlux(DiscreteProblem problem, IntegralForm form)
    {
        (this.problem, this.form) = (problem, form);
        layout = MembraneLayout.Of(problem.Problem);
        membrane = layout?.Cells(problem.Grid) ?? (0, 0);
        (current, gross) = (new double[problem.Cells + 1], new double[problem.Cells + 1]);
    }

    /// <summary>Whether the fluxes are those of an ideal solution and nothing else: no activity coefficients, no sources.</summary>
    public static bool Exists(PnpProblem model) =>
        model.Activity.Kind == ActivityKind.Ideal && !model.HasSources;

    /// <summary>Largest difference between a flux that was told and the integral form's, over what passes to and fro.</summary>
    public double Residual(StateView state)
    {
        double worst = 0;
        Array.Clear(current);
        Array.Clear(gross);
        for (int s = 0; s < problem.Species; s++)
        {
            double valence = problem.Problem.Species[s].Valence;
            for (int f = 0; f <= problem.Cells; f++)
            {
                if (IsPrescribed(s, f))
                {
                    current[f] += valence * state.Flux[s][f];
                    continue;
                }
                double byMechanisms = ByMechanisms(state, s, f);
                IntegralForm.Passing passing = form.Flux(state, s, f);
                double difference = Math.Abs(state.Flux[s][f] - byMechanisms - passing.Value);
                if (difference > 0) worst = Math.Max(worst, difference / (passing.Gross + Math.Abs(byMechanisms)));
                current[f] += valence * (passing.Value + byMechanisms);
                gross[f] += Math.Abs(valence) * passing.Gross;
            }
        }
        return worst;
    }

    /// <summary>Largest difference between the total currents of two faces by the latest <see cref="Residual"/>, over F, mol/s, and its limit in a steady state.</summary>
    public (double Spread, double Limit) Uniformity(StateView state)
    {
        double low = current.Min(), high = current.Max(), largest = 0;
        for (int s = 0; s < problem.Species; s++)
        {
            double valence = Math.Abs(problem.Problem.Species[s].Valence);
            foreach (double flux in state.Flux[s]) largest = Math.Max(largest, valence * Math.Abs(flux));
        }
        return (high - low, Tolerance * largest + Rounding * gross.Max());
    }

    private bool IsPrescribed(int s, int f) =>
        (f == 0 && problem.Problem.Left.Ions[s] is FluxBoundary) || (f == problem.Cells && problem.Problem.Right.Ions[s] is FluxBoundary);

    private double ByMechanisms(StateView state, int s, int f)
    {
        if (layout is null || f < membrane.First - 1 || f > membrane.Last) return 0;
        double sum = 0;
        for (int i = 0; i < layout.Items.Count; i++)
            if (layout.Items[i].Species == s) sum += state.MechanismFlux[i];
        return sum;
    }
}
