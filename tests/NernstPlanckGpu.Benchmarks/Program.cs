using System.Diagnostics;
using NernstPlanckGpu.Benchmarks;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

DiscreteProblem memb = Discretiser.Discretise(Memb.Problem());
string[] lanes = args.Length > 0 ? args[0].Split(',') : ["scalar", "256", "512"];
foreach (string lane in lanes)
{
    var engine = new CpuEngine(new(1, lane));
    foreach (var kind in new[] { IntegratorKind.Euler, IntegratorKind.Rkc2 })
    {
        double end = kind == IntegratorKind.Euler ? 2e-6 : 1e-4;
        for (int rep = 0; rep < 2; rep++)
        {
            using IBatch batch = engine.Start([memb], new TimeSettings { End = end, Integrator = kind });
            var watch = Stopwatch.StartNew();
            batch.Advance([end], null, default);
            double t = watch.Elapsed.TotalSeconds;
            ProblemStatus s = batch.Status(0);
            Console.WriteLine($"{lane} {kind} {s.Outcome} t={s.Time:g4} acc={s.AcceptedSteps} rej={s.RejectedSteps} ev={s.Evaluations} {t:f3}s {s.Evaluations * 257.0 * 3 / t / 1e6:f0} M/s");
        }
    }
}
