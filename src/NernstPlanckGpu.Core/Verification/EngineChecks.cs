using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>The engine at hand against the CPU's scalar lane, and the CPU's lanes among themselves.</summary>
internal static class EngineChecks
{
    private static readonly CpuEngine Scalar = new(new(1, "scalar"));

    private static readonly EngineOptions[] Packings =
        [new(1, "256", false), new(1, "512", false), new(1, "256", true), new(1, "512", true), new(2, "512", true)];

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "engine against engine",
            Quantity = "concentrations after steps of euler, rkc2 and rodas4, where they differ most over |c| + 0.1 mM",
            Unit = "mol m-3",
            Limit = 1e-10,
            IsRelative = true,
            Source = "the scalar lane of the CPU engine, one problem at a time",
            Validity = "Nine problems of two sizes together, given steps, so that rounding alone may differ: none on the CPU, some ulp a stage "
                + "on a device.",
            Measure = Steps,
        },
        new()
        {
            Name = "engine against engine, steady",
            Quantity = "concentrations of steady states found together, where they differ most over |c| + 0.1 mM",
            Unit = "mol m-3",
            Limit = 1e-8,
            IsRelative = true,
            Source = "the scalar lane of the CPU engine, one problem at a time",
            Validity = "Five membranes at voltages from -80 to 40 mV; Newton's method stops at the rounding of the potential.",
            Measure = Steady,
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

    private static Measurement Steps(VerificationBench bench)
    {
        PnpProblem[] problems = [.. Enumerable.Range(0, 9).Select(i => InvariantChecks.Box(0.3 * i, i % 3 == 1 ? 4 : 5))];
        (IntegratorKind Integrator, double End, int Count)[] runs =
            [(IntegratorKind.Euler, 1e-12, 40), (IntegratorKind.Rkc2, 3e-11, 3), (IntegratorKind.Rodas4, 1e-8, 4)];
        return Measurement.Worst(runs.SelectMany(run =>
        {
            TimeSettings settings = new() { End = run.End, Integrator = run.Integrator, Step = run.End / run.Count };
            return bench.Batch(bench.Engine, problems, settings).Zip(problems, (got, problem) =>
                Difference(bench.Batch(Scalar, [problem], settings)[0], got));
        }));
    }

    private static Measurement Steady(VerificationBench bench)
    {
        PnpProblem[] problems = [.. Enumerable.Range(0, 5).Select(i => Membrane(-0.08 + 0.03 * i))];
        using var scalar = new CpuEngine(new(1, "scalar"));
        var judge = new VerificationBench(scalar);
        return Measurement.Worst(bench.SteadyStates(problems).Zip(problems, (got, problem) => Difference(judge.Steady(problem), got)));
    }

    private static PnpProblem Membrane(double voltage)
    {
        double[] inside = [140, 10, 150], outside = [5, 145, 150];
        Region membrane = Layer("membrane", 4e-9, 7, inside, 2) with
        {
            IsMembrane = true,
            Concentration = null,
            DiffusivityFactor = [1e-4, 1e-4, 1e-4],
            Barrier = [10e3, 10e3, 10e3],
        };
        return Stack(
            [new("K", 1, 1.957e-9), new("Na", 1, 1.334e-9), new("Cl", -1, 2.032e-9)], Baths(Potential(voltage), inside), Baths(Potential(0), outside),
            Layer("inside", 5e-9, 15, inside, 74), membrane, Layer("outside", 5e-9, 13, outside, 74));
    }

    private static Measurement Difference(EngineState expected, EngineState got) => Measurement.Worst(
        expected.Concentrations.Zip(got.Concentrations, (e, g) => new Measurement(e, g, Math.Abs(g - e) / (Math.Abs(e) + 0.1))));

    private static Measurement Lanes(VerificationBench bench)
    {
        PnpProblem[] problems = [.. Enumerable.Range(0, 11).Select(i => InvariantChecks.Box(0.3 * i))];
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
