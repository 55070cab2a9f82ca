using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Membrane;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>A carrier of several ions.</summary>
internal sealed class CotransportEvaluator : MechanismEvaluator
{
    private readonly record struct Ion(int Inside, int Outside, ScalarLane Valence, ScalarLane Count);

    private readonly int firstItem, drop;
    private readonly Ion[] ions;
    private readonly DriveState rate;

    public CotransportEvaluator(MechanismContext context, Cotransporter carrier, int item)
    {
        firstItem = item;
        SeenPlaces places = context.Places(carrier.View);
        drop = places.Drop;
        ions = [.. carrier.Ions.Select(ion => new Ion(
            places.Inside(context.InPack(ion.Species)), places.Outside(context.InPack(ion.Species)),
            context.Valence(ion.Species), new(ion.Count)))];
        rate = new(carrier.Rate, context.Area);
    }

    public override double Enter(double time) => rate.Enter(time);

    public override void Evaluate(MembraneSight sight, Span<double> flux, Span<double> rates)
    {
        ScalarLane affinity = Affinity(sight), turns = new(rate.At(sight.Time));
        for (int i = 0; i < ions.Length; i++) flux[firstItem + i] = Cotransport.Flux(turns, ions[i].Count, affinity).Value;
    }

    public override void Linearise(MembraneSight sight, MembraneDerivatives derivatives)
    {
        ScalarLane affinity = Affinity(sight), turns = new(rate.At(sight.Time)), growth = new(rate.RateAt(sight.Time));
        for (int i = 0; i < ions.Length; i++)
        {
            int item = firstItem + i;
            ScalarLane count = ions[i].Count;
            derivatives.Flux[item] = Cotransport.Flux(turns, count, affinity).Value;
            derivatives.FluxByTime[item] = Cotransport.Flux(growth, count, affinity).Value;
            // The flux is linear in the affinity: a change of the affinity makes a change of the flux by the same formula.
            foreach (Ion other in ions)
            {
                var m = Difference(sight, other);
                derivatives.FluxBySeen[item, other.Inside] += Cotransport.Flux(turns, count, other.Count * m.ByInside).Value;
                derivatives.FluxBySeen[item, other.Outside] += Cotransport.Flux(turns, count, other.Count * m.ByOutside).Value;
                derivatives.FluxBySeen[item, drop] += Cotransport.Flux(turns, count, other.Count * m.ByDrop).Value;
            }
        }
    }

    private ScalarLane Affinity(MembraneSight sight)
    {
        var sum = new ScalarLane(0);
        foreach (Ion ion in ions) sum = Cotransport.Add(sum, ion.Count, Difference(sight, ion).Value);
        return sum;
    }

    private ElectrochemicalDifference<ScalarLane> Difference(MembraneSight sight, Ion ion) => ElectrochemicalDifference<ScalarLane>.At(
        ion.Valence, new(sight.Seen[ion.Inside]), new(sight.Seen[ion.Outside]), new(sight.Seen[drop]));
}
