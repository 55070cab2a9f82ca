namespace NernstPlanckGpu.PlantedFaults.Faults;

/// <summary>Faults of the field, of what closes the circuit at the ends, and of the geometry.</summary>
internal static class FieldFaults
{
    private const string Formulas = "kernels/NernstPlanckGpu.Formulas/", Cpu = "src/NernstPlanckGpu.Core/Engines/Cpu/";
    private const string Discretisation = "src/NernstPlanckGpu.Core/Discretisation/";

    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        new("twice the permittivity", Discretisation + "Discretiser.cs",
            "geometric / problem.Regions[region].Permittivity", "geometric / (2 * problem.Regions[region].Permittivity)"),
        new("Stern layer of the other sign, implicit", Formulas + "Implicit/EndTerms.cs",
            "(prescribed - own) / T.Of(end.SternResistance) + charge", "(prescribed - own) / T.Of(end.SternResistance) - charge"),
        new("no Stern layer on the right, explicit", Cpu + "Circuit.cs",
            "stern.Left * left + stern.Right * right", "stern.Left * left"),
        new("no drop between the left end and its cell, explicit", Cpu + "CpuPack.cs",
            "Arrays.Closure[k] = circuits[k].Close(time, controls[k].Time, weighted, left, right);",
            "Arrays.Closure[k] = circuits[k].Close(time, controls[k].Time, weighted - Arrays.Resistance[k] * q[0], left, right);"),
        new("clamp with left and right swapped, explicit", Cpu + "Circuit.cs",
            "new ScalarLane(left!.At(time) - right!.At(time))", "new ScalarLane(right!.At(time) - left!.At(time))"),
        new("displacement current dropped, explicit", Cpu + "Circuit.cs",
            "new ScalarLane(left!.RateAt(time) - right!.RateAt(time))", "new ScalarLane(0 * left!.RateAt(time))"),
        new("surface charge of the other sign, explicit", Cpu + "Circuit.cs",
            "Kind.LeftSurfaceCharge => surface!.At(time) - leftCharge,", "Kind.LeftSurfaceCharge => -surface!.At(time) - leftCharge,"),
        new("clamped current of the other sign, implicit", Formulas + "Implicit/EndTerms.cs",
            "return prescribed - Current(a, leftEnd ? 0 : a.Cells)", "return -prescribed - Current(a, leftEnd ? 0 : a.Cells)"),
        new("lagged field: the circuit as the stage before left it", Cpu + "Rkc2Pack.cs", "            SettleMoved(target, time);\n", ""),
        new("charge moved by the absolute valence", Cpu + "StagePasses.cs",
            "T.Store(T.MultiplyAdd(valence, flux, first ? T.Of(0.0) : T.Load(current + e)), current + e);",
            "T.Store(T.MultiplyAdd(T.Abs(valence), flux, first ? T.Of(0.0) : T.Load(current + e)), current + e);"),
        new("fixed charge of the other sign, implicit", Formulas + "Implicit/CellRows.cs",
            "charge, T.Load(a.FixedCharge + i * w));\n            T.Store(before", "charge, -T.Load(a.FixedCharge + i * w));\n            T.Store(before"),
        new("prescribed flux of the other sign, explicit", Cpu + "Ends.cs", "+= flux.Sign * moved", "-= flux.Sign * moved"),
        new("reservoirs of twice their volume", Discretisation + "Discretiser.cs", "1 / (reservoir.Depth * area)", "1 / (2 * reservoir.Depth * area)"),
        new("volume of a shell as if it were flat", Discretisation + "AreaProfile.cs",
            "(outer * outer + outer * inner + inner * inner)", "(inner * inner + inner * inner + inner * inner)"),
        new("resistance of a cylinder as if it were flat", Discretisation + "AreaProfile.cs",
            "SpecialFunctions.LogP1((to - from) / (innerRadius + from)) / (2 * Math.PI)", "(to - from) / (innerRadius + from) / (2 * Math.PI)"),
        new("reactance of the other sign", Cpu + "Implicit/SmallSignal.cs",
            "+= new Complex(0, omega * volume[f + 1])", "-= new Complex(0, omega * volume[f + 1])"),
    ];
}
