using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>What evaluators are made from: one problem, its layout, and factors from SI to the engine's units.</summary>
internal sealed class MechanismContext(DiscreteProblem problem, PackShape shape, MembraneLayout layout)
{
    public PnpProblem Problem => problem.Problem;

    public MembraneLayout Layout => layout;

    /// <summary>Number of species.</summary>
    public int Species => shape.Species;

    /// <summary>Area of the membrane's left face, m².</summary>
    public double Area { get; } = problem.FaceAreas()[problem.ReferenceFace];

    /// <summary>RT/F, V.</summary>
    public double ThermalVoltage => PhysicalConstants.ThermalVoltage(Problem.Temperature);

    /// <summary>1/V of the reservoirs at the start, 1/m³; all of an end have one depth. 0 where there is none.</summary>
    public (double Left, double Right) InverseVolume => (problem.LeftGhostInverseVolume.Max(), problem.RightGhostInverseVolume.Max());

    /// <summary>Places of a mechanism's view.</summary>
    public SeenPlaces Places(MechanismView view) => new(view, shape.Species);

    /// <summary>Index in the pack's order of a species of the problem.</summary>
    public int InPack(int species) => Array.IndexOf(shape.Order, species);

    /// <summary>Valence of a species of the problem.</summary>
    public ScalarLane Valence(int species) => new(Problem.Species[species].Valence);

    /// <summary>Index of the first flux of a mechanism.</summary>
    public int FirstItem(int mechanism) => First(layout.Items, item => item.Mechanism == mechanism);

    /// <summary>Index of the first gate of a mechanism.</summary>
    public int FirstGate(int mechanism) => First(layout.Gates, gate => gate.Mechanism == mechanism);

    private static int First<TItem>(IReadOnlyList<TItem> list, Predicate<TItem> match)
    {
        for (int i = 0; i < list.Count; i++)
            if (match(list[i])) return i;
        return -1;
    }
}

/// <summary>One mechanism of one problem. Spans and derivatives are those of all mechanisms and 0 before; each writes its own places, and osmosis adds to the volumes.</summary>
internal abstract class MechanismEvaluator
{
    /// <summary>Enters the pieces of its waveforms that hold from a time on; returns the next corner.</summary>
    public abstract double Enter(double time);

    /// <summary>Initial values of its states.</summary>
    public virtual void InitialStates(ReadOnlySpan<double> seen, Span<double> states)
    {
    }

    /// <summary>Fluxes, mol/s, and rates of states, 1/s.</summary>
    public abstract void Evaluate(MembraneSight sight, Span<double> flux, Span<double> rate);

    /// <summary>The same with derivatives; all are 0 before.</summary>
    public abstract void Linearise(MembraneSight sight, MembraneDerivatives derivatives);

    /// <summary>The evaluator of a mechanism.</summary>
    /// <param name="context">Problem.</param>
    /// <param name="mechanism">Index in its list of mechanisms.</param>
    public static MechanismEvaluator Of(MechanismContext context, int mechanism) => context.Problem.Mechanisms[mechanism] switch
    {
        GoldmanLeak leak => new GoldmanLeakEvaluator(context, leak, context.FirstItem(mechanism)),
        OhmicLeak leak => new PoreEvaluator(context, leak, context.FirstItem(mechanism)),
        GatedChannel channel => new PoreEvaluator(context, channel, context.FirstItem(mechanism), context.FirstGate(mechanism)),
        SodiumPotassiumPump pump => new PumpEvaluator(context, pump, context.FirstItem(mechanism)),
        Cotransporter carrier => new CotransportEvaluator(context, carrier, context.FirstItem(mechanism)),
        WaterFlux water => new OsmosisEvaluator(context, water),
        Mechanism other => throw new ArgumentException($"no evaluator for {other.GetType().Name}", nameof(mechanism)),
    };
}
