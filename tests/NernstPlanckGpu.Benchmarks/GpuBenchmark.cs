using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Gpu;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>
/// Measurements on every CUDA and OpenCL device, and on one CPU core for comparison. Each is a line "MEASURE name value unit device driver"
/// with tabs between, which tests/gpu/run.sh gathers into its table. Times are of Advance alone: problems are on the device before.
/// </summary>
internal static class GpuBenchmark
{
    private const double Longest = 30;
    private const int NoDevice = 6;

    private static int failures;

    /// <summary>Measures; exit code 1 where a measurement failed, 6 where no device computes.</summary>
    /// <param name="seconds">Least time of a measurement.</param>
    public static int Run(double seconds)
    {
        int devices = 0;
        DiscreteProblem[] memb = Memb(64);
        using (var cpu = new CpuEngine(new EngineOptions(1)))
        {
            var subject = new Subject(cpu, "one CPU core", "-", 1);
            Try("one CPU core", () => Throughput(subject, memb, seconds));
        }
        if (!AcceleratorDiscovery.HasIlgpu) Console.WriteLine("devices: none, this build has no ILGPU");
        foreach (BackEndReport report in AcceleratorDiscovery.Discover().Where(report => report.Kind != AcceleratorKind.Simulator))
        {
            if (report.WhyNone is { } why) Console.WriteLine($"{report.Kind}: none, {why}");
            for (int i = 0; i < report.Accelerators.Count; i++)
            {
                AcceleratorInfo info = report.Accelerators[i];
                if (info.Unusable is { } reason)
                {
                    Console.WriteLine($"{report.Kind} {i}: {info.Name} cannot compute: {reason}");
                    continue;
                }
                devices++;
                Try($"{report.Kind} {i}", () => Device(report.Kind, i, info, memb, seconds));
            }
        }
        return failures > 0 ? 1 : devices > 0 ? 0 : NoDevice;
    }

    private static void Device(AcceleratorKind kind, int index, AcceleratorInfo info, DiscreteProblem[] memb, double seconds)
    {
        using IEngine engine = GpuEngines.Open(kind, index);
        Console.WriteLine($"{kind} {index}: {engine.Description}; {info.Driver}");
        var subject = new Subject(engine, info.Name, info.Driver, Math.Max(32, 16 * info.Multiprocessors));
        Try("throughput", () => Throughput(subject, memb, seconds));
        Try("growth", () => Growth(subject, memb));
        Try("sizes", () => Sizes(subject, seconds));
        Try("implicit", () => Implicit(subject, memb));
        Try("mixed precision", () =>
        {
            using IEngine mixed = GpuEngines.Open(kind, index, EnginePrecision.Mixed);
            Throughput(subject with { Engine = mixed, Label = "mixed " }, memb, seconds);
            Difference(subject, mixed, memb[15]);
        });
    }

    // A machine is lent for minutes: what fails must not cost the measurements after it.
    [SuppressMessage("Design", "CA1031", Justification = "A driver may fail in any way.")]
    private static void Try(string name, Action measure)
    {
        try
        {
            measure();
        }
        catch (Exception exception)
        {
            failures++;
            Console.WriteLine($"FAILED {name}: {exception.Message}");
        }
    }

    /// <summary>What is measured.</summary>
    /// <param name="Engine">Engine.</param>
    /// <param name="Device">Its device.</param>
    /// <param name="Driver">Its driver.</param>
    /// <param name="Batch">Problems that fill it.</param>
    private sealed record Subject(IEngine Engine, string Device, string Driver, int Batch)
    {
        /// <summary>What stands before the names of its measurements.</summary>
        public string Label { get; init; } = "";

        public void Say(string name, double value, string unit) =>
            Console.WriteLine($"MEASURE\t{Label}{name}\t{value:g4}\t{unit}\t{Device}\t{Driver}");
    }

    private static DiscreteProblem[] Memb(int count, params string[] overrides)
    {
        PnpProblem memb = Measure.Memb(overrides);
        return [.. Enumerable.Range(0, count).Select(i => Discretiser.Discretise(GpuProblemFile.At(memb, GpuProblemFile.Voltage(i))))];
    }

    private static DiscreteProblem[] Repeat(DiscreteProblem[] distinct, int count) =>
        [.. Enumerable.Range(0, count).Select(i => distinct[i % distinct.Length])];

    // Face-species updates per second with fixed steps: as the comparators, and a long adaptive run.
    private static void Throughput(Subject subject, DiscreteProblem[] memb, double seconds)
    {
        DiscreteProblem[] batch = Repeat(memb, subject.Batch);
        foreach ((string name, IntegratorKind kind, double? step) in new (string, IntegratorKind, double?)[]
            { ("euler", IntegratorKind.Euler, 0.9e-12), ("rkc2, steps of 1 ns", IntegratorKind.Rkc2, 1e-9), ("rkc2, adaptive", IntegratorKind.Rkc2, null) })
        {
            if (Refused(subject, memb[0], new TimeSettings { End = 1, Step = step, Integrator = kind }, name)) continue;
            double steps = 2, elapsed, updates, end;
            while (true)
            {
                end = steps * (step ?? 1e-9);
                (elapsed, updates) = Advance(subject.Engine, batch, new TimeSettings { End = end, Step = step, Integrator = kind });
                if (elapsed >= seconds || steps >= 1e8) break;
                steps = Math.Ceiling(steps * Math.Clamp(1.5 * seconds / elapsed, 2, 50));
            }
            subject.Say($"{name}, MEMB x {batch.Length}", updates / elapsed, "updates/s");
        }
    }

    // How far mixed precision is from double on the same device, through 1 us at 1e-4: relative to each concentration.
    private static void Difference(Subject subject, IEngine mixed, DiscreteProblem problem)
    {
        var settings = new TimeSettings { End = 1e-6, Integrator = IntegratorKind.Rkc2 };
        if (Refused(subject, problem, settings, "mixed against double")) return;
        double[][] expected = Concentrations(subject.Engine, problem, settings), got = Concentrations(mixed, problem, settings);
        double largest = expected.Zip(got).Max(pair => pair.First.Zip(pair.Second).Max(two => Math.Abs(two.Second - two.First) / two.First));
        subject.Say("mixed against double, concentrations, MEMB through 1 us", largest, "1");
    }

    private static double[][] Concentrations(IEngine engine, DiscreteProblem problem, TimeSettings settings)
    {
        using IBatch batch = engine.Start([problem], settings);
        batch.Advance([settings.End], null, CancellationToken.None);
        var view = new StateView(problem);
        batch.Read(0, view);
        return view.Concentration;
    }

    // How time grows from one problem to 1e6.
    private static void Growth(Subject subject, DiscreteProblem[] memb)
    {
        const double Step = 1e-9;
        var settings = new TimeSettings { End = 20 * Step, Step = Step, Integrator = IntegratorKind.Rkc2 };
        if (Refused(subject, memb[0], settings, "growth")) return;
        double before = 0;
        for (int count = 1; count <= 1_000_000; count *= 10)
        {
            if (10 * before > Longest)
            {
                Console.WriteLine($"left out: {count} problems and more, which would take over {Longest} s");
                return;
            }
            (before, double updates) = Advance(subject.Engine, Repeat(memb, count), settings);
            subject.Say($"{count} problems, 20 steps of 1 ns", before, "s");
            subject.Say($"{count} problems, rate", updates / before, "updates/s");
        }
    }

    // How the rate depends on the number of cells, with as many unknowns in all.
    private static void Sizes(Subject subject, double seconds)
    {
        foreach (int cells in new[] { 64, 128, 256, 512, 1024, 2048, 4096 })
        {
            int side = cells * 27 / 64;
            DiscreteProblem problem = Memb(
                1, $"/regions/0/grid={{\"cells\":{side},\"grading\":\"none\"}}", $"/regions/2/grid={{\"cells\":{side},\"grading\":\"none\"}}",
                $"/regions/1/grid={{\"cells\":{cells - (2 * side)}}}")[0];
            // So small a step is stable on every one of these grids; the rate does not depend on it.
            const double Step = 1e-16;
            double steps = 64, elapsed, updates;
            if (Refused(subject, problem, new TimeSettings { End = 1, Step = Step, Integrator = IntegratorKind.Euler }, $"{cells} cells")) continue;
            DiscreteProblem[] batch = Repeat([problem], Math.Max(1, subject.Batch * 256 / cells));
            while (true)
            {
                (elapsed, updates) = Advance(subject.Engine, batch, new TimeSettings { End = steps * Step, Step = Step, Integrator = IntegratorKind.Euler });
                if (elapsed >= 0.5 * seconds) break;
                steps = Math.Ceiling(steps * Math.Clamp(seconds / elapsed, 2, 50));
            }
            subject.Say($"euler, {cells} cells x {batch.Length}", updates / elapsed, "updates/s");
        }
    }

    // Varied problems through 1 ms.
    private static void Implicit(Subject subject, DiscreteProblem[] memb)
    {
        const int Many = 100_000;
        var settings = new TimeSettings { End = 1e-3, Integrator = IntegratorKind.Rodas4 };
        if (Refused(subject, memb[0], settings, "rodas4")) return;
        double before = 0;
        foreach (int count in new[] { 100, 1000, 10_000, Many })
        {
            if (10 * before > Longest)
            {
                Console.WriteLine($"left out: {count} problems through 1 ms, which would take over {Longest} s");
                return;
            }
            (before, _) = Advance(subject.Engine, Repeat(memb, count), settings);
            subject.Say($"rodas4, {count} MEMB through 1 ms", before, "s");
        }
    }

    private static bool Refused(Subject subject, DiscreteProblem problem, TimeSettings settings, string name)
    {
        if (subject.Engine.WhyNot(problem, settings) is not { } why) return false;
        Console.WriteLine($"left out: {name}, because {why}");
        return true;
    }

    private static (double Seconds, double Updates) Advance(IEngine engine, DiscreteProblem[] problems, TimeSettings settings)
    {
        using IBatch batch = engine.Start(problems, settings);
        double[] targets = [.. problems.Select(_ => settings.End)];
        var watch = Stopwatch.StartNew();
        batch.Advance(targets, null, CancellationToken.None);
        double seconds = watch.Elapsed.TotalSeconds, updates = 0;
        for (int i = 0; i < problems.Length; i++)
        {
            ProblemStatus status = batch.Status(i);
            if (status.Outcome != Outcome.Done) throw new InvalidOperationException($"problem {i} ended with {status.Outcome}");
            updates += (double)status.Evaluations * (problems[i].Cells + 1) * problems[i].Species;
        }
        return (seconds, updates);
    }
}
