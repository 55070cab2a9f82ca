using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Membrane;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>Osmosis: the rates of the reservoirs' relative volumes, by the concentrations at the two ends.</summary>
internal sealed class OsmosisEvaluator : MechanismEvaluator
{
    private readonly int species;
    private readonly SeenPlaces ends;
    private readonly (int State, ScalarLane InverseVolume)[] reservoirs;
    private readonly DriveState permeability;

    public OsmosisEvaluator(MechanismContext context, WaterFlux water)
    {
        species = context.Species;
        ends = context.Places(MechanismView.Ends);
        permeability = new(
            water.HydraulicPermeability, context.Area * PhysicalConstants.GasConstant * context.Problem.Temperature);
        (double left, double right) = context.InverseVolume;
        // Water that enters the reservoir inside leaves the one outside.
        var list = new List<(int, ScalarLane)>();
        if (context.Layout.LeftVolumeState >= 0) list.Add((context.Layout.LeftVolumeState, new(left)));
        if (context.Layout.RightVolumeState >= 0) list.Add((context.Layout.RightVolumeState, new(-right)));
        reservoirs = [.. list];
    }

    public override double Enter(double time) => permeability.Enter(time);

    public override void InitialStates(ReadOnlySpan<double> seen, Span<double> states)
    {
        foreach ((int state, _) in reservoirs) states[state] = 1;
    }

    public override void Evaluate(MembraneSight sight, Span<double> flux, Span<double> rate)
    {
        ScalarLane difference = Difference(sight), now = new(permeability.At(sight.Time));
        foreach ((int state, ScalarLane inverseVolume) in reservoirs) rate[state] += Osmosis.Rate(now, inverseVolume, difference).Value;
    }

    public override void Linearise(MembraneSight sight, MembraneDerivatives derivatives)
    {
        ScalarLane difference = Difference(sight), now = new(permeability.At(sight.Time)), growth = new(permeability.RateAt(sight.Time));
        foreach ((int state, ScalarLane inverseVolume) in reservoirs)
        {
            derivatives.Rate[state] += Osmosis.Rate(now, inverseVolume, difference).Value;
            derivatives.RateByTime[state] += Osmosis.Rate(growth, inverseVolume, difference).Value;
            // Linear in the difference: 1 mol/m³ of any species makes as much.
            double perConcentration = Osmosis.Rate(now, inverseVolume, new(1)).Value;
            for (int s = 0; s < species; s++)
            {
                derivatives.RateBySeen[state, ends.Inside(s)] += perConcentration;
                derivatives.RateBySeen[state, ends.Outside(s)] -= perConcentration;
            }
        }
    }

    private ScalarLane Difference(MembraneSight sight)
    {
        var sum = new ScalarLane(0);
        for (int s = 0; s < species; s++) sum = Osmosis.Add(sum, new(sight.Seen[ends.Inside(s)]), new(sight.Seen[ends.Outside(s)]));
        return sum;
    }
}
