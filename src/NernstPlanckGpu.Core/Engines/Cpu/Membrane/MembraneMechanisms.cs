using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>
/// The mechanisms of one problem in the engine's units: fluxes in mol/s (times the area of the membrane's left face), positive outward;
/// rates of the states in 1/s. What they see comes as one vector: for each <see cref="MechanismView"/> the concentrations inside, then those
/// outside (mol/m³, species in the pack's order), then the drop F (phi_in − phi_out)/RT.
/// </summary>
internal sealed class MembraneMechanisms
{
    public MembraneMechanisms(DiscreteProblem problem, PackShape shape, MembraneLayout layout)
    {
        Species = shape.Species;
        Layout = layout;
        ItemSpecies = [.. layout.Items.Select(item => Array.IndexOf(shape.Order, item.Species))];
        throw new NotImplementedException();
    }

    public MembraneLayout Layout { get; }

    /// <summary>Number of species.</summary>
    public int Species { get; }

    /// <summary>Species of each flux, in the pack's order.</summary>
    public int[] ItemSpecies { get; }

    /// <summary>Length of what is seen.</summary>
    public int SeenLength => 2 * (2 * Species + 1);

    public int Inside(MechanismView view, int species) => (int)view * (2 * Species + 1) + species;

    public int Outside(MechanismView view, int species) => (int)view * (2 * Species + 1) + Species + species;

    public int Drop(MechanismView view) => (int)view * (2 * Species + 1) + 2 * Species;

    /// <summary>Enters the pieces of all waveforms that hold from a time on; returns the next corner.</summary>
    public double Enter(double time) => throw new NotImplementedException();

    /// <summary>Initial states: gates at rest at the voltage that they see (or as given), volumes 1.</summary>
    public void InitialStates(ReadOnlySpan<double> seen, Span<double> states) => throw new NotImplementedException();

    /// <summary>Fluxes (items, mol/s) and rates of the states (1/s).</summary>
    public void Evaluate(ReadOnlySpan<double> seen, ReadOnlySpan<double> states, double time, Span<double> flux, Span<double> rate) =>
        throw new NotImplementedException();

    /// <summary>The same with all derivatives.</summary>
    public void Linearise(ReadOnlySpan<double> seen, ReadOnlySpan<double> states, double time, MembraneDerivatives derivatives) =>
        throw new NotImplementedException();
}

/// <summary>Fluxes and rates of mechanisms with their derivatives; first index the flux or state, second what it is derived by.</summary>
internal sealed class MembraneDerivatives(int items, int states, int seen)
{
    public double[] Flux { get; } = new double[items];

    public double[] Rate { get; } = new double[states];

    public double[,] FluxBySeen { get; } = new double[items, seen];

    public double[,] FluxByState { get; } = new double[items, states];

    public double[,] RateBySeen { get; } = new double[states, seen];

    public double[,] RateByState { get; } = new double[states, states];

    /// <summary>Derivatives by time, of the waveforms alone.</summary>
    public double[] FluxByTime { get; } = new double[items];

    public double[] RateByTime { get; } = new double[states];
}
