using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>A leak after Goldman, Hodgkin and Katz: the Scharfetter–Gummel flux across one "face" with K = A P.</summary>
internal sealed class GoldmanLeakEvaluator : MechanismEvaluator
{
    private readonly int item, inside, outside, drop;
    private readonly ScalarLane valence;
    private readonly DriveState permeability;

    public GoldmanLeakEvaluator(MechanismContext context, GoldmanLeak leak, int item)
    {
        this.item = item;
        int species = context.InPack(leak.Species);
        SeenPlaces places = context.Places(leak.View);
        (inside, outside, drop) = (places.Inside(species), places.Outside(species), places.Drop);
        valence = context.Valence(leak.Species);
        permeability = new(leak.Permeability, context.Area);
    }

    public override double Enter(double time) => permeability.Enter(time);

    public override void Evaluate(MembraneSight sight, Span<double> flux, Span<double> rate) =>
        flux[item] = Flux(sight, permeability.At(sight.Time));

    public override void Linearise(MembraneSight sight, MembraneDerivatives derivatives)
    {
        ScalarLane drive = Drive(sight);
        double conductance = permeability.At(sight.Time);
        var linear = ScharfetterGummel.Linearise(
            new ScalarLane(conductance), Bernoulli.OfMagnitude(drive), drive, valence, new(sight.Seen[inside]), new(sight.Seen[outside]));
        derivatives.Flux[item] = Flux(sight, conductance);
        derivatives.FluxBySeen[item, inside] = linear.Left.Value;
        derivatives.FluxBySeen[item, outside] = -linear.Right.Value;
        derivatives.FluxBySeen[item, drop] = linear.Slope.Value;
        derivatives.FluxByTime[item] = Flux(sight, permeability.RateAt(sight.Time));
    }

    private ScalarLane Drive(MembraneSight sight) => ScharfetterGummel.Drive(valence, new(sight.Seen[drop]));

    private double Flux(MembraneSight sight, double conductance)
    {
        ScalarLane drive = Drive(sight);
        return ScharfetterGummel.Flux(
            new ScalarLane(conductance), Bernoulli.OfMagnitude(drive), drive, new(sight.Seen[inside]), new(sight.Seen[outside])).Value;
    }
}
