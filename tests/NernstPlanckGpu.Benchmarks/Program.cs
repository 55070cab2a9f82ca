using System.Diagnostics;
using NernstPlanckGpu.Benchmarks;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

DiscreteProblem memb = Discretiser.Discretise(Memb.Problem());
foreach (string lane in new[] { "scalar", "256", "512" })
{
    var engine = new CpuEngine(new(1, lane));
    foreach (var kind in new[] { IntegratorKind.Euler, IntegratorKind.Rkc2 })
    {
        double end = kind == IntegratorKind.Euler ? 2e-8 : 1e-6;
        for (int rep = 0; rep < 3; rep++)
        {
            using IBatch batch = engine.Start([memb], new TimeSettings { End = end, Integrator = kind });
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            batch.Advance([end], null, default);
            double t = watch.Elapsed.TotalSeconds;
            long alloc = GC.GetAllocatedBytesForCurrentThread() - before;
            ProblemStatus s = batch.Status(0);
            var view = new StateView(memb);
            batch.Read(0, view);
            double sum = view.Concentration.Sum(c => c.Sum());
            Console.WriteLine($"{lane} {kind} {s.Outcome} t={s.Time:g4} acc={s.AcceptedSteps} rej={s.RejectedSteps} ev={s.Evaluations} {t:f3}s {s.Evaluations * 257.0 * 3 / t / 1e6:f0} M/s alloc={alloc} sum={sum:r} I={view.TotalCurrent * 96485.33212:g8}");
        }
    }
}
