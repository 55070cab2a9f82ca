using NernstPlanckGpu.Core.Model;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>What must never change: amounts in a closed box, and Gauss's law.</summary>
internal static class InvariantChecks
{
    private static readonly IReadOnlyList<Species> Ions =
        [new("Ca", 2, 0.792e-9), new("P", 1, 1.334e-9), new("M", -1, 2.032e-9), new("T", 0, 1e-9)];

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "mass in a closed box",
            Quantity = "amount of the species that changes most, by every integrator",
            Unit = "mol",
            Limit = 1e-12,
            IsRelative = true,
            Source = "conservation: the amount at the start",
            Validity = "Holds to rounding, whatever the steps: a flux leaves one cell and enters the next with the same bits.",
            Measure = Mass,
        },
        new()
        {
            Name = "charge in a closed box",
            Quantity = "largest violation of Gauss's law in a cell, by every integrator",
            Unit = "mol m-3",
            Limit = 1e-10,
            Source = "Gauss: div D = F (sum z c + X)",
            Validity = "Holds to rounding, though the explicit steps follow Ampere's law and never solve Poisson's equation.",
            Measure = Charge,
        },
    ];

    /// <summary>A membrane of everything: permittivity, diffusivity, barriers, an impermeable ion, fixed charge beside it, and a field that stirs.</summary>
    /// <param name="phase">Phase of the field, rad.</param>
    /// <param name="cells">Cells of the membrane, and a few more beside it; null: 31, 13 and 37.</param>
    public static PnpProblem Box(double phase = 0, int? cells = null)
    {
        Region left = Layer("left", 5e-9, cells + 2 ?? 31, [10, 60, 85, 3]) with { FixedCharge = 5 };
        Region membrane = Layer("membrane", 3e-9, cells ?? 13, [0, 20, 20, 1], 10) with
        {
            Impermeable = [true, false, false, false],
            DiffusivityFactor = [1, 0.05, 0.1, 1],
            Barrier = [0, 4e3, 3e3, -2e3],
        };
        Region right = Layer("right", 6e-9, cells + 3 ?? 37, [1, 150, 152, 0]);
        var stirring = new PotentialBoundary(new SineWaveform(0.02, 0.05, 2e7, phase));
        return Stack(Ions, Closed(stirring, 4), Closed(Potential(0), 4), left, membrane, right);
    }

    private static IEnumerable<EngineState> Stirred(VerificationBench bench)
    {
        // Euler's steps are few enough that the field is not yet taken from Gauss's law again, which would hide what it lost.
        yield return bench.Transient(Box(), new() { End = 1e-8, Integrator = IntegratorKind.Euler });
        yield return bench.Transient(Box(), new() { End = 1e-6, Integrator = IntegratorKind.Rkc2 });
        yield return bench.Transient(Box(), new() { End = 1e-6, Integrator = IntegratorKind.Rodas4 });
    }

    private static Measurement Mass(VerificationBench bench)
    {
        // Lengths in nm times concentrations of the three layers.
        double[] start = [5 * 10 + 6 * 1, 5 * 60 + 3 * 20 + 6 * 150, 5 * 85 + 3 * 20 + 6 * 152, 5 * 3 + 3 * 1];
        return Measurement.Worst(Stirred(bench).SelectMany(state =>
            start.Select((amount, s) => Measurement.Relative(1e-9 * amount, state.Amount(s)))));
    }

    private static Measurement Charge(VerificationBench bench) =>
        Measurement.Absolute(0, Stirred(bench).Select(state => state.GaussResidual).Aggregate(Math.Max));
}
