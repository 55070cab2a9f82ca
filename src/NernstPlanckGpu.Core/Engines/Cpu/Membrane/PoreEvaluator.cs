using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Membrane;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>A pore with an ohmic current, G Π gate^exponent d: a leak has no gates.</summary>
internal sealed class PoreEvaluator : MechanismEvaluator
{
    private readonly int item, inside, outside, drop;
    private readonly ScalarLane valence;
    private readonly DriveState conductance;
    private readonly DriveState? reversal;
    private readonly GateEvaluator[] gates;

    public PoreEvaluator(MechanismContext context, OhmicLeak leak, int item)
        : this(context, leak.View, leak.Species, leak.Conductance, leak.Reversal, item, [], -1)
    {
    }

    public PoreEvaluator(MechanismContext context, GatedChannel channel, int item, int firstGate)
        : this(context, channel.View, channel.Species, channel.Conductance, channel.Reversal, item, channel.Gates, firstGate)
    {
    }

    private PoreEvaluator(
        MechanismContext context, MechanismView view, int species, Waveform conductance, Waveform? reversal, int item,
        IReadOnlyList<Gate> gates, int firstGate)
    {
        this.item = item;
        int inPack = context.InPack(species);
        SeenPlaces places = context.Places(view);
        (inside, outside, drop) = (places.Inside(inPack), places.Outside(inPack), places.Drop);
        valence = context.Valence(species);
        // G = g A RT/F², mol/s per unit of a drop over RT/F.
        this.conductance = new(conductance, context.Area * context.ThermalVoltage / PhysicalConstants.Faraday);
        this.reversal = reversal is null ? null : new(reversal, 1 / context.ThermalVoltage);
        this.gates = [.. gates.Select((gate, i) => new GateEvaluator(gate, firstGate + i, drop, context.ThermalVoltage))];
    }

    public override double Enter(double time) => Math.Min(conductance.Enter(time), reversal?.Enter(time) ?? double.PositiveInfinity);

    public override void InitialStates(ReadOnlySpan<double> seen, Span<double> states)
    {
        foreach (GateEvaluator gate in gates) states[gate.State] = gate.Initial(seen);
    }

    public override void Evaluate(MembraneSight sight, Span<double> flux, Span<double> rate)
    {
        flux[item] = conductance.At(sight.Time) * OpenShare(sight, -1) * Drive(sight).Value.Value;
        foreach (GateEvaluator gate in gates) rate[gate.State] = gate.Rate(sight);
    }

    public override void Linearise(MembraneSight sight, MembraneDerivatives derivatives)
    {
        OhmicDrive<ScalarLane> drive = Drive(sight);
        double full = conductance.At(sight.Time), share = OpenShare(sight, -1), open = full * share;
        derivatives.Flux[item] = open * drive.Value.Value;
        derivatives.FluxBySeen[item, inside] = open * drive.ByInside.Value;
        derivatives.FluxBySeen[item, outside] = open * drive.ByOutside.Value;
        derivatives.FluxBySeen[item, drop] = open * drive.ByDrop.Value;
        derivatives.FluxByTime[item] = conductance.RateAt(sight.Time) * share * drive.Value.Value
            - open * drive.ByDrop.Value * (reversal?.RateAt(sight.Time) ?? 0);
        for (int i = 0; i < gates.Length; i++)
        {
            gates[i].Open(sight, out double slope);
            derivatives.FluxByState[item, gates[i].State] = full * OpenShare(sight, i) * slope * drive.Value.Value;
            gates[i].Linearise(sight, derivatives);
        }
    }

    // Share of the channels that are open, Π gate^exponent, leaving out one kind of gate.
    private double OpenShare(MembraneSight sight, int without)
    {
        double share = 1;
        for (int i = 0; i < gates.Length; i++)
            if (i != without) share *= gates[i].Open(sight, out _);
        return share;
    }

    private OhmicDrive<ScalarLane> Drive(MembraneSight sight)
    {
        var u = new ScalarLane(sight.Seen[drop]);
        return reversal is null
            ? OhmicDrive<ScalarLane>.AtNernst(valence, new(sight.Seen[inside]), new(sight.Seen[outside]), u)
            : OhmicDrive<ScalarLane>.AtReversal(valence, u, new(reversal.At(sight.Time)));
    }
}
