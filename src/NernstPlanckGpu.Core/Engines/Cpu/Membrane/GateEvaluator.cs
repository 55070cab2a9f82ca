using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Membrane;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>One gate of a channel, with its midpoints and scales over RT/F.</summary>
internal sealed class GateEvaluator(Gate gate, int state, int drop, double thermalVoltage)
{
    /// <summary>Index of its open fraction among the states.</summary>
    public int State => state;

    /// <summary>Open fraction at the start.</summary>
    public double Initial(ReadOnlySpan<double> seen)
    {
        if (gate.Initial is { } given) return given;
        return GateKinetics<ScalarLane>.AtRest(At(gate.Opening, seen[drop], out _).Value, At(gate.Closing, seen[drop], out _).Value).Value;
    }

    /// <summary>Share of the channels that have all gates of this kind open, and its slope.</summary>
    public double Open(MembraneSight sight, out double slope)
    {
        ScalarLane share = GateKinetics<ScalarLane>.AllOpen(new(sight.States[state]), gate.Exponent, out ScalarLane byGate);
        slope = byGate.Value;
        return share.Value;
    }

    /// <summary>Rate of the open fraction, 1/s.</summary>
    public double Rate(MembraneSight sight) => Kinetics(sight, out _, out _).Rate.Value;

    /// <summary>The same with derivatives.</summary>
    public void Linearise(MembraneSight sight, MembraneDerivatives derivatives)
    {
        GateKinetics<ScalarLane> kinetics = Kinetics(sight, out double opening, out double closing);
        derivatives.Rate[state] = kinetics.Rate.Value;
        derivatives.RateByState[state, state] = kinetics.ByGate.Value;
        derivatives.RateBySeen[state, drop] = kinetics.ByOpening.Value * opening + kinetics.ByClosing.Value * closing;
    }

    // Kinetics, and the slopes of both rates by the drop.
    private GateKinetics<ScalarLane> Kinetics(MembraneSight sight, out double opening, out double closing)
    {
        double u = sight.Seen[drop];
        return GateKinetics<ScalarLane>.At(
            new(gate.Speed), At(gate.Opening, u, out opening).Value, At(gate.Closing, u, out closing).Value, new(sight.States[state]));
    }

    private GateRateAt<ScalarLane> At(GateRate rate, double u, out double byDrop)
    {
        ScalarLane perDrop = new(thermalVoltage / rate.Scale), x = new((u - rate.Midpoint / thermalVoltage) * perDrop.Value);
        GateRateAt<ScalarLane> value = rate.Form switch
        {
            GateRateForm.Exponential => GateRateAt<ScalarLane>.Exponential(new(rate.Rate), x),
            GateRateForm.Sigmoid => GateRateAt<ScalarLane>.Sigmoid(new(rate.Rate), x),
            _ => GateRateAt<ScalarLane>.Linoid(new(rate.Rate), x),
        };
        byDrop = (value.Slope * perDrop).Value;
        return value;
    }
}
