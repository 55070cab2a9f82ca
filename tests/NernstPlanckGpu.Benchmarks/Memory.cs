using System.Diagnostics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>Growth of the process with the number of problems, against the five arrays per unknown that rkc2 needs.</summary>
internal static class Memory
{
    public static void Run()
    {
        Console.WriteLine("memory per problem of a batch (growth of the resident set), MEMB, rkc2, each problem discretised on its own");
        double few = Resident(500), many = Resident(2500);
        DiscreteProblem memb = Discretiser.Discretise(Measure.Memb());
        double perProblem = (many - few) / 2000, need = 5.0 * sizeof(double) * (memb.Species + 1) * (memb.Cells + 2);
        Console.WriteLine($"  {perProblem / 1024:f1} KiB per problem; stage arrays {need / 1024:f1} KiB (Y0, F0, Y(j-1), Y(j-2), F; species and field); ratio {perProblem / need:f2}");
    }

    private static double Resident(int count)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using Process process = Process.GetCurrentProcess();
        double before = process.WorkingSet64;
        DiscreteProblem[] problems = [.. Enumerable.Range(0, count).Select(i => Discretiser.Discretise(Measure.Memb($"/boundaries/left/electric/potential={-0.1 + 1e-5 * i}")))];
        using IBatch batch = new CpuEngine(new EngineOptions(1)).Start(problems, new TimeSettings { End = 1e-11, Integrator = IntegratorKind.Rkc2 });
        batch.Advance([.. problems.Select(_ => 1e-11)], null, CancellationToken.None);
        GC.Collect();
        process.Refresh();
        double grown = process.WorkingSet64 - before;
        GC.KeepAlive(problems);
        return grown;
    }
}
