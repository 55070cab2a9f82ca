using System.Diagnostics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>The implicit engine on MEMB: 1 ms in time, the steady state, a surface of steady points; and scipy beside it.</summary>
internal static class Implicit
{
    private const double End = 1e-3;

    /// <summary>Fine-grid limit of the steady current, A/m² (scipy/memb_steady.py).</summary>
    private const double CurrentLimit = -65.8299644;

    public static void Run(int rounds)
    {
        DiscreteProblem memb = Discretiser.Discretise(Measure.Memb());
        WarmUp(memb);
        double quickest = Transient(memb, rounds);
        Steady(memb);
        Batch(memb, rounds);
        foreach (int threads in new[] { 1, 2 }) Surface(threads);
        if (ScipyComparator.Run(1e-3, End, rounds) is not { } scipy)
        {
            Console.WriteLine("no python3 with numpy and scipy here: not compared with scipy (Debian: python3-scipy, libopenblas0)");
            return;
        }
        Console.WriteLine(
            $"scipy BDF, rtol 1e-3, dense analytic Jacobian, {scipy.Blas} BLAS: {scipy.WallTime * 1e3:f0} ms, {scipy.WallTime / quickest:f0}x of rodas4 at 1e-3");
    }

    // The runtime compiles hot methods in the background a while after they were first called.
    private static void WarmUp(DiscreteProblem memb)
    {
        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j < 40; j++) _ = Integrate([memb], 1e-3);
            for (int j = 0; j < 200; j++)
            {
                using ISteadyState steady = new CpuEngine(new(1)).Steady(memb);
                _ = steady.Solve(default);
                _ = steady.Conductance();
            }
            Thread.Sleep(150);
        }
    }

    private static double Transient(DiscreteProblem memb, int rounds)
    {
        (StateView exact, _, _) = Integrate([memb], 1e-10);
        double quickest = double.PositiveInfinity;
        foreach (double tolerance in new[] { 1e-3, 1e-4, 1e-6 })
        {
            double[] times = [.. Enumerable.Range(0, 5 * rounds).Select(_ => Integrate([memb], tolerance).Seconds)];
            (StateView state, ProblemStatus status, _) = Integrate([memb], tolerance);
            double error = state.Concentration.Zip(exact.Concentration, (a, b) => a.Zip(b, (x, y) => Math.Abs(x / y - 1)).Max()).Max();
            if (tolerance == 1e-3) quickest = Measure.Median(times);
            Console.WriteLine(
                $"MEMB to 1 ms, rodas4 {tolerance:g1}: {status.AcceptedSteps} steps, {status.RejectedSteps} rejected, {Measure.Median(times) * 1e3:f2} ms (best {times.Min() * 1e3:f2}); largest relative error of a concentration {error:e1}");
        }
        return quickest;
    }

    private static (StateView State, ProblemStatus Status, double Seconds) Integrate(DiscreteProblem[] problems, double tolerance)
    {
        var settings = new TimeSettings { End = End, Integrator = IntegratorKind.Rodas4, RelativeTolerance = tolerance };
        var watch = Stopwatch.StartNew();
        using IBatch batch = new CpuEngine(new(1)).Start(problems, settings);
        batch.Advance([.. problems.Select(_ => End)], null, default);
        double seconds = watch.Elapsed.TotalSeconds;
        var state = new StateView(problems[0]);
        batch.Read(0, state);
        return (state, batch.Status(0), seconds);
    }

    private static void Steady(DiscreteProblem memb)
    {
        var times = new List<double>();
        SteadyResult? result = null;
        var state = new StateView(memb);
        for (int i = 0; i < 200; i++)
        {
            var watch = Stopwatch.StartNew();
            using ISteadyState steady = new CpuEngine(new(1)).Steady(memb);
            result = steady.Solve(default);
            times.Add(watch.Elapsed.TotalSeconds);
            steady.Read(state);
        }
        double current = state.TotalCurrent * PhysicalConstants.Faraday;
        Console.WriteLine(
            $"MEMB steady from nothing: {result!.Iterations} iterations, {Measure.Median(times) * 1e3:f3} ms (best {times.Min() * 1e3:f3}); {current:f6} A/m2 with {memb.Cells} cells, {Math.Abs(current / CurrentLimit - 1):e1} from the fine-grid limit");
    }

    // As many alike as the lane is wide: time per problem against one alone.
    private static void Batch(DiscreteProblem memb, int rounds)
    {
        const int Count = 64;
        DiscreteProblem[] many = [.. Enumerable.Range(0, Count).Select(i => Discretiser.Discretise(Measure.Memb($"/boundaries/left/electric/potential={-100 + i} mV"), memb.Grid))];
        for (int i = 0; i < 20; i++) _ = Integrate(many, 1e-4);
        double alone = Measure.Median(Enumerable.Range(0, rounds).Select(_ => Integrate([memb], 1e-4).Seconds));
        double together = Measure.Median(Enumerable.Range(0, rounds).Select(_ => Integrate(many, 1e-4).Seconds)) / Count;
        Console.WriteLine($"MEMB to 1 ms, {Count} at once on one thread: {together * 1e3:f2} ms each, {alone / together:f1}x as fast as one alone");
    }

    // 100 concentrations of potassium outside times 100 voltages, every point with its current and conductance.
    private static void Surface(int threads)
    {
        const int Side = 100;
        double sum = 0;
        var watch = Stopwatch.StartNew();
        Grid grid = GridBuilder.Build(Measure.Memb());
        PnpProblem memb = Measure.Memb();
        _ = Parallel.For(0, Side, new ParallelOptions { MaxDegreeOfParallelism = threads }, row =>
        {
            DiscreteProblem discrete = Discretiser.Discretise(WithPotassium(memb, 1 + 0.5 * row), grid);
            using ISteadyState steady = new CpuEngine(new(1)).Steady(discrete);
            var state = new StateView(discrete);
            for (int i = 0; i < Side; i++)
            {
                SteadyResult result = steady.SolveAt(-0.12 + 0.0024 * i, default);
                if (!result.IsFound) throw new InvalidOperationException(result.Detail);
                steady.Read(state);
                lock (memb) sum += state.TotalCurrent + steady.Conductance();
            }
        });
        double seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine($"steady surface of {Side * Side} points, {threads} thread(s): {seconds:f2} s, {seconds / (Side * Side) * 1e6 * threads:f0} us of a thread each");
    }

    // Outside, potassium takes the place of sodium, so that the bath stays neutral.
    private static PnpProblem WithPotassium(PnpProblem problem, double potassium)
    {
        double[] outside = [potassium, 150 - potassium, 150];
        IonBoundary[] baths = [.. outside.Select(c => new BathBoundary(new ConstantWaveform(c)))];
        Region[] regions = [.. problem.Regions.SkipLast(1), problem.Regions[^1] with { Concentration = outside }];
        return problem with { Regions = regions, Right = problem.Right with { Ions = baths } };
    }
}
