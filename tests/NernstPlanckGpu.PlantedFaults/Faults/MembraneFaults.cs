namespace NernstPlanckGpu.PlantedFaults.Faults;

/// <summary>Faults of what passes a membrane besides.</summary>
internal static class MembraneFaults
{
    private const string Formulas = "kernels/NernstPlanckGpu.Formulas/Membrane/", Engine = "src/NernstPlanckGpu.Core/Engines/Cpu/Membrane/";

    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        new("lost pump charge, explicit", Engine + "MembranePass.cs", "a.Current[e] += current;", "a.Current[e] += 0 * current;"),
        new("a pump of 3:3", Engine + "PumpEvaluator.cs",
            "PotassiumPerCycle = -SodiumPotassiumPump.PotassiumPerCycle", "PotassiumPerCycle = -SodiumPotassiumPump.SodiumPerCycle"),
        new("constant-field leak of the other sign", Engine + "GoldmanLeakEvaluator.cs",
            "ScharfetterGummel.Drive(valence, new(sight.Seen[drop]))", "ScharfetterGummel.Drive(-valence, new(sight.Seen[drop]))"),
        new("ohmic pore with z instead of z squared", Formulas + "OhmicDrive.cs",
            "T.Of(1.0) / (valence * valence)", "T.Of(1.0) / T.Abs(valence)"),
        new("water flows to where less is dissolved", Formulas + "Osmosis.cs",
            "permeability * inverseVolume * difference", "-(permeability * inverseVolume * difference)"),
        new("a gate's opening and closing exchanged", Engine + "GateEvaluator.cs",
            "At(gate.Opening, u, out opening).Value, At(gate.Closing, u, out closing).Value",
            "At(gate.Closing, u, out opening).Value, At(gate.Opening, u, out closing).Value"),
        new("a gate too few", Formulas + "GateKinetics.cs", "return others * gate;", "return others;"),
        new("cotransport counts one ion against the others", Formulas + "Cotransport.cs",
            "T.MultiplyAdd(count, difference, affinity)", "T.MultiplyAdd(count, difference, -affinity)"),
    ];
}
