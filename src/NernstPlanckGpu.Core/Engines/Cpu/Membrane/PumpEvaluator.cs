using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Membrane;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>The Na/K-ATPase: sodium leaves, potassium enters.</summary>
internal sealed class PumpEvaluator : MechanismEvaluator
{
    private const double SodiumPerCycle = SodiumPotassiumPump.SodiumPerCycle, PotassiumPerCycle = -SodiumPotassiumPump.PotassiumPerCycle;
    private readonly int sodiumItem, sodium, potassium;
    private readonly ScalarLane sodiumHalf, potassiumHalf, atpHalf;
    private readonly DriveState rate;
    private readonly DriveState? atp;

    public PumpEvaluator(MechanismContext context, SodiumPotassiumPump pump, int item)
    {
        sodiumItem = item;
        SeenPlaces places = context.Places(pump.View);
        (sodium, potassium) = (places.Inside(context.InPack(pump.Sodium)), places.Outside(context.InPack(pump.Potassium)));
        // Half 0: an occupation of 1, no dependence.
        (sodiumHalf, potassiumHalf) = (new(pump.SodiumHalf ?? 0), new(pump.PotassiumHalf ?? 0));
        rate = new(pump.Rate, context.Area);
        if (pump is { Atp: { } waveform, AtpHalf: { } half }) (atp, atpHalf) = (new(waveform, 1), new(half));
    }

    public override double Enter(double time) => Math.Min(rate.Enter(time), atp?.Enter(time) ?? double.PositiveInfinity);

    public override void Evaluate(MembraneSight sight, Span<double> flux, Span<double> rates)
    {
        double cycles = Cycle(sight).Value.Value;
        flux[sodiumItem] = SodiumPerCycle * cycles;
        flux[sodiumItem + 1] = PotassiumPerCycle * cycles;
    }

    public override void Linearise(MembraneSight sight, MembraneDerivatives derivatives)
    {
        PumpCycle<ScalarLane> cycle = Cycle(sight);
        double byTime = cycle.ByRate.Value * rate.RateAt(sight.Time) + cycle.ByAtp.Value * (atp?.RateAt(sight.Time) ?? 0);
        Write(sodiumItem, SodiumPerCycle);
        Write(sodiumItem + 1, PotassiumPerCycle);

        void Write(int item, double count)
        {
            derivatives.Flux[item] = count * cycle.Value.Value;
            derivatives.FluxBySeen[item, sodium] = count * cycle.BySodium.Value;
            derivatives.FluxBySeen[item, potassium] = count * cycle.ByPotassium.Value;
            derivatives.FluxByTime[item] = count * byTime;
        }
    }

    private PumpCycle<ScalarLane> Cycle(MembraneSight sight) => PumpCycle<ScalarLane>.At(
        new(rate.At(sight.Time)),
        Occupation<ScalarLane>.Of(new(sight.Seen[sodium]), sodiumHalf, SodiumPotassiumPump.SodiumPerCycle),
        Occupation<ScalarLane>.Of(new(sight.Seen[potassium]), potassiumHalf, SodiumPotassiumPump.PotassiumPerCycle),
        Occupation<ScalarLane>.Of(new(atp?.At(sight.Time) ?? 1), atpHalf, 1));
}
