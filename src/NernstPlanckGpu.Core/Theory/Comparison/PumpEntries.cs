using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>A membrane with a sodium pump: its potential where the leaks balance the pump (Mullins and Noda), and the ratio of those leaks.</summary>
internal static class PumpEntries
{
    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        if (compared.Mechanisms.Pump is not { } pump) yield break;
        (Species sodium, Species potassium) = (compared.Problem.Species[pump.Sodium], compared.Problem.Species[pump.Potassium]);
        if (compared.Valence[pump.Sodium] != 1 || compared.Valence[pump.Potassium] != 1) yield break;
        if (GoldmanEntries.Ion(compared, pump.Potassium) is { } k && GoldmanEntries.Ion(compared, pump.Sodium) is { } na
            && MullinsNoda.Potential(compared.Problem.Temperature, k, na) is var potential && double.IsFinite(potential))
            yield return new("mullinsNoda", potential, compared.FreePotential, "V",
                $"potential at which the leaks of {sodium.Name} and {potassium.Name} stand as 3 to 2, as the pump returns them (Mullins and Noda); "
                + "PNP differs as from GHK, where other ions are not at rest, where other mechanisms move these two, and before it is steady");
        double? Leak(int species) => compared.Mechanisms.CurrentWithout(species, mechanism => mechanism is SodiumPotassiumPump or Cotransporter);
        double? ratio = Leak(pump.Sodium) is { } sodiumLeak && Leak(pump.Potassium) is { } potassiumLeak && potassiumLeak != 0 ? sodiumLeak / potassiumLeak : null;
        yield return new("pumpLeakRatio", -(double)SodiumPotassiumPump.SodiumPerCycle / SodiumPotassiumPump.PotassiumPerCycle, ratio, "1",
            $"leak of {sodium.Name} over leak of {potassium.Name} where the pump returns both; "
            + "PNP differs before it is steady, and where a cotransport carries either");
    }
}
