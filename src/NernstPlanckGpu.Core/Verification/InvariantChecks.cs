using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>What must never change: amounts in a closed box, Gauss's law, the bits on whatever lane.</summary>
internal static class InvariantChecks
{
    private static readonly IReadOnlyList<Species> Ions =
        [new("Ca", 2, 0.792e-9), new("P", 1, 1.334e-9), new("M", -1, 2.032e-9), new("T", 0, 1e-9)];

    private static readonly CpuEngine Scalar = new(new(1, "scalar"));

    private static readonly EngineOptions[] Packings =
        [new(1, "256", false), new(1, "512", false), new(1, "256", true), new(1, "512", true), new(2, "512", true)];

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "mass in a closed box",
            Quantity = "amount of the species that changes most, 1 us explicit and implicit",
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
            Quantity = "largest violation of Gauss's law in a cell after 1 us",
            Unit = "mol m-3",
            Limit = 1e-10,
            Source = "Gauss: div D = F (sum z c + X)",
            Validity = "Holds to rounding, though the explicit steps follow Ampere's law and never solve Poisson's equation.",
            Measure = Charge,
        },
        new()
        {
            Name = "lane against lane",
            Quantity = "numbers that differ from those of scalar steps, of the engine and of every lane and packing",
            Unit = "1",
            Limit = 0,
            Source = "the scalar lane of the CPU engine, one problem at a time",
            Validity = "Same bits on the CPU by construction, for rkc2 and rodas4, 11 problems together or alone.",
            Measure = Lanes,
        },
    ];

    // A membrane of everything: permittivity, diffusivity, barriers, an impermeable ion, fixed charge beside it, and a field that stirs.
    private static PnpProblem Box(double phase = 0)
    {
        Region left = Layer("left", 5e-9, 31, [10, 60, 85, 3]) with { FixedCharge = 5 };
        Region membrane = Layer("membrane", 3e-9, 13, [0, 20, 20, 1], 10) with
        {
            Impermeable = [true, false, false, false],
            DiffusivityFactor = [1, 0.05, 0.1, 1],
            Barrier = [0, 4e3, 3e3, -2e3],
        };
        Region right = Layer("right", 6e-9, 37, [1, 150, 152, 0]);
        var stirring = new PotentialBoundary(new SineWaveform(0.02, 0.05, 2e7, phase));
        return Stack(Ions, Closed(stirring, 4), Closed(Potential(0), 4), left, membrane, right);
    }

    private static IEnumerable<EngineState> Stirred(VerificationBench bench)
    {
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

    private static Measurement Lanes(VerificationBench bench)
    {
        PnpProblem[] problems = [.. Enumerable.Range(0, 11).Select(i => Box(0.3 * i))];
        if (bench.Engine is not CpuEngine) throw new EngineRefusalException("the same bits are promised of the CPU's lanes only");
        IEngine[] engines = [bench.Engine, .. Packings.Select(options => new CpuEngine(options))];
        long different = 0;
        foreach (IntegratorKind integrator in new[] { IntegratorKind.Rkc2, IntegratorKind.Rodas4 })
        {
            TimeSettings settings = new() { End = 1e-9, Integrator = integrator };
            long[][] expected = [.. problems.Select(problem => Bits(bench.Batch(Scalar, [problem], settings)[0]))];
            foreach (IEngine engine in engines)
            {
                IReadOnlyList<EngineState> got = bench.Batch(engine, problems, settings);
                for (int i = 0; i < problems.Length; i++)
                    different += Bits(got[i]).Zip(expected[i]).Count(pair => pair.First != pair.Second);
            }
        }
        return Measurement.Absolute(0, different);
    }

    private static long[] Bits(EngineState state)
    {
        StateView view = state.View;
        IEnumerable<double[]> arrays = [.. view.Concentration, .. view.Flux, view.Charge, [view.TotalCurrent]];
        return [.. arrays.SelectMany(values => values).Select(BitConverter.DoubleToInt64Bits)];
    }
}
