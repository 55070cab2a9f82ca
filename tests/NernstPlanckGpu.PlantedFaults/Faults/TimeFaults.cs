namespace NernstPlanckGpu.PlantedFaults.Faults;

/// <summary>Faults of the integrators, of the waveforms, and of one lane alone.</summary>
internal static class TimeFaults
{
    private const string Formulas = "kernels/NernstPlanckGpu.Formulas/", Core = "src/NernstPlanckGpu.Core/";

    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        new("a Chebyshev coefficient (gamma~ without a)", Formulas + "Chebyshev.cs",
            "GammaTilde = -(previousA * MuTilde);", "GammaTilde = -MuTilde;"),
        new("two digits of Rodas4P2 exchanged", Core + "Integrators/Rosenbrock.cs", "-0.189707390391685]", "-0.198707390391685]"),
        new("dF/dt of waveforms missing", Core + "Engines/Cpu/Implicit/RosenbrockPack.cs",
            "if (method.GammaSum[i] != 0)", "if (method.GammaSum[i] > 1e300)"),
        new("stage times of waveforms missing", Core + "Engines/Cpu/Implicit/RosenbrockPack.cs",
            "controls[k].Time + method.Alpha[i] * controls[k].Step", "controls[k].Time + 0 * method.Alpha[i] * controls[k].Step"),
        new("Euler loses a thousandth of the charge that moves", Core + "Engines/Cpu/Updates.cs",
            "T.MultiplyAdd(-step, current, old)", "T.MultiplyAdd(T.Of(-0.999) * step, current, old)"),
        new("error estimate of rkc2 a thousandth", Formulas + "StepControl.cs",
            "return error / (relativeTolerance", "return T.Of(1e-3) * error / (relativeTolerance"),
        new("a sine of half its frequency", Formulas + "Drive.cs",
            "T.MultiplyAdd(Amplitude, Elementary.Sin(T.MultiplyAdd(AngularFrequency, time, Phase))",
            "T.MultiplyAdd(Amplitude, Elementary.Sin(T.MultiplyAdd(T.Of(0.5) * AngularFrequency, time, Phase))"),
        new("512-bit lanes round twice", Formulas + "Lanes/Lane8.cs",
            "Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value)", "a.Value * b.Value + c.Value"),
        new("256-bit lanes shift the wrong way", Formulas + "Lanes/Lane4.cs",
            "Avx.Shuffle(current.Value, middle, 0b0101)", "Avx.Shuffle(middle, current.Value, 0b0101)"),
    ];
}
