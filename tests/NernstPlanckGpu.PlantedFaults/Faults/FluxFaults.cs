namespace NernstPlanckGpu.PlantedFaults.Faults;

/// <summary>Faults of fluxes, of the functions they are made of, and of faces between unlike regions.</summary>
internal static class FluxFaults
{
    private const string Formulas = "kernels/NernstPlanckGpu.Formulas/", Discretiser = "src/NernstPlanckGpu.Core/Discretisation/Discretiser.cs";

    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        new("drift against the field", Formulas + "ScharfetterGummel.cs",
            "return conductance * T.MultiplyAdd(bernoulli, left - right, drive * carried);",
            "return conductance * T.MultiplyAdd(bernoulli, left - right, -(drive * carried));"),
        new("drift carries what is downstream", Formulas + "ScharfetterGummel.cs",
            "T.Where(drive, T.Of(0.0), right, left)", "T.Where(drive, T.Of(0.0), left, right)"),
        new("central differences instead of exponential fitting", Formulas + "ScharfetterGummel.cs",
            "return conductance * T.MultiplyAdd(bernoulli, left - right, drive * carried);",
            "return conductance * T.MultiplyAdd(T.Of(0.5) * drive, left + right, left - right);"),
        new("Bernoulli broken near 0", Formulas + "Bernoulli.cs", "T.Of(T.Negligible)), T.Of(T.LargestExponent)", "T.Of(1e-3)), T.Of(T.LargestExponent)"),
        new("Bernoulli of the other sign", Formulas + "Bernoulli.cs", "ofMagnitude + T.Max(-x, T.Of(0.0))", "ofMagnitude + T.Max(x, T.Of(0.0))"),
        new("a digit of Bernoulli's polynomial", Formulas + "Elementary.cs", "T.Of(0.08333333333333301)", "T.Of(0.08333433333333301)"),
        new("slope of Bernoulli near 0 (x/12)", Formulas + "Bernoulli.cs", "T.Of(1.0 / 6)), T.Of(-0.5)", "T.Of(1.0 / 12)), T.Of(-0.25)"),
        new("first order at interfaces: averages on the jump's face", Discretiser,
            "leftK[s] = Diffusivity(s, left) / leftHalf;\n            rightK[s] = Diffusivity(s, right) / rightHalf;",
            "double mean = Diffusivity(s, left) > 0 && Diffusivity(s, right) > 0 ? 0.5 * (Diffusivity(s, left) + Diffusivity(s, right)) : 0;\n"
                + "            leftK[s] = mean / leftHalf;\n            rightK[s] = mean / rightHalf;"),
        new("the drop over an interface shared evenly", Discretiser,
            "new(f, leftDrop, rightDrop, leftK", "new(f, 0.5 * (leftDrop + rightDrop), 0.5 * (leftDrop + rightDrop), leftK"),
        new("barrier of the other sign", Discretiser, "Math.Exp(-0.5 * jump", "Math.Exp(0.5 * jump"),
        new("explicit interface flux with a term of the wrong half", Formulas + "InterfaceFlux.cs",
            "leftConductance * inversePartition, backwardLeft, rightConductance * partition * forwardRight",
            "leftConductance * inversePartition, forwardLeft, rightConductance * partition * forwardRight"),
        new("a bath half a cell further away", Discretiser, "Diffusivity(s, region) / geometric : 0", "Diffusivity(s, region) / (2 * geometric) : 0"),
        new("ln gamma dropped", Formulas + "ScharfetterGummel.cs",
            "T.MultiplyAdd(valence, drop, -excess)", "T.MultiplyAdd(valence, drop, T.Of(0.0) * excess)"),
        new("Davies without its linear term", Formulas + "ActivityIonCloud.cs", "DaviesSlope = 0.3", "DaviesSlope = 0.0"),
        new("ln gamma with z instead of z squared", "src/NernstPlanckGpu.Core/Engines/Cpu/ActivityConstants.cs",
            "Math.Log(10) * one.Valence * one.Valence", "Math.Log(10) * Math.Abs(one.Valence)"),
        new("ions that crowd draw more ions", Formulas + "ActivitySteric.cs", "=> -Elementary.Log(Room(fraction))", "=> Elementary.Log(Room(fraction))"),
        new("sources of the other sign", "src/NernstPlanckGpu.Core/Engines/Cpu/SourceFluxes.cs",
            "value[i + 1] = value[i] - now * volume;", "value[i + 1] = value[i] + now * volume;"),
    ];
}
