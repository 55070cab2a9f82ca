using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>
/// The mechanisms of one problem in the engine's units: fluxes in mol/s (times the area of the membrane's left face), positive outward;
/// rates of the states in 1/s. What they see comes as one vector: for each <see cref="MechanismView"/> the concentrations inside, then those
/// outside (mol/m³, species in the pack's order), then the drop F (phi_in − phi_out)/RT.
/// </summary>
/// <remarks>Checked by <c>MembraneMechanismsTests</c>.</remarks>
internal sealed class MembraneMechanisms
{
    /// <summary>
    /// Added to the size of a state in its error's weight: gates count in their range from 0 to 1, of which a tenth stands for their size
    /// where they are closed, and volumes are about 1.
    /// </summary>
    public const double StateFloor = 0.1;

    private readonly MechanismEvaluator[] evaluators;

    public MembraneMechanisms(DiscreteProblem problem, PackShape shape, MembraneLayout layout)
    {
        Species = shape.Species;
        Layout = layout;
        var context = new MechanismContext(problem, shape, layout);
        ItemSpecies = [.. layout.Items.Select(item => context.InPack(item.Species))];
        evaluators = [.. Enumerable.Range(0, problem.Problem.Mechanisms.Count).Select(i => MechanismEvaluator.Of(context, i))];
    }

    public MembraneLayout Layout { get; }

    /// <summary>Number of species.</summary>
    public int Species { get; }

    /// <summary>Species of each flux, in the pack's order.</summary>
    public int[] ItemSpecies { get; }

    /// <summary>Length of what is seen.</summary>
    public int SeenLength => new SeenPlaces(default, Species).TotalLength;

    public int Inside(MechanismView view, int species) => new SeenPlaces(view, Species).Inside(species);

    public int Outside(MechanismView view, int species) => new SeenPlaces(view, Species).Outside(species);

    public int Drop(MechanismView view) => new SeenPlaces(view, Species).Drop;

    /// <summary>Enters the pieces of all waveforms that hold from a time on; returns the next corner.</summary>
    public double Enter(double time)
    {
        double corner = double.PositiveInfinity;
        foreach (MechanismEvaluator evaluator in evaluators) corner = Math.Min(corner, evaluator.Enter(time));
        return corner;
    }

    /// <summary>Initial states: gates at rest at the voltage that they see (or as given), volumes 1.</summary>
    public void InitialStates(ReadOnlySpan<double> seen, Span<double> states)
    {
        foreach (MechanismEvaluator evaluator in evaluators) evaluator.InitialStates(seen, states);
    }

    /// <summary>Fluxes (items, mol/s) and rates of the states (1/s).</summary>
    public void Evaluate(ReadOnlySpan<double> seen, ReadOnlySpan<double> states, double time, Span<double> flux, Span<double> rate)
    {
        flux.Clear();
        rate.Clear();
        var sight = new MembraneSight(seen, states, time);
        foreach (MechanismEvaluator evaluator in evaluators) evaluator.Evaluate(sight, flux, rate);
    }

    /// <summary>The same with all derivatives.</summary>
    public void Linearise(ReadOnlySpan<double> seen, ReadOnlySpan<double> states, double time, MembraneDerivatives derivatives)
    {
        derivatives.Clear();
        var sight = new MembraneSight(seen, states, time);
        foreach (MechanismEvaluator evaluator in evaluators) evaluator.Linearise(sight, derivatives);
    }
}
