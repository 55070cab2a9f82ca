using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>Evaluations that rkc2 takes for 1 µs of MEMB against the largest stable Euler step, and how far the two are apart.</summary>
internal static class Accuracy
{
    private const double End = 1e-6;

    public static void Run()
    {
        DiscreteProblem memb = Discretiser.Discretise(Measure.Memb());
        (StateView euler, ProblemStatus oracle) = Integrate(memb, new TimeSettings { End = End, Integrator = IntegratorKind.Euler });
        // 0.9 of the limit is what euler takes; at the limit itself it would take a tenth less.
        double limit = 0.9 * oracle.Evaluations;
        Console.WriteLine($"MEMB to 1 us: euler at the stability limit {limit:f0} evaluations; error is the largest relative one in any concentration");
        foreach (double tolerance in new[] { 1e-3, 1e-4, 1e-5, 1e-6 })
        {
            (StateView state, ProblemStatus status) = Integrate(
                memb, new TimeSettings { End = End, Integrator = IntegratorKind.Rkc2, RelativeTolerance = tolerance });
            double error = state.Concentration.Zip(euler.Concentration, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y) / y).Max()).Max();
            double current = Math.Abs(state.TotalCurrent / euler.TotalCurrent - 1);
            Console.WriteLine(
                $"  rkc2 {tolerance:g2}: {status.AcceptedSteps,4} steps {status.Evaluations,6} evaluations, {limit / status.Evaluations,6:f1}x fewer; error {error:e1}, current {current:e1}");
        }
    }

    private static (StateView State, ProblemStatus Status) Integrate(DiscreteProblem problem, TimeSettings settings)
    {
        using IBatch batch = new CpuEngine(new EngineOptions(1)).Start([problem], settings);
        batch.Advance([settings.End], null, CancellationToken.None);
        var state = new StateView(problem);
        batch.Read(0, state);
        return (state, batch.Status(0));
    }
}
